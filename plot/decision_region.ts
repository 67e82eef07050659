/** Which class a model names where. */

import { type BoundedAxis, checkedBounds, checkedSeries, type Series } from "./axis.ts";
import { displayed } from "./display.ts";
import { drawingError } from "./error.ts";
import { type Grid, refined, sampled } from "./grid.ts";
import { checkedOptions } from "./options.ts";

/** A place whose class is known. */
export interface LabelledPoint {
  /** Where it lies on the horizontal axis. */
  readonly x: number;
  /** Where it lies on the vertical axis. */
  readonly y: number;
  /** Its class: 0, 1, 2 .. */
  readonly label: number;
}

/** What a drawing of decision regions is made of. */
export interface DecisionRegionOptions {
  /** What stands above it. */
  readonly title?: string;
  /** The horizontal axis. */
  readonly x: BoundedAxis;
  /** The vertical axis. */
  readonly y: BoundedAxis;
  /** The class that the model names, 0, 1, 2 .., or the probability of class 1. */
  readonly classAt: (x: number, y: number) => number;
  /** The places whose class is known. */
  readonly points: readonly LabelledPoint[];
  /** The names of the classes. */
  readonly classes?: readonly string[];
  /** Lines drawn over it, as those that neurons draw. */
  readonly lines?: readonly Series[];
}

/** Which class a model names where, as plain data. */
export interface DecisionRegion {
  /** Which drawing it is. */
  readonly kind: "decisionRegion";
  /** What stands above it. */
  readonly title?: string;
  /** The horizontal axis. */
  readonly x: BoundedAxis;
  /** The vertical axis. */
  readonly y: BoundedAxis;
  /** What the model answers on a grid over the two axes, row by row from the lowest y. */
  readonly answers: Grid;
  /** Whether the answers are probabilities of class 1. */
  readonly areProbabilities: boolean;
  /** The places whose class is known. */
  readonly points: readonly LabelledPoint[];
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** Lines drawn over it. */
  readonly lines: readonly Series[];
}

/**
 * Which class a model names where in the plane, with labelled points over it. The model is asked at
 * once, on a grid of 81 by 81 places, and once more where classes meet; answers that are all whole
 * numbers are classes, others are probabilities of class 1. Where the answer is NaN, nothing is drawn.
 *
 * Throws a `UsageError` where an axis has no domain, a class no name, or an answer is neither.
 *
 * @example Left and right
 * ```ts
 * import { decisionRegion, toText } from "@turunan/turunan/plot";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const axis = { domain: [-1, 1] } as const;
 * const region = decisionRegion({
 *   x: axis,
 *   y: axis,
 *   classAt: (x) => x > 0 ? 1 : 0,
 *   points: [{ x: -0.5, y: 0, label: 0 }, { x: 0.5, y: 0, label: 1 }],
 *   classes: ["left", "right"],
 * });
 * assertStringIncludes(toText(region), "right");
 * ```
 */
export function decisionRegion(options: DecisionRegionOptions): DecisionRegion {
  const { title, classAt, points, lines = [] } = checkedOptions(
    "Cannot draw a decision region",
    options,
    { title: true, x: true, y: true, classAt: true, points: true, classes: true, lines: true },
  );
  const x = checkedBounds("a decision region", "x", options.x);
  const y = checkedBounds("a decision region", "y", options.y);
  points.forEach(({ label }, i) => {
    if (isClass(label)) return;
    throw drawingError(
      `Cannot draw a decision region: point ${i} has the label ${label}, not a whole number from 0 ` +
        `to ${mostClasses - 1}`,
    );
  });
  const answers = sampled(classAt, { x, y });
  checkAnswers(answers.flat());
  const given = answers.flat().filter(Number.isFinite);
  const areProbabilities = given.some((answer) => !Number.isInteger(answer));
  const labels = points.map(({ label }) => label);
  const named = areProbabilities ? [1] : given.concat(0);
  const count = 1 + [...named, ...labels].reduce((most, label) => Math.max(most, label), 0);
  const classes = options.classes ?? Array.from({ length: count }, (_, i) => `class ${i}`);
  if (classes.length < count) {
    throw drawingError(
      `Cannot draw a decision region: there are ${classes.length} names for ${count} classes`,
    );
  }
  return displayed({
    kind: "decisionRegion",
    ...(title !== undefined && { title }),
    x,
    y,
    answers: areProbabilities ? answers : refined(answers, classAt, { x, y }),
    areProbabilities,
    points: points.map(({ x, y, label }) => ({ x, y, label })),
    classes: [...classes],
    lines: checkedSeries("a decision region", lines),
  });
}

/** More classes than this are a mistake: a number of something else. */
const mostClasses = 1000;

/** How far a probability may be beyond 0 and 1, as sums in single precision are. */
const rounding = 1e-5;

function isClass(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number < mostClasses;
}

/** Throws unless all answers are classes, or all probabilities, but for those that are NaN. */
function checkAnswers(answers: readonly number[]): void {
  const areWhole = answers.every((answer) => !Number.isFinite(answer) || Number.isInteger(answer));
  const isRight = areWhole
    ? isClass
    : (answer: number) => answer > -rounding && answer < 1 + rounding;
  const wrong = answers.findIndex((answer) =>
    !Number.isNaN(answer) && !(typeof answer === "number" && isRight(answer))
  );
  if (wrong < 0) return;
  throw drawingError(
    `Cannot draw a decision region: classAt gives ${
      describe(answers[wrong])
    }, no class from 0 to ` +
      `${mostClasses - 1} and no probability`,
  );
}

/** How an answer reads in a message. */
function describe(answer: unknown): string {
  return typeof answer === "object" && answer !== null
    ? `a ${answer.constructor?.name ?? "thing"}`
    : String(answer);
}
