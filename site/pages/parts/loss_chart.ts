/** How losses fall while a network learns. */

import { canvas, type ColorName, type Drawn } from "../../dom.ts";
import { Chart } from "./chart.ts";

/** The name and the colour of a loss. */
export interface LossLine {
  readonly name: string;
  readonly color: ColorName;
  readonly isDashed?: boolean;
}

const mostPoints = 800;

/** A chart of losses over steps that grows as they come. */
export class LossChart {
  readonly element: HTMLCanvasElement;
  readonly #drawn: Drawn;
  readonly #lines: readonly LossLine[];
  #steps: number[] = [];
  #losses: number[][];
  /** Where to draw a line from top to bottom, and what to write beside it. */
  mark: { readonly at: number; readonly text: string; readonly color: ColorName } | null = null;

  /** Makes an empty chart. */
  constructor(
    options: {
      readonly label: string;
      readonly width: number;
      readonly height: number;
      readonly x: string;
      readonly y: string;
      readonly lines: readonly LossLine[];
      readonly most?: number;
    },
  ) {
    this.#lines = options.lines;
    this.#losses = options.lines.map(() => []);
    this.#drawn = canvas({
      ...options,
      draw: (context, area) => {
        const last = Math.max(10, this.#steps.at(-1) ?? 0);
        const seen = this.#losses.flat().filter(Number.isFinite);
        const highest = Math.max(0.1, Math.min(options.most ?? Infinity, Math.max(...seen, 0)));
        const chart = new Chart(context, area, {
          x: { domain: [0, last], label: options.x, isWhole: true },
          y: { domain: [0, highest * 1.08], label: options.y },
          margins: { top: 24 },
        });
        chart.axes();
        chart.curves(this.#lines.map(({ color, isDashed = false }, k) => ({
          color,
          isDashed,
          points: this.#steps.map((step, i) => [step, this.#losses[k]![i]!] as const),
        })));
        if (this.mark !== null) chart.mark(this.mark.at, this.mark.color, this.mark.text);
        this.#names(chart, area.width);
      },
    });
    this.element = this.#drawn.element;
    this.element.style.minHeight = "170px"; // in narrow windows, too
  }

  #names(chart: Chart, width: number): void {
    this.#lines.forEach(({ name, color }, k) => {
      if (this.#losses[k]!.some(Number.isFinite)) {
        chart.text(name, width - 16, 34 + 18 * k, color, "right");
      }
    });
  }

  /** Forgets everything. */
  clear(): void {
    this.#steps = [];
    this.#losses = this.#lines.map(() => []);
    this.mark = null;
    this.#drawn.redraw();
  }

  /** Adds losses after some steps, one for each line; NaN where there is none. */
  add(step: number, losses: readonly number[]): void {
    if (step === this.#steps.at(-1)) return;
    this.#steps.push(step);
    losses.forEach((loss, k) => this.#losses[k]!.push(loss));
    if (this.#steps.length > mostPoints) { // every other one is enough from here on
      this.#steps = this.#steps.filter((_, i) => i % 2 === 0);
      this.#losses = this.#losses.map((line) => line.filter((_, i) => i % 2 === 0));
    }
    this.#drawn.redraw();
  }

  /** Draws again. */
  redraw(): void {
    this.#drawn.redraw();
  }
}
