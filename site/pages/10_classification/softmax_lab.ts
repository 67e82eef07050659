/** Softmax with scores to drag: probabilities, two losses, and where each loss pushes. */

import { iris } from "../../../mod.ts";
import { button, element, format, handle, lab, publish, svg, toggle } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { readouts } from "../parts/readouts.ts";
import { softmaxState } from "./softmax_state.ts";

const [width, height] = [310, 390];
const most = 6;
const [top, bottom] = [28, 340];
const toY = (z: number) => (top + bottom) / 2 - z / most * ((bottom - top) / 2 - 8);
const fromY = (y: number) => ((top + bottom) / 2 - y) / ((bottom - top) / 2 - 8) * most;
const scoreX = [60, 155, 250];
const shareX = [60, 155, 250];
const toShareY = (p: number) => bottom - p * (bottom - top - 8);
const arrowLength = 75; // pixels for a gradient of 1
const colors = ["cool", "accent", "third"] as const;

/** The lab as a figure. */
export function softmaxLab(): HTMLElement {
  return new SoftmaxLab().figure;
}

class SoftmaxLab {
  readonly figure: HTMLElement;
  readonly #isEnglish = pageLanguage() === "en";
  readonly #classes = iris().classNames;
  #scores: readonly number[] = [2, 1, -1];
  #target = 0;
  readonly #bars = colors.map((color) =>
    svg("rect", { width: 46, rx: 4, style: `fill: var(--soft-${color})` })
  );
  readonly #shares = colors.map((color) =>
    svg("rect", { width: 52, rx: 4, style: `fill: var(--${color})` })
  );
  readonly #shareTexts = shareX.map((x) =>
    svg("text", { x, "text-anchor": "middle", style: "font-weight: 650; fill: var(--ink)" })
  );
  readonly #scoreTexts = scoreX.map((x) =>
    svg("text", { x, y: 364, "text-anchor": "middle", style: "fill: var(--ink)" })
  );
  readonly #arrows = {
    entropy: scoreX.map(() => arrow("ink")),
    squared: scoreX.map(() => arrow("muted")),
  };
  readonly #marks = shareX.map((x) =>
    svg("line", {
      x1: x - 30,
      x2: x + 30,
      style: "stroke: var(--ink); stroke-width: 2.5; stroke-dasharray: 2 4; stroke-linecap: round",
    })
  );
  readonly #handles;
  readonly #numbers;
  readonly #table = element("tbody");

  constructor() {
    const isEnglish = this.#isEnglish;
    this.#handles = this.#classes.map((name, i) =>
      handle({
        label: isEnglish ? `Score of ${name}` : `Skor ${name}`,
        onDrag: (_, y) => this.#set(i, fromY(y)),
        onStep: (right, up, pace) =>
          this.#set(i, this.#scores[i]! + (right || up) * (pace === "small" ? 0.05 : 0.25)),
      })
    );
    this.#numbers = readouts([
      ["entropy", "cross-entropy"],
      ["squared", isEnglish ? "squared error" : "galat kuadrat"],
    ]);
    this.figure = this.#layOut();
    this.#update();
  }

  #picture(): HTMLElement {
    const isEnglish = this.#isEnglish;
    const names = (places: readonly number[]) =>
      places.map((x, i) =>
        svg("text", {
          x,
          y: 384,
          "text-anchor": "middle",
          style: `font-style: italic; font-size: 13px; fill: var(--${colors[i]})`,
        }, this.#classes[i]!)
      );
    const half = (title: string, line: number, ...parts: readonly SVGElement[]) =>
      svg(
        "svg",
        {
          viewBox: `0 0 ${width} ${height}`,
          role: "group",
          "aria-label": title,
          style: "flex: 1 1 14rem; min-width: 0; max-width: 24rem",
        },
        svg("text", { x: 8, y: 14 }, title),
        svg("line", { x1: 8, x2: width - 8, y1: line, y2: line, style: "stroke: var(--line)" }),
        ...parts,
      );
    return element(
      "div",
      { style: "display: flex; flex-wrap: wrap; gap: 1rem" },
      half(
        isEnglish ? "scores z: drag them" : "skor z: seret",
        toY(0),
        ...this.#bars,
        ...this.#arrows.entropy,
        ...this.#arrows.squared,
        ...this.#scoreTexts,
        ...names(scoreX),
        ...this.#handles.map(({ element }) => element),
      ),
      half(
        isEnglish ? "probabilities p = softmax(z)" : "probabilitas p = softmax(z)",
        bottom,
        ...this.#shares,
        ...this.#marks,
        ...this.#shareTexts,
        ...names(shareX),
      ),
    );
  }

  #layOut(): HTMLElement {
    const isEnglish = this.#isEnglish;
    const right = toggle<"0" | "1" | "2">({
      label: isEnglish ? "The right class" : "Kelas yang benar",
      choices: this.#classes.map((name, i) => [String(i) as "0", name] as const),
      value: "0",
      onInput: (target) => {
        this.#target = Number(target);
        this.#update();
      },
    });
    const named = (name: string, child: HTMLElement) =>
      element("div", { class: "control" }, name, child);
    return lab({
      name: "softmax",
      picture: [this.#picture()],
      controls: [
        right.element,
        this.#numbers.element,
        named(
          isEnglish ? "Gradients by each score" : "Gradien terhadap tiap skor",
          this.#gradients(),
        ),
        named(
          isEnglish ? "A step of gradient descent, λ = 1, by" : "Satu langkah turun, λ = 1, dengan",
          this.#steps(),
        ),
        button(isEnglish ? "Sure, and wrong" : "Yakin, tetapi salah", () => this.#beWrong()),
      ],
      caption: isEnglish
        ? "Arrows show where a step downhill moves each score: the left one by the cross-entropy, " +
          "the right one by the squared error. Dotted lines are the one-hot target y. Arrow keys " +
          "move a score, too."
        : "Panah menunjukkan ke mana satu langkah turun menggeser tiap skor: yang kiri menurut " +
          "cross-entropy, yang kanan menurut galat kuadrat. Garis titik-titik adalah target one-hot " +
          "y. Tombol panah juga menggeser skor.",
    });
  }

  #gradients(): HTMLElement {
    const heads = ["", "p − y", "cross-entropy", this.#isEnglish ? "squared" : "kuadrat"];
    const cells = heads.map((name, i) =>
      element("th", { class: i === 0 ? null : "number", scope: "col" }, name)
    );
    const head = element("thead", {}, element("tr", {}, ...cells));
    return element("table", { style: "font-size: .8125rem" }, head, this.#table);
  }

  #steps(): HTMLElement {
    const squared = this.#isEnglish ? "squared error" : "galat kuadrat";
    return element(
      "div",
      { class: "buttons" },
      button("cross-entropy", () => this.#step("entropyGradient"), { isMain: true }),
      button(squared, () => this.#step("squaredGradient")),
    );
  }

  #beWrong(): void {
    const wrong = (this.#target + 1) % this.#scores.length;
    this.#scores = this.#scores.map((_, i) => i === this.#target ? -5 : i === wrong ? 5 : 0);
    this.#update();
  }

  #set(i: number, z: number): void {
    const inside = Math.min(most, Math.max(-most, z));
    this.#scores = this.#scores.map((score, k) => k === i ? inside : score);
    this.#update();
  }

  #step(kind: "entropyGradient" | "squaredGradient"): void {
    const gradient = softmaxState(this.#scores, this.#target)[kind];
    this.#scores = this.#scores.map((z, i) => Math.min(most, Math.max(-most, z - gradient[i]!)));
    this.#update();
  }

  #update(): void {
    const state = softmaxState(this.#scores, this.#target);
    this.#scores.forEach((z, i) => {
      const [from, to] = [Math.min(toY(0), toY(z)), Math.max(toY(0), toY(z))];
      place(this.#bars[i]!, { x: scoreX[i]! - 23, y: from, height: to - from });
      this.#handles[i]!.place(scoreX[i]!, toY(z), `z = ${format(z)}`);
      this.#scoreTexts[i]!.textContent = format(z);
      const p = state.probabilities[i]!;
      place(this.#shares[i]!, {
        x: shareX[i]! - 26,
        y: toShareY(p),
        height: Math.max(1, bottom - toShareY(p)),
      });
      place(this.#shareTexts[i]!, { y: toShareY(p) - 7 });
      this.#shareTexts[i]!.textContent = format(p, 3);
      const y = toShareY(Number(i === this.#target));
      place(this.#marks[i]!, { y1: y, y2: y });
      pointArrow(this.#arrows.entropy[i]!, scoreX[i]! - 37, toY(z), state.entropyGradient[i]!);
      pointArrow(this.#arrows.squared[i]!, scoreX[i]! + 37, toY(z), state.squaredGradient[i]!);
    });
    this.#numbers.show({ entropy: format(state.entropy, 4), squared: format(state.squared, 4) });
    this.#table.replaceChildren(...this.#classes.map((name, i) =>
      element(
        "tr",
        {},
        element("td", { style: "font-style: italic" }, name),
        ...[
          state.probabilities[i]! - Number(i === this.#target),
          state.entropyGradient[i]!,
          state.squaredGradient[i]!,
        ].map((x) => element("td", { class: "number" }, format(x, 4))),
      )
    ));
    publish(this.figure, {
      scores: JSON.stringify(this.#scores),
      probabilities: JSON.stringify(state.probabilities),
      entropy: state.entropy,
      squared: state.squared,
    });
  }
}

/** Sets numbers as attributes. */
function place(part: SVGElement, numbers: Readonly<Record<string, number>>): void {
  for (const [name, number] of Object.entries(numbers)) part.setAttribute(name, number.toFixed(1));
}

function arrow(color: string): SVGPathElement {
  return svg("path", {
    style: `stroke: var(--${color}); stroke-width: 2.5; fill: none; stroke-linecap: round; ` +
      "stroke-linejoin: round",
  });
}

/** Draws an arrow against a gradient, up where the score shall rise. */
function pointArrow(path: SVGPathElement, x: number, y: number, gradient: number): void {
  const length = gradient * arrowLength; // downwards on the screen where it is positive
  const tip = Math.sign(length) * Math.min(6, Math.abs(length) / 2);
  const end = y + length;
  path.setAttribute(
    "d",
    Math.abs(length) < 0.4
      ? `M${x - 2} ${y}h4`
      : `M${x} ${y}V${end}M${x - 5} ${end - tip}L${x} ${end}L${x + 5} ${end - tip}`,
  );
}
