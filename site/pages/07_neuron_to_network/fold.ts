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
  const isEnglish = pageLanguage() === "en";
  let settings = foldSettings;
  let last: LiveView | null = null;
  const region = new RegionView({
    label: isEnglish ? "What the network says in the plane" : "Apa kata jaringan di bidang",
    size: 330,
    domain: [-0.5, 1.5],
    pointRadius: 8,
    over: (context, toX) => {
      const size = toX(1.5);
      last?.fields.slice(0, -1).forEach((field, neuron) => {
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
    },
  });
  region.show({ points });
  const space = new HiddenSpace(
    isEnglish ? "The plane as the hidden neurons see it" : "Bidang menurut neuron tersembunyi",
    points,
  );
  const diagram = new NetworkDiagram({
    label: isEnglish ? "The neurons" : "Neuron-neuronnya",
    width: 330,
    height: 330,
  });
  const numbers = readouts([
    ["steps", isEnglish ? "step" : "langkah"],
    ["loss", "loss"],
    ["right", isEnglish ? "corners right" : "sudut yang benar"],
  ]);
  const said = element("p", { class: "said", role: "status" });
  const train = button("", () => {
    session.isRunning = !session.isRunning;
    nameButton();
  }, { isMain: true });
  const nameButton = () => {
    const words = isEnglish ? ["Train", "Pause"] : ["Latih", "Jeda"];
    train.textContent = words[session.isRunning ? 1 : 0]!;
  };
  const restart = (changes: Partial<LiveSettings>) => {
    settings = { ...settings, ...changes };
    session.send({ settings });
    const isFold = settings.hidden[0] === 2;
    space.element.style.display = isFold ? "" : "none";
    diagram.element.style.display = isFold ? "none" : "";
    said.textContent = "";
  };
  diagram.element.style.display = "none";

  function show(view: LiveView): void {
    last = view;
    region.show({ field: view.fields.at(-1)! });
    if (view.biases[0]!.length === 2) space.show(view);
    diagram.show([view.biases[0]!.length], view);
    const right = Math.round(view.accuracy * points.length);
    numbers.show({ steps: String(view.steps), loss: format(view.loss, 4), right: `${right} / 4` });
    publish(figure, { steps: view.steps, loss: view.loss, right, seed: settings.seed });
    const isDone = view.loss < enough.loss || view.steps >= enough.steps;
    if (!isDone || !session.isRunning) return;
    session.isRunning = false;
    nameButton();
    said.textContent = verdict(right, isEnglish);
  }

  const side = "flex: 1 1 15rem; min-width: 0";
  const figure = lab({
    name: "fold",
    picture: [
      element(
        "div",
        { style: "display: flex; flex-wrap: wrap; gap: 1rem" },
        element(
          "div",
          { style: side },
          region.element,
          element("figcaption", {}, isEnglish ? "the inputs x₁, x₂" : "masukan x₁, x₂"),
        ),
        element(
          "div",
          { style: side },
          space.element,
          diagram.element,
          element(
            "figcaption",
            {},
            isEnglish
              ? "what the hidden neurons make of them"
              : "apa jadinya di neuron tersembunyi",
          ),
        ),
      ),
    ],
    controls: [
      element(
        "div",
        { class: "buttons" },
        train,
        button(
          isEnglish ? "Another start" : "Titik awal lain",
          () => restart({ seed: settings.seed + 1 }),
        ),
      ),
      toggle<"2" | "3" | "4">({
        label: isEnglish ? "Hidden neurons" : "Neuron tersembunyi",
        choices: [["2", "2"], ["3", "3"], ["4", "4"]],
        value: "2",
        onInput: (count) => restart({ hidden: [Number(count)] }),
      }).element,
      numbers.element,
      said,
    ],
    caption: isEnglish
      ? "Left: where the network says 1 (orange) and 0 (blue); dashed, the line of each hidden " +
        "neuron. Right: the same grid after the hidden layer, and the one line that the output " +
        "neuron draws there."
      : "Kiri: di mana jaringan menjawab 1 (jingga) dan 0 (biru); putus-putus, garis tiap neuron " +
        "tersembunyi. Kanan: kisi yang sama setelah lapisan tersembunyi, dan satu garis yang " +
        "digambar neuron keluaran di sana.",
  });
  const session = new LiveSession(
    { settings, points: { train: points, held: [] }, stepsPerFrame: 2 },
    figure,
    show,
  );
  nameButton();
  return figure;
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
