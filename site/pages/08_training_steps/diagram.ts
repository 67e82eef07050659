/** The network of 2-2-1 neurons as a diagram: values flow right, errors flow back left. */

import { element, format, setAttributes, svg } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { isReached, type Moment, type NeuronMoment, type PhaseName } from "./stepper.ts";

const radius = 36;

type Place = readonly [x: number, y: number];
type Neuron = "h1" | "h2" | "o1";
type Name = "x1" | "x2" | Neuron;

/** Where everything stands: from left to right, or from top to bottom in narrow windows. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly neurons: Readonly<Record<Name, Place>>;
  /** Where on its way each wire's weight stands, in the order of `wires`. */
  readonly weights: readonly number[];
  readonly biases: Readonly<Record<Neuron, Place>>;
  readonly deltas: Readonly<Record<Neuron, Place>>;
  readonly target: Place;
  readonly loss: Place;
}

const wide: Layout = {
  width: 680,
  height: 370,
  neurons: { x1: [70, 95], x2: [70, 275], h1: [300, 85], h2: [300, 285], o1: [530, 185] },
  weights: [0.4, 0.66, 0.66, 0.4, 0.5, 0.5],
  biases: { h1: [300, 139], h2: [300, 339], o1: [530, 239] },
  deltas: { h1: [300, 31], h2: [300, 231], o1: [530, 131] },
  target: [630, 172],
  loss: [630, 200],
};

const narrow: Layout = {
  width: 360,
  height: 480,
  neurons: { x1: [95, 42], x2: [265, 42], h1: [95, 220], h2: [265, 220], o1: [180, 395] },
  weights: [0.5, 0.66, 0.66, 0.5, 0.5, 0.5],
  biases: { h1: [46, 270], h2: [314, 270], o1: [180, 449] },
  deltas: { h1: [52, 172], h2: [308, 172], o1: [290, 395] },
  target: [75, 382],
  loss: [75, 410],
};

/** Each wire: from, to, and which layer, neuron and weight it is. */
const wires = [
  { from: "x1", to: "h1", layer: 0, neuron: 0, weight: 0 },
  { from: "x2", to: "h1", layer: 0, neuron: 0, weight: 1 },
  { from: "x1", to: "h2", layer: 0, neuron: 1, weight: 0 },
  { from: "x2", to: "h2", layer: 0, neuron: 1, weight: 1 },
  { from: "h1", to: "o1", layer: 1, neuron: 0, weight: 0 },
  { from: "h2", to: "o1", layer: 1, neuron: 0, weight: 1 },
] as const;

/** Which wires are used in a phase: forward by a neuron's inputs, back from those it was heard by. */
function isLit(phase: PhaseName, { from, to }: (typeof wires)[number]): "forward" | "back" | null {
  const [kind, name] = phase.split(" ");
  if (kind === "forward" && to === name) return "forward";
  if (phase === "delta o1") return null;
  if (kind === "delta" && from === name) return "back";
  return phase === "update" || phase === "repeat" ? "back" : null;
}

/** A number that may be new: shown on a patch, so that wires do not cross it. */
class Patch {
  readonly element = svg("g", {});
  readonly #text = svg("text", { "text-anchor": "middle", dy: "0.36em" });
  readonly #rect = svg("rect", { rx: 5, height: 22, y: -11 });

  constructor([x, y]: Place) {
    this.element.setAttribute("transform", `translate(${x} ${y})`);
    this.element.append(this.#rect, this.#text);
  }

  show(text: string | null, kind: "plain" | "error" | "new" = "plain"): void {
    this.element.style.display = text === null ? "none" : "";
    if (text === null) return;
    this.#text.textContent = text;
    const wide = 7.1 * text.length + 12;
    const [paper, ink] = {
      plain: ["var(--panel)", "var(--ink)"],
      error: ["var(--soft-accent)", "var(--accent)"],
      new: ["var(--soft-third)", "var(--third)"],
    }[kind] as [string, string];
    setAttributes(this.#rect, { width: wide, x: -wide / 2, style: `fill: ${paper}` });
    setAttributes(this.#text, {
      style: `fill: ${ink}; font-weight: 600; font-size: 12.5px; ` +
        "font-variant-numeric: tabular-nums",
    });
  }
}

/** The diagram. */
export class Diagram {
  readonly element: SVGSVGElement;
  readonly #layout: Layout;
  readonly #lines: readonly SVGLineElement[];
  readonly #weights: readonly Patch[];
  readonly #circles = new Map<Name, SVGCircleElement>();
  readonly #values = new Map<Name, SVGTextElement>();
  readonly #biases: Readonly<Record<Neuron, Patch>>;
  readonly #deltas: Readonly<Record<Neuron, Patch>>;
  readonly #target: Patch;
  readonly #loss: Patch;

  /** Makes the diagram, from top to bottom for narrow windows; `show` fills it. */
  constructor(isNarrow: boolean) {
    const layout = isNarrow ? narrow : wide;
    this.#layout = layout;
    const ends = wires.map(({ from, to }) =>
      [...layout.neurons[from], ...layout.neurons[to]] as const
    );
    this.#lines = ends.map(([x1, y1, x2, y2]) =>
      svg("line", { x1, y1, x2, y2, "stroke-linecap": "round" })
    );
    this.#weights = ends.map(([x1, y1, x2, y2], i) => {
      const at = layout.weights[i]!;
      return new Patch([x1 + at * (x2 - x1), y1 + at * (y2 - y1)]);
    });
    this.#biases = patchesAt(layout.biases);
    this.#deltas = patchesAt(layout.deltas);
    this.#target = new Patch(layout.target);
    this.#loss = new Patch(layout.loss);
    const patches = [
      ...this.#weights,
      ...Object.values(this.#biases),
      ...Object.values(this.#deltas),
      this.#target,
      this.#loss,
    ];
    this.element = svg(
      "svg",
      {
        viewBox: `0 0 ${layout.width} ${layout.height}`,
        role: "img",
        "aria-label": pageLanguage() === "en"
          ? "The network with its weights, values and errors"
          : "Jaringan dengan bobot, nilai dan galatnya",
      },
      ...this.#lines,
      ...(Object.keys(layout.neurons) as Name[]).map((name) => this.#neuron(name)),
      ...patches.map(({ element }) => element),
    );
  }

  #neuron(name: Name): SVGGElement {
    const [x, y] = this.#layout.neurons[name];
    const circle = svg("circle", { cx: x, cy: y, r: radius, "stroke-width": 2 });
    const value = svg("text", {
      x,
      y: y + 13,
      "text-anchor": "middle",
      style: "font-size: 15px; font-weight: 650; fill: var(--ink); " +
        "font-variant-numeric: tabular-nums",
    });
    const label = svg("text", { x, y: y - 9, "text-anchor": "middle", class: "math" }, name[0]!);
    label.style.fontStyle = "italic";
    label.append(svg("tspan", { dy: 4, style: "font-size: 10px; font-style: normal" }, name[1]!));
    this.#circles.set(name, circle);
    this.#values.set(name, value);
    return svg("g", {}, circle, label, value);
  }

  /** Shows a moment: what is not computed yet is not there. */
  show(moment: Moment): void {
    this.#showNeurons(moment);
    const isUpdated = isReached(moment, "update");
    wires.forEach((wire, i) => {
      const neuron = moment.layers[wire.layer]![wire.neuron]!;
      const [weight, next] = [neuron.weights[wire.weight]!, neuron.newWeights[wire.weight]!];
      const hasMoved = isUpdated && next !== weight;
      this.#weights[i]!.show(format(hasMoved ? next : weight, 3), hasMoved ? "new" : "plain");
      const lit = isLit(moment.phase, wire);
      setAttributes(this.#lines[i]!, {
        "stroke-width": lit === null ? 1.5 : 4,
        style: `stroke: var(--${lit === null ? "line" : lit === "forward" ? "cool" : "accent"})`,
      });
    });
  }

  #showNeurons(moment: Moment): void {
    const { phase, example, layers } = moment;
    const [active] = phase.split(" ").slice(-1);
    const isRead = isReached(moment, "epoch");
    (["x1", "x2"] as const).forEach((name, i) => {
      this.#paint(
        name,
        isRead ? format(example.inputs[i]!, 0) : "",
        phase === "epoch" ? "cool" : null,
      );
    });
    for (const neuron of layers.flat()) {
      const name = neuron.name as Neuron;
      const isKnown = isReached(moment, `forward ${name}`);
      const color = active !== name ? null : phase.startsWith("delta") ? "accent" : "cool";
      this.#paint(name, isKnown ? format(neuron.output, 3) : "", color);
      this.#showParameters(name, neuron, moment);
    }
    this.#target.show(isRead ? `t = ${format(example.targets[0]!, 0)}` : null);
    this.#loss.show(isReached(moment, "loss") ? `loss ${format(moment.loss, 3)}` : null);
  }

  #showParameters(name: Neuron, neuron: NeuronMoment, moment: Moment): void {
    const isUpdated = isReached(moment, "update");
    const bias = format(isUpdated ? neuron.newBias : neuron.bias, 3);
    this.#biases[name].show(`b = ${bias}`, isUpdated ? "new" : "plain");
    const isKnown = isReached(moment, `delta ${name}`);
    this.#deltas[name].show(isKnown ? `δ = ${format(neuron.delta, 4)}` : null, "error");
  }

  #paint(name: Name, text: string, color: "cool" | "accent" | null): void {
    this.#values.get(name)!.textContent = text;
    this.#circles.get(name)!.setAttribute(
      "style",
      `fill: var(--${color === null ? "panel" : `soft-${color}`}); ` +
        `stroke: var(--${color ?? "muted"})`,
    );
  }
}

function patchesAt(places: Layout["biases"]): Readonly<Record<Neuron, Patch>> {
  return { h1: new Patch(places.h1), h2: new Patch(places.h2), o1: new Patch(places.o1) };
}

/** The lecture's eight steps as a strip, the present one lit. */
export function stepStrip(names: readonly string[]): {
  readonly element: HTMLElement;
  show(step: number): void;
} {
  const items = names.map((name, step) =>
    element(
      "li",
      { style: itemStyle(false) },
      element("strong", {}, String(step)),
      ` ${name}`,
    )
  );
  return {
    element: element("ol", {
      style: "list-style: none; display: flex; flex-wrap: wrap; gap: .35rem; margin: 0; padding: 0",
    }, ...items),
    show(step) {
      items.forEach((item, k) => {
        item.setAttribute("style", itemStyle(k === step));
        setAttributes(item, { "aria-current": k === step ? "step" : null });
      });
    },
  };
}

function itemStyle(isOn: boolean): string {
  return "font-size: .8125rem; line-height: 1.3; padding: .25rem .6rem; border-radius: 1rem; " +
    (isOn
      ? "background: var(--ink); color: var(--paper)"
      : "background: var(--paper); color: var(--muted); box-shadow: inset 0 0 0 1px var(--line)");
}
