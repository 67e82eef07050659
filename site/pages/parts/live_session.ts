/** A training beside the page: it rests while nobody can see it. */

import type { LiveView } from "../../model/live_network.ts";
import type { LiveInput, LiveMessage } from "../../tasks/07_live_network.ts";
import { runTask, type Task } from "../../worker_task.ts";

/** A training in a worker, shown in one place of the page. */
export class LiveSession {
  readonly #task: Task<LiveMessage>;
  #isRunning: boolean;
  #isSeen = true;

  /** Starts a worker; `onView` gets a view for each frame while it runs, and after each change. */
  constructor(input: LiveInput, place: HTMLElement, onView: (view: LiveView) => void) {
    this.#isRunning = input.isRunning ?? false;
    this.#task = runTask<LiveInput, LiveView, LiveMessage>("07_live_network", input, onView);
    this.#task.done.catch((error) => console.error(error));
    new IntersectionObserver(([entry]) => {
      this.#isSeen = entry!.isIntersecting;
      this.#tellRunning();
    }).observe(place);
  }

  /** Whether it trains, as far as the reader is concerned. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  set isRunning(isRunning: boolean) {
    this.#isRunning = isRunning;
    this.#tellRunning();
  }

  #tellRunning(): void {
    this.#task.send({ isRunning: this.#isRunning && this.#isSeen });
  }

  /** Changes something while it runs. */
  send(message: Omit<LiveMessage, "isRunning">): void {
    this.#task.send(message);
  }
}
