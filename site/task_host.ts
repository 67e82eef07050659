/** The worker's side of a task: what `site/tasks/NN_name.ts` calls. */

/// <reference lib="dom" />

import type { FromTask } from "./worker_task.ts";

/** What a page posts. */
type ToTask<Input, Message> = { input: Input } | { message: Message } | { next: true };

/**
 * Serves a task: what `run` yields is posted to the page, which asks for the next update as it
 * draws. `messages()` gives what the page has sent since the last call; a task with nothing to do may
 * `await news()`, which is settled when there is a message.
 */
export function serveTask<Input, Update, Message = never>(
  run: (
    input: Input,
    messages: () => readonly Message[],
    news: () => Promise<void>,
  ) => AsyncIterable<Update> | Iterable<Update>,
): void {
  const port = self as unknown as {
    postMessage(message: FromTask<Update>): void;
    onmessage: ((event: MessageEvent<ToTask<Input, Message>>) => void) | null;
  };
  let inbox: Message[] = [];
  let arrival = Promise.withResolvers<void>();
  let askForNext = Promise.withResolvers<void>();
  const take = () => {
    const messages = inbox;
    inbox = [];
    arrival = Promise.withResolvers();
    return messages;
  };
  const serve = async (input: Input) => {
    try {
      for await (const update of run(input, take, () => arrival.promise)) {
        port.postMessage({ update });
        await askForNext.promise;
        askForNext = Promise.withResolvers();
      }
      port.postMessage({ end: true });
    } catch (error) {
      port.postMessage({ wrong: error instanceof Error ? error.message : String(error) });
    }
  };
  port.onmessage = ({ data }) => {
    if ("input" in data) serve(data.input);
    else if ("message" in data) {
      inbox.push(data.message);
      arrival.resolve();
    } else askForNext.resolve();
  };
}
