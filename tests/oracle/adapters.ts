/** What the oracle calls an op, and how it is written with the library. */

import type { Tensor } from "../../src/mod.ts";

/** The inputs of a case in their order; as many as it has, which an adapter knows. */
export type Inputs = readonly [
  Tensor,
  Tensor,
  Tensor,
  Tensor,
  Tensor,
  Tensor,
  Tensor,
  ...Tensor[],
];

/** An op in calls of the public API: its inputs and attributes to its output, or its outputs. */
export type Adapter = (
  inputs: Inputs,
  // deno-lint-ignore no-explicit-any -- each op has attributes of its own
  attributes: any,
) => Tensor | readonly Tensor[];

/** The ops of a category by the names that the oracle gives them. */
export type Adapters = Readonly<Record<string, Adapter>>;
