/** Three hidden ReLU neurons, whose bends are dragged; without ReLU they are one line. */

import { formula, type Value, value } from "../../../mod.ts";
import {
  element,
  format,
  type Handle,
  handle,
  lab,
  math,
  publish,
  svg,
  toggle,
} from "../../dom.ts";
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
  return new BendsLab().figure;
}

const room = 0.15; // between corners, and to the edges

class BendsLab {
  readonly figure: HTMLElement;
  readonly #isEnglish = pageLanguage() === "en";
  readonly #frame = matchMedia("(max-width: 36rem)").matches
    ? new Frame(330, 290)
    : new Frame(640, 380);
  #corners: readonly Corner[] = [
    { x: 0, y: -0.5 },
    { x: 1.2, y: 1.8 },
    { x: 2.5, y: -1 },
    { x: 4, y: 1.6 },
  ];
  #isBent = true;
  readonly #curve = svg("path", { class: "curve accent strong" });
  readonly #parts = colors.map((color) =>
    svg("path", {
      class: "curve",
      style: `stroke: var(--${color}); stroke-dasharray: 5 6; stroke-width: 1.8`,
    })
  );
  readonly #handles: readonly Handle[];
  readonly #line = element("p", { class: "formula-line" });
  readonly #list = element("ul", {
    style: "list-style: none; margin: 0; padding: 0; line-height: 1.9",
  });

  constructor() {
    const { fromX, fromY } = this.#frame;
    this.#handles = this.#corners.map((_, i) =>
      handle({
        label: this.#isEnglish ? `Corner ${i + 1}` : `Sudut ${i + 1}`,
        onDrag: (px, py) => this.#move(i, fromX(px), fromY(py)),
        onStep: (right, up, pace) => {
          const size = pace === "small" ? 0.02 : 0.1;
          const { x, y } = this.#corners[i]!;
          this.#move(i, x + right * size, y + up * size);
        },
      })
    );
    this.figure = this.#layOut();
    this.#update();
  }

  #picture(): SVGSVGElement {
    const { width, height, toX, toY } = this.#frame;
    const grid = [0, 1, 2, 3, 4].flatMap((x) => [
      svg("line", { class: "grid", x1: toX(x), x2: toX(x), y1: 0, y2: height }),
      svg("text", { x: toX(x) + 5, y: toY(0) + 16 }, String(x)),
    ]);
    return svg(
      "svg",
      {
        class: "plane",
        viewBox: `0 0 ${width} ${height}`,
        role: "group",
        "aria-label": this.#isEnglish ? "A curve with four corners" : "Kurva dengan empat sudut",
      },
      ...grid,
      svg("line", { class: "axis", x1: 0, x2: width, y1: toY(0), y2: toY(0) }),
      ...this.#parts,
      this.#curve,
      ...this.#handles.map(({ element }) => element),
    );
  }

  #layOut(): HTMLElement {
    const isEnglish = this.#isEnglish;
    const [bent, straight] = isEnglish ? ["with ReLU", "without"] : ["dengan ReLU", "tanpa"];
    return lab({
      name: "bends",
      picture: [this.#picture()],
      controls: [
        toggle<"relu" | "linear">({
          label: isEnglish ? "The hidden neurons" : "Neuron tersembunyi",
          choices: [["relu", bent!], ["linear", straight!]],
          value: "relu",
          onInput: (name) => {
            this.#isBent = name === "relu";
            this.#update();
          },
        }).element,
        element(
          "div",
          { class: "control" },
          isEnglish ? "They say" : "Mereka berkata",
          this.#list,
        ),
        element(
          "div",
          { class: "control" },
          isEnglish ? "together" : "bersama-sama",
          this.#line,
        ),
      ],
      caption: isEnglish
        ? "Dashed: each hidden neuron times its weight. Bold: their sum. The corners can be moved " +
          "by the arrow keys, too."
        : "Putus-putus: setiap neuron tersembunyi dikali bobotnya. Tebal: jumlahnya. Sudut-sudutnya " +
          "dapat digeser dengan tombol panah juga.",
    });
  }

  #move(i: number, x: number, y: number): void {
    const corners = this.#corners;
    const isEnd = i === 0 || i === corners.length - 1;
    const [low, high] = [(corners[i - 1]?.x ?? 0) + room, (corners[i + 1]?.x ?? 4) - room];
    const next = {
      x: isEnd ? corners[i]!.x : Math.min(high, Math.max(low, x)),
      y: Math.min(domain.y[1] - room, Math.max(domain.y[0] + room, y)),
    };
    this.#corners = corners.map((corner, k) => k === i ? next : corner);
    this.#update();
  }

  #update(): void {
    const network = hingesThrough(this.#corners);
    const isBent = this.#isBent;
    const alone = network.hinges.map((hinge) => ({ start: 0, hinges: [hinge] }));
    const path = (part: typeof network) =>
      this.#frame.path((x) => hingesOutput(value(x), part, isBent).data);
    this.#curve.setAttribute("d", path(network));
    this.#parts.forEach((part, i) => part.setAttribute("d", path(alone[i]!)));
    this.#handles.forEach((handle, i) => {
      const { x, y } = this.#corners[i]!;
      const text = `x = ${format(x)}, y = ${format(y)}`;
      handle.place(this.#frame.toX(x), this.#frame.toY(y), text);
      handle.element.style.display = isBent ? "" : "none";
    });
    const text = formula(hingesOutput(value(0, "x"), network, isBent));
    const shown = math(`y = ${text}`);
    shown.classList.add("long");
    this.#line.replaceChildren(shown);
    this.#list.replaceChildren(
      ...alone.map((part, i) =>
        element("li", {}, dash(i), math(formula(hingesOutput(value(0, "x"), part, isBent))))
      ),
    );
    publish(this.figure, { formula: text });
  }
}

/** A piece of the line that a hidden neuron is drawn by. */
function dash(i: number): HTMLElement {
  return element("span", {
    style: `display: inline-block; width: 1.4rem; border-top: 2px dashed var(--${colors[i]}); ` +
      "vertical-align: middle; margin-right: .5rem",
  });
}
