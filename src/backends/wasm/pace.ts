/** Whether several threads are worth it at present: other programs may want the cores, too. */

const trial = 8; // steps from which a time is judged
const patience = 200; // steps before what was slower is tried again

/** Compares how long steps take alone and together, and chooses the quicker way. */
export class Pace {
  #alone = Infinity;
  #isTogether = true;
  #steps = 0;
  #sum = 0;

  /** Takes the quickest step alone so far as what there is to beat. */
  noteAlone(milliseconds: number): void {
    this.#alone = Math.min(this.#alone, milliseconds);
  }

  /** Whether the next step shall be taken together. */
  get isTogether(): boolean {
    return this.#isTogether;
  }

  /** Notes how long a step took that was taken as this said; may change its mind. */
  note(milliseconds: number): void {
    this.#steps++;
    this.#sum += milliseconds;
    if (this.#isTogether && this.#steps === trial) {
      this.#turn(this.#sum / trial <= this.#alone);
    } else if (!this.#isTogether) {
      this.noteAlone(milliseconds);
      if (this.#steps === patience) this.#turn(true);
    }
  }

  #turn(isTogether: boolean): void {
    this.#isTogether = isTogether;
    this.#steps = 0;
    this.#sum = 0;
  }
}
