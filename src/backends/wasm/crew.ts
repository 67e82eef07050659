/** The threads of one program: whether it runs on several at present, and on which shares. */

import { Balance } from "./balance.ts";
import { Pace } from "./pace.ts";
import { type SharedProgram, shareProgram, type ThreadedProgram } from "./threads.ts";

/** Milliseconds of work after which helpers are asked for: to start them takes as long. */
const worthHelp = 40;

/** What a crew needs to know of its program. */
interface CrewOptions {
  /** Runs the caller's share, as one of so many threads. */
  readonly run: (thread: number, threads: number) => void;
  /** The program, as helpers are told of it. */
  readonly shared: SharedProgram;
  /** Where in its memory the shares of its threads stand. */
  readonly balanceAt: number;
  /** How many threads it has at most. */
  readonly most: number;
}

/** Runs a program by the caller alone at first, then together with helpers as long as that pays. */
export class Crew {
  readonly #options: CrewOptions;
  readonly #pace = new Pace();
  readonly #balance: Balance;
  #threaded: ThreadedProgram | null = null;
  #together = 1;
  #worked = 0; // milliseconds so far, by the caller before there were helpers

  /** Nobody is asked to help yet. */
  constructor(options: CrewOptions) {
    const { shared, balanceAt, most } = options;
    this.#options = options;
    this.#balance = new Balance(shared.memory.buffer, balanceAt, most);
  }

  /** How many threads shared the last run. */
  get threads(): number {
    return this.#together;
  }

  /** Runs all steps once. */
  run(): void {
    const started = performance.now();
    const threaded = this.#pace.isTogether ? this.#threaded : null;
    this.#together = threaded?.start() ?? 1;
    this.#options.run(0, this.#together);
    if (this.#together > 1) threaded!.join();
    this.#note(performance.now() - started);
  }

  #note(milliseconds: number): void {
    const isTogether = this.#together > 1;
    if (isTogether) this.#balance.note(milliseconds);
    if (this.#threaded !== null && (isTogether || !this.#pace.isTogether)) {
      this.#pace.note(milliseconds);
      return;
    }
    this.#pace.noteAlone(milliseconds);
    this.#worked += milliseconds;
    if (this.#threaded !== null || this.#worked <= worthHelp) return;
    this.#threaded = shareProgram(this.#options.shared, this.#options.most);
  }

  /** Lets the helpers forget the program. */
  dispose(): void {
    this.#threaded?.dispose();
    this.#threaded = null;
  }
}
