/**
 * Chapter 5: the gradient. The mean squared error as a formula, its derivatives read off the graph,
 * one step downhill, and how large a step may be.
 *
 *     deno run examples/lecture/05_gradient.ts
 */

import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { formula, gradients, type Value, value } from "../../mod.ts";
import { type LineChart, lineChart } from "../../plot/mod.ts";
import {
  lineOf,
  meanSquaredError,
  type Numbers,
  type Point,
  points,
  short,
  start,
} from "./04_simpler_model.ts";
import { present, type Presenter } from "./present.ts";
import { eigenvalues, solve } from "./two_unknowns.ts";

/** The MSE at a line and its derivatives, all of them values that formulas can be read off. */
export interface Derivatives {
  readonly mse: Value;
  /** By m and by b. */
  readonly gradient: readonly [Value, Value];
  /** The derivatives of the gradient by m and by b. */
  readonly hessian: readonly [readonly [Value, Value], readonly [Value, Value]];
}

/** Derives the MSE at a line once and twice. */
export function derive(at: Numbers, data: readonly Point[] = points): Derivatives {
  const { m, b } = lineOf(at);
  const mse = meanSquaredError({ m, b }, data);
  const gradient = gradients(mse, [m, b]);
  const [dm, db] = gradient;
  return { mse, gradient, hessian: [gradients(dm, [m, b]), gradients(db, [m, b])] };
}

/** One step of gradient descent: each number moves against its derivative. */
export function step(
  at: Numbers,
  learningRate: number,
  data: readonly Point[] = points,
): Numbers {
  const { m, b } = lineOf(at);
  meanSquaredError({ m, b }, data).backward();
  return { m: m.data - learningRate * m.grad, b: b.data - learningRate * b.grad };
}

/** The MSE of a line. */
export function lossAt(at: Numbers, data: readonly Point[] = points): number {
  return meanSquaredError(lineOf(at), data).data;
}

/** Where gradient descent comes by: the start and the place after each step. */
export function descend(
  from: Numbers,
  options: { learningRate: number; steps: number; data?: readonly Point[] },
): Numbers[] {
  const path = [from];
  for (let i = 0; i < options.steps; i++) {
    path.push(step(path.at(-1)!, options.learningRate, options.data));
  }
  return path;
}

/** The numbers of the Hessian, which are the same everywhere. */
export function hessianOf(
  data: readonly Point[] = points,
): [[number, number], [number, number]] {
  const [[mm, mb], [bm, bb]] = derive(start, data).hessian;
  return [[mm.data, mb.data], [bm.data, bb.data]];
}

/** The learning rate above which gradient descent diverges: 2 / the largest eigenvalue. */
export function largestLearningRate(data: readonly Point[] = points): number {
  return 2 / eigenvalues(hessianOf(data))[0];
}

/** The line with the smallest MSE. */
export function bestLine(data: readonly Point[] = points): Numbers {
  const { m, b } = lineOf(start);
  const [dm, db] = gradients(meanSquaredError({ m, b }, data), [m, b]);
  const [bestM, bestB] = solve([dm, db], [m, b]);
  return { m: bestM, b: bestB };
}

/** What y would have to be at x = 1 and x = 2 for the derivatives to be these at a line. */
export function targetsFor(at: Numbers, dm: number, db: number): {
  readonly equations: readonly [Value, Value];
  readonly targets: readonly [number, number];
} {
  const { m, b } = lineOf(at);
  const y1 = value(0, "y1");
  const y2 = value(0, "y2");
  const errors = [m.mul(1).add(b).sub(y1), m.mul(2).add(b).sub(y2)] as const;
  const mse = errors[0].square().add(errors[1].square()).div(2);
  const equations = gradients(mse, [m, b]);
  const targets = solve([equations[0].sub(dm), equations[1].sub(db)], [y1, y2]);
  return { equations, targets };
}

/** What the slides go on with, though it does not follow from their formulas. */
export const onSlides = { gradient: [-7, -3], m: -0.3, b: 4.7 } as const;

/** The data that the slides' gradient would fit. */
export const slidePoints: readonly Point[] = [[1, 3], [2, 7]];

/** Learning rates just below and just above what the Hessian allows. */
export const nearTheBound = { below: 0.291, above: 0.2925 } as const;

/** The loss with a learning rate just below the bound and one just above it, step after step. */
export function boundChart(steps = 600): LineChart {
  return lineChart({
    title: "Two learning rates, less than 1 % apart",
    x: { label: "step" },
    y: { label: "MSE", scale: "log" },
    series: Object.values(nearTheBound).map((learningRate) => ({
      name: `λ = ${learningRate}`,
      points: descend(start, { learningRate, steps }).map((at, i) => [i, lossAt(at)] as const),
    })),
  });
}

/** Tells the chapter. */
export function tell(presenter: Presenter): void {
  presenter.title("Chapter 5 · The gradient");
  tellOfTheFormula(presenter);
  tellOfTheStep(presenter);
  tellOfTheSlides(presenter);
  tellOfTheHessian(presenter);
  tellOfTheBound(presenter);
}

function tellOfTheFormula(presenter: Presenter): void {
  const { mse, gradient: [dm, db] } = derive(start);
  presenter.say(`The line y = mx + b starts at m = ${start.m}, b = ${start.b}, and its mean squared
    error on ${listOf(points)} is ${mse.data}. Which way should m and b go? The graph of the
    computation knows. Read off it and multiplied out, the error is`);
  presenter.print(`  MSE     = ${formula(mse)}`);
  presenter.say("and its derivatives by m and by b, which the engine derives, are");
  presenter.print(`  dMSE/dm = ${formula(dm)}\n  dMSE/db = ${formula(db)}`);
  presenter.say(`The two together are the gradient. At the start it is`);
  const [[mm, mb], [bm, bb]] = hessianOf();
  const [m0, b0] = derive({ m: 0, b: 0 }).gradient.map(({ data }) => -data);
  presenter.print(
    `  dMSE/dm = ${mm}·(${start.m}) + ${mb}·${start.b} - ${m0} = ${dm.data}\n` +
      `  dMSE/db = ${bm}·(${start.m}) + ${bb}·${start.b} - ${b0}  = ${db.data}`,
  );
  const nudge = 0.001;
  const nudged = lossAt({ ...start, m: start.m + nudge });
  presenter.say(`What does ${dm.data} mean? If m grows by a little, the error grows by ${dm.data}
    times that much: it shrinks. Try it: with m larger by ${nudge} the error goes from ${mse.data} to
    ${nudged.toFixed(6)}, a change of ${(nudged - mse.data).toFixed(6)}.`);

  assertEquals(formula(mse), "2.5m^2 + 3mb + b^2 - 13m - 8b + 17");
  assertEquals([formula(dm), formula(db)], ["5m + 3b - 13", "3m + 2b - 8"]);
  assertEquals([mse.data, dm.data, db.data], [2.5, -3, -1]);
  assertAlmostEquals((nudged - mse.data) / nudge, dm.data, 0.01);
}

const learningRate = 0.1;

function tellOfTheStep(presenter: Presenter): void {
  const [dm, db] = derive(start).gradient;
  const after = step(start, learningRate);
  const loss = lossAt(after);
  presenter.heading("One step downhill");
  presenter.say(`The gradient points uphill, so go the other way, and not too far: multiply it by a
    small number, the learning rate λ, and subtract. With λ = ${learningRate}:`);
  presenter.print(
    `  m = ${start.m} - ${learningRate}·(${dm.data}) = ${short(after.m)}\n` +
      `  b =  ${start.b} - ${learningRate}·(${db.data}) =  ${short(after.b)}`,
  );
  presenter.say(`The error falls from ${lossAt(start)} to ${short(loss)}. This is gradient descent:
    compute the gradient, take a step against it, and again.`);

  assertAlmostEquals(after.m, -0.7, 1e-12);
  assertAlmostEquals(after.b, 5.1, 1e-12);
  assertAlmostEquals(loss, 1.825, 1e-12);
}

function tellOfTheSlides(presenter: Presenter): void {
  const [slideM, slideB] = onSlides.gradient;
  const right = step(start, learningRate);
  presenter.heading("A correction to the slides");
  presenter.say(`The slides derive the same two formulas. But the slide after that goes on with a
    gradient of ${slideM} and ${slideB}, and with one step from there to m = ${onSlides.m} and
    b = ${onSlides.b}. These numbers do not follow from the slides' own formulas: at m = ${start.m},
    b = ${start.b} they give ${derive(start).gradient.map(({ data }) => data).join(" and ")}, as
    above, and the right step ends at m = ${short(right.m)}, b = ${short(right.b)}.`);
  tellOfTheirData(presenter);

  assertAlmostEquals(right.m, -0.7, 1e-12);
  assertAlmostEquals(right.b, 5.1, 1e-12);
}

function tellOfTheirData(presenter: Presenter): void {
  const [slideM, slideB] = onSlides.gradient;
  const { equations, targets } = targetsFor(start, slideM, slideB);
  presenter.say(
    `Where may ${slideM} and ${slideB} come from? Leave the two labels open, as y1 and y2,
    and derive again:`,
  );
  presenter.print(
    `  dMSE/dm = ${formula(equations[0])}\n  dMSE/db = ${formula(equations[1])}`,
  );
  presenter.say(
    `At the start these are ${slideM} and ${slideB} only for y1 = ${short(targets[0])} and
    y2 = ${short(targets[1])}. So the numbers fit the points ${listOf(slidePoints)}. Side by side:`,
  );
  presenter.table(
    ["points", "dMSE/dm", "dMSE/db", "at the start", "m, b after a step"],
    [points, slidePoints].map((data) => {
      const [dm, db] = derive(start, data).gradient;
      const { m, b } = step(start, learningRate, data);
      return [
        listOf(data),
        formula(dm),
        formula(db),
        `${dm.data}, ${db.data}`,
        `${short(m)}, ${short(b)}`,
      ];
    }),
  );
  const after = step(start, learningRate, slidePoints);
  presenter.say(`With those points m would indeed become ${short(after.m)}. But b would still not
    become ${onSlides.b}: to step against ${slideB} is to go up, to
    ${start.b} + ${-slideB}·${learningRate} = ${short(after.b)}. Everything that follows here uses
    the points ${listOf(points)} and the numbers that follow from them.`);

  const onSlide = derive(start, slidePoints).gradient;
  assertEquals(onSlide.map(({ data }) => data), [-7, -3]);
  assertEquals(onSlide.map((d) => formula(d)), ["5m + 3b - 17", "3m + 2b - 10"]);
  assertEquals(targets.map(short), ["3", "7"]);
  assertAlmostEquals(after.m, -0.3, 1e-12);
  assertAlmostEquals(after.b, 5.3, 1e-12);
}

function tellOfTheHessian(presenter: Presenter): void {
  const { hessian: [[mm, mb], [bm, bb]] } = derive(start);
  const [steep, flat] = eigenvalues(hessianOf());
  const best = bestLine();
  presenter.heading("How the slope itself changes");
  presenter.say("The gradient can be derived again. The four second derivatives are the Hessian:");
  presenter.print(
    `  d²MSE/dm²  = ${formula(mm)}     d²MSE/dmdb = ${formula(mb)}\n` +
      `  d²MSE/dbdm = ${formula(bm)}     d²MSE/db²  = ${formula(bb)}`,
  );
  presenter.say(`There is no m and no b left in them, so the surface of the error has the same shape
    everywhere: a bowl, whose bottom is where both derivatives are 0. For these two equations in
    two unknowns that is m = ${short(best.m)}, b = ${short(best.b)}, with an error of ${
    short(lossAt(best))
  }: the line through both points.`);
  presenter.say(`How steep the walls of the bowl are depends on the direction. The eigenvalues of
    the Hessian are its largest and its smallest curvature: ${steep.toFixed(3)} and ${
    flat.toFixed(3)
  }. This bowl is a narrow valley, ${(steep / flat).toFixed(0)} times as curved across as along.`);

  assertEquals([[mm.data, mb.data], [bm.data, bb.data]], [[5, 3], [3, 2]]);
  assertEquals([mm, mb, bm, bb].map((second) => formula(second)), ["5", "3", "3", "2"]);
  assertAlmostEquals(steep, 6.854, 5e-4);
  assertAlmostEquals(flat, 0.146, 5e-4);
  assertAlmostEquals(best.m, 2, 1e-12);
  assertAlmostEquals(best.b, 1, 1e-12);
  assertAlmostEquals(lossAt(best), 0, 1e-20);
}

function tellOfTheBound(presenter: Presenter): void {
  const [steep, flat] = eigenvalues(hessianOf());
  const bound = largestLearningRate();
  presenter.heading("How large a step may be");
  presenter.say(
    `In a bowl, each step multiplies the distance to the bottom by 1 - λ · curvature: once
    across the valley, once along it. Where that factor is below -1, every step lands on the other
    side, higher than before. So λ must stay below 2 / ${steep.toFixed(3)} = ${bound.toFixed(4)}:`,
  );
  const rates = [0.005, 0.1, nearTheBound.below, nearTheBound.above, 0.6];
  presenter.table(
    ["λ", `across: 1 - ${steep.toFixed(3)}λ`, `along: 1 - ${flat.toFixed(3)}λ`, "descent"],
    rates.map((rate) => [
      String(rate),
      (1 - rate * steep).toFixed(4),
      (1 - rate * flat).toFixed(4),
      Math.abs(1 - rate * steep) < 1 ? "arrives" : "diverges",
    ]),
  );
  presenter.say("A prediction; now run it, just below the bound and just above:");
  const stops = [0, 10, 100, 300, 600, 1000];
  const { below, above } = nearTheBound;
  const paths = [below, above].map((rate) =>
    descend(start, { learningRate: rate, steps: 1000 }).map((at) => lossAt(at))
  );
  presenter.table(
    ["step", `MSE with λ = ${below}`, `MSE with λ = ${above}`],
    stops.map((
      stop,
    ) => [stop, ...paths.map((losses) => String(Number(losses[stop]!.toPrecision(3))))]),
  );
  presenter.show(
    boundChart(),
    `Below ${bound.toFixed(4)} the error dies out, above it grows without end.`,
  );
  presenter.say("The next chapter draws what these learning rates do on the surface itself.");

  assertAlmostEquals(bound, 0.2918, 5e-5);
  assert(below < bound && bound < above);
  assertLess(paths[0]!.at(-1)!, 1e-4);
  assertGreater(paths[1]!.at(-1)!, paths[1]![0]!);
  assertGreater(paths[1]!.at(-1)!, 1000);
}

/** Points as text. */
function listOf(data: readonly Point[]): string {
  return data.map(([x, y]) => `(${x},\u00a0${y})`).join(", ");
}

if (import.meta.main) await present(tell);
