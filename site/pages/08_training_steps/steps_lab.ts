/** The lab of the eight steps: one phase at a time, a whole epoch, or until it has converged. */

import { infer } from "../../../examples/lecture/08_training_steps/network.ts";
import { xor } from "../../../examples/lecture/08_training_steps.ts";
import { button, element, format, lab, numberField, publish, select } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import type { StepsInput, StepsUpdate } from "../../tasks/08_training_steps.ts";
import { runTask, type Task } from "../../worker_task.ts";
import { LossChart } from "../parts/loss_chart.ts";
import { Diagram, stepStrip } from "./diagram.ts";
import { sentenceOf, stepNames } from "./sentences.ts";
import { networkWith, Stepper } from "./stepper.ts";

const enough = 0.005;
const mostEpochs = 5000;

/** The lab as a figure. */
export function stepsLab(): HTMLElement {
  return new StepsLab().figure;
}

class StepsLab {
  readonly figure: HTMLElement;
  readonly #language = pageLanguage();
  readonly #isEnglish = pageLanguage() === "en";
  #seed = 0;
  readonly #stepper = new Stepper(0);
  readonly #narrow = matchMedia("(max-width: 36rem)");
  readonly #place = element("div");
  #diagram = new Diagram(this.#narrow.matches);
  readonly #strip = stepStrip(stepNames.map((name) => name[this.#language]));
  readonly #said = element("p", { class: "said", role: "status", style: "min-height: 4.6em" });
  readonly #answers = element("tbody");
  readonly #chart: LossChart;
  readonly #back: HTMLButtonElement;
  readonly #run: HTMLButtonElement;
  readonly #verdict = element("p", { class: "said", role: "status", style: "min-height: 0" });
  #task: Task<never> | null = null;
  #trained = 0;

  constructor() {
    const isEnglish = this.#isEnglish;
    this.#chart = new LossChart({
      label: isEnglish ? "The mean loss of each epoch" : "Loss rata-rata tiap epoch",
      width: 640,
      height: 190,
      x: "epoch",
      y: isEnglish ? "mean loss" : "loss rata-rata",
      lines: [{ name: "", color: "accent" }],
    });
    this.#back = button(
      isEnglish ? "Back" : "Mundur",
      () => this.#move(() => this.#stepper.back()),
    );
    this.#run = button("", () => this.#task === null ? this.#train(mostEpochs) : this.#stop());
    this.#place.append(this.#diagram.element);
    this.#narrow.addEventListener("change", () => {
      this.#diagram = new Diagram(this.#narrow.matches);
      this.#place.replaceChildren(this.#diagram.element);
      this.#show();
    });
    this.figure = this.#layOut();
    this.#nameRun();
    this.#show();
  }

  #layOut(): HTMLElement {
    const isEnglish = this.#isEnglish;
    const next = button(
      isEnglish ? "Next step" : "Langkah berikut",
      () => this.#move(() => this.#stepper.next()),
      { isMain: true },
    );
    const epoch = button(isEnglish ? "A whole epoch" : "Satu epoch penuh", () => this.#train(1));
    const again = button(isEnglish ? "Start again" : "Mulai lagi", () => this.#restart(this.#seed));
    return lab({
      name: "steps",
      picture: [
        this.#strip.element,
        element("div", { class: "buttons" }, next, this.#back),
        this.#place,
        this.#said,
        this.#chart.element,
      ],
      controls: [
        element("div", { class: "buttons" }, epoch, this.#run, again),
        this.#verdict,
        ...this.#fields(),
        this.#answerTable(),
      ],
      caption: isEnglish
        ? "Plain numbers are weights, orange ones back-propagated errors δ, green ones the weights " +
          "after the update. Every δ is the gradient that the engine's backward() leaves at the " +
          "neuron's net input."
        : "Angka polos adalah bobot, jingga galat yang dirambatkan balik δ, hijau bobot setelah " +
          "pembaruan. Setiap δ adalah gradien yang ditinggalkan backward() milik mesin di jumlah " +
          "masukan neuron itu.",
    });
  }

  #fields(): HTMLElement[] {
    const isEnglish = this.#isEnglish;
    const rate = numberField({
      label: isEnglish ? "Learning rate λ" : "Laju belajar λ",
      value: this.#stepper.learningRate,
      min: 0,
      max: 100,
      onInput: (learningRate) => {
        this.#stepper.learningRate = learningRate;
        this.#stepper.refresh();
        this.#show();
      },
    });
    const draws = isEnglish
      ? ["first draw", "second draw", "third draw"]
      : ["undian pertama", "undian kedua", "undian ketiga"];
    const start = select<"0" | "3" | "5">({
      label: isEnglish ? "Start with weights" : "Mulai dengan bobot",
      choices: [["0", draws[0]!], ["3", draws[1]!], ["5", draws[2]!]],
      value: "0",
      onInput: (seed) => this.#restart(Number(seed)),
    });
    return [rate.element, start.element];
  }

  /** What the network answers to each example. */
  #answerTable(): HTMLElement {
    const names = ["x₁", "x₂", "t", this.#isEnglish ? "answer" : "jawaban"];
    const cells = names.map((name) => element("th", { class: "number", scope: "col" }, name));
    const head = element("thead", {}, element("tr", {}, ...cells));
    return element("table", {}, head, this.#answers);
  }

  #move(step: () => void): void {
    this.#stop();
    step();
    this.#show();
  }

  #restart(seed: number): void {
    this.#stop();
    this.#seed = seed;
    this.#trained = 0;
    this.#stepper.restart(seed);
    this.#chart.clear();
    this.#verdict.textContent = "";
    this.#show();
  }

  #nameRun(): void {
    const names = this.#isEnglish
      ? ["Until it converges", "Stop"]
      : ["Sampai konvergen", "Berhenti"];
    this.#run.textContent = names[this.#task === null ? 0 : 1]!;
  }

  #stop(): void {
    this.#task?.stop();
    this.#task = null;
    this.#nameRun();
  }

  #train(epochs: number): void {
    this.#stop();
    this.#verdict.textContent = "";
    const input: StepsInput = {
      data: "xor",
      parameters: this.#stepper.parameters,
      seed: this.#seed,
      learningRate: this.#stepper.learningRate,
      epochs,
      enough,
    };
    const before = this.#trained;
    this.#task = runTask<StepsInput, StepsUpdate>("08_training_steps", input, (update) => {
      update.losses.forEach((loss, i) => this.#chart.add(this.#trained + i + 1, [loss]));
      this.#trained = before + update.epochs;
      this.#stepper.continueWith(update.parameters, this.#trained + 1);
      this.#show(update.losses.at(-1));
      if (update.losses.at(-1)! <= enough || update.epochs >= epochs) this.#finish(update, epochs);
    });
    this.#task.done.catch((error) => console.error(error));
    this.#nameRun();
  }

  #finish(update: StepsUpdate, epochs: number): void {
    this.#stop();
    const loss = format(update.losses.at(-1)!, 4);
    if (epochs === 1) return;
    if (update.losses.at(-1)! <= enough) {
      this.#verdict.textContent = this.#isEnglish
        ? `Converged: after ${this.#trained} epochs the mean loss is ${loss}.`
        : `Konvergen: setelah ${this.#trained} epoch loss rata-ratanya ${loss}.`;
    } else {
      this.#verdict.textContent = this.#isEnglish
        ? `Out of epochs: after ${this.#trained} the mean loss is still ${loss}.`
        : `Jatah epoch habis: setelah ${this.#trained} epoch loss rata-ratanya masih ${loss}.`;
    }
  }

  #show(meanLoss?: number): void {
    const { moment, parameters, learningRate } = this.#stepper;
    this.#diagram.show(moment);
    this.#strip.show(moment.step);
    this.#said.textContent = sentenceOf(moment, learningRate, this.#language);
    this.#back.disabled = !this.#stepper.hasPast;
    const network = networkWith(parameters);
    this.#answers.replaceChildren(...xor.map(({ inputs, targets }) =>
      element(
        "tr",
        {},
        ...[...inputs, ...targets].map((x) => element("td", { class: "number" }, String(x))),
        element("td", { class: "number" }, format(infer(network, inputs)[0]!, 3)),
      )
    ));
    const [[h1, h2], [o1]] = moment.layers as [
      typeof moment.layers[0],
      typeof moment.layers[1] & object,
    ];
    publish(this.figure, {
      phase: moment.phase,
      step: moment.step,
      loss: moment.loss,
      deltas: JSON.stringify([h1!.delta, h2!.delta, o1!.delta]),
      epochs: this.#trained,
      ...(meanLoss === undefined ? {} : { mean: meanLoss }),
    });
  }
}
