/** Fits polynomials of every degree beside the page, as often as points are moved. */

import {
  errorOn,
  fitTrendline,
  type Point,
} from "../../examples/lecture/09_overfitting/trendline.ts";
import { serveTask } from "../task_host.ts";

/** The points to fit, and those to judge by. */
export interface TrendInput {
  readonly points: readonly Point[];
  readonly fresh: readonly Point[];
  readonly most: number;
}

/** The errors of the degrees from 0 up, on both kinds of points. */
export interface TrendUpdate {
  readonly training: readonly number[];
  readonly validation: readonly number[];
}

async function* fitAll(
  first: TrendInput,
  messages: () => readonly TrendInput[],
): AsyncIterable<TrendUpdate> {
  let input: TrendInput | null = first;
  while (true) {
    if (input !== null) {
      const { points, fresh, most } = input;
      const lines = Array.from({ length: most + 1 }, (_, degree) => fitTrendline(points, degree));
      yield {
        training: lines.map((line) => errorOn(points, line)),
        validation: lines.map((line) => errorOn(fresh, line)),
      };
    } else await new Promise((resolve) => setTimeout(resolve, 25));
    input = messages().at(-1) ?? null;
  }
}

serveTask<TrendInput, TrendUpdate, TrendInput>(fitAll);
