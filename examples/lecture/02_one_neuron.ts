/**
 * Chapter 2: one neuron, f = Σ wᵢxᵢ + b and y = a(f). With a threshold for a it is a perceptron,
 * which learns OR and AND, and cannot learn XOR.
 *
 *     deno run examples/lecture/02_one_neuron.ts
 */

import { assert, assertEquals, assertLess } from "@std/assert";
import { formula, gradients, type Value, value } from "../../mod.ts";
import { type DecisionRegion, decisionRegion, type Series } from "../../plot/mod.ts";
import { present, type Presenter } from "./present.ts";

/** A neuron of two inputs. */
export interface Neuron {
  readonly w1: Value;
  readonly w2: Value;
  readonly b: Value;
}

/** The numbers of a neuron: two weights and a bias. */
export type Weights = readonly [w1: number, w2: number, b: number];

/** A neuron whose weights have names, so that formulas can tell them. */
export function neuronOf([w1, w2, b]: Weights): Neuron {
  return { w1: value(w1, "w1"), w2: value(w2, "w2"), b: value(b, "b") };
}

/** f = Σ wᵢxᵢ + b, the weighted sum of the inputs. */
export function weightedSum(
  { w1, w2, b }: Neuron,
  [x1, x2]: readonly [Value | number, Value | number],
): Value {
  return w1.mul(x1).add(w2.mul(x2)).add(b);
}

/** y = a(f) for the binary threshold: 1 if f is above 0, else 0. */
export function threshold(f: Value): Value {
  return f.greater(0);
}

/** The four inputs that two switches can give. */
export const corners = [[0, 0], [0, 1], [1, 0], [1, 1]] as const;

/** What the switches are asked for: the answers at the four corners. */
export const gates = { OR: [0, 1, 1, 1], AND: [0, 0, 0, 1], XOR: [0, 1, 1, 0] } as const;

/** The name of a gate. */
export type Gate = keyof typeof gates;

/** A neuron's answers at the four corners. */
export function answersOf(weights: Weights): number[] {
  const neuron = neuronOf(weights);
  return corners.map((inputs) => threshold(weightedSum(neuron, inputs)).data);
}

/** At how many of the four corners a neuron gives a gate's answer. */
export function rightAnswers(weights: Weights, gate: Gate): number {
  return answersOf(weights).filter((answer, i) => answer === gates[gate][i]).length;
}

/** Where learning starts: nothing special. */
export const startWeights: Weights = [-0.5, 0.25, 0.75];

/**
 * Rosenblatt's perceptron rule: at each corner that is answered wrongly, each weight moves by
 * (target - answer) times the derivative of f by it. Returns the weights at the start and after each
 * pass over the corners, up to the first that are right at all four.
 */
export function learn(gate: Gate, { passes = 20, start = startWeights } = {}): Weights[] {
  const history: Weights[] = [start];
  while (history.length <= passes && rightAnswers(history.at(-1)!, gate) < corners.length) {
    const neuron = neuronOf(history.at(-1)!);
    const parameters = [neuron.w1, neuron.w2, neuron.b] as const;
    for (const [i, inputs] of corners.entries()) {
      const f = weightedSum(neuron, inputs);
      const error = gates[gate][i]! - threshold(f).data;
      const slopes = gradients(f, parameters);
      for (const [k, parameter] of parameters.entries()) parameter.data += error * slopes[k]!.data;
    }
    history.push([neuron.w1.data, neuron.w2.data, neuron.b.data]);
  }
  return history;
}

const shown = [-0.5, 1.5] as const;

/** The line on which f = 0, where it crosses the square that is shown. */
export function separatingLine([w1, w2, b]: Weights): Series {
  const [low, high] = shown;
  const crossings = [low, high].flatMap((edge) => [
    [edge, -(w1 * edge + b) / w2] as const,
    [-(w2 * edge + b) / w1, edge] as const,
  ]);
  const inside = crossings.filter((point) => point.every((at) => at >= low && at <= high));
  const [first = [0, 0] as const] = inside;
  const distance = ([x, y]: readonly [number, number]) => Math.hypot(x - first[0], y - first[1]);
  const last = inside.reduce((a, b) => distance(b) > distance(a) ? b : a, first);
  return { name: "f = 0", points: inside.length === 0 ? [] : [first, last], mark: "line" };
}

/** Where a neuron answers 1, with a gate's corners and the separating line over it. */
export function regionOf(weights: Weights, gate: Gate): DecisionRegion {
  const neuron = neuronOf(weights);
  return decisionRegion({
    title: `${gate}: ${rightAnswers(weights, gate)} of 4 right`,
    x: { label: "x1", domain: shown },
    y: { label: "x2", domain: shown },
    classAt: (x1, x2) => threshold(weightedSum(neuron, [x1, x2])).data,
    points: corners.map(([x, y], i) => ({ x, y, label: gates[gate][i]! })),
    classes: ["0", "1"],
    lines: [separatingLine(weights)],
  });
}

/**
 * The neuron that does best at a gate, of all whose weights are quarters from -2 to 2; among equals,
 * the one whose line keeps the largest distance from the corners.
 */
export function bestOnGrid(gate: Gate): { weights: Weights; right: number; tried: number } {
  const steps = Array.from({ length: 17 }, (_, i) => -2 + i / 4);
  let best = { weights: startWeights, right: -1, distance: 0 };
  for (const w1 of steps) {
    for (const w2 of steps) {
      for (const b of steps) {
        const weights: Weights = [w1, w2, b];
        const right = rightAnswers(weights, gate);
        const distance = distanceOf(weights);
        if (right > best.right || (right === best.right && distance > best.distance)) {
          best = { weights, right, distance };
        }
      }
    }
  }
  return { weights: best.weights, right: best.right, tried: steps.length ** 3 };
}

/** How far the nearest corner is from the line on which f = 0. */
function distanceOf(weights: Weights): number {
  const neuron = neuronOf(weights);
  const sums = corners.map((inputs) => Math.abs(weightedSum(neuron, inputs).data));
  const [w1, w2] = weights;
  return w1 === 0 && w2 === 0 ? 0 : Math.min(...sums) / Math.hypot(w1, w2);
}

/** Tells the chapter. */
export function tell(presenter: Presenter): void {
  presenter.title("Chapter 2 · One neuron");
  tellOfTheNeuron(presenter);
  presenter.heading("A perceptron learns OR and AND");
  presenter.say(`Two switches, each off (0) or on (1), give four inputs. OR asks for a 1 if either
    is on, AND if both are. Instead of choosing the weights, let us have them learned, by Rosenblatt's
    rule of 1958: go through the inputs; where the answer is right, change nothing; where it is wrong,
    add to each weight (target - answer) times the input that it weighs.`);
  const neuron = neuronOf(startWeights);
  const f = weightedSum(neuron, [value(0, "x1"), value(0, "x2")]);
  const slopes = gradients(f, [neuron.w1, neuron.w2, neuron.b]).map((slope) => formula(slope));
  presenter.say(`That input is the derivative of f by the weight: df/dw1 = ${slopes[0]},
    df/dw2 = ${slopes[1]}, df/db = ${slopes[2]}. turunan derives it from the sum itself, and
    the rule below uses what it derives. Learning by derivatives starts here.`);
  assertEquals(slopes, ["x1", "x2", "1"]);
  for (const gate of ["OR", "AND"] as const) tellOfLearning(presenter, gate);
  tellOfXor(presenter);
}

function tellOfTheNeuron(presenter: Presenter): void {
  const neuron = neuronOf([0.5, -1, 0.25]);
  const x1 = value(1, "x1");
  const x2 = value(0.5, "x2");
  const f = weightedSum(neuron, [x1, x2]);
  presenter.say(`A neuron takes some numbers, multiplies each by a weight of its own, adds them up
    together with one more number, the bias, and hands the sum to a function, its activation:`);
  presenter.print(`  f = Σ wᵢxᵢ + b         here, with two inputs:  f = ${formula(f)}\n  y = a(f)`);
  presenter.say(`That is all there is. The weights say how much each input counts and in which
    direction; the bias says how easily the neuron answers at all. For example, with weights ${neuron.w1.data} and
    ${neuron.w2.data}, bias ${neuron.b.data} and inputs ${x1.data} and ${x2.data}:`);
  presenter.print(
    `  f = ${neuron.w1.data}·${x1.data} + (${neuron.w2.data})·${x2.data} + ${neuron.b.data} = ${f.data}`,
  );
  presenter.say(`The oldest activation is the binary threshold: y = 1 if f is above 0, else
    y = 0. Here f is ${f.data}, so y = ${
    threshold(f).data
  }. A neuron with this activation is called a
    perceptron; it answers yes or no.`);

  assertEquals(formula(f), "w1x1 + w2x2 + b");
  assertEquals([f.data, threshold(f).data], [0.25, 1]);
}

function tellOfLearning(presenter: Presenter, gate: "OR" | "AND"): void {
  const history = learn(gate);
  presenter.say(`${gate}, from weights that mean nothing yet:`);
  tabulate(presenter, gate, history);
  const learned = history.at(-1)!;
  presenter.show(
    regionOf(learned, gate),
    `${gate} after pass ${history.length - 1}. On the line f = 0; on one side the answer is 1, on
    the other 0.`,
  );
  assertEquals(answersOf(learned), [...gates[gate]]);
  assert(rightAnswers(startWeights, gate) < 4, "there is something to learn");
}

/** The weights after each pass, and what they answer. */
function tabulate(presenter: Presenter, gate: Gate, history: readonly Weights[]): void {
  presenter.table(
    ["pass", "w1", "w2", "b", "answers at 00 01 10 11", "right"],
    history.map((weights, pass) => [
      pass,
      ...weights.map((weight) => weight.toFixed(2)),
      answersOf(weights).join("  "),
      `${rightAnswers(weights, gate)} of 4`,
    ]),
  );
}

function tellOfXor(presenter: Presenter): void {
  presenter.heading("XOR: what one neuron cannot do");
  presenter.say(`XOR, exclusive or, asks for a 1 if exactly one of the switches is on. The same
    rule, the same start:`);
  const history = learn("XOR", { passes: 6 });
  tabulate(presenter, "XOR", history);
  const best = bestOnGrid("XOR");
  const [before, last] = history.slice(-2) as [Weights, Weights];
  presenter.say(`After the last pass the weights are what they were before it: it will go round in
    this circle forever. Is that the rule's fault? No. Of all ${
    best.tried.toLocaleString("en-US")
  } neurons whose weights and bias are quarters from -2 to 2, the best gets ${best.right} of 4 right:`);
  presenter.show(
    regionOf(best.weights, "XOR"),
    "The best that one line can reach: one corner is always on the wrong side.",
  );
  tellOfTheProof(presenter);

  assertEquals(before, last, "the weights repeat");
  assertEquals(best.right, 3);
  assertEquals(rightAnswers(best.weights, "XOR"), 3);
  for (const weights of history) assertLess(rightAnswers(weights, "XOR"), 4);
}

function tellOfTheProof(presenter: Presenter): void {
  const neuron = neuronOf(startWeights);
  const ends = weightedSum(neuron, [0, 0]).add(weightedSum(neuron, [1, 1]));
  const middles = weightedSum(neuron, [0, 1]).add(weightedSum(neuron, [1, 0]));
  presenter.say(`And no other neuron does better. XOR needs f above 0 at 01 and at 10, so their sum
    is above 0. It needs f not above 0 at 00 and at 11, so their sum is not. But the two sums are the
    same, whatever the weights are:`);
  presenter.print(
    `  f(0,1) + f(1,0) = ${formula(middles)}\n  f(0,0) + f(1,1) = ${formula(ends)}`,
  );
  presenter.say(`Four right answers are impossible, three are the most. One straight line cannot
    part these corners; two can. That takes more neurons, and a way to train them: chapter 7 solves
    XOR. The perceptron rule cannot do it, since it needs to know the right answer of each neuron. The
    next chapters find a better rule.`);

  assertEquals(formula(ends), formula(middles));
  assertEquals(formula(ends.sub(middles)), "0");
}

if (import.meta.main) await present(tell);
