/** Three hidden ReLU neurons, whose bends are dragged; without ReLU they are one line. */

import { formula, type Value, value } from "../../../mod.ts";
import { element, format, handle, lab, math, publish, svg, toggle } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";

/** A corner of the curve. */
export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** A hidden neuron `relu(x - bend)` and the weight with which it counts. */
export interface Hinge {
  readonly bend: number;
  readonly weight: number;
}

/** The height at the left end, and the hidden neurons that lead through the corners. */
export function hingesThrough(corners: readonly Corner[]): { start: number; hinges: Hinge[] } {
  let before = 0;
  const hinges = corners.slice(0, -1).map(({ x, y }, i) => {
    const next = corners[i + 1]!;
    const slope = (next.y - y) / (next.x - x);
    const weight = Math.round(100 * (slope - before)) / 100;
    before += weight;
    return { bend: Math.round(100 * x) / 100, weight };
  });
  return { start: Math.round(100 * corners[0]!.y) / 100, hinges };
}

/** What the three neurons and the output neuron say about x, with ReLU or without. */
export function hingesOutput(
  x: Value,
  { start, hinges }: { readonly start: number; readonly hinges: readonly Hinge[] },
  isBent: boolean,
): Value {
  return hinges.map(({ bend, weight }) => {
    const sum = x.sub(bend);
    return (isBent ? sum.relu() : sum).mul(weight);
  }).reduce((sum, part) => sum.add(part)).add(start);
}

const domain = { x: [0, 4], y: [-2.2, 3] } as const;

/** The way between numbers and places, in a picture of some size. */
class Frame {
  readonly width: number;
  readonly height: number;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  toX = (x: number) => 24 + x / domain.x[1] * (this.width - 48);
  toY = (y: number) => (domain.y[1] - y) / (domain.y[1] - domain.y[0]) * this.height;
  fromX = (px: number) => (px - 24) / (this.width - 48) * domain.x[1];
  fromY = (py: number) => domain.y[1] - py / this.height * (domain.y[1] - domain.y[0]);

  /** The graph of a function. */
  path(f: (x: number) => number): string {
    return `M${
      places.map((x) => `${this.toX(x).toFixed(1)} ${this.toY(f(x)).toFixed(1)}`).join("L")
    }`;
  }
}

const colors = ["cool", "third", "muted"] as const;
const places = Array.from({ length: 121 }, (_, i) => i / 30);

/** The lab with its corners to drag. */
export function bendsLab(): HTMLElement {
  const isEnglish = pageLanguage() === "en";
  const isNarrow = matchMedia("(max-width: 36rem)").matches;
  const frame = isNarrow ? new Frame(330, 290) : new Frame(640, 380);
  const { width, height, toX, toY, fromX, fromY } = frame;
  let corners: readonly Corner[] = [
    { x: 0, y: -0.5 },
    { x: 1.2, y: 1.8 },
    { x: 2.5, y: -1 },
    { x: 4, y: 1.6 },
  ];
  let isBent = true;
  const curve = svg("path", { class: "curve accent strong" });
  const parts = colors.map((color) =>
    svg("path", {
      class: "curve",
      style: `stroke: var(--${color}); stroke-dasharray: 5 6; stroke-width: 1.8`,
    })
  );
  const handles = corners.map((_, i) =>
    handle({
      label: isEnglish ? `Corner ${i + 1}` : `Sudut ${i + 1}`,
      onDrag: (px, py) => move(i, fromX(px), fromY(py)),
      onStep: (right, up, pace) => {
        const size = pace === "small" ? 0.02 : 0.1;
        move(i, corners[i]!.x + right * size, corners[i]!.y + up * size);
      },
    })
  );
  const zero = svg("line", { class: "axis", x1: 0, x2: width, y1: toY(0), y2: toY(0) });
  const grid = [0, 1, 2, 3, 4].flatMap((x) => [
    svg("line", { class: "grid", x1: toX(x), x2: toX(x), y1: 0, y2: height }),
    svg("text", { x: toX(x) + 5, y: toY(0) + 16 }, String(x)),
  ]);
  const picture = svg(
    "svg",
    {
      class: "plane",
      viewBox: `0 0 ${width} ${height}`,
      role: "group",
      "aria-label": isEnglish ? "A curve with four corners" : "Kurva dengan empat sudut",
    },
    ...grid,
    zero,
    ...parts,
    curve,
    ...handles.map(({ element }) => element),
  );
  const line = element("p", { class: "formula-line" });
  const list = element("ul", {
    style: "list-style: none; margin: 0; padding: 0; line-height: 1.9",
  });

  function move(i: number, x: number, y: number): void {
    const room = 0.15;
    const isEnd = i === 0 || i === corners.length - 1;
    const [low, high] = [(corners[i - 1]?.x ?? 0) + room, (corners[i + 1]?.x ?? 4) - room];
    const next = {
      x: isEnd ? corners[i]!.x : Math.min(high, Math.max(low, x)),
      y: Math.min(domain.y[1] - 0.15, Math.max(domain.y[0] + 0.15, y)),
    };
    corners = corners.map((corner, k) => k === i ? next : corner);
    update();
  }

  function update(): void {
    const network = hingesThrough(corners);
    curve.setAttribute(
      "d",
      frame.path((x) => hingesOutput(value(x), network, isBent).data),
    );
    parts.forEach((part, i) => {
      const own = { start: 0, hinges: [network.hinges[i]!] };
      part.setAttribute("d", frame.path((x) => hingesOutput(value(x), own, isBent).data));
    });
    handles.forEach((handle, i) => {
      const { x, y } = corners[i]!;
      handle.place(toX(x), toY(y), `x = ${format(x)}, y = ${format(y)}`);
      handle.element.style.display = isBent ? "" : "none";
    });
    const text = formula(hingesOutput(value(0, "x"), network, isBent));
    const shown = math(`y = ${text}`);
    shown.classList.add("long");
    line.replaceChildren(shown);
    list.replaceChildren(...network.hinges.map((hinge, i) => {
      const own = hingesOutput(value(0, "x"), { start: 0, hinges: [hinge] }, isBent);
      const dash = element("span", {
        style:
          `display: inline-block; width: 1.4rem; border-top: 2px dashed var(--${colors[i]}); ` +
          "vertical-align: middle; margin-right: .5rem",
      });
      return element("li", {}, dash, math(formula(own)));
    }));
    publish(figure, { formula: text });
  }

  const figure = lab({
    name: "bends",
    picture: [picture],
    controls: [
      toggle<"relu" | "linear">({
        label: isEnglish ? "The hidden neurons" : "Neuron tersembunyi",
        choices: [["relu", isEnglish ? "with ReLU" : "dengan ReLU"], [
          "linear",
          isEnglish ? "without" : "tanpa",
        ]],
        value: "relu",
        onInput: (name) => {
          isBent = name === "relu";
          update();
        },
      }).element,
      element("div", { class: "control" }, isEnglish ? "They say" : "Mereka berkata", list),
      element("div", { class: "control" }, isEnglish ? "together" : "bersama-sama", line),
    ],
    caption: isEnglish
      ? "Dashed: each hidden neuron times its weight. Bold: their sum. The corners can be moved " +
        "by the arrow keys, too."
      : "Putus-putus: setiap neuron tersembunyi dikali bobotnya. Tebal: jumlahnya. Sudut-sudutnya " +
        "dapat digeser dengan tombol panah juga.",
  });
  update();
  return figure;
}
