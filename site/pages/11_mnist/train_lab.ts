/** The lab that trains a network on drawn digits: guesses, weights as pictures, and mistakes. */

import { nn } from "../../../mod.ts";
import { button, element, format, lab, numberField, publish } from "../../dom.ts";
import { linearLayers } from "../../model/stored_model.ts";
import { pageLanguage } from "../../page.ts";
import type {
  DigitsInput,
  DigitsMessage,
  DigitsUpdate,
  LayerNumbers,
} from "../../tasks/11_mnist.ts";
import { runTask, type Task } from "../../worker_task.ts";
import { LossChart } from "../parts/loss_chart.ts";
import { frameCounter, readouts } from "../parts/readouts.ts";
import { ConfusionView } from "./confusion.ts";
import { ExampleStrip, WeightPictures } from "./pictures.ts";

/** What the lab starts with. */
export const firstDigits: DigitsInput = {
  hidden: 64,
  learningRate: 0.002,
  batchSize: 50,
  epochs: 10,
};

/** A network with such layers. */
export function networkOf(layers: readonly LayerNumbers[]): nn.Sequential {
  const widths = [784, ...layers.map(({ bias }) => bias.length)];
  const model = nn.mlp(widths, { activation: "relu" });
  linearLayers(model).forEach(({ weight, bias }, i) => {
    weight.data.set(layers[i]!.weight);
    bias!.data.set(layers[i]!.bias);
  });
  return model;
}

/** The lab as a figure; a trained network is handed on. */
export function trainLab(offer: (model: nn.Sequential) => void): HTMLElement {
  return new TrainView(offer).figure;
}

class TrainView {
  readonly figure: HTMLElement;
  readonly #isEnglish = pageLanguage() === "en";
  readonly #offer: (model: nn.Sequential) => void;
  #input = firstDigits;
  #task: Task<DigitsMessage> | null = null;
  #isRunning = false;
  readonly #chart: LossChart;
  readonly #examples: ExampleStrip;
  readonly #weights: WeightPictures;
  readonly #confusion: ConfusionView;
  readonly #numbers;
  readonly #train: HTMLButtonElement;
  readonly #said = element("p", { class: "said", role: "status", style: "min-height: 3em" });
  readonly #countFrame: () => number;

  constructor(offer: (model: nn.Sequential) => void) {
    const isEnglish = this.#isEnglish;
    this.#offer = offer;
    this.#chart = new LossChart({
      label: isEnglish ? "Loss of each batch" : "Loss tiap batch",
      width: 640,
      height: 190,
      x: isEnglish ? "steps" : "langkah",
      y: "loss",
      lines: [{ name: "", color: "accent" }],
    });
    this.#examples = new ExampleStrip();
    this.#weights = new WeightPictures();
    this.#confusion = new ConfusionView();
    this.#numbers = readouts([
      ["epoch", "epoch"],
      ["steps", isEnglish ? "step" : "langkah"],
      ["loss", "loss"],
      ["accuracy", isEnglish ? "right, validation" : "benar, validasi"],
      ["test", isEnglish ? "right, test" : "benar, uji"],
    ]);
    this.#train = button("", () => this.#press(), { isMain: true });
    this.figure = this.#layOut();
    this.#countFrame = frameCounter(this.figure);
    this.#nameButton();
  }

  #layOut(): HTMLElement {
    const isEnglish = this.#isEnglish;
    const guesses = isEnglish
      ? "Twenty test digits, and what the network takes them for"
      : "Dua puluh angka uji, dan tebakan jaringan";
    const weights = isEnglish
      ? "What the hidden neurons look for: their weights as pictures"
      : "Yang dicari neuron tersembunyi: bobotnya sebagai gambar";
    const again = button(isEnglish ? "Start again" : "Mulai lagi", () => this.#start());
    return lab({
      name: "train",
      picture: [
        titled(guesses, this.#examples.element),
        this.#chart.element,
        titled(weights, this.#weights.element),
        this.#confusion.element,
      ],
      controls: [
        element("div", { class: "buttons" }, this.#train, again),
        this.#said,
        this.#numbers.element,
        ...this.#fields(),
      ],
      caption: isEnglish
        ? "5,000 digits to learn from, 500 to watch by and 1,000 to test with, all written by " +
          "turunan's own pen; changes to the fields count from the next start."
        : "5.000 angka untuk belajar, 500 untuk memantau dan 1.000 untuk menguji, semuanya ditulis " +
          "pena turunan sendiri; perubahan isian berlaku sejak mulai berikutnya.",
    });
  }

  /** What to train, and how. */
  #fields(): HTMLElement[] {
    const isEnglish = this.#isEnglish;
    const whole = { min: 1, isWhole: true } as const;
    const field = (
      name: keyof DigitsInput,
      label: string,
      limits: Partial<Parameters<typeof numberField>[0]>,
    ) =>
      numberField({
        label,
        value: this.#input[name],
        ...limits,
        onInput: (number) => this.#input = { ...this.#input, [name]: number },
      }).element;
    return [
      field("hidden", isEnglish ? "Hidden neurons" : "Neuron tersembunyi", {
        ...whole,
        check: (count) => count <= 256 ? null : tooLarge(count, isEnglish),
      }),
      field("learningRate", isEnglish ? "Learning rate λ (Adam)" : "Laju belajar λ (Adam)", {
        min: 0,
        max: 10,
      }),
      field("batchSize", isEnglish ? "Batch size" : "Ukuran batch", { ...whole, max: 5000 }),
      field("epochs", isEnglish ? "Epochs" : "Jumlah epoch", { ...whole, max: 100 }),
    ];
  }

  #nameButton(): void {
    const words = this.#isEnglish ? ["Train", "Pause"] : ["Latih", "Jeda"];
    this.#train.textContent = words[this.#isRunning ? 1 : 0]!;
  }

  #press(): void {
    if (this.#task === null) return this.#start();
    this.#isRunning = !this.#isRunning;
    this.#task.send({ isRunning: this.#isRunning });
    this.#nameButton();
  }

  #start(): void {
    this.#task?.stop();
    this.#chart.clear();
    this.#confusion.clear();
    this.#numbers.show({ test: "–" });
    this.#said.textContent = this.#isEnglish ? "Writing 6,500 digits …" : "Menulis 6.500 angka …";
    publish(this.figure, { test: "" });
    this.#isRunning = true;
    const task = runTask<DigitsInput, DigitsUpdate, DigitsMessage>(
      "11_mnist",
      this.#input,
      (update) => this.#show(update),
    );
    this.#task = task;
    this.#nameButton();
    task.done.catch((error) => console.error(error));
  }

  #show(update: DigitsUpdate): void {
    const { steps, epoch, loss, accuracy, examples, labels, answers, layers } = update;
    this.#countFrame();
    if (examples !== null) {
      this.#examples.setDigits(examples, labels);
      this.#said.textContent = this.#isEnglish
        ? "Untrained, it says the same of nearly every digit."
        : "Sebelum dilatih, jawabannya hampir sama untuk setiap angka.";
    } else if (steps > 40) this.#said.textContent = "";
    this.#examples.setAnswers(answers);
    this.#weights.show(layers[0]!);
    if (loss !== null) this.#chart.add(steps, [loss]);
    this.#numbers.show({
      epoch: String(epoch),
      steps: String(steps),
      ...(loss === null ? {} : { loss: format(loss, 3) }),
      ...(accuracy === null ? {} : { accuracy: `${format(100 * accuracy, 1)} %` }),
    });
    publish(this.figure, { steps, ...(accuracy === null ? {} : { accuracy }) });
    if (loss !== null && !Number.isFinite(loss)) return this.#stopLost();
    if (update.confusion === null) return;
    this.#confusion.show(update.confusion);
    this.#numbers.show({ test: `${format(100 * update.testAccuracy!, 1)} %` });
    publish(this.figure, { test: update.testAccuracy! });
    this.#said.textContent = this.#isEnglish
      ? "Done. It can read your drawings now, too: choose it above."
      : "Selesai. Kini ia juga bisa membaca gambar Anda: pilih di atas.";
    this.#offer(networkOf(layers));
    this.#finish();
  }

  #stopLost(): void {
    this.#said.textContent = this.#isEnglish
      ? "The numbers have grown beyond all bounds: take a smaller learning rate."
      : "Angka-angkanya tumbuh tanpa batas: pakai laju belajar yang lebih kecil.";
    this.#finish();
  }

  #finish(): void {
    this.#task = null;
    this.#isRunning = false;
    this.#nameButton();
  }
}

/** A picture below its name. */
function titled(name: string, picture: HTMLElement): HTMLElement {
  const style = "font-size: .875rem; color: var(--muted); margin-bottom: .4rem";
  return element("div", {}, element("div", { style }, name), picture);
}

function tooLarge(count: number, isEnglish: boolean): string {
  const weights = (784 * count + 10 * count).toLocaleString(isEnglish ? "en" : "id");
  return isEnglish
    ? `${count} neurons would be ${weights} weights to learn in front of you: at most 256 here.`
    : `${count} neuron berarti ${weights} bobot yang dilatih di depan Anda: paling banyak 256 di sini.`;
}
