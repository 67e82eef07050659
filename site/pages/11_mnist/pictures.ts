/** Digits with their guesses, and weights, as pictures side by side. */

import { canvas, type Drawn } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import type { LayerNumbers } from "../../tasks/11_mnist.ts";
import { FieldImage, largestOf } from "../parts/field_image.ts";
import { colorsNow } from "../parts/colors.ts";

const side = 28;

/** Some digits in two rows, each with what the network takes it for. */
export class ExampleStrip {
  readonly element: HTMLCanvasElement;
  readonly #drawn: Drawn;
  readonly #image = new FieldImage(side);
  #digits: Float32Array | null = null;
  #labels: readonly number[] = [];
  #answers: readonly number[] = [];

  /** Makes an empty strip. */
  constructor() {
    this.#drawn = canvas({
      width: 640,
      height: 176,
      label: pageLanguage() === "en" ? "Test digits and guesses" : "Angka uji dan tebakan",
      draw: (context, area) => this.#draw(context, area.width),
    });
    this.element = this.#drawn.element;
  }

  /** Sets the digits and what they are. */
  setDigits(digits: Float32Array, labels: readonly number[]): void {
    this.#digits = digits;
    this.#labels = labels;
    this.#drawn.redraw();
  }

  /** Sets what the network takes them for. */
  setAnswers(answers: readonly number[]): void {
    this.#answers = answers;
    this.#drawn.redraw();
  }

  #draw(context: CanvasRenderingContext2D, width: number): void {
    const colors = colorsNow();
    const columns = 10;
    const step = width / columns;
    const size = step * 0.82;
    const family = getComputedStyle(this.element).fontFamily;
    context.textAlign = "center";
    context.textBaseline = "top";
    for (let k = 0; k < 2 * columns; k++) {
      const [x, y] = [k % columns * step, Math.floor(k / columns) * (step * 1.34)];
      if (this.#digits === null) {
        context.fillStyle = colors.line;
        context.globalAlpha = 0.5;
        context.beginPath();
        context.roundRect(x, y, size, size, 5);
        context.fill();
        context.globalAlpha = 1;
        continue;
      }
      const pixels = this.#digits.subarray(k * side ** 2, (k + 1) * side ** 2);
      this.#image.paint(pixels, { low: colors.panel, middle: colors.panel, high: colors.ink });
      context.drawImage(this.#image.canvas, x, y, size, size);
      const isRight = this.#answers[k] === this.#labels[k];
      context.fillStyle = isRight ? colors.third : colors.accent;
      context.font = `${isRight ? 600 : 750} ${Math.max(12, step * 0.27)}px ${family}`;
      context.fillText(`${this.#answers[k]}${isRight ? "" : " ✗"}`, x + size / 2, y + size + 2);
    }
  }
}

const mostNeurons = 64;

/** The weights of the first neurons of a layer, each as a picture. */
export class WeightPictures {
  readonly element: HTMLCanvasElement;
  readonly #drawn: Drawn;
  readonly #image = new FieldImage(side);
  readonly #columns = matchMedia("(max-width: 36rem)").matches ? 8 : 16;
  #weights: Float32Array | null = null;

  /** Makes an empty picture. */
  constructor() {
    this.#drawn = canvas({
      width: 640,
      height: 640 * mostNeurons / this.#columns ** 2,
      label: pageLanguage() === "en"
        ? "The weights of the hidden neurons as pictures"
        : "Bobot neuron tersembunyi sebagai gambar",
      draw: (context, { width }) => this.#draw(context, width),
    });
    this.element = this.#drawn.element;
  }

  /** Shows a layer. */
  show({ weight }: LayerNumbers): void {
    this.#weights = weight;
    this.#drawn.redraw();
  }

  #draw(context: CanvasRenderingContext2D, width: number): void {
    const colors = colorsNow();
    const columns = this.#columns;
    const step = width / columns;
    const size = step - Math.max(2, step * 0.08);
    const scale = { low: colors.cool, middle: colors.paper, high: colors.accent };
    const count = (this.#weights?.length ?? 0) / side ** 2;
    for (let k = 0; k < mostNeurons; k++) {
      const [x, y] = [k % columns * step, Math.floor(k / columns) * step];
      if (k >= count) {
        context.fillStyle = colors.line;
        context.globalAlpha = 0.35;
        context.fillRect(x, y, size, size);
        context.globalAlpha = 1;
        continue;
      }
      const pixels = this.#weights!.subarray(k * side ** 2, (k + 1) * side ** 2);
      this.#image.paint(pixels, scale, 1.4 / largestOf(pixels));
      context.drawImage(this.#image.canvas, x, y, size, size);
    }
  }
}
