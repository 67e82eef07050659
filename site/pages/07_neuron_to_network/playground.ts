/** The playground: points to choose or to place, a network to lay out, trained while one watches. */

import { button, element, format, lab, publish } from "../../dom.ts";
import type { LiveSettings, LiveView } from "../../model/live_network.ts";
import { type LabelledPoint, pointSet, type PointSetName } from "../../model/point_sets.ts";
import { pageLanguage } from "../../page.ts";
import { LiveSession } from "../parts/live_session.ts";
import { LossChart } from "../parts/loss_chart.ts";
import { NetworkDiagram } from "../parts/network_diagram.ts";
import { frameCounter, readouts } from "../parts/readouts.ts";
import { RegionView } from "../parts/region_view.ts";
import { networkControls, pointControls } from "./playground_controls.ts";
import { playgroundWords } from "./playground_words.ts";

/** The points of the playground, and how they came. */
export interface PlaygroundPoints {
  readonly name: PointSetName | "own";
  readonly noise: number;
  readonly train: readonly LabelledPoint[];
  readonly held: readonly LabelledPoint[];
}

/** The network that the playground starts with. */
export const firstSettings: LiveSettings = {
  hidden: [8, 4],
  activation: "tanh",
  optimizer: "adam",
  learningRate: 0.02,
  batchSize: 16,
  seed: 1,
};

/** The points that it starts with. */
export const firstPoints = (): PlaygroundPoints => drawPoints("moons", 0.08);

function drawPoints(name: PointSetName, noise: number): PlaygroundPoints {
  return { name, noise, ...pointSet(name, { count: 200, noise, seed: 3 }) };
}

/** How near a point has to be to be taken away. */
const near = 0.08;

/** The playground as a figure. */
export function playground(): HTMLElement {
  const view = new Playground();
  return view.figure;
}

class Playground {
  readonly figure: HTMLElement;
  readonly #words = playgroundWords[pageLanguage()];
  #settings = firstSettings;
  #points = firstPoints();
  #label: "0" | "1" | "erase" = "1";
  readonly #session: LiveSession;
  readonly #region: RegionView;
  readonly #diagram: NetworkDiagram;
  readonly #chart: LossChart;
  readonly #numbers;
  readonly #train: HTMLButtonElement;
  readonly #wrong = element("p", { class: "wrong", role: "alert" });
  readonly #countFrame: () => number;
  readonly #showOwn: () => void;

  constructor() {
    const words = this.#words;
    this.#region = new RegionView({
      label: words.region,
      size: 400,
      onPlace: (x, y) => this.#place(x, y, this.#label),
      onKey: (key, x, y) => this.#place(x, y, key === "Delete" ? "erase" : key),
    });
    this.#diagram = new NetworkDiagram({ label: words.diagram, width: 640, height: 300 });
    this.#chart = new LossChart({
      label: words.chart,
      width: 300,
      height: 250,
      x: words.steps,
      y: "loss",
      most: 3,
      lines: [
        { name: words.train, color: "ink" },
        { name: words.held, color: "third" },
      ],
    });
    this.#numbers = readouts([
      ["steps", words.step],
      ["epochs", words.epoch],
      ["loss", "loss"],
      ["right", words.right],
      ["heldRight", words.heldRight],
    ]);
    this.#train = button(words.start, () => this.#toggleTraining(), { isMain: true });
    const points = pointControls(words, this.#points, {
      onChoose: (name, noise) => this.#setPoints(drawPoints(name, noise), true),
      onClear: () =>
        this.#setPoints({ name: "own", noise: this.#points.noise, train: [], held: [] }, true),
      onLabel: (label) => this.#label = label,
    });
    this.#showOwn = points.showOwn;
    this.figure = this.#layOut(points.elements);
    this.#countFrame = frameCounter(this.figure);
    this.#region.show({ points: this.#points.train, held: this.#points.held });
    this.#session = new LiveSession(
      { settings: this.#settings, points: this.#points, stepsPerFrame: 3 },
      this.figure,
      (view) => this.#show(view),
    );
  }

  #layOut(points: readonly HTMLElement[]): HTMLElement {
    const words = this.#words;
    const network = networkControls(words, this.#settings, {
      onNetwork: (changes) => this.#restart(changes),
      onRates: (changes) => {
        this.#settings = { ...this.#settings, ...changes };
        this.#session.send({ adjust: this.#settings });
      },
      onSpeed: (stepsPerFrame) => this.#session.send({ stepsPerFrame }),
    });
    const buttons = element(
      "div",
      { class: "buttons" },
      this.#train,
      button(words.once, () => {
        if (this.#complain()) this.#session.send({ steps: 1 });
      }),
      button(words.again, () => this.#restart({ seed: this.#settings.seed + 1 })),
    );
    return lab({
      name: "playground",
      picture: [
        buttons,
        this.#wrong,
        this.#diagram.element,
        element(
          "div",
          { style: "display: flex; flex-wrap: wrap; gap: 1rem 1.5rem" },
          element("div", { style: "flex: 4 1 16rem; min-width: 0" }, this.#region.element),
          element(
            "div",
            { style: "flex: 2 1 13rem; min-width: 0; display: grid; gap: 1rem" },
            this.#numbers.element,
            this.#chart.element,
          ),
        ),
      ],
      controls: [...points, ...network],
      caption: words.caption,
    });
  }

  /** Says what keeps the network from learning, if anything. */
  #complain(): boolean {
    const { train } = this.#points;
    const { nothing, oneClass } = this.#words;
    const isOne = train.every(({ label }) => label === train[0]!.label);
    this.#wrong.textContent = train.length === 0 ? nothing : isOne ? oneClass : "";
    return train.length > 0;
  }

  #toggleTraining(): void {
    this.#run(!this.#session.isRunning && this.#complain());
  }

  #run(isRunning: boolean): void {
    this.#session.isRunning = isRunning;
    this.#train.textContent = isRunning ? this.#words.pause : this.#words.start;
  }

  #restart(changes: Partial<LiveSettings>): void {
    this.#settings = { ...this.#settings, ...changes };
    this.#wrong.textContent = "";
    this.#chart.clear();
    this.#session.send({ settings: this.#settings });
  }

  #setPoints(points: PlaygroundPoints, isNew: boolean): void {
    this.#points = points;
    this.#region.show({ points: points.train, held: points.held });
    const settings = isNew ? { settings: this.#settings } : {};
    this.#session.send({ points: { train: points.train, held: points.held }, ...settings });
    if (isNew) this.#chart.clear();
    if (points.train.length === 0) this.#run(false);
    else this.#wrong.textContent = "";
    publish(this.figure, { points: points.train.length });
  }

  #place(x: number, y: number, label: "0" | "1" | "erase"): void {
    const isFar = (point: LabelledPoint) => Math.hypot(point.x - x, point.y - y) > near;
    const { train, held, noise } = this.#points;
    this.#showOwn();
    this.#setPoints({
      name: "own",
      noise,
      train: label === "erase" ? train.filter(isFar) : [...train, { x, y, label: Number(label) }],
      held: label === "erase" ? held.filter(isFar) : held,
    }, false);
  }

  #show(view: LiveView): void {
    const { steps, epochs, loss, accuracy, heldLoss, heldAccuracy, isLost } = view;
    const share = (x: number | null) =>
      x === null || Number.isNaN(x) ? "–" : `${format(100 * x, 0)} %`;
    const hasPoints = this.#points.train.length > 0;
    this.#region.show({ field: view.fields.at(-1)! });
    this.#diagram.show(view.biases.slice(0, -1).map(({ length }) => length), view);
    if (hasPoints) this.#chart.add(steps, [loss, heldLoss ?? NaN]);
    this.#numbers.show({
      steps: String(steps),
      epochs: String(epochs),
      loss: hasPoints ? format(loss, 3) : "–",
      right: share(accuracy),
      heldRight: share(heldAccuracy),
    });
    if (this.#session.isRunning) this.#countFrame();
    publish(this.figure, { steps, loss, accuracy, held: heldLoss ?? NaN, lost: isLost });
    if (isLost && this.#session.isRunning) {
      this.#run(false);
      this.#wrong.textContent = this.#words.lost;
    }
  }
}
