/** The petals of all flowers, and which species a network names where. */

import { irisExamples } from "../../../examples/lecture/08_training_steps/iris.ts";
import type { Network } from "../../../examples/lecture/08_training_steps/network.ts";
import { type Dataset, iris, noGrad, Tensor, tensor } from "../../../mod.ts";
import { canvas, type Drawn } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { Chart } from "../parts/chart.ts";
import { rgbOf } from "../parts/field_image.ts";
import { colorsNow } from "../parts/colors.ts";

const seed = 1;
const side = 60;
const domain = { x: [0.6, 7.3], y: [0, 2.7] } as const;
const colors = ["cool", "accent", "third"] as const;

/** What a network of Values answers to many examples at once: the same sums, as tensors. */
export function answersOf(network: Network, inputs: Tensor): Tensor {
  return noGrad(() =>
    network.reduce((x, layer) => {
      const weight = tensor(layer.map(({ weights }) => weights.map(({ data }) => data)));
      const bias = tensor(layer.map(({ bias }) => bias.data));
      return x.matmul(weight, { transposeB: true }).add(bias).sigmoid();
    }, inputs)
  );
}

/** The picture of the petals. */
export class IrisPlane {
  readonly element: HTMLCanvasElement;
  readonly #drawn: Drawn;
  readonly #parts = iris({ seed });
  readonly #image = document.createElement("canvas");
  readonly #scale: { readonly mean: ArrayLike<number>; readonly deviation: ArrayLike<number> };
  #network: Network | null = null;
  #lengths: readonly number[] = [];

  /** Makes the picture; `show` fills it. */
  constructor() {
    const { inputs } = this.#parts.train;
    this.#scale = { mean: inputs.mean(0).data, deviation: inputs.std(0).data };
    this.#image.width = this.#image.height = side;
    this.#drawn = canvas({
      width: 400,
      height: 400,
      label: pageLanguage() === "en"
        ? "Petal width against petal length, and the species that the network names"
        : "Lebar petal terhadap panjang petal, dan spesies menurut jaringan",
      draw: (context, area) => this.#draw(context, area),
    });
    this.element = this.#drawn.element;
  }

  /** Shows another network, and a flower by its four lengths. */
  show(network: Network, lengths: readonly number[]): void {
    this.#network = network;
    this.#lengths = lengths;
    this.#drawn.redraw();
  }

  #paintRegions(network: Network): void {
    const { mean, deviation } = this.#scale;
    const data = new Float32Array(4 * side * side);
    for (let k = 0; k < side * side; k++) {
      const part = [(k % side + 0.5) / side, 1 - (Math.floor(k / side) + 0.5) / side] as const;
      const petal = [domain.x, domain.y].map(([low, high], i) => low + part[i]! * (high - low));
      const lengths = [this.#lengths[0]!, this.#lengths[1]!, ...petal];
      lengths.forEach((length, i) => data[4 * k + i] = (length - mean[i]!) / deviation[i]!);
    }
    const inputs = new Tensor({ shape: [side * side, 4], dtype: "float32", data });
    const winners = answersOf(network, inputs).argmax(1).data;
    const soft = colors.map((color) => rgbOf(colorsNow()[`soft-${color}`]));
    const context = this.#image.getContext("2d")!;
    const image = context.createImageData(side, side);
    for (let k = 0; k < side * side; k++) {
      const [red, green, blue] = soft[winners[k]!]!;
      image.data.set([red, green, blue, 255], 4 * k);
    }
    context.putImageData(image, 0, 0);
  }

  #draw(
    context: CanvasRenderingContext2D,
    area: { readonly width: number; readonly height: number },
  ): void {
    if (this.#network === null) return;
    const isEnglish = pageLanguage() === "en";
    const chart = new Chart(context, area, {
      x: { domain: domain.x, label: isEnglish ? "petal length, cm" : "panjang petal, cm" },
      y: { domain: domain.y, label: isEnglish ? "petal width, cm" : "lebar petal, cm" },
      margins: { top: 22, left: 34 },
    });
    this.#paintRegions(this.#network);
    const [left, top] = [chart.x(domain.x[0]), chart.y(domain.y[1])];
    const [right, bottom] = [chart.x(domain.x[1]), chart.y(domain.y[0])];
    context.drawImage(this.#image, left, top, right - left, bottom - top);
    chart.axes();
    this.#dots(chart, this.#parts.train, false);
    this.#dots(chart, this.#parts.test, true);
    const [, , x, y] = this.#lengths as [number, number, number, number];
    context.strokeStyle = colorsNow().ink;
    context.lineWidth = 2.5;
    context.beginPath();
    for (const [dx, dy] of [[1, 1], [1, -1]] as const) {
      context.moveTo(chart.x(x) - 7 * dx, chart.y(y) - 7 * dy);
      context.lineTo(chart.x(x) + 7 * dx, chart.y(y) + 7 * dy);
    }
    context.stroke();
    const names = irisExamples(seed).species;
    const places = [[1.5, 0.85], [3.3, 1.75], [5.3, 2.55]] as const;
    names.forEach((name, i) =>
      chart.text(name, chart.x(places[i]![0]), chart.y(places[i]![1]), colors[i]!, "center")
    );
  }

  #dots(chart: Chart, { inputs, labels }: Dataset, isHollow: boolean): void {
    labels.data.forEach((label, i) => {
      const [x, y] = [inputs.data[4 * i + 2]!, inputs.data[4 * i + 3]!];
      chart.dot(x, y, colors[label]!, 3.6, isHollow);
    });
  }
}
