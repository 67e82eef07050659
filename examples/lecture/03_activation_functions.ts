/**
 * Chapter 3: activation functions. Linear, ReLU, sigmoid and tanh: each a curve, and beside it the
 * curve of its derivative, which the engine derives.
 *
 *     deno run examples/lecture/03_activation_functions.ts
 */

import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { formula, gradients, type Value, value } from "../../mod.ts";
import { type LineChart, lineChart } from "../../plot/mod.ts";
import { present, type Presenter } from "./present.ts";

/** A function that a neuron hands its sum to. */
export type Activation = (x: Value) => Value;

/** The activation functions of this chapter. */
export const activations = {
  linear: (x) => x,
  ReLU: (x) => x.relu(),
  sigmoid: (x) => x.sigmoid(),
  tanh: (x) => x.tanh(),
} as const satisfies Record<string, Activation>;

/** The same functions in simpler terms, where there are any. */
export const spelledOut: Partial<Record<ActivationName, Activation>> = {
  ReLU: (x) => x.maximum(0),
  sigmoid: (x) => x.neg().exp().add(1).reciprocal(),
  tanh: (x) => x.exp().sub(x.neg().exp()).div(x.exp().add(x.neg().exp())),
};

/** The name of an activation function. */
export type ActivationName = keyof typeof activations;

/** What a function gives at a place, and its derivative there. */
export interface Slope {
  readonly x: number;
  readonly y: number;
  readonly derivative: number;
}

/** A function and its derivative at a place. */
export function slopeAt(activation: Activation, at: number): Slope {
  const x = value(at, "x");
  const y = activation(x);
  return { x: at, y: y.data, derivative: gradients(y, [x])[0].data };
}

/** A function and its derivative at equally spaced places, the first and the last included. */
export function curveOf(
  activation: Activation,
  { from = -5, to = 5, count = 101 } = {},
): Slope[] {
  return Array.from(
    { length: count },
    (_, i) => slopeAt(activation, from + (to - from) * i / (count - 1)),
  );
}

/** The curve of an activation function and that of its derivative. */
export function chartOf(name: ActivationName): LineChart {
  const curve = curveOf(activations[name], { count: 401 });
  return lineChart({
    title: name,
    x: { label: "f" },
    series: [
      { name: "a(f)", points: curve.map(({ x, y }) => [x, y]) },
      {
        name: "a'(f)",
        points: curve.map(({ x, derivative }) => [x, derivative]),
        mark: "dashed",
      },
    ],
  });
}

/** The derivative of a chain of so many neurons, each with weight 1, by its input at 0. */
export function derivativeOfChain(name: ActivationName, length: number): number {
  const chain: Activation = (x) => {
    let y = x;
    for (let i = 0; i < length; i++) y = activations[name](y);
    return y;
  };
  return slopeAt(chain, 0.5).derivative;
}

/** What there is to say about each function. */
const remarks: Readonly<Record<ActivationName, string>> = {
  linear: `No activation at all: what comes in goes out. The derivative is the same everywhere. Good
    for an output that may be any number, such as a price; useless between layers, as chapter 7
    shows: two linear layers are no more than one.`,
  ReLU:
    `The rectified linear unit: negative sums become 0, others pass. Its derivative is 0 or 1, so
    a signal that passes comes back undiminished, and it costs next to nothing to compute. Most deep
    networks use it. At 0 itself there is a corner and no derivative; turunan takes 0 there, as
    other libraries do.`,
  sigmoid: `The threshold made smooth: any sum becomes a number between 0 and 1, which can be read
    as a probability. Its derivative is largest in the middle and next to nothing at both ends:
    there the neuron is saturated, and hardly learns.`,
  tanh: `The same S, from -1 to 1 and through 0, four times as steep in the middle. Its ends
    saturate, too.`,
};

/** Tells the chapter. */
export function tell(presenter: Presenter): void {
  presenter.title("Chapter 3 · Activation functions");
  const threshold = (x: Value) => x.greater(0);
  presenter.say(
    `A neuron computes a sum f and hands it to its activation: y = a(f). Chapter 2 used a
    threshold. Its trouble is its slope: ${slopeAt(threshold, -1).derivative} on the left,
    ${slopeAt(threshold, 1).derivative} on the right. To learn is to ask: if a weight were a little
    larger, would the answer be better? With a threshold nothing changes at all, or everything at
    once, so the question has no useful answer.`,
  );
  presenter.say(`The functions below have slopes that say something. For each you see the curve
    a(f), and its derivative a'(f), which says how much y changes when f changes a little. Nobody typed in
    the derivatives: turunan derives them from the functions.`);
  for (const name of ["linear", "ReLU", "sigmoid", "tanh"] as const) tellOf(presenter, name);
  tellOfAll(presenter);
  tellOfChains(presenter);

  assertEquals([-1, 1].map((x) => slopeAt(threshold, x).derivative), [0, 0]);
}

function tellOf(presenter: Presenter, name: ActivationName): void {
  const x = value(0, "f");
  const y = activations[name](x);
  const simpler = spelledOut[name];
  const also = simpler === undefined ? "" : ` = ${formula(simpler(x))}`;
  presenter.heading(name);
  presenter.print(`  a(f)  = ${formula(y)}${also}\n  a'(f) = ${formula(gradients(y, [x])[0])}`);
  presenter.say(remarks[name]);
  presenter.show(chartOf(name));

  for (const { x, y } of simpler === undefined ? [] : curveOf(simpler)) {
    assertAlmostEquals(y, slopeAt(activations[name], x).y, 1e-12);
  }
}

function tellOfAll(presenter: Presenter): void {
  presenter.heading("Side by side");
  const names = Object.keys(activations) as ActivationName[];
  const places = [-4, -2, -1, 0, 1, 2, 4];
  const row = (at: number, key: "y" | "derivative") => [
    at,
    ...names.map((name) => slopeAt(activations[name], at)[key].toFixed(4)),
  ];
  presenter.say("The values a(f):");
  presenter.table(["f", ...names], places.map((at) => row(at, "y")));
  presenter.say("The derivatives a'(f):");
  presenter.table(["f", ...names], places.map((at) => row(at, "derivative")));

  const sigmoid = curveOf(activations.sigmoid);
  const tanh = curveOf(activations.tanh);
  const steepest = (curve: readonly Slope[]) =>
    curve.reduce((a, b) => b.derivative > a.derivative ? b : a);
  presenter.say(`The sigmoid is nowhere steeper than ${steepest(sigmoid).derivative}, tanh nowhere
    steeper than ${steepest(tanh).derivative}, both at 0.`);

  assertEquals([steepest(sigmoid).derivative, steepest(tanh).derivative], [0.25, 1]);
  assertEquals([steepest(sigmoid).x, steepest(tanh).x], [0, 0]);
  for (const { y, derivative } of sigmoid) assertAlmostEquals(derivative, y * (1 - y), 1e-12);
  for (const { y, derivative } of tanh) assertAlmostEquals(derivative, 1 - y * y, 1e-12);
  for (const { x, y, derivative } of curveOf(activations.ReLU)) {
    assertEquals([y, derivative], x > 0 ? [x, 1] : [0, 0]);
  }
  for (const { derivative } of curveOf(activations.linear)) assertEquals(derivative, 1);
}

function tellOfChains(presenter: Presenter): void {
  const lengths = [1, 2, 5, 10, 20];
  presenter.heading("Why it matters: slopes multiply");
  presenter.say(
    `In a deep network neurons feed neurons, and by the chain rule the slope of the whole
    is the product of all the slopes on the way. Here neurons in a row, each with weight 1 and bias
    0, are fed the number 0.5; this is how much the last one notices of a change at the first:`,
  );
  const names = ["ReLU", "tanh", "sigmoid"] as const;
  presenter.table(
    ["neurons in a row", ...names],
    lengths.map((length) => [
      length,
      ...names.map((name) => shortest(derivativeOfChain(name, length))),
    ]),
  );
  presenter.say(`Through 20 sigmoids next to nothing is left: the gradient vanishes, and the first
    neurons do not learn. ReLU passes it on whole. That is one of the reasons why networks with
    many layers can be trained.`);

  assertEquals(derivativeOfChain("ReLU", 20), 1);
  assertLess(derivativeOfChain("sigmoid", 10), 0.25 ** 10 * 1.0001);
  assertLess(derivativeOfChain("sigmoid", 20), 1e-12);
}

/** A number with three significant digits. */
function shortest(number: number): string {
  return String(Number(number.toPrecision(3)));
}

if (import.meta.main) await present(tell);
