/** Gradient descent on the two numbers of a line, beside the page: the path, piece by piece. */

import { type Descent, type Place, walk } from "../pages/06_loss_curve/walk.ts";
import { serveTask } from "../task_host.ts";

/** The next piece of a path. */
export interface Piece {
  readonly run: number;
  readonly places: readonly Place[];
  readonly isLast: boolean;
}

const budget = 10; // milliseconds for a piece

async function* descents(
  first: Descent,
  messages: () => readonly Descent[],
  news: () => Promise<void>,
): AsyncIterable<Piece> {
  let next: Descent | undefined = first;
  while (true) {
    const current: Descent = next;
    next = undefined;
    let places: Place[] = [];
    let since = performance.now();
    for (const place of walk(current)) {
      places.push(place);
      if (performance.now() - since < budget) continue;
      yield { run: current.run, places, isLast: false };
      places = [];
      since = performance.now();
      next = messages().at(-1);
      if (next !== undefined) break;
    }
    if (next === undefined) yield { run: current.run, places, isLast: true };
    while (next === undefined) {
      await news();
      next = messages().at(-1);
    }
  }
}

serveTask<Descent, Piece, Descent>(descents);
