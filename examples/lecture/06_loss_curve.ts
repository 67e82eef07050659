/**
 * Chapter 6: the loss curve. The surface of the error over m and b, the paths of gradient descent on
 * it for three learning rates, and what epoch, batch and step are.
 *
 *     deno run examples/lecture/06_loss_curve.ts
 */

import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { Random } from "../../mod.ts";
import { type ContourMap, contourMap, type LineChart, lineChart } from "../../plot/mod.ts";
import { type Numbers, type Point, points, start } from "./04_simpler_model.ts";
import { bestLine, descend, largestLearningRate, lossAt, step } from "./05_gradient.ts";
import { present, type Presenter } from "./present.ts";

/** The three learning rates of the lecture. */
export const learningRates = { diverges: 0.6, crawls: 0.005, arrives: 0.1 } as const;

/** A part of the surface of the error, and the heights whose lines are drawn. */
export interface Area {
  readonly m: readonly [number, number];
  readonly b: readonly [number, number];
  readonly levels: readonly number[];
}

/** Around the start and the bottom. */
export const near: Area = { m: [-2, 4], b: [-2, 6], levels: [0.1, 1, 4, 10, 20, 40] };

/** Wide enough for the first leaps of a descent that diverges. */
export const wide: Area = { m: [-7, 13], b: [-7, 13], levels: [4, 40, 100, 200, 400, 700] };

/** The surface of the error over m and b, seen from above, with paths over it. */
export function surface(
  title: string,
  paths: readonly { readonly name: string; readonly path: readonly Numbers[] }[],
  { data = points, area = near }: { data?: readonly Point[]; area?: Area } = {},
): ContourMap {
  return contourMap({
    title,
    x: { label: "m", domain: area.m },
    y: { label: "b", domain: area.b },
    heightAt: (m, b) => lossAt({ m, b }, data),
    levels: area.levels,
    paths: paths.map(({ name, path }) => ({
      name,
      points: path.map(({ m, b }) => [m, b] as const),
      mark: "path" as const,
    })),
  });
}

function isInside({ m, b }: Numbers, area: Area): boolean {
  return m >= area.m[0] && m <= area.m[1] && b >= area.b[0] && b <= area.b[1];
}

/** The first step after which the error is below a limit, or null if none of so many is. */
export function stepsUntil(
  limit: number,
  { learningRate, most = 20_000 }: { learningRate: number; most?: number },
): number | null {
  let at: Numbers = start;
  for (let i = 0; i <= most; i++) {
    if (lossAt(at) < limit) return i;
    at = step(at, learningRate);
  }
  return null;
}

/** The loss curve: the error after each step, for each learning rate. */
export function lossCurves(steps = 200): LineChart {
  return lineChart({
    title: "The loss curve",
    x: { label: "step" },
    y: { label: "MSE", scale: "log", domain: [1e-3, 1e4] },
    series: Object.values(learningRates).map((learningRate) => ({
      name: `λ = ${learningRate}`,
      points: descend(start, { learningRate, steps })
        .map((at, i) => [i, lossAt(at)] as const)
        .filter(([, loss]) => loss < 1e4),
    })),
  });
}

/** Twelve noisy points near y = 2x + 1: enough to divide into batches. */
export const manyPoints: readonly Point[] = (() => {
  const random = new Random(6);
  return Array.from({ length: 12 }, (_, i): Point => {
    const x = -0.5 + i / 4;
    return [x, 2 * x + 1 + 0.7 * random.standardNormal()];
  });
})();

/** Ways to divide the twelve points. */
export const batchSizes = { "full batch": 12, "mini-batch": 4, "single example": 1 } as const;

/** How a descent goes through the data. */
export interface Epochs {
  readonly batchSize: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly data?: readonly Point[];
  /** Decides the order of the examples, another one in each epoch. */
  readonly seed?: number;
}

/** Where stochastic gradient descent comes by: the start and the place after each step. */
export function descendInBatches(from: Numbers, options: Epochs): Numbers[] {
  const { batchSize, epochs, learningRate, data = manyPoints, seed = 0 } = options;
  const random = new Random(seed);
  const path = [from];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const shuffled = Array.from(random.permutation(data.length), (i) => data[i]!);
    for (let i = 0; i < shuffled.length; i += batchSize) {
      path.push(step(path.at(-1)!, learningRate, shuffled.slice(i, i + batchSize)));
    }
  }
  return path;
}

/** Tells the chapter. */
export function tell(presenter: Presenter): void {
  presenter.title("Chapter 6 · The loss curve");
  presenter.say(
    `Every choice of m and b has an error. Think of m and b as a place on a map, and of the
    error as its height: that makes a landscape. Gradient descent is a walker in fog who feels the
    slope below the feet and takes a step downhill, over and over. From above, with lines of equal
    height, you can watch.`,
  );
  for (const fate of ["arrives", "crawls", "diverges"] as const) tellOfPath(presenter, fate);
  tellOfCurves(presenter);
  tellOfBatches(presenter);
}

/** How each learning rate fares, and in how many steps. */
const fates = {
  arrives: {
    steps: 200,
    words:
      `Down into the valley in a few steps, then along its floor to the bottom. On the floor the
      slope is small, so the steps are, too.`,
  },
  crawls: {
    steps: 200,
    words: "As many steps on the same way. Nothing is wrong with them, they are only too short.",
  },
  diverges: {
    steps: 6,
    words:
      `Each step leaps across the valley and lands higher on the other side, where it is steeper,
      so the next leap is longer still. This map is wider than the ones before, and the fourth step
      leaves even this one.`,
  },
} as const;

function tellOfPath(presenter: Presenter, fate: keyof typeof fates): void {
  const learningRate = learningRates[fate];
  const { steps, words } = fates[fate];
  const path = descend(start, { learningRate, steps });
  presenter.heading(`λ = ${learningRate} ${fate}`);
  presenter.show(
    surface(
      `The MSE over m and b: ${steps} steps of λ = ${learningRate}`,
      [{ name: `λ = ${learningRate}`, path }],
      { area: fate === "diverges" ? wide : near },
    ),
    words,
  );
  const stops = fate === "diverges" ? [0, 1, 2, 3, 4, 5, 6] : [0, 1, 2, 5, 20, 100, 200];
  presenter.table(
    ["step", "m", "b", "MSE"],
    stops.map((stop) => {
      const { m, b } = path[stop]!;
      return [stop, m.toFixed(3), b.toFixed(3), lossAt(path[stop]!).toFixed(4)];
    }),
  );
}

function tellOfCurves(presenter: Presenter): void {
  const { arrives, crawls, diverges } = learningRates;
  presenter.heading("The same as a curve");
  presenter.say(
    `With more than two parameters there is no map to look at, but the loss can always be
    drawn against the steps. That is the loss curve, and it tells the three apart at a glance:`,
  );
  presenter.show(
    lossCurves(),
    "Going down and then flat: fine. Hardly moving: λ is too small. Going up: λ is too large.",
  );
  const limit = 0.001;
  const [soon, late] = [arrives, crawls].map((learningRate) =>
    stepsUntil(limit, { learningRate })!
  ) as [number, number];
  presenter.say(
    `To get the MSE below ${limit} takes ${soon} steps with λ = ${arrives} and ${
      late.toLocaleString("en-US")
    } with λ = ${crawls}, ${
      (late / soon).toFixed(0)
    } times as many. With λ = ${diverges} no number of
    steps is enough: it is above ${
      largestLearningRate().toFixed(4)
    }, the bound of chapter 5. Where there is no formula for the bound, people try learning rates in steps
    of ten or three, and look at the loss curve.`,
  );

  const leaps = descend(start, { learningRate: diverges, steps: 4 });
  assertEquals(leaps.map((at) => isInside(at, wide)), [true, true, true, true, false]);
  const lossAfter = (learningRate: number, steps: number) =>
    lossAt(descend(start, { learningRate, steps }).at(-1)!);
  const end = descend(start, { learningRate: arrives, steps: 1000 }).at(-1)!;
  assertAlmostEquals(end.m, 2, 1e-4);
  assertAlmostEquals(end.b, 1, 1e-4);
  assertGreater(lossAfter(diverges, 6), 1000);
  assertGreater(lossAfter(crawls, 200), 1);
  assertLess(lossAfter(arrives, 200), 0.01);
  assert(crawls < arrives && arrives < largestLearningRate() && largestLearningRate() < diverges);
  assert(late / soon > 15, `${late} steps and ${soon}`);
}

function tellOfBatches(presenter: Presenter): void {
  presenter.heading("Epoch, batch, step");
  presenter.say(`With two examples, each step looked at both. With a million that would be slow: a
    million predictions for one small step. So the examples are shuffled and divided into batches,
    and a step is taken after each batch, by the gradient of that batch alone. Three words to tell
    apart:`);
  presenter.table(["word", "what it is"], [
    ["step", "one update of m and b, by the gradient of one batch"],
    ["batch", "the examples that one step looks at"],
    ["epoch", "once through all the examples, every batch once"],
  ]);
  const best = bestLine(manyPoints);
  presenter.say(`Here are ${manyPoints.length} noisy points; the best line for them has
    m = ${best.m.toFixed(3)}, b = ${best.b.toFixed(3)} and an MSE of ${
    lossAt(best, manyPoints).toFixed(4)
  }. Three walkers start at the same place and go through the points 12 times, with λ = 0.08:`);
  tellOfWalkers(presenter, { epochs: 12, learningRate: 0.08 });
  tellOfRest(presenter, 0.08);
}

function tellOfWalkers(
  presenter: Presenter,
  { epochs, learningRate }: { epochs: number; learningRate: number },
): void {
  const runs = Object.entries(batchSizes).map(([name, batchSize]) => {
    const path = descendInBatches(start, { batchSize, epochs, learningRate });
    return { name, batchSize, path, end: path.at(-1)!, loss: lossAt(path.at(-1)!, manyPoints) };
  });
  presenter.table(
    ["", "batch size", "steps per epoch", "steps", "m", "b", "MSE"],
    runs.map(({ name, batchSize, path, end, loss }) => [
      name,
      batchSize,
      manyPoints.length / batchSize,
      path.length - 1,
      ...[end.m, end.b].map((number) => number.toFixed(3)),
      loss.toFixed(4),
    ]),
  );
  presenter.say(`All three have looked at each point equally often. But who looks at fewer at a time
    takes more steps on the way, and is further along. It is not for free:`);
  const remarks = [
    "All points, one step: a smooth way, but slow for all that looking.",
    "Four points, one step: a little crooked, but three times as many steps.",
    "One point, one step: it staggers, since each point pulls its own way. Yet it arrives.",
  ];
  for (const [i, { name, path }] of runs.entries()) {
    const title = `${name}: ${epochs} epochs, ${path.length - 1} steps`;
    presenter.show(surface(title, [{ name, path }], { data: manyPoints }), remarks[i]);
  }

  assertEquals(runs.map(({ path }) => path.length - 1), [12, 36, 144]);
  const [full, mini, single] = runs.map(({ loss }) => loss) as [number, number, number];
  assert(full > mini && mini > single, `${full}, ${mini}, ${single}`);
}

function tellOfRest(presenter: Presenter, learningRate: number): void {
  const best = bestLine(manyPoints);
  const stops = [12, 50, 200, 400];
  const distances = Object.values(batchSizes).map((batchSize) => {
    const path = descendInBatches(start, { batchSize, epochs: 400, learningRate });
    return stops.map((epoch) => {
      const { m, b } = path[epoch * manyPoints.length / batchSize]!;
      return Math.hypot(m - best.m, b - best.b);
    });
  });
  presenter.say("Let them go on, and measure how far from the best line they are:");
  presenter.table(
    ["epochs", ...Object.keys(batchSizes)],
    stops.map((epoch, i) => [epoch, ...distances.map((own) => own[i]!.toFixed(6))]),
  );
  presenter.say(
    `The full batch comes to rest: at the bottom its gradient is 0. The others never do. At
    the bottom only the mean of the gradients is 0, and each batch still pulls its own way. That is
    why training often ends with a smaller λ, and why batches of a few dozen or hundred are the
    custom: small enough for many steps, large enough for calm ones.`,
  );

  const [full, mini, single] = distances.map((own) => own.at(-1)!) as [number, number, number];
  assertLess(full, 1e-6);
  assertGreater(mini, 1e-3);
  assertGreater(single, mini);
}

if (import.meta.main) await present(tell);
