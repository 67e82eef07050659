/** Whether several threads are worth it at present: other programs may want the cores, too. */

/** Steps after a change that count for nothing: threads wake up, caches fill. */
const settling = 2;
/** A window, over which the time of a step is taken but for the slowest, has at least so many.. */
const windowSteps = 8;
/** ..and takes at least so many milliseconds; of long steps fewer will do. */
const windowTime = 10;
const longWindow = { steps: 3, time: 50 };
/** Windows before the other way is tried again: at first, and at most. */
const patience = { first: 4, most: 640 };
/** How much quicker the other way has to have been to be tried before its time. */
const clearly = 1.1;
/** Several threads that take no more than this share of the time alone are left in peace. */
const hopelessly = 0.85;

type Way = "alone" | "together";

/** Compares how long steps take alone and together, of late, and chooses the quicker way. */
export class Pace {
  #way: Way = "together";
  #isTrial = true;
  #isAloneTried = false; // or known from cold code only, which is slower
  #patience = patience.first;
  #windowsLeft = patience.first;
  #settling = settling;
  #steps = 0;
  #sum = 0;
  #slowest = 0;
  readonly #times: Record<Way, number> = { alone: NaN, together: NaN };

  /** Notes how long a step took while there were no other threads yet. */
  noteAlone(milliseconds: number): void {
    const before = Number.isNaN(this.#times.alone) ? milliseconds : this.#times.alone;
    this.#times.alone = before + (milliseconds - before) / windowSteps;
  }

  /** Whether the next step shall be taken together. */
  get isTogether(): boolean {
    return this.#way === "together";
  }

  /** Notes how long a step took that was taken as this said; may change its mind. */
  note(milliseconds: number): void {
    if (this.#settling-- > 0) return;
    this.#steps++;
    this.#sum += milliseconds;
    this.#slowest = Math.max(this.#slowest, milliseconds);
    const isLong = this.#steps >= longWindow.steps && this.#sum >= longWindow.time;
    if (!isLong && (this.#steps < windowSteps || this.#sum < windowTime)) return;
    const time = (this.#sum - this.#slowest) / (this.#steps - 1);
    this.#times[this.#way] = time;
    this.#isAloneTried ||= this.#way === "alone";
    this.#steps = this.#sum = this.#slowest = 0;
    this.#decide(time, this.#times[this.#other]);
  }

  get #other(): Way {
    return this.#way === "alone" ? "together" : "alone";
  }

  #decide(time: number, otherTime: number): void {
    if (this.#isTrial) {
      this.#isTrial = false;
      const isBetter = !(time > otherTime);
      this.#patience = isBetter ? patience.first : Math.min(2 * this.#patience, patience.most);
      this.#windowsLeft = this.#patience;
      if (!isBetter) this.#turn();
    } else if (time > clearly * otherTime || --this.#windowsLeft <= 0 && this.#mayGain(time)) {
      this.#isTrial = true;
      this.#turn();
    }
  }

  /** Whether to go the other way for a while could be worth it. */
  #mayGain(time: number): boolean {
    const isHopeless = this.#isAloneTried && time < hopelessly * this.#times.alone;
    return this.#way === "alone" || !isHopeless;
  }

  #turn(): void {
    this.#way = this.#other;
    this.#settling = settling;
  }
}
