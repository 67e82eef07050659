/** A computation graph unfolded into the rows of a tree, the result first. */

import type { ComputationGraph, GraphEdge } from "../computation_graph.ts";
import { symbolOf } from "../notation.ts";
import { shortNumber } from "../number.ts";

/** A use of a node. */
export interface Row {
  /** The node. */
  readonly node: number;
  /** The edge by which it is used; null for the result. */
  readonly edge: GraphEdge | null;
  /** For each step down to it whether more is to come there. */
  readonly branches: readonly boolean[];
  /** Whether what it was computed from stands in an earlier row. */
  readonly isRepeated: boolean;
}

/** A graph with its edges by the node that they lead to, and how often each node is used. */
export interface Uses {
  /** The edges to each node. */
  readonly inputs: readonly (readonly GraphEdge[])[];
  /** How many edges lead from each node. */
  readonly counts: readonly number[];
}

/** How the nodes of a graph are used. */
export function usesOf({ nodes, edges }: ComputationGraph): Uses {
  const inputs = nodes.map((): GraphEdge[] => []);
  const counts = nodes.map(() => 0);
  for (const edge of edges) {
    inputs[edge.to]!.push(edge);
    counts[edge.from]!++;
  }
  return { inputs, counts };
}

/** The first `most` rows of the tree, and whether there are more. */
export function treeOf(
  { nodes }: ComputationGraph,
  { inputs }: Uses,
  most: number,
): { readonly rows: Row[]; readonly isCut: boolean } {
  const rows: Row[] = [];
  const met = new Set<number>();
  const stack: Omit<Row, "isRepeated">[] = [{ node: nodes.length - 1, edge: null, branches: [] }];
  while (stack.length > 0 && rows.length < most) {
    const row = stack.pop()!;
    const isLeaf = inputs[row.node]!.length === 0;
    const isRepeated = met.has(row.node) && !isLeaf;
    rows.push({ ...row, isRepeated });
    met.add(row.node);
    if (isRepeated) continue;
    inputs[row.node]!.toReversed().forEach((edge, i) => {
      stack.push({ node: edge.from, edge, branches: [...row.branches, i > 0] });
    });
  }
  return { rows, isCut: stack.length > 0 };
}

/** The branches before a row, `step` columns for each. */
export function branchText(branches: readonly boolean[], step: number): string {
  return branches.map((goesOn, i) => {
    const isLast = i === branches.length - 1;
    const sign = isLast ? (goesOn ? "├" : "└") : goesOn ? "│" : " ";
    return step === 1 ? sign : sign + (isLast ? "─" : " ").repeat(step - 2) + " ";
  }).join("");
}

/** What a node is called: its operation and name, or its number if it has neither. */
export function nodeText({ nodes }: ComputationGraph, node: number): string {
  const { op, name, value } = nodes[node]!;
  const parts = [op === null ? null : symbolOf(op), name].filter((part) => part !== null);
  return parts.length === 0 ? shortNumber(value) : parts.join(" ");
}
