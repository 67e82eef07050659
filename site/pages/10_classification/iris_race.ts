/** Both losses on Iris, from weights as large as the reader likes. */

import { type Area, button, canvas, element, format, lab, publish, slider } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import type { BothInput, BothUpdate } from "../../tasks/10_classification.ts";
import { runTask } from "../../worker_task.ts";
import { Chart } from "../parts/chart.ts";
import { readouts } from "../parts/readouts.ts";

type Runs = Partial<Record<BothUpdate["loss"], readonly number[]>>;

/** The lab as a figure. */
export function irisRace(): HTMLElement {
  const isEnglish = pageLanguage() === "en";
  let scale = 8;
  let runs: Runs = {};
  const drawn = canvas({
    width: 640,
    height: 340,
    label: isEnglish ? "Flowers named right after each epoch" : "Bunga yang benar tiap epoch",
    draw: (context, area) => drawRuns(context, area, runs),
  });
  drawn.element.style.minHeight = "220px";
  const numbers = readouts([
    ["crossEntropy", "cross-entropy"],
    ["mse", isEnglish ? "squared error" : "galat kuadrat"],
  ]);
  const train = () => {
    runs = {};
    const task = runTask<BothInput, BothUpdate>("10_classification", { scale }, (update) => {
      runs = { ...runs, [update.loss]: update.shares };
      const last = update.shares.at(-1)!;
      numbers.show({ [update.loss]: `${format(100 * last, 0)} %` });
      publish(figure, { [update.loss]: last });
      drawn.redraw();
    });
    task.done.catch((error) => console.error(error));
  };
  const sizes = slider({
    label: isEnglish ? "First weights, times" : "Bobot awal, dikali",
    min: 1,
    max: 12,
    step: 1,
    value: scale,
    onInput: (times) => scale = times,
  });
  const start = button(isEnglish ? "Train both" : "Latih keduanya", train, { isMain: true });
  const figure = lab({
    name: "both",
    picture: [drawn.element],
    controls: [sizes.element, element("div", { class: "buttons" }, start), numbers.element],
    caption: isEnglish
      ? "The same network of 4-8-3 neurons, the same flowers, the same 480 steps with λ = 0.1; " +
        "only the loss differs."
      : "Jaringan 4-8-3 yang sama, bunga yang sama, 480 langkah yang sama dengan λ = 0,1; hanya " +
        "loss-nya yang berbeda.",
  });
  return figure;
}

function drawRuns(context: CanvasRenderingContext2D, area: Area, runs: Runs): void {
  const isEnglish = pageLanguage() === "en";
  const chart = new Chart(context, area, {
    x: { domain: [0, 40], label: "epoch" },
    y: {
      domain: [0, 105],
      label: isEnglish ? "held-out flowers named right, %" : "bunga tersisih yang benar, %",
    },
    margins: { top: 24 },
  });
  chart.axes();
  const points = (shares: readonly number[] = []) =>
    shares.map((share, i) => [i + 1, 100 * share] as const);
  chart.curves([
    { color: "cool", points: points(runs.mse) },
    { color: "accent", points: points(runs.crossEntropy) },
  ]);
  const [right, middle] = [area.width - 20, chart.y(58)];
  chart.text("cross-entropy", right, middle, "accent", "right");
  const squared = isEnglish ? "squared error" : "galat kuadrat";
  chart.text(squared, right, middle + 20, "cool", "right");
}
