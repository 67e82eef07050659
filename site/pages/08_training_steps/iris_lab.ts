/** Iris in the browser: the training curve, the plane of the petals, and a flower of one's own. */

import {
  classOf,
  irisExamples,
  irisWidths,
} from "../../../examples/lecture/08_training_steps/iris.ts";
import {
  infer,
  initialise,
  type Network,
  parametersOf,
} from "../../../examples/lecture/08_training_steps/network.ts";
import { iris, Random } from "../../../mod.ts";
import { button, element, format, lab, numberField, publish, slider } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import type { StepsInput, StepsUpdate } from "../../tasks/08_training_steps.ts";
import { runTask, type Task } from "../../worker_task.ts";
import { LossChart } from "../parts/loss_chart.ts";
import { readouts } from "../parts/readouts.ts";
import { IrisPlane } from "./iris_plane.ts";

const seed = 1;

/** A network of 4-8-3 neurons with such parameters. */
export function irisNetwork(parameters: readonly number[] | null): Network {
  const network = initialise(irisWidths, new Random(seed));
  parametersOf(network).forEach((parameter, i) => {
    parameter.data = parameters?.[i] ?? parameter.data;
  });
  return network;
}

/** How lengths in centimetres become what the network reads: less the mean, by the deviation. */
export function standardise(lengths: readonly number[]): number[] {
  const { inputs } = iris({ seed }).train;
  const [mean, deviation] = [inputs.mean(0).data, inputs.std(0).data];
  return lengths.map((length, i) => (length - mean[i]!) / deviation[i]!);
}

/** The lab as a figure. */
export function irisLab(): HTMLElement {
  return new IrisLab().figure;
}

class IrisLab {
  readonly figure: HTMLElement;
  readonly #isEnglish = pageLanguage() === "en";
  #learningRate = 0.5;
  #epochs = 50;
  #lengths = [5.8, 3, 4.3, 1.3];
  #network = irisNetwork(null);
  #task: Task<never> | null = null;
  readonly #species = irisExamples(seed).species;
  readonly #plane: IrisPlane;
  readonly #chart: LossChart;
  readonly #numbers;
  readonly #bars: readonly HTMLElement[];
  readonly #answer = element("p", { class: "said", role: "status", style: "min-height: 0" });
  readonly #train: HTMLButtonElement;

  constructor() {
    const isEnglish = this.#isEnglish;
    this.#plane = new IrisPlane();
    this.#chart = new LossChart({
      label: isEnglish ? "The mean loss of each epoch" : "Loss rata-rata tiap epoch",
      width: 300,
      height: 250,
      x: "epoch",
      y: isEnglish ? "mean loss" : "loss rata-rata",
      lines: [{ name: "", color: "accent" }],
    });
    this.#numbers = readouts([
      ["epochs", "epoch"],
      ["loss", isEnglish ? "mean loss" : "loss rata-rata"],
      ["train", isEnglish ? "right, training" : "benar, latihan"],
      ["test", isEnglish ? "right, held out" : "benar, disisihkan"],
    ]);
    this.#bars = this.#species.map(() => element("div", { style: barStyle(0, 0) }));
    this.#train = button(isEnglish ? "Train on Iris" : "Latih pada Iris", () => this.#start(), {
      isMain: true,
    });
    this.figure = this.#layOut();
    this.#showFlower();
  }

  #layOut(): HTMLElement {
    const isEnglish = this.#isEnglish;
    const curve = element("div", {
      style: "flex: 2 1 13rem; min-width: 0; display: grid; gap: 1.25rem",
    });
    curve.append(this.#numbers.element, this.#chart.element);
    const both = element(
      "div",
      { style: "display: flex; flex-wrap: wrap; gap: 1rem 1.5rem" },
      element("div", { style: "flex: 3 1 16rem; min-width: 0" }, this.#plane.element),
      curve,
    );
    return lab({
      name: "iris",
      picture: [both, this.#verdict()],
      controls: [
        element("div", { class: "buttons" }, this.#train),
        ...this.#trainingFields(),
        element(
          "div",
          { class: "control" },
          isEnglish ? "A flower of your own: inference" : "Bunga Anda sendiri: inferensi",
        ),
        ...this.#flowerSliders(),
      ],
      caption: isEnglish
        ? "The petals of all 150 flowers, hollow where held out; the colours behind are what the " +
          "network says of a flower with such petals and the sepals of yours. The cross is yours."
        : "Petal dari ke-150 bunga, berongga bila disisihkan; warna di belakangnya adalah kata " +
          "jaringan tentang bunga dengan petal seperti itu dan sepal bunga Anda. Tanda silang " +
          "adalah bunga Anda.",
    });
  }

  #trainingFields(): HTMLElement[] {
    const isEnglish = this.#isEnglish;
    const rate = numberField({
      label: isEnglish ? "Learning rate λ" : "Laju belajar λ",
      value: this.#learningRate,
      min: 0,
      max: 100,
      onInput: (rate) => this.#learningRate = rate,
    });
    const epochs = numberField({
      label: isEnglish ? "Epochs" : "Jumlah epoch",
      value: this.#epochs,
      min: 1,
      max: 500,
      isWhole: true,
      onInput: (epochs) => this.#epochs = epochs,
    });
    return [rate.element, epochs.element];
  }

  #flowerSliders(): HTMLElement[] {
    const names = this.#isEnglish
      ? ["sepal length", "sepal width", "petal length", "petal width"]
      : ["panjang sepal", "lebar sepal", "panjang petal", "lebar petal"];
    const reach = [[4.3, 7.9], [2, 4.4], [1, 6.9], [0.1, 2.5]] as const;
    return names.map((label, i) =>
      slider({
        label,
        min: reach[i]![0],
        max: reach[i]![1],
        step: 0.1,
        value: this.#lengths[i]!,
        format: (x) => `${format(x, 1)} cm`,
        onInput: (x) => {
          this.#lengths = this.#lengths.map((length, k) => k === i ? x : length);
          this.#showFlower();
        },
      }).element
    );
  }

  /** What the network says of the reader's flower. */
  #verdict(): HTMLElement {
    const style = "display: grid; grid-template-columns: auto 1fr; gap: .3rem .75rem; " +
      "align-items: center; font-size: .9375rem; margin-top: .6rem";
    const rows = this.#species.flatMap((name, i) => [
      element("span", { style: "color: var(--muted); font-style: italic" }, name),
      this.#bars[i]!,
    ]);
    return element("div", {}, this.#answer, element("div", { style }, ...rows));
  }

  #start(): void {
    this.#task?.stop();
    this.#chart.clear();
    const input: StepsInput = {
      data: "iris",
      seed,
      learningRate: this.#learningRate,
      epochs: this.#epochs,
      enough: 0,
    };
    this.#task = runTask<StepsInput, StepsUpdate>("08_training_steps", input, (update) => {
      const { epochs, losses, parameters, right } = update;
      losses.forEach((loss, i) => this.#chart.add(epochs - losses.length + i + 1, [loss]));
      this.#network = irisNetwork(parameters);
      this.#numbers.show({
        epochs: String(epochs),
        loss: format(losses.at(-1)!, 4),
        train: `${format(100 * right!.train, 1)} %`,
        test: `${format(100 * right!.test, 1)} %`,
      });
      publish(this.figure, { epochs, loss: losses.at(-1)!, right: right!.test });
      this.#showFlower();
    });
    this.#task.done.catch((error) => console.error(error));
  }

  #showFlower(): void {
    const outputs = infer(this.#network, standardise(this.#lengths));
    const winner = classOf(outputs);
    this.#bars.forEach((bar, i) => bar.setAttribute("style", barStyle(outputs[i]!, i)));
    this.#answer.textContent = this.#isEnglish
      ? `The network takes it for ${this.#species[winner]}.`
      : `Menurut jaringan, ini ${this.#species[winner]}.`;
    this.#plane.show(this.#network, this.#lengths);
    publish(this.figure, { species: this.#species[winner]!, outputs: JSON.stringify(outputs) });
  }
}

const colors = ["cool", "accent", "third"];

function barStyle(share: number, i: number): string {
  return `height: .7rem; border-radius: .35rem; background: linear-gradient(to right, ` +
    `var(--${colors[i]}) ${100 * share}%, var(--line) ${100 * share}%)`;
}
