/** A computation graph to walk through: forward value by value, backward derivative by derivative. */

import type { ComputationGraph } from "../plot/mod.ts";
import { brief, button, element, onKeys, publish, setAttributes, slider, svg } from "./dom.ts";
import { graphSteps, type Picture, pictureAt, sentenceOf, stepperWords } from "./graph_steps.ts";
import type { Language } from "./page.ts";
import { player } from "./readout.ts";

/** Where a node stands: how far along the computation, and how far across. */
export interface Spot {
  readonly along: number;
  readonly across: number;
}

/** A stepper; `update` shows a graph of the same form with other numbers, at the same step. */
export interface GraphStepper {
  readonly element: HTMLElement;
  update(graph: ComputationGraph): void;
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

/** The stepper of a graph whose nodes stand at given places. */
export function graphStepper(
  options: {
    readonly graph: ComputationGraph;
    readonly spots: readonly Spot[];
    readonly language: Language;
  },
): GraphStepper {
  const { spots, language } = options;
  const text = stepperWords[language];
  let graph = options.graph;
  let steps = graphSteps(graph);
  let at = 0;

  const edges = graph.edges.map(() => {
    const path = svg("path", { class: "edge" });
    const label = svg("text", { class: "edge-label", "text-anchor": "middle" });
    return { path, label };
  });
  const nodes = graph.nodes.map(({ name, op }) => {
    const box = svg("rect", { class: "box", rx: 8 });
    const title = name ?? (op === null ? "" : signs[op] ?? op);
    const head = svg("text", { class: name === null ? "sign" : "math", "text-anchor": "middle" });
    head.textContent = title;
    if (name !== null) head.setAttribute("font-style", "italic");
    const value = svg("text", { class: "value", "text-anchor": "middle" });
    const gradient = svg("text", { class: "gradient", "text-anchor": "middle" });
    return {
      group: svg("g", { class: "node" }, box, head, value, gradient),
      box,
      head,
      value,
      gradient,
    };
  });
  const canvas = svg(
    "svg",
    { class: "graph", role: "img", "aria-label": text.label },
    ...edges.map(({ path }) => path),
    ...nodes.map(({ group }) => group),
    ...edges.map(({ label }) => label),
  );
  const said = element("p", { class: "said", role: "status" });

  const layOut = () => {
    const width = canvas.clientWidth;
    if (width === 0) return;
    const layout = layoutFor(width, spots);
    setAttributes(canvas, { viewBox: `0 0 ${width} ${canvas.clientHeight}` });
    for (const [i, { group, box, head, value, gradient }] of nodes.entries()) {
      const { x, y } = layout.at(spots[i]!);
      setAttributes(group, { transform: `translate(${x} ${y})` });
      const { width, height } = layout.box;
      setAttributes(box, { x: -width / 2, y: -height / 2, width, height });
      const isPlain = head.textContent === "";
      setAttributes(head, { y: -4 });
      setAttributes(value, { y: isPlain ? 5 : 13 });
      setAttributes(gradient, { y: height / 2 + 14 });
    }
    for (const [i, { from, to }] of graph.edges.entries()) {
      const [a, b] = [layout.at(spots[from]!), layout.at(spots[to]!)];
      const { d, middle } = edgeBetween(a, b, layout);
      setAttributes(edges[i]!.path, { d });
      setAttributes(edges[i]!.label, { x: middle.x, y: middle.y + 4 });
    }
  };
  const show = () => {
    const picture = pictureAt(graph, steps, at);
    for (const [i, node] of nodes.entries()) showNode(node, picture, i);
    for (const [i, edge] of edges.entries()) {
      edge.path.setAttribute("class", `edge ${picture.edgeMarks[i]}`);
      edge.label.textContent = picture.shownDerivatives[i] === null
        ? ""
        : `×${brief(picture.shownDerivatives[i]!)}`;
      edge.label.setAttribute("class", `edge-label ${picture.edgeMarks[i]}`);
    }
    said.textContent = sentenceOf(graph, steps[at - 1] ?? null, { picture, language });
    place.value = at;
    back.disabled = at === 0;
    next.disabled = at === steps.length;
    publish(root, { step: at, steps: steps.length, kind: steps[at - 1]?.kind ?? "start" });
  };
  const go = (to: number) => {
    at = Math.min(steps.length, Math.max(0, to));
    show();
  };
  const goByHand = (to: number) => {
    play.stop();
    go(to);
  };
  const back = button(text.back, () => goByHand(at - 1));
  const next = button(text.next, () => goByHand(at + 1));
  const place = slider({
    label: text.step,
    min: 0,
    max: steps.length,
    step: 1,
    value: 0,
    format: (step) => `${step} / ${steps.length}`,
    onInput: goByHand,
  });
  const play = player({
    labels: text,
    interval: 900,
    step: () => {
      go(at === steps.length ? 0 : at + 1);
      return at < steps.length;
    },
  });
  const picture = element("div", { tabindex: 0, role: "group", "aria-label": text.label }, canvas);
  onKeys(picture, {
    ArrowRight: () => goByHand(at + 1),
    ArrowLeft: () => goByHand(at - 1),
    Home: () => goByHand(0),
    End: () => goByHand(steps.length),
  });
  const root = element(
    "figure",
    { class: "lab stacked stepper", "data-lab": "graph" },
    picture,
    said,
    element(
      "div",
      { class: "stepper-controls" },
      element("div", { class: "buttons" }, play.element, back, next),
      place.element,
    ),
    element("figcaption", {}, text.caption),
  );
  new ResizeObserver(layOut).observe(canvas);
  show();
  return {
    element: root,
    update(changed) {
      graph = changed;
      steps = graphSteps(graph);
      show();
    },
  };
}

function showNode(
  node: { group: SVGGElement; value: SVGTextElement; gradient: SVGTextElement },
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
