/** The notebook's cells of chapter 2. */

// %% [markdown]
// # 2. One neuron
//
// A neuron weighs its inputs, adds them up with a bias, and hands the sum to a function, its
// activation: $f = \sum_i w_i x_i + b$ and $y = a(f)$.

// %%
import { value } from "../../../mod.ts";
import {
  answersOf,
  bestOnGrid,
  type Gate,
  learn,
  neuronOf,
  regionOf,
  rightAnswers,
  startWeights,
  threshold,
  weightedSum,
} from "../../lecture/02_one_neuron.ts";
import { equations, table } from "../show.ts";

const neuron = neuronOf([0.5, -1, 0.25]);
const f = weightedSum(neuron, [value(1, "x1"), value(0.5, "x2")]);
equations({ f });

// %%
f;

// %% [markdown]
// The oldest activation is the binary threshold: 1 if the sum is above 0, else 0. A neuron with it is a
// **perceptron**.

// %%
threshold(f);

// %% [markdown]
// Two switches, off (0) or on (1), give four inputs. OR asks for a 1 if either is on, AND if both are.
// Rosenblatt's rule of 1958 learns both: where an answer is wrong, each weight moves by the error times
// the input that it weighs.

// %%
const pass = (weights: typeof startWeights, gate: Gate, i: number) => [
  i,
  ...weights,
  answersOf(weights).join(" "),
  `${rightAnswers(weights, gate)} of 4`,
];
const headers = ["pass", "w1", "w2", "b", "answers at 00 01 10 11", "right"];
table(headers, learn("OR").map((weights, i) => pass(weights, "OR", i)));

// %%
regionOf(learn("OR").at(-1)!, "OR");

// %%
regionOf(learn("AND").at(-1)!, "AND");

// %% [markdown]
// XOR asks for a 1 if exactly one of the switches is on. The rule goes round in a circle:

// %%
table(headers, learn("XOR", { passes: 6 }).map((weights, i) => pass(weights, "XOR", i)));

// %% [markdown]
// That is not the rule's fault. Of thousands of neurons the best gets three corners right: one straight
// line cannot part them.

// %%
const best = bestOnGrid("XOR");
`${best.right} of 4 is the best of ${best.tried} neurons`;

// %%
regionOf(best.weights, "XOR");
