/** One neuron that should say 1: two losses, their slopes, and a race downhill. */

import {
  losses,
  type LossOfProbability,
  slopeAt,
} from "../../../examples/lecture/10_classification/losses.ts";
import { value } from "../../../mod.ts";
import {
  button,
  canvas,
  type ColorName,
  element,
  format,
  lab,
  publish,
  slider,
} from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { Chart } from "../parts/chart.ts";
import { readouts } from "../parts/readouts.ts";

/** The two runners: what they go downhill on, and how they are drawn. */
const runners = [
  { key: "crossEntropy", loss: losses.crossEntropy, color: "accent" },
  { key: "mse", loss: losses.mse, color: "cool" },
] as const satisfies readonly { key: string; loss: LossOfProbability; color: ColorName }[];

const learningRate = 0.5;
const mostSteps = 2000;
const places = Array.from({ length: 141 }, (_, i) => (i - 80) / 10);
const curves = runners.map(({ loss }) => () =>
  places.map((z) => [z, loss(value(z).sigmoid()).data] as const)
);

/** The lab as a figure. */
export function raceLab(): HTMLElement {
  return new RaceLab().figure;
}

class RaceLab {
  readonly figure: HTMLElement;
  readonly #isEnglish = pageLanguage() === "en";
  readonly #curves = curves.map((curve) => curve());
  #start = -6;
  #at: number[] = [-6, -6];
  #steps = 0;
  #arrived: (number | null)[] = [null, null];
  #isRunning = false;
  readonly #drawn;
  readonly #numbers;
  readonly #run: HTMLButtonElement;
  readonly #said = element("p", { class: "said", role: "status" });

  constructor() {
    const isEnglish = this.#isEnglish;
    this.#drawn = canvas({
      width: 640,
      height: 400,
      label: isEnglish ? "Both losses against the net input z" : "Kedua loss terhadap masukan z",
      draw: (context, area) => this.#draw(context, area),
    });
    this.#drawn.element.style.minHeight = "250px";
    const slope = isEnglish ? "slope" : "kemiringan";
    this.#numbers = readouts([
      ["steps", isEnglish ? "step" : "langkah"],
      ["p0", "p, cross-entropy"],
      ["s0", `${slope}, cross-entropy`],
      ["p1", isEnglish ? "p, squared error" : "p, galat kuadrat"],
      ["s1", isEnglish ? "slope, squared error" : "kemiringan, galat kuadrat"],
    ]);
    this.#run = button("", () => this.#isRunning ? this.#stop() : this.#go(), { isMain: true });
    const again = button(isEnglish ? "Back to the start" : "Kembali ke awal", () => this.#reset());
    this.figure = lab({
      name: "race",
      picture: [this.#drawn.element],
      controls: [
        slider({
          label: isEnglish ? "Start at z" : "Mulai di z",
          min: -8,
          max: 5,
          step: 0.25,
          value: this.#start,
          format: (z) => format(z),
          onInput: (z) => {
            this.#start = z;
            this.#reset();
          },
        }).element,
        element("div", { class: "buttons" }, this.#run, again),
        this.#numbers.element,
        this.#said,
      ],
      caption: isEnglish
        ? "Two copies of one neuron with a sigmoid, whose answer should be 1. Each follows its own " +
          "loss downhill with λ = 0.5; the short line is the slope that it feels."
        : "Dua salinan satu neuron bersigmoid, yang jawabannya mestinya 1. Masing-masing menuruni " +
          "loss-nya sendiri dengan λ = 0,5; garis pendek adalah kemiringan yang dirasakannya.",
    });
    this.#stop();
    this.#update();
  }

  #reset(): void {
    this.#stop();
    this.#at = [this.#start, this.#start];
    this.#steps = 0;
    this.#arrived = [null, null];
    this.#said.textContent = "";
    this.#update();
  }

  #stop(): void {
    this.#isRunning = false;
    this.#run.textContent = this.#isEnglish ? "Race" : "Balapan";
  }

  #go(): void {
    this.#isRunning = true;
    this.#run.textContent = this.#isEnglish ? "Pause" : "Jeda";
    const frame = () => {
      if (!this.#isRunning) return;
      for (let i = 0; i < (this.#steps < 60 ? 1 : 4); i++) this.#step();
      this.#update();
      const isOver = this.#arrived.every((steps) => steps !== null) || this.#steps >= mostSteps;
      if (isOver) this.#finish();
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  #step(): void {
    this.#steps++;
    this.#at = this.#at.map((z, i) => z - learningRate * slopeAt(z, runners[i]!.loss));
    this.#at.forEach((z, i) => {
      if (z > 0) this.#arrived[i] ??= this.#steps;
    });
  }

  #finish(): void {
    this.#stop();
    const [entropy, mse] = this.#arrived.map((steps) => steps === null ? "∞" : String(steps));
    this.#said.textContent = this.#isEnglish
      ? `Past one half: cross-entropy after ${entropy} steps, squared error after ${mse}.`
      : `Melewati setengah: cross-entropy setelah ${entropy} langkah, galat kuadrat setelah ${mse}.`;
  }

  #update(): void {
    const says = this.#at.map((z) => value(z).sigmoid().data);
    const slopes = this.#at.map((z, i) => slopeAt(z, runners[i]!.loss));
    this.#numbers.show({
      steps: String(this.#steps),
      p0: format(says[0]!, 4),
      s0: format(slopes[0]!, 4),
      p1: format(says[1]!, 4),
      s1: format(slopes[1]!, 4),
    });
    publish(this.figure, {
      steps: this.#steps,
      entropySlope: slopes[0]!,
      mseSlope: slopes[1]!,
      entropyArrived: this.#arrived[0] ?? "",
      mseArrived: this.#arrived[1] ?? "",
    });
    this.#drawn.redraw();
  }

  #draw(
    context: CanvasRenderingContext2D,
    area: { readonly width: number; readonly height: number },
  ): void {
    const chart = new Chart(context, area, {
      x: { domain: [-8, 6], label: "z" },
      y: { domain: [0, 8.5], label: "loss" },
      margins: { top: 22, left: 30 },
    });
    chart.axes();
    chart.curves(runners.map(({ color }, i) => ({ color, points: this.#curves[i]!, width: 2.5 })));
    const [left, right] = [chart.x(-5.4), chart.x(-7.8)];
    chart.text("cross-entropy", left + 8, chart.y(6.6), "accent", "left");
    chart.text(
      this.#isEnglish ? "squared error" : "galat kuadrat",
      right,
      chart.y(1.5),
      "cool",
      "left",
    );
    runners.forEach(({ loss, color }, i) => {
      const z = this.#at[i]!;
      const height = loss(value(z).sigmoid()).data;
      const slope = slopeAt(z, loss);
      const reach = 1.3 / Math.hypot(1, slope);
      chart.curves([{
        color: "ink",
        width: 2,
        points: [[z - reach, height - reach * slope], [z + reach, height + reach * slope]],
      }]);
      chart.dot(z, height, color, 8);
    });
  }
}
