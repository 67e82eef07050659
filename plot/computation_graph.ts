/** The graph that computed a value. */

import { gradients as gradientsOf, noGrad, Value } from "../mod.ts";
import { describe } from "../src/ops/describe.ts";
import type { AnyPullback } from "../src/ops/op.ts";
import { displayed } from "./display.ts";
import { drawingError } from "./error.ts";
import { checkedOptions } from "./options.ts";

/** A number in a graph: an input, a constant, or what an operation computed. */
export interface GraphNode {
  /** The name that it was given, or null. */
  readonly name: string | null;
  /** The operation that computed it, as `mul`, or null. */
  readonly op: string | null;
  /** The number. */
  readonly value: number;
  /** The derivative of the result by it; null for a constant, or where it was not asked for. */
  readonly gradient: number | null;
}

/** The use of one node in the computation of another; nodes are named by their index. */
export interface GraphEdge {
  /** The node that is used. */
  readonly from: number;
  /** The node that is computed. */
  readonly to: number;
  /** The derivative of `to` by this use of `from`; null where none flows, or was asked for. */
  readonly derivative: number | null;
}

/** What else a drawing of a graph may say. */
export interface ComputationGraphOptions {
  /** What stands above it. */
  readonly title?: string;
  /** Whether gradients and local derivatives are shown; true by default. */
  readonly gradients?: boolean;
}

/** The graph that computed a value, as plain data. */
export interface ComputationGraph {
  /** Which drawing it is. */
  readonly kind: "computationGraph";
  /** What stands above it. */
  readonly title?: string;
  /** The numbers, inputs before what is computed from them; the last one is the result. */
  readonly nodes: readonly GraphNode[];
  /** The uses, in the order of the operations' inputs. */
  readonly edges: readonly GraphEdge[];
}

/**
 * The graph that computed a value: its nodes with their numbers and gradients, its edges with local
 * derivatives, all of them found by the engine. Gradients are those of this result; what stands in
 * `grad` is neither read nor changed.
 *
 * Throws a `UsageError` where the result is not a `Value`, or an option is none that there is.
 *
 * @example The chain rule on a square
 * ```ts
 * import { computationGraph } from "@turunan/turunan/plot";
 * import { value } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const { nodes, edges } = computationGraph(value(3, "x").square());
 * assertEquals(nodes[0], { name: "x", op: null, value: 3, gradient: 6 });
 * assertEquals(edges, [{ from: 0, to: 1, derivative: 6 }]);
 * ```
 */
export function computationGraph(
  result: Value,
  options: ComputationGraphOptions = {},
): ComputationGraph {
  if (!(result instanceof Value)) {
    throw drawingError(`Cannot draw the graph of ${describe(result)}: it is no Value`);
  }
  const action = "Cannot draw the graph of a Value";
  const known = { title: true, gradients: true } as const;
  const { title, gradients = true } = checkedOptions(action, options, known);
  if (typeof gradients !== "boolean") {
    throw drawingError(`${action}: gradients is ${describe(gradients)}, neither true nor false`);
  }
  const values = history(result);
  const places = new Map(values.map((value, i) => [value, i]));
  const sources = gradients ? values.filter(isSource) : [];
  const derivatives = new Map(
    gradientsOf(result, sources).map(({ data }, i) => [sources[i], data]),
  );
  return displayed({
    kind: "computationGraph",
    ...(title !== undefined && { title }),
    nodes: values.map((value) => ({
      name: value.name,
      op: value.origin?.op.name ?? null,
      value: value.data,
      gradient: derivatives.get(value) ?? null,
    })),
    edges: values.flatMap((value, to) =>
      (value.origin?.inputs ?? []).map((input, i) => ({
        from: places.get(input)!,
        to,
        derivative: gradients ? localDerivative(value, i) : null,
      }))
    ),
  });
}

/** Whether there is a derivative by a value: there is none by a constant. */
function isSource({ origin, requiresGrad }: Value): boolean {
  return origin !== null || requiresGrad;
}

/** A value and all that it was computed from, inputs before what is computed from them. */
function history(result: Value): Value[] {
  const entered = new Set<Value>();
  const listed = new Set<Value>();
  const stack = [result];
  while (stack.length > 0) {
    const value = stack.at(-1)!;
    if (entered.has(value)) {
      listed.add(value);
      stack.pop();
    } else {
      entered.add(value);
      const inputs = value.origin?.inputs ?? [];
      stack.push(...inputs.filter((input) => !entered.has(input)).toReversed());
    }
  }
  return [...listed];
}

/** The derivative of a value by its input `index` alone: the operation's rule with cotangent 1. */
function localDerivative(value: Value, index: number): number | null {
  const { op, inputs, attributes } = value.origin!;
  const rules = op.pullbacks;
  const rule: AnyPullback | null = typeof rules === "function"
    ? rules(index)
    : rules[index] ?? null;
  if (rule === null) return null;
  const derivative = noGrad(() => rule(value.fillLike(1), inputs, value, attributes));
  return (derivative as Value).data;
}
