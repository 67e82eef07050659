/** Computation graphs as trees, the result first, with columns of numbers beside them. */

import type { ComputationGraph } from "../computation_graph.ts";
import { shortNumber } from "../number.ts";
import { terminalColors } from "../palette.ts";
import { titled } from "./frame.ts";
import { branchText, nodeText, type Row, treeOf, type Uses, usesOf } from "./graph_tree.ts";
import { lengthOf, type Screen, shortened, type Style, wrapped } from "./screen.ts";

const mostRows = 200;
const nameRoom = 8;
const leastName = 3; // where there is no room for more
const faint: Style = { weight: "faint" };
const styles: readonly Style[] = [{}, { color: terminalColors[1]! }, { color: terminalColors[3]! }];

/** The graph on a screen. */
export function drawComputationGraph(graph: ComputationGraph, width: number): Screen {
  const screen = titled(graph.title, width);
  const uses = usesOf(graph);
  const hasGradients = graph.nodes.some(({ gradient }) => gradient !== null);
  const tree = treeOf(graph, uses, mostRows);
  const table = narrowed(tableOf(graph, tree.rows, uses, hasGradients), width - nameRoom);
  const room = Math.max(nameRoom, width - table.lengths.reduce((sum, length) => sum + length, 0));
  const deepest = Math.max(...tree.rows.map(({ branches }) => branches.length));
  const step = [3, 2, 1].find((step) => deepest * step + nameRoom <= room) ?? 1;
  const most = Math.floor((room - leastName) / step);
  const shown = tree.rows.map((row, i) => ({ row, cells: table.cells[i]! }))
    .filter(({ row }) => row.branches.length <= most);
  const texts = shown.map(({ row }) => rowText(graph, uses, row, { step, room, most }));
  const left = Math.min(room, Math.max(...texts.map(lengthOf)) + 1);
  const top = screen.rows;
  [table.heads, ...shown.map(({ cells }) => cells)].forEach((cells, i) => {
    let end = left;
    cells.forEach((cell, j) => {
      end += table.lengths[j]!;
      screen.writeBefore(end, top + i, cell, styles[j]);
    });
    if (i > 0) screen.write(0, top + i, texts[i - 1]!);
  });
  drawNotes(screen, graph, {
    uses,
    columns: table.heads.length,
    isCut: tree.isCut || shown.length < tree.rows.length,
  });
  return screen;
}

interface Table {
  readonly heads: readonly string[];
  readonly cells: readonly (readonly string[])[];
  /** How many columns each takes, the gap before it among them. */
  readonly lengths: readonly number[];
}

/** The first columns of a table that have room, one at least. */
function narrowed({ heads, cells, lengths }: Table, room: number): Table {
  let count = 1;
  let used = lengths[0]!;
  while (count < lengths.length && used + lengths[count]! <= room) used += lengths[count++]!;
  return {
    heads: heads.slice(0, count),
    cells: cells.map((row) => row.slice(0, count)),
    lengths: lengths.slice(0, count),
  };
}

/** The numbers beside the rows: value, gradient and local derivative. */
function tableOf(
  { nodes }: ComputationGraph,
  rows: readonly Row[],
  { counts }: Uses,
  hasGradients: boolean,
): Table {
  const heads = hasGradients ? ["value", "gradient ", "local"] : ["value"];
  const cells = rows.map(({ node, edge }) => {
    const { value, gradient } = nodes[node]!;
    if (!hasGradients) return [shortNumber(value)];
    if (gradient === null) return [shortNumber(value), "", ""];
    const local = edge?.derivative ?? null;
    const mark = counts[node]! > 1 ? "*" : " ";
    return [
      shortNumber(value),
      shortNumber(gradient) + mark,
      local === null ? "" : shortNumber(local),
    ];
  });
  const lengths = heads.map((head, i) => {
    return Math.max(head.length, ...cells.map((row) => row[i]!.length)) + (i === 2 ? 1 : 2);
  });
  return { heads, cells, lengths };
}

function rowText(
  graph: ComputationGraph,
  { inputs, counts }: Uses,
  { node, branches, isRepeated }: Row,
  { step, room, most }: { readonly step: number; readonly room: number; readonly most: number },
): string {
  const isComputed = inputs[node]!.length > 0;
  const number = isComputed && counts[node]! > 1 ? ` #${sharedNumber(node, inputs, counts)}` : "";
  const above = isRepeated ? " (above)" : "";
  const below = isComputed && !isRepeated && branches.length === most ? " …" : "";
  const text = `${nodeText(graph, node)}${number}${above}${below}`;
  return shortened(branchText(branches, step) + text, room - 1);
}

/** The number of a computed node among those that are used several times. */
function sharedNumber(node: number, inputs: Uses["inputs"], counts: Uses["counts"]): number {
  let number = 0;
  for (let i = 0; i <= node; i++) if (counts[i]! > 1 && inputs[i]!.length > 0) number++;
  return number;
}

interface Notes {
  readonly uses: Uses;
  /** How many columns of numbers are shown. */
  readonly columns: number;
  readonly isCut: boolean;
}

function drawNotes(screen: Screen, { nodes }: ComputationGraph, notes: Notes): void {
  const { uses, columns, isCut } = notes;
  const isShared = nodes.some(({ gradient }, i) => uses.counts[i]! > 1 && gradient !== null);
  const lines = [
    ...(isCut ? [`… of a graph of ${nodes.length} nodes, some are left out`] : []),
    ...(columns > 2 && nodes.length > 1
      ? ["gradient = gradient of the node it feeds × local"]
      : []),
    ...(columns > 1 && isShared ? ["* feeds several nodes: the sum over them"] : []),
  ];
  for (const line of lines.flatMap((line) => wrapped(line, screen.columns))) {
    screen.write(0, screen.rows, line, faint);
  }
}
