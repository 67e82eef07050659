/** Long computations beside the page: in a worker, one update for each frame that is drawn. */

/** A computation that runs in a worker. */
export interface Task<Message> {
  /** Tells it something while it runs. */
  send(message: Message): void;
  /** Ends it; nobody is called back any more. */
  stop(): void;
  /** Settled when it has come to its end or was stopped; rejected when it threw. */
  readonly done: Promise<void>;
}

/** The address of a file of the built site, below `assets/`. */
export function assetUrl(path: string): URL {
  return new URL(`${document.documentElement.dataset["assets"]}/${path}`, document.baseURI);
}

/**
 * Runs `site/tasks/<name>.ts` in a worker. Each update that it yields is handed to `onUpdate` in an
 * animation frame of its own, and the worker computes the next one meanwhile: the page never
 * stutters, and the worker is never ahead by more than one update.
 */
export function runTask<Input, Update, Message = never>(
  name: string,
  input: Input,
  onUpdate: (update: Update) => void,
): Task<Message> {
  const worker = new Worker(assetUrl(`tasks/${name}.js`), { type: "module", name });
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    worker.terminate();
    resolve();
  };
  worker.onmessage = ({ data }: MessageEvent<FromTask<Update>>) => {
    if ("update" in data) {
      requestAnimationFrame(() => {
        if (isStopped) return;
        worker.postMessage({ next: true });
        onUpdate(data.update);
      });
    } else if ("wrong" in data) {
      reject(new Error(data.wrong));
      stop();
    } else stop();
  };
  worker.onerror = (event) => {
    reject(new Error(event.message));
    stop();
  };
  worker.postMessage({ input });
  return { send: (message) => worker.postMessage({ message }), stop, done };
}

/** What a task posts. */
export type FromTask<Update> = { update: Update } | { wrong: string } | { end: true };
