/** What every optimizer is: a rule for one parameter, applied to a whole model. */

import { isRecording, isTransforming, withRecording } from "../autodiff/recording.ts";
import { leavesLike, leavesOf, mapTree, rebuild } from "../autodiff/tree.ts";
import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { formatShape, sameShape, ShapeError } from "../ops/shape.ts";
import { full } from "../values/creation.ts";
import { Tensor } from "../values/tensor.ts";

/** What a rule remembers of each parameter from step to step, by name. */
export type Slots = Readonly<Record<string, Tensor>>;

/** How one parameter changes in a step; what it remembers becomes 0 where it is denormal. */
export interface Rule {
  /** The name of the optimizer. */
  readonly name: string;
  /** What is remembered of each parameter, and the number it starts from. */
  readonly slots: Readonly<Record<string, number>>;
  /** How each parameter changes in a step, which counts from 1: what is shared is done once. */
  update(step: Tensor): ParameterUpdate;
}

/** The changed parameter and slots. */
export type ParameterUpdate = (
  parameter: Tensor,
  gradient: Tensor,
  slots: Slots,
) => { parameter: Tensor; slots: Slots };

/** What an optimizer remembers of a model of type `T`: a nested object of tensors as well. */
export interface OptimizerState<T> {
  /** The number of steps taken, a scalar. */
  readonly step: Tensor;
  /** For each slot of the rule, a tensor for each parameter. */
  readonly slots: Readonly<Record<string, T>>;
}

/**
 * Changes the parameters of a model against their gradients. A model is any nested object of
 * tensors. `step` works in place on the `grad` of each parameter, as in PyTorch; `init` and
 * `update` are pure functions, which can be compiled, and differentiated within `grad` and its kin.
 *
 * @example In place
 * ```ts
 * import { optim, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const model = { w: tensor([1, 2], { requiresGrad: true }) };
 * model.w.square().sum().backward();
 * optim.sgd({ learningRate: 0.25 }).step(model);
 * assertEquals(model.w.toArray(), [0.5, 1]);
 * ```
 */
export class Optimizer {
  readonly #rule: Rule;
  readonly #memory = new WeakMap<Tensor, { slots: Slots; step: Tensor }>();

  /** Makes an optimizer of a rule; users call `sgd`, `adam` and their kin. */
  constructor(rule: Rule) {
    this.#rule = rule;
  }

  /** The name of the rule. */
  get name(): string {
    return this.#rule.name;
  }

  /** What `console.log` shows in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return `Optimizer ${this.name}`;
  }

  /** What `console.log` shows in Node. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Optimizer ${this.name}`;
  }

  /** What the optimizer remembers before the first step. */
  init<T>(model: T): OptimizerState<T> {
    const first = leavesOf(model)[0] as Tensor | undefined;
    const slots = Object.fromEntries(
      Object.entries(this.#rule.slots).map(([slot, start]) => [
        slot,
        mapTree(model, (leaf) => leaf.fillLike(start)),
      ]),
    );
    return { step: full([], 0, { dtype: first?.dtype ?? "float32" }), slots };
  }

  /** The changed model and memory; `gradients` has the structure of the model. */
  update<T>(
    model: T,
    gradients: T,
    state: OptimizerState<T>,
  ): { model: T; state: OptimizerState<T> } {
    this.#checkState(state);
    const parameters = leavesOf(model) as Tensor[];
    const changes = leavesLike("update", model, gradients) as Tensor[];
    const names = Object.keys(this.#rule.slots);
    const memory = names.map((name) => leavesLike("update", model, state.slots[name]) as Tensor[]);
    return withRecording(isRecording() && isTransforming(), () => {
      const step = state.step.add(1);
      const change = this.#rule.update(step);
      const updated = parameters.map((parameter, i) => {
        const slots = Object.fromEntries(names.map((name, s) => [name, memory[s]![i]!]));
        return apply(change, parameter, changes[i]!, slots);
      });
      const newSlots = names.map((name) => [
        name,
        rebuild(model, updated.map(({ slots }) => slots[name])),
      ]);
      return {
        model: rebuild(
          model,
          updated.map(({ parameter }, i) => parameter.asUpdateOf(parameters[i]!)),
        ),
        state: { step, slots: Object.fromEntries(newSlots) },
      };
    });
  }

  /** Throws unless a state is one that this optimizer's rule gives. */
  #checkState(state: OptimizerState<unknown>): void {
    const { slots: given } = state ?? {};
    const names = Object.keys(this.#rule.slots);
    if (given !== undefined && names.every((name) => name in given)) return;
    throw new UsageError(
      `Cannot update with ${this.name} from ${describe(state)}: init(model) gives the first state`,
    );
  }

  /** Changes every parameter that has a `grad`, in place. */
  step(model: unknown): void {
    const leaves = new Set(leavesOf(model) as Tensor[]); // one that is shared steps once
    const parameters = [...leaves].filter((leaf) => leaf.grad !== null);
    if (leaves.size === 0) {
      throw new UsageError(
        `Cannot step with ${this.name}: there is no tensor in the fields of ${describe(model)}`,
      );
    }
    if (parameters.length === 0) {
      throw new UsageError(
        `Cannot step with ${this.name}: no parameter has a gradient, call backward() first`,
      );
    }
    withRecording(false, () => {
      const changes = parameters.map((parameter) => {
        const before = this.#memory.get(parameter) ?? this.#fresh(parameter);
        const step = before.step.add(1);
        const change = this.#rule.update(step);
        return { step, ...apply(change, parameter, parameter.grad!, before.slots) };
      });
      for (const [i, parameter] of parameters.entries()) { // all of them, or none after an error
        const { parameter: changed, slots, step } = changes[i]!;
        this.#memory.set(parameter, { slots, step });
        parameter.numbers.overwrite(changed.numbers);
      }
    });
  }

  /** What the optimizer remembers of a model that it has changed in place, or what `init` gives. */
  stateOf<T>(model: T): OptimizerState<T> {
    const parameters = leavesOf(model) as Tensor[];
    const memories = parameters.map((leaf) => this.#memory.get(leaf) ?? this.#fresh(leaf));
    const first = memories[0];
    if (first === undefined) return this.init(model);
    const slots = Object.keys(this.#rule.slots).map((name) => [
      name,
      rebuild(model, memories.map(({ slots }) => slots[name])),
    ]);
    return { step: first.step, slots: Object.fromEntries(slots) };
  }

  /** Makes a state that `update` gave what the optimizer remembers of a model, for `step`. */
  remember<T>(model: T, { step, slots }: OptimizerState<T>): void {
    const names = Object.keys(this.#rule.slots);
    const memory = names.map((name) => leavesLike("remember", model, slots[name]) as Tensor[]);
    (leavesOf(model) as Tensor[]).forEach((parameter, i) => {
      const own = names.map((name, s) => [name, memory[s]![i]!]);
      this.#memory.set(parameter, { slots: Object.fromEntries(own), step });
    });
  }

  #fresh(parameter: Tensor): { slots: Slots; step: Tensor } {
    const { step, slots } = this.init({ parameter });
    const own = Object.entries(slots).map(([name, tree]) => [name, tree.parameter]);
    return { step, slots: Object.fromEntries(own) };
  }
}

/** Changes one parameter, and remembers no denormal numbers. */
function apply(change: ParameterUpdate, parameter: Tensor, gradient: Tensor, slots: Slots) {
  if (!sameShape(parameter.shape, gradient.shape)) {
    throw new ShapeError(
      `Cannot update ${formatShape(parameter.shape)} by a gradient of shape ` +
        formatShape(gradient.shape),
    );
  }
  const updated = change(parameter, gradient, slots);
  const remembered = Object.entries(updated.slots).map(([name, slot]) => [
    name,
    withoutDenormals(slot),
  ]);
  return { parameter: updated.parameter, slots: Object.fromEntries(remembered) as Slots };
}

/**
 * Numbers below the smallest normal one become 0. A mean whose gradient has stopped would come to
 * rest among those denormal numbers, where rounding keeps it, and processors take some hundred
 * times as long for each operation on one.
 */
function withoutDenormals(slot: Tensor): Tensor {
  const smallest = slot.dtype === "float64" ? 2 ** -1022 : 2 ** -126;
  return slot.maskedFill(slot.abs().less(smallest), 0);
}

/** Throws unless an option is a number from `least` up. */
export function checkOption(optimizer: string, option: string, value: number, least = 0): void {
  if (typeof value === "number" && value >= least && value < Infinity) return;
  throw new UsageError(
    `Cannot make ${optimizer}: ${option} is ${describe(value)}, not a number >= ${least}`,
  );
}
