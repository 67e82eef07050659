/** The pictures of a network that overfits: its curve among the points, and both losses. */

import type { SineData } from "../../../examples/lecture/09_overfitting.ts";
import type { EpochLosses } from "../../../examples/lecture/09_overfitting/watched_training.ts";
import { type Area, canvas } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { Chart } from "../parts/chart.ts";

/** What there is to see. */
export interface OverfitState {
  readonly history: readonly EpochLosses[];
  /** What the network says at places from -3 to 3, after the epoch that is looked at. */
  readonly curve: readonly number[];
  /** What it said after its best epoch. */
  readonly bestCurve: readonly number[];
  readonly best: EpochLosses | null;
  /** The epoch that the reader looks back at, or null for the last. */
  readonly looked: number | null;
  /** How many examples it learns from. */
  readonly examples: number;
}

/** Both pictures, drawn from what `stateNow` gives. */
export function overfitPictures(
  data: SineData,
  stateNow: () => OverfitState,
): { readonly elements: readonly HTMLElement[]; redraw(): void } {
  const isEnglish = pageLanguage() === "en";
  const fit = canvas({
    width: 640,
    height: 330,
    label: isEnglish ? "The network's curve and the points" : "Kurva jaringan dan titik-titiknya",
    draw: (context, area) => drawFit(context, area, { data, state: stateNow() }),
  });
  const losses = canvas({
    width: 640,
    height: 230,
    label: isEnglish ? "Both losses after each epoch" : "Kedua loss setelah tiap epoch",
    draw: (context, area) => drawLosses(context, area, stateNow()),
  });
  fit.element.style.minHeight = "230px";
  losses.element.style.minHeight = "190px";
  return {
    elements: [fit.element, losses.element],
    redraw() {
      fit.redraw();
      losses.redraw();
    },
  };
}

const sine = Array.from({ length: 121 }, (_, i) => -3 + i / 20)
  .map((x) => [x, Math.sin(x)] as const);

function drawFit(
  context: CanvasRenderingContext2D,
  area: Area,
  { data, state }: { readonly data: SineData; readonly state: OverfitState },
): void {
  const chart = new Chart(context, area, {
    x: { domain: [-3.1, 3.1], label: "x" },
    y: { domain: [-2, 2], label: "y" },
    margins: { top: 16, left: 30 },
  });
  chart.axes();
  const { train, validation, test } = data;
  context.globalAlpha = 0.3;
  validation.inputs.data.forEach((x, i) => chart.dot(x, validation.labels.data[i]!, "third", 2.6));
  context.globalAlpha = 1;
  const curve = (ys: readonly number[]) =>
    ys.map((y, i) => [-3 + 6 * i / (ys.length - 1), y] as const);
  chart.curves([
    { color: "muted", isDashed: true, width: 1.5, points: sine },
    { color: "third", width: 2.5, points: curve(state.bestCurve) },
    { color: "accent", width: 3, points: curve(state.curve) },
  ]);
  const xs = [...train.inputs.data, ...test.inputs.data];
  const ys = [...train.labels.data, ...test.labels.data];
  for (let i = 0; i < state.examples; i++) chart.dot(xs[i]!, ys[i]!, "accent", 5);
}

function drawLosses(
  context: CanvasRenderingContext2D,
  area: Area,
  { history, best, looked }: OverfitState,
): void {
  const isEnglish = pageLanguage() === "en";
  const chart = new Chart(context, area, {
    x: { domain: [1, Math.max(100, history.length)], isLog: true, label: "epoch" },
    y: { domain: [0, 0.6], label: "loss" },
    margins: { top: 20, left: 34 },
  });
  chart.axes();
  const points = (name: "training" | "validation") =>
    history.map((losses) => [losses.epoch, losses[name]] as const);
  chart.curves([
    { color: "accent", points: points("training") },
    { color: "third", points: points("validation") },
  ]);
  if (best !== null) {
    chart.mark(best.epoch, "third");
    chart.dot(best.epoch, best.validation, "third", 5.5);
  }
  if (looked !== null) chart.mark(looked, "muted");
  chart.text(isEnglish ? "validation" : "validasi", area.width - 20, 30, "third", "right");
  chart.text(isEnglish ? "training" : "latihan", area.width - 20, 48, "accent", "right");
}
