/** The picture of a computation graph: boxes with values and gradients, edges with derivatives. */

import type { ComputationGraph } from "../plot/mod.ts";
import { brief, publish, setAttributes, svg } from "./dom.ts";
import type { Picture } from "./graph_steps.ts";

/** Where a node stands: how far along the computation, and how far across. */
export interface Spot {
  readonly along: number;
  readonly across: number;
}

const signs: Readonly<Record<string, string>> = {
  add: "+",
  sub: "−",
  mul: "×",
  div: "÷",
  square: "( )²",
};

/** The size of a box, and how many boxes there are along and across. */
interface Layout {
  readonly box: { readonly width: number; readonly height: number };
  readonly at: (spot: Spot) => { x: number; y: number };
  readonly isUpright: boolean;
}

/** A node in the picture. */
interface NodeParts {
  readonly group: SVGGElement;
  readonly box: SVGRectElement;
  readonly head: SVGTextElement;
  readonly value: SVGTextElement;
  readonly gradient: SVGTextElement;
}

/** The picture of a graph whose nodes stand at given places. */
export class GraphView {
  /** The picture. */
  readonly element: SVGSVGElement;
  readonly #graph: ComputationGraph;
  readonly #spots: readonly Spot[];
  readonly #nodes: readonly NodeParts[];
  readonly #edges: readonly { readonly path: SVGPathElement; readonly label: SVGTextElement }[];

  /** Draws the boxes and edges; what is known is shown by `show`. */
  constructor(graph: ComputationGraph, spots: readonly Spot[], label: string) {
    this.#graph = graph;
    this.#spots = spots;
    this.#nodes = graph.nodes.map(({ name, op }) => nodeOf(name, op));
    this.#edges = graph.edges.map(() => ({
      path: svg("path", { class: "edge" }),
      label: svg("text", { class: "edge-label", "text-anchor": "middle" }),
    }));
    this.element = svg(
      "svg",
      { class: "graph", role: "img", "aria-label": label },
      ...this.#edges.map(({ path }) => path),
      ...this.#nodes.map(({ group }) => group),
      ...this.#edges.map(({ label }) => label),
    );
    new ResizeObserver(() => this.#layOut()).observe(this.element);
  }

  /** Shows what is known after some steps. */
  show(picture: Picture): void {
    for (const [i, node] of this.#nodes.entries()) showNode(node, picture, i);
    for (const [i, { path, label }] of this.#edges.entries()) {
      const derivative = picture.shownDerivatives[i]!;
      setAttributes(path, { class: `edge ${picture.edgeMarks[i]}` });
      setAttributes(label, { class: `edge-label ${picture.edgeMarks[i]}` });
      label.textContent = derivative === null ? "" : `×${brief(derivative)}`;
    }
  }

  #layOut(): void {
    const width = this.element.clientWidth;
    if (width === 0) return;
    const layout = layoutFor(width, this.#spots);
    setAttributes(this.element, { viewBox: `0 0 ${width} ${this.element.clientHeight}` });
    for (const [i, parts] of this.#nodes.entries()) placeNode(parts, this.#spots[i]!, layout);
    for (const [i, { from, to }] of this.#graph.edges.entries()) {
      const [a, b] = [layout.at(this.#spots[from]!), layout.at(this.#spots[to]!)];
      const { d, middle } = edgeBetween(a, b, layout);
      setAttributes(this.#edges[i]!.path, { d });
      setAttributes(this.#edges[i]!.label, { x: middle.x, y: middle.y + 4 });
    }
  }
}

function nodeOf(name: string | null, op: string | null): NodeParts {
  const text = (kind: string) => svg("text", { class: kind, "text-anchor": "middle" });
  const box = svg("rect", { class: "box", rx: 8 });
  const head = text(name === null ? "sign" : "math");
  head.textContent = name ?? (op === null ? "" : signs[op] ?? op);
  if (name !== null) head.setAttribute("font-style", "italic");
  const [value, gradient] = [text("value"), text("gradient")];
  return {
    group: svg("g", { class: "node" }, box, head, value, gradient),
    box,
    head,
    value,
    gradient,
  };
}

function placeNode(
  { group, box, head, value, gradient }: NodeParts,
  spot: Spot,
  layout: Layout,
): void {
  const { x, y } = layout.at(spot);
  const { width, height } = layout.box;
  setAttributes(group, { transform: `translate(${x} ${y})` });
  setAttributes(box, { x: -width / 2, y: -height / 2, width, height });
  setAttributes(head, { y: -4 });
  setAttributes(value, { y: head.textContent === "" ? 5 : 13 });
  setAttributes(gradient, { y: height / 2 + 14 });
}

function showNode(
  node: NodeParts,
  picture: Picture,
  i: number,
): void {
  const value = picture.values[i]!;
  const gradient = picture.gradients[i]!;
  node.group.setAttribute("class", `node ${picture.nodeMarks[i]}`);
  node.value.textContent = value === null ? "?" : brief(value);
  node.gradient.textContent = gradient === null ? "" : `∂ ${brief(gradient)}`;
  publish(node.group, { value: value ?? "", gradient: gradient ?? "" });
}

/** Wide pictures run from left to right, narrow ones from top to bottom. */
function layoutFor(width: number, spots: readonly Spot[]): Layout {
  const isUpright = width < 620;
  const length = Math.max(...spots.map(({ along }) => along)) + 1;
  const breadth = Math.max(...spots.map(({ across }) => across)) + 1;
  const pitch = isUpright
    ? { along: 98, across: width / breadth }
    : { along: width / length, across: 72 };
  const box = isUpright ? { width: pitch.across - 5, height: 40 } : { width: 78, height: 42 };
  return {
    box,
    isUpright,
    at: ({ along, across }) => {
      const [a, c] = [(along + 0.5) * pitch.along, (across + 0.5) * pitch.across];
      return isUpright ? { x: c, y: a - 16 } : { x: a, y: c - 6 };
    },
  };
}

/** The curve from one box to another, and its middle. */
function edgeBetween(
  a: { x: number; y: number },
  b: { x: number; y: number },
  { box, isUpright }: Layout,
): { d: string; middle: { x: number; y: number } } {
  const start = isUpright
    ? { x: a.x, y: a.y + box.height / 2 }
    : { x: a.x + box.width / 2, y: a.y };
  const end = isUpright ? { x: b.x, y: b.y - box.height / 2 } : { x: b.x - box.width / 2, y: b.y };
  const [mx, my] = [(start.x + end.x) / 2, (start.y + end.y) / 2];
  const late = { x: start.x + 0.6 * (end.x - start.x), y: start.y + 0.68 * (end.y - start.y) };
  const bend = isUpright ? `${start.x} ${my} ${end.x} ${my}` : `${mx} ${start.y} ${mx} ${end.y}`;
  return {
    d: `M${start.x} ${start.y}C${bend} ${end.x} ${end.y}`,
    middle: isUpright ? late : { x: mx, y: my }, // below the gradient of the box above
  };
}
