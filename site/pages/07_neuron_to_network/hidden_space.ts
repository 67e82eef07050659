/** The plane as two hidden neurons see it: what they say about each place, as a place again. */

import { noGrad, Tensor } from "../../../mod.ts";
import { canvas, type Drawn } from "../../dom.ts";
import { gridPlaces, gridSide, type LiveView } from "../../model/live_network.ts";
import type { LabelledPoint } from "../../model/point_sets.ts";
import { FieldImage, levelLines } from "../parts/field_image.ts";
import { drawPoint } from "../parts/region_view.ts";
import { colorsNow } from "../parts/colors.ts";

const reach = 1.12;
const lines = 13; // of the grid, in each direction
const samples = 25; // along each line
const [low, high] = [-0.5, 1.5];

type Weights = Pick<LiveView, "weights" | "biases">;

/** Places along the lines of a grid over the plane: first those across, then those upwards. */
function gridLines(): Tensor {
  const data: number[] = [];
  for (const isUp of [false, true]) {
    for (let line = 0; line < lines; line++) {
      for (let k = 0; k < samples; k++) {
        const along = low + (high - low) * k / (samples - 1);
        const across = low + (high - low) * line / (lines - 1);
        data.push(isUp ? across : along, isUp ? along : across);
      }
    }
  }
  return new Tensor({
    shape: [data.length / 2, 2],
    dtype: "float32",
    data: Float32Array.from(data),
  });
}

/** What two hidden neurons with tanh say about places. */
export function hiddenOf({ weights, biases }: Weights, places: Tensor): Tensor {
  const weight = new Tensor({ shape: [2, 2], dtype: "float32", data: weights[0]! });
  const bias = new Tensor({ shape: [2], dtype: "float32", data: biases[0]! });
  return noGrad(() => places.matmul(weight, { transposeB: true }).add(bias).tanh());
}

/** A picture of that space. */
export class HiddenSpace {
  readonly element: HTMLCanvasElement;
  readonly #drawn: Drawn;
  readonly #image = new FieldImage(gridSide);
  readonly #places = gridPlaces([-reach, reach]);
  readonly #lines = gridLines();
  readonly #points: readonly LabelledPoint[];
  #network: Weights | null = null;

  /** Makes an empty picture; the points are those of the plane. */
  constructor(label: string, points: readonly LabelledPoint[]) {
    this.#points = points;
    this.#drawn = canvas({
      width: 330,
      height: 330,
      label,
      draw: (context, { width }) => this.#draw(context, width),
    });
    this.element = this.#drawn.element;
    this.element.style.borderRadius = "8px";
  }

  /** Shows another network. */
  show(network: Weights): void {
    this.#network = network;
    this.#drawn.redraw();
  }

  /** What the output neuron says in the space of the hidden ones. */
  #field({ weights, biases }: Weights): ArrayLike<number> {
    const weight = new Tensor({ shape: [2, 1], dtype: "float32", data: weights[1]! });
    return noGrad(() => this.#places.matmul(weight).add(biases[1]![0]!).sigmoid()).data;
  }

  #draw(context: CanvasRenderingContext2D, size: number): void {
    const network = this.#network;
    if (network === null) return;
    const colors = colorsNow();
    const toX = (h: number) => (h + reach) / (2 * reach) * size;
    const toY = (h: number) => (reach - h) / (2 * reach) * size;
    const field = this.#field(network);
    const scale = { low: colors["soft-cool"], middle: colors.paper, high: colors["soft-accent"] };
    this.#image.paint(field, scale, 2, -0.5);
    context.drawImage(this.#image.canvas, 0, 0, size, size);

    const { data } = hiddenOf(network, this.#lines);
    context.lineWidth = 1;
    context.strokeStyle = colors.muted;
    context.globalAlpha = 0.6;
    for (let line = 0; line < 2 * lines; line++) {
      context.beginPath();
      for (let k = 0; k < samples; k++) {
        const at = 2 * (line * samples + k);
        context.lineTo(toX(data[at]!), toY(data[at + 1]!));
      }
      context.stroke();
    }
    context.globalAlpha = 1;

    context.strokeStyle = colors.ink;
    context.lineWidth = 2;
    context.beginPath();
    for (const [x0, y0, x1, y1] of levelLines(field, gridSide, 0.5)) {
      context.moveTo(x0 * size, y0 * size);
      context.lineTo(x1 * size, y1 * size);
    }
    context.stroke();
    this.#drawPoints(context, network, toX, toY);
  }

  #drawPoints(
    context: CanvasRenderingContext2D,
    network: Weights,
    toX: (h: number) => number,
    toY: (h: number) => number,
  ): void {
    const data = Float32Array.from(this.#points.flatMap(({ x, y }) => [x, y]));
    const places = new Tensor({ shape: [this.#points.length, 2], dtype: "float32", data });
    const moved = hiddenOf(network, places).data;
    this.#points.forEach(({ label }, i) =>
      drawPoint(context, [toX(moved[2 * i]!), toY(moved[2 * i + 1]!)], { label, radius: 8 })
    );
  }
}
