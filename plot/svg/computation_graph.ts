/** Computation graphs as SVG, laid out by Graphviz. */

import { instance } from "npm:@viz-js/viz@3.31.0";
import type { ComputationGraph, GraphEdge, GraphNode } from "../computation_graph.ts";
import { symbolOf } from "../notation.ts";
import { shortNumber } from "../number.ts";
import { type Color, ink, mixed, paperColors } from "../palette.ts";
import { element, escaped, minus, textAt } from "./markup.ts";
import { type Key, margin, onPaper } from "./sheet.ts";

const leastScale = 0.4;
/** How many nodes are drawn at most, then fewer, where all would be too small to read. */
const sizes = [300, 150, 80, 40, 24, 12];
/** Over how many ranks all arrows reach at most: the time of a layout grows with the square of it. */
const mostRanks = 500;
const gradientColor: Color = mixed(paperColors[1]!, ink.text, 0.2); // dark enough for small text
const localColor: Color = mixed(paperColors[3]!, ink.text, 0.4);

/** The graph as SVG. */
export async function drawComputationGraph(
  graph: ComputationGraph,
  width: number,
): Promise<string> {
  const { nodes } = graph;
  const graphviz = await instance();
  const room = width - 2 * margin;
  let [shown, picture] = [new Set<number>(), { svg: "", wide: 0, high: 0 }];
  for (const most of sizes) {
    if (most >= 2 * nodes.length && picture.wide > 0) continue;
    shown = nearest(graph, most);
    if (most !== sizes.at(-1) && ranksCrossed(graph, shown) > mostRanks) continue;
    picture = sized(graphviz.renderString(dot(graph, shown), { format: "svg" }));
    if (room / picture.wide >= leastScale) break;
  }
  const { svg, wide, high } = picture;
  const scale = Math.min(room / wide, 1.25);
  const inner = svg.slice(svg.indexOf("<g id="), svg.lastIndexOf("</svg>"))
    .replace(/<!--[\s\S]*?-->\s*/g, "").replace(/<title>[\s\S]*?<\/title>\s*/g, "")
    .replace(/ (id|class|xml:space|font-family)="[^"]*"/g, "").replace(/\n/g, "");
  const left = (width - wide * scale) / 2;
  const note = shown.size < nodes.length
    ? `the ${shown.size} of ${nodes.length} nodes that are nearest to the result`
    : null;
  return onPaper({
    width,
    title: graph.title,
    keys: keysOf(nodes),
    height: high * scale + (note === null ? 8 : 28),
    draw: (top) =>
      element("g", {
        transform: `translate(${left.toFixed(2)},${top.toFixed(2)}) scale(${scale.toFixed(4)})`,
      }, inner) +
      (note === null ? "" : textAt(margin, top + high * scale + 20, note, {
        "font-size": 12,
        fill: ink.faint,
      })),
  });
}

/** A picture of Graphviz's, with its width and height. */
function sized(
  svg: string,
): { readonly svg: string; readonly wide: number; readonly high: number } {
  const [, wide, high] = /viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg)!;
  return { svg, wide: Number(wide), high: Number(high) };
}

/** The nodes that are the fewest steps from the result, at most so many. */
function nearest({ nodes, edges }: ComputationGraph, most: number): Set<number> {
  const inputs = new Map<number, number[]>();
  for (const { from, to } of edges) inputs.set(to, [...inputs.get(to) ?? [], from]);
  const found = new Set([nodes.length - 1]);
  for (const node of found) { // grows while it is walked
    for (const input of inputs.get(node) ?? []) if (found.size < most) found.add(input);
  }
  return found;
}

/** Over how many ranks the arrows between nodes reach, all together; inputs come before what uses them. */
function ranksCrossed({ edges }: ComputationGraph, shown: ReadonlySet<number>): number {
  const drawn = edges.filter(({ from, to }) => shown.has(from) && shown.has(to));
  const ranks = new Map<number, number>();
  for (const { from, to } of drawn.toSorted((a, b) => a.to - b.to)) {
    ranks.set(to, Math.max(ranks.get(to) ?? 0, (ranks.get(from) ?? 0) + 1));
  }
  return drawn.reduce((sum, { from, to }) => sum + ranks.get(to)! - (ranks.get(from) ?? 0), 0);
}

/** The graph in the language of Graphviz. */
function dot({ nodes, edges }: ComputationGraph, shown: ReadonlySet<number>): string {
  const drawn = edges.filter(({ to }) => shown.has(to));
  const isCut = new Set(drawn.filter(({ from }) => !shown.has(from)).map(({ from }) => from));
  const uses = new Map<number, number>();
  for (const { from } of edges) uses.set(from, (uses.get(from) ?? 0) + 1);
  return [
    'digraph { rankdir=LR; bgcolor="transparent"; nodesep=0.16; ranksep=0.42; margin=0',
    `node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12, margin="0.1,0.05",`,
    `  height=0.3, width=0.3, penwidth=1.2, fontcolor="${ink.text}"]`,
    `edge [fontname="Helvetica", fontsize=11, fontcolor="${localColor}", color="${ink.faint}",`,
    "  arrowsize=0.55, penwidth=1]",
    ...[...shown].map((i) => nodeLine(i, nodes[i]!, edges.some(({ to }) => to === i))),
    ...[...isCut].map((i) => `n${i} [label="…", color="${ink.grid}", fillcolor="${ink.paper}"]`),
    ...drawn.map((edge) => edgeLine(edge, nodes[edge.from]!.gradient !== null)),
    "}",
  ].join("\n");
}

function nodeLine(
  i: number,
  { name, op, value, gradient }: GraphNode,
  isComputed: boolean,
): string {
  const color = isComputed ? paperColors[0]! : gradient === null ? ink.faint : paperColors[2]!;
  const head = [op === null ? null : symbolOf(op), name].filter((part) => part !== null).join(" ");
  const rows = [
    ...(head === "" ? [] : [`<b><font point-size="14">${escaped(head)}</font></b>`]),
    escaped(minus(shortNumber(value))),
    ...(gradient === null
      ? []
      : [`<font color="${gradientColor}">${escaped(minus(shortNumber(gradient)))}</font>`]),
  ];
  const cells = rows.map((row) => `<tr><td>${row}</td></tr>`).join("");
  const label = `<table border="0" cellborder="0" cellspacing="0" cellpadding="1">${cells}</table>`;
  const fill = mixed(ink.paper, color, 0.1);
  return `n${i} [label=<${label}>, color="${mixed(ink.paper, color, 0.6)}", fillcolor="${fill}"]`;
}

/** An arrow, with its local derivative unless it comes from a constant. */
function edgeLine({ from, to, derivative }: GraphEdge, isAsked: boolean): string {
  if (derivative === null || !isAsked) return `n${from} -> n${to}`;
  return `n${from} -> n${to} [label=" ${minus(shortNumber(derivative))} "]`;
}

/** What the numbers and colours mean. */
function keysOf(nodes: readonly GraphNode[]): Key[] {
  const number = (name: string, color: Color): Key => ({
    name,
    width: 12,
    draw: (x, y) => textAt(x, y + 4.3, "1.2", { "font-size": 11, fill: color }),
  });
  const hasGradients = nodes.some(({ gradient }) => gradient !== null);
  return [
    { ...number("value", ink.text), width: 17 },
    ...(hasGradients
      ? [
        { ...number("gradient: of the result by it", gradientColor), width: 17 },
        { ...number("on an arrow: local derivative", localColor), width: 17 },
      ]
      : []),
  ];
}
