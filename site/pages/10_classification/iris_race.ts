/** Both losses on Iris, from weights as large as the reader likes. */

import { button, canvas, element, format, lab, publish, slider } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import type { BothInput, BothUpdate } from "../../tasks/10_classification.ts";
import { runTask } from "../../worker_task.ts";
import { Chart } from "../parts/chart.ts";
import { readouts } from "../parts/readouts.ts";

/** The lab as a figure. */
export function irisRace(): HTMLElement {
  const isEnglish = pageLanguage() === "en";
  let scale = 8;
  let runs: Partial<Record<BothUpdate["loss"], readonly number[]>> = {};
  const drawn = canvas({
    width: 640,
    height: 340,
    label: isEnglish ? "Flowers named right after each epoch" : "Bunga yang benar tiap epoch",
    draw: (context, area) => {
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
      chart.text("cross-entropy", area.width - 20, area.height - 92, "accent", "right");
      const squared = isEnglish ? "squared error" : "galat kuadrat";
      chart.text(squared, area.width - 20, area.height - 70, "cool", "right");
    },
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
  const figure = lab({
    name: "both",
    picture: [drawn.element],
    controls: [
      slider({
        label: isEnglish ? "First weights, times" : "Bobot awal, dikali",
        min: 1,
        max: 12,
        step: 1,
        value: scale,
        onInput: (times) => scale = times,
      }).element,
      element(
        "div",
        { class: "buttons" },
        button(isEnglish ? "Train both" : "Latih keduanya", train, { isMain: true }),
      ),
      numbers.element,
    ],
    caption: isEnglish
      ? "The same network of 4-8-3 neurons, the same flowers, the same 480 steps with λ = 0.1; " +
        "only the loss differs."
      : "Jaringan 4-8-3 yang sama, bunga yang sama, 480 langkah yang sama dengan λ = 0,1; hanya " +
        "loss-nya yang berbeda.",
  });
  return figure;
}
