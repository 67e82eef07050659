/** Where the nodes of the MSE's graph stand: a strand for each point, m and b between the two. */

import type { ComputationGraph } from "../../../plot/mod.ts";
import type { Spot } from "../../graph_view.ts";

/** The places of the nodes of the mean squared error of two points. */
export function spotsOf({ nodes, edges }: ComputationGraph): Spot[] {
  const spots: Spot[] = nodes.map(() => ({ along: 0, across: 0 }));
  const inputsOf = (node: number) =>
    edges.filter(({ to }) => to === node).map(({ from }) => from) as [number, number];
  const put = (node: number, along: number, across: number) => spots[node] = { along, across };

  const result = nodes.length - 1;
  const [sum, count] = inputsOf(result);
  put(result, 6, 2.5);
  put(sum, 5, 2.5);
  put(count, 5, 4.1);
  for (const [i, squared] of inputsOf(sum).entries()) {
    const strand = i === 0 ? 1 : 4;
    const margin = i === 0 ? 0 : 5;
    const [error] = inputsOf(squared);
    const [prediction, y] = inputsOf(error);
    const [product, b] = inputsOf(prediction);
    const [m, x] = inputsOf(product);
    for (const [k, node] of [product, prediction, error, squared].entries()) {
      put(node, k + 1, strand);
    }
    put(x, 0, margin);
    put(y, 2, margin);
    put(m, 0, 2.5);
    put(b, 1, 2.5);
  }
  return spots;
}
