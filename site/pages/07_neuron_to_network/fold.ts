/** XOR: two hidden neurons move the corners until one line parts them. */

import { corners, truths } from "../../../examples/lecture/07_neuron_to_network.ts";
import { button, element, format, lab, publish, toggle } from "../../dom.ts";
import { gridSide, type LiveSettings, type LiveView } from "../../model/live_network.ts";
import { pageLanguage } from "../../page.ts";
import { levelLines } from "../parts/field_image.ts";
import { LiveSession } from "../parts/live_session.ts";
import { NetworkDiagram } from "../parts/network_diagram.ts";
import { readouts } from "../parts/readouts.ts";
import { RegionView } from "../parts/region_view.ts";
import { HiddenSpace } from "./hidden_space.ts";
import { colorsNow } from "../parts/colors.ts";

const points = corners.map(([x, y], i) => ({ x, y, label: truths[i]! }));
const enough = { loss: 0.01, steps: 1500 };

/** How XOR is learned here; the same as in the chapter. */
export const foldSettings: LiveSettings = {
  hidden: [2],
  activation: "tanh",
  optimizer: "adam",
  learningRate: 0.05,
  batchSize: points.length,
  seed: 3,
  domain: [-0.5, 1.5],
};

/** The lab: the plane on the left, what the hidden neurons make of it on the right. */
export function foldLab(): HTMLElement {
  return new FoldLab().figure;
}

class FoldLab {
  readonly figure: HTMLElement;
  readonly #isEnglish = pageLanguage() === "en";
  #settings = foldSettings;
  #last: LiveView | null = null;
  readonly #region: RegionView;
  readonly #space: HiddenSpace;
  readonly #diagram: NetworkDiagram;
  readonly #numbers;
  readonly #said = element("p", { class: "said", role: "status" });
  readonly #train: HTMLButtonElement;
  readonly #session: LiveSession;

  constructor() {
    const isEnglish = this.#isEnglish;
    this.#region = new RegionView({
      label: isEnglish ? "What the network says in the plane" : "Apa kata jaringan di bidang",
      size: 330,
      domain: [-0.5, 1.5],
      pointRadius: 8,
      over: (context, toX) => this.#drawLines(context, toX(1.5)),
    });
    this.#region.show({ points });
    const seen = isEnglish
      ? "The plane as the hidden neurons see it"
      : "Bidang menurut neuron tersembunyi";
    this.#space = new HiddenSpace(seen, points);
    const label = isEnglish ? "The neurons" : "Neuron-neuronnya";
    this.#diagram = new NetworkDiagram({ label, width: 330, height: 330 });
    this.#diagram.element.style.display = "none";
    this.#numbers = readouts([
      ["steps", isEnglish ? "step" : "langkah"],
      ["loss", "loss"],
      ["right", isEnglish ? "corners right" : "sudut yang benar"],
    ]);
    this.#train = button("", () => this.#run(!this.#session.isRunning), { isMain: true });
    this.figure = this.#layOut();
    this.#session = new LiveSession(
      { settings: this.#settings, points: { train: points, held: [] }, stepsPerFrame: 2 },
      this.figure,
      (view) => this.#show(view),
    );
    this.#run(false);
  }

  /** Both pictures side by side, each with its name. */
  #pictures(): HTMLElement {
    const isEnglish = this.#isEnglish;
    const named = (name: string, ...pictures: readonly HTMLElement[]) =>
      element(
        "div",
        { style: "flex: 1 1 15rem; min-width: 0" },
        ...pictures,
        element("figcaption", {}, name),
      );
    return element(
      "div",
      { style: "display: flex; flex-wrap: wrap; gap: 1rem" },
      named(isEnglish ? "the inputs x₁, x₂" : "masukan x₁, x₂", this.#region.element),
      named(
        isEnglish ? "what the hidden neurons make of them" : "apa jadinya di neuron tersembunyi",
        this.#space.element,
        this.#diagram.element,
      ),
    );
  }

  #layOut(): HTMLElement {
    const isEnglish = this.#isEnglish;
    const other = button(
      isEnglish ? "Another start" : "Titik awal lain",
      () => this.#restart({ seed: this.#settings.seed + 1 }),
    );
    return lab({
      name: "fold",
      picture: [this.#pictures()],
      controls: [
        element("div", { class: "buttons" }, this.#train, other),
        toggle<"2" | "3" | "4">({
          label: isEnglish ? "Hidden neurons" : "Neuron tersembunyi",
          choices: [["2", "2"], ["3", "3"], ["4", "4"]],
          value: "2",
          onInput: (count) => this.#restart({ hidden: [Number(count)] }),
        }).element,
        this.#numbers.element,
        this.#said,
      ],
      caption: isEnglish
        ? "Left: where the network says 1 (orange) and 0 (blue); dashed, the line of each hidden " +
          "neuron. Right: the same grid after the hidden layer, and the one line that the output " +
          "neuron draws there."
        : "Kiri: di mana jaringan menjawab 1 (jingga) dan 0 (biru); putus-putus, garis tiap neuron " +
          "tersembunyi. Kanan: kisi yang sama setelah lapisan tersembunyi, dan satu garis yang " +
          "digambar neuron keluaran di sana.",
    });
  }

  #run(isRunning: boolean): void {
    this.#session.isRunning = isRunning;
    const words = this.#isEnglish ? ["Train", "Pause"] : ["Latih", "Jeda"];
    this.#train.textContent = words[isRunning ? 1 : 0]!;
  }

  #restart(changes: Partial<LiveSettings>): void {
    this.#settings = { ...this.#settings, ...changes };
    this.#session.send({ settings: this.#settings });
    const isFold = this.#settings.hidden[0] === 2;
    this.#space.element.style.display = isFold ? "" : "none";
    this.#diagram.element.style.display = isFold ? "none" : "";
    this.#said.textContent = "";
  }

  #show(view: LiveView): void {
    this.#last = view;
    const hidden = view.biases[0]!.length;
    this.#region.show({ field: view.fields.at(-1)! });
    if (hidden === 2) this.#space.show(view);
    else this.#diagram.show([hidden], view);
    const { steps, loss } = view;
    const right = Math.round(view.accuracy * points.length);
    this.#numbers.show({ steps: String(steps), loss: format(loss, 4), right: `${right} / 4` });
    publish(this.figure, { steps, loss, right, seed: this.#settings.seed });
    const isDone = loss < enough.loss || steps >= enough.steps;
    if (!isDone || !this.#session.isRunning) return;
    this.#run(false);
    this.#said.textContent = verdict(right, this.#isEnglish);
  }

  /** Where the sum of each hidden neuron is 0. */
  #drawLines(context: CanvasRenderingContext2D, size: number): void {
    this.#last?.fields.slice(0, -1).forEach((field, neuron) => {
      context.strokeStyle = colorsNow()[neuron % 2 === 0 ? "third" : "muted"];
      context.lineWidth = 1.6;
      context.setLineDash([5, 5]);
      context.beginPath();
      for (const [x0, y0, x1, y1] of levelLines(field, gridSide, 0)) {
        context.moveTo(x0 * size, y0 * size);
        context.lineTo(x1 * size, y1 * size);
      }
      context.stroke();
      context.setLineDash([]);
    });
  }
}

function verdict(right: number, isEnglish: boolean): string {
  if (right === 4) {
    return isEnglish
      ? "All four corners are right: the fold has brought the two orange ones to one side."
      : "Keempat sudut benar: lipatan itu membawa kedua sudut jingga ke satu sisi.";
  }
  return isEnglish
    ? `Stuck with ${right} corners right: no small step makes it better. Try another start.`
    : `Macet dengan ${right} sudut benar: tidak ada langkah kecil yang memperbaikinya. Coba titik ` +
      "awal lain.";
}
