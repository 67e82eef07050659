/** A network as a picture: each neuron shows what it says where, its wires how much it is heeded. */

import { canvas, type ColorName, type Drawn } from "../../dom.ts";
import { gridSide, type LiveView } from "../../model/live_network.ts";
import { FieldImage, largestOf } from "./field_image.ts";
import { colorsNow } from "./colors.ts";

/** The part of a view that a diagram shows. */
export type SeenNetwork = Pick<LiveView, "fields" | "weights">;

/** A picture of a network of two inputs. */
export class NetworkDiagram {
  readonly element: HTMLCanvasElement;
  readonly #drawn: Drawn;
  readonly #inputs: readonly [FieldImage, FieldImage] = [
    new FieldImage(gridSide),
    new FieldImage(gridSide),
  ];
  #images: FieldImage[] = [];
  #widths: readonly number[] = [2, 1];
  #network: SeenNetwork | null = null;

  /** Makes an empty picture. */
  constructor(
    options: { readonly label: string; readonly width: number; readonly height: number },
  ) {
    this.#drawn = canvas({ ...options, draw: (context, area) => this.#draw(context, area) });
    this.element = this.#drawn.element;
    this.element.style.minHeight = `${Math.min(options.height, 280)}px`;
  }

  /** Shows a network with such hidden layers. */
  show(hidden: readonly number[], network: SeenNetwork): void {
    this.#widths = [2, ...hidden, 1];
    this.#network = network;
    const count = network.fields.length;
    while (this.#images.length < count) this.#images.push(new FieldImage(gridSide));
    this.#images.length = count;
    this.#drawn.redraw();
  }

  #draw(
    context: CanvasRenderingContext2D,
    area: { readonly width: number; readonly height: number },
  ): void {
    if (this.#network === null) return;
    this.#paint(this.#network.fields);
    const places = placesOf(this.#widths, area);
    this.#network.weights.forEach((weights, layer) => {
      drawWires(context, places[layer]!, places[layer + 1]!, weights);
    });
    const images = [[...this.#inputs], ...this.#layersOfImages()];
    const colors = colorsNow();
    places.forEach((column, layer) =>
      column.forEach(({ x, y, size }, neuron) => {
        const image = images[layer]![neuron]!;
        const half = size / 2;
        context.save();
        context.beginPath();
        context.roundRect(x - half, y - half, size, size, 5);
        context.clip();
        context.drawImage(image.canvas, x - half, y - half, size, size);
        context.restore();
        context.strokeStyle = colors.muted;
        context.lineWidth = 1;
        context.beginPath();
        context.roundRect(x - half, y - half, size, size, 5);
        context.stroke();
      })
    );
    this.#names(context, places);
  }

  /** Names the inputs beside them. */
  #names(context: CanvasRenderingContext2D, places: readonly (readonly Place[])[]): void {
    context.font = `italic 15px ${
      getComputedStyle(document.documentElement).getPropertyValue("--serif") || "serif"
    }`;
    context.fillStyle = colorsNow().ink;
    context.textAlign = "right";
    context.textBaseline = "middle";
    places[0]!.forEach(({ x, y, size }, k) => context.fillText(`x${"₁₂"[k]}`, x - size / 2 - 5, y));
  }

  #layersOfImages(): FieldImage[][] {
    let at = 0;
    return this.#widths.slice(1).map((width) => this.#images.slice(at, at += width));
  }

  #paint(fields: LiveView["fields"]): void {
    const colors = colorsNow();
    const scale = { low: colors.cool, middle: colors.paper, high: colors.accent };
    this.#inputs.forEach((image, axis) => image.paint(ramp(axis), scale));
    fields.forEach((field, neuron) => {
      const isOutput = neuron === fields.length - 1;
      if (isOutput) this.#images[neuron]!.paint(field, scale, 2, -0.5);
      else this.#images[neuron]!.paint(field, scale, 1 / largestOf(field));
    });
  }
}

/** What an input says where: from -1 to 1 along its axis. */
function ramp(axis: number): Float32Array {
  return Float32Array.from({ length: gridSide * gridSide }, (_, k) => {
    const at = axis === 0 ? k % gridSide : gridSide - 1 - Math.floor(k / gridSide);
    return 2 * (at + 0.5) / gridSide - 1;
  });
}

/** Where a neuron is drawn. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

function placesOf(
  widths: readonly number[],
  { width, height }: { readonly width: number; readonly height: number },
): Place[][] {
  const most = Math.max(...widths);
  const size = Math.min(44, (height - 4) / most - 6, width / widths.length - 14);
  const step = Math.min(size + 16, (height - 4) / most);
  return widths.map((count, layer) => {
    const left = 24 + size / 2; // the names of the inputs stand before them
    const x = left + layer / (widths.length - 1) * (width - left - size / 2 - 2);
    const top = (height - step * (count - 1)) / 2;
    return Array.from({ length: count }, (_, k) => ({ x, y: top + k * step, size }));
  });
}

/** Wires from every neuron of a layer to every one of the next: warm where positive. */
function drawWires(
  context: CanvasRenderingContext2D,
  from: readonly Place[],
  to: readonly Place[],
  weights: ArrayLike<number>,
): void {
  const colors = colorsNow();
  to.forEach((end, j) =>
    from.forEach((start, i) => {
      const weight = weights[j * from.length + i]!;
      const color: ColorName = weight < 0 ? "cool" : "accent";
      context.strokeStyle = colors[color];
      context.globalAlpha = Math.min(0.85, 0.12 + Math.abs(weight) / 3);
      context.lineWidth = Math.min(7, 0.4 + 1.5 * Math.abs(weight));
      const [x0, x1] = [start.x + start.size / 2, end.x - end.size / 2];
      context.beginPath();
      context.moveTo(x0, start.y);
      context.bezierCurveTo((x0 + x1) / 2, start.y, (x0 + x1) / 2, end.y, x1, end.y);
      context.stroke();
    })
  );
  context.globalAlpha = 1;
}
