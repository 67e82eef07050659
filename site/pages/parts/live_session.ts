/** A training beside the page: it rests while nobody can see it. */

import type { LiveView } from "../../model/live_network.ts";
import type { LiveInput, LiveMessage } from "../../tasks/07_live_network.ts";
import { runTask, type Task } from "../../worker_task.ts";

/** A training in a worker that starts when its place in the page comes into view. */
export class LiveSession {
  #input: LiveInput;
  #task: Task<LiveMessage> | null = null;
  #isRunning = false;
  #isSeen = false;
  readonly #onView: (view: LiveView) => void;

  /** `onView` gets a view for each frame while it trains, and after each change. */
  constructor(input: LiveInput, place: HTMLElement, onView: (view: LiveView) => void) {
    this.#input = input;
    this.#onView = onView;
    new IntersectionObserver(([entry]) => {
      this.#isSeen = entry!.isIntersecting;
      if (this.#isSeen) this.#task ??= this.#start();
      this.#tellRunning();
    }, { rootMargin: "150px" }).observe(place);
  }

  #start(): Task<LiveMessage> {
    const task = runTask<LiveInput, LiveView, LiveMessage>(
      "07_live_network",
      this.#input,
      this.#onView,
    );
    task.done.catch((error) => console.error(error));
    return task;
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
    this.#task?.send({ isRunning: this.#isRunning && this.#isSeen });
  }

  /** Changes something, while it trains or before it has started. */
  send(message: Omit<LiveMessage, "isRunning">): void {
    if (this.#task !== null) return this.#task.send(message);
    const settings = { ...this.#input.settings, ...message.settings, ...message.adjust };
    this.#input = { ...this.#input, ...message, settings };
  }
}
