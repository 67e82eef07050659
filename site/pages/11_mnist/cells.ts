/** Numbers as a square of cells: images, layers that are lit, weights. */

import { canvas, type Drawn } from "../../dom.ts";
import { FieldImage, largestOf } from "../parts/field_image.ts";
import { colorsNow } from "../parts/colors.ts";

/** How numbers become colours. */
export type CellKind =
  /** From paper (0) to ink (1). */
  | "ink"
  /** From dark (0) to lit (the largest). */
  | "lit"
  /** From blue (negative) by paper (0) to orange (positive). */
  | "signed";

/** A square of cells. */
export class Cells {
  readonly element: HTMLCanvasElement;
  readonly #drawn: Drawn;
  readonly #kind: CellKind;
  #numbers: ArrayLike<number> = [];
  #image: FieldImage | null = null;

  /** Makes an empty square, at most `size` pixels wide. */
  constructor(options: { readonly label: string; readonly size: number; readonly kind: CellKind }) {
    this.#kind = options.kind;
    this.#drawn = canvas({
      width: options.size,
      height: options.size,
      label: options.label,
      draw: (context, { width }) => this.#draw(context, width),
    });
    this.element = this.#drawn.element;
    this.element.style.borderRadius = "6px";
  }

  /** Shows other numbers, as many as make a square. */
  show(numbers: ArrayLike<number>): void {
    this.#numbers = numbers;
    this.#drawn.redraw();
  }

  #draw(context: CanvasRenderingContext2D, size: number): void {
    const colors = colorsNow();
    const side = Math.ceil(Math.sqrt(this.#numbers.length));
    context.fillStyle = colors.paper;
    context.fillRect(0, 0, size, size);
    if (side === 0) return;
    if (this.#kind === "lit") return this.#drawLights(context, size, side);
    if (this.#image?.canvas.width !== side) this.#image = new FieldImage(side);
    const isInk = this.#kind === "ink";
    const scale = isInk
      ? { low: colors.paper, middle: colors.paper, high: colors.ink }
      : { low: colors.cool, middle: colors.paper, high: colors.accent };
    this.#image.paint(this.#numbers, scale, isInk ? 1 : 1 / largestOf(this.#numbers));
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#image.canvas, 0, 0, size, size);
  }

  #drawLights(context: CanvasRenderingContext2D, size: number, side: number): void {
    const colors = colorsNow();
    const largest = largestOf(this.#numbers);
    const cell = size / side;
    const gap = Math.max(1, cell * 0.14);
    for (let k = 0; k < this.#numbers.length; k++) {
      const light = Math.max(0, this.#numbers[k]! / largest);
      const [x, y] = [k % side * cell, Math.floor(k / side) * cell];
      context.beginPath();
      context.roundRect(x + gap / 2, y + gap / 2, cell - gap, cell - gap, cell * 0.22);
      context.fillStyle = colors.line;
      context.globalAlpha = 1;
      context.fill();
      if (light === 0) continue;
      context.fillStyle = colors.accent;
      context.globalAlpha = light;
      context.fill();
    }
    context.globalAlpha = 1;
  }
}
