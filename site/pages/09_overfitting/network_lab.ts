/** A large network on few examples: both losses, the curve at any epoch, and early stopping. */

import { noisySine } from "../../../examples/lecture/09_overfitting.ts";
import type { EpochLosses } from "../../../examples/lecture/09_overfitting/watched_training.ts";
import { button, element, format, lab, numberField, publish, slider, toggle } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import {
  type OverfitInput,
  type OverfitMessage,
  type OverfitUpdate,
} from "../../tasks/09_overfitting.ts";
import { runTask, type Task } from "../../worker_task.ts";
import { readouts } from "../parts/readouts.ts";
import { overfitPictures } from "./overfit_pictures.ts";

const seed = 2;
/** After how many epochs in vain early stopping gives up; as in the chapter. */
export const patience = 100;

/** What the lab starts with: the chapter's network and its twenty examples. */
export const firstOverfit: OverfitInput = {
  seed,
  hidden: 64,
  examples: 20,
  learningRate: 0.003,
  epochs: 3000,
  patience: null,
};

/** The lab as a figure. */
export function networkLab(): HTMLElement {
  return new NetworkLab().figure;
}

class NetworkLab {
  readonly figure: HTMLElement;
  readonly #isEnglish = pageLanguage() === "en";
  readonly #data = noisySine(seed);
  #input = firstOverfit;
  #task: Task<OverfitMessage> | null = null;
  #isRunning = false;
  #history: EpochLosses[] = [];
  /** What the network said after some epochs. */
  #snapshots: { readonly epoch: number; readonly curve: readonly number[] }[] = [];
  #last: OverfitUpdate | null = null;
  #looked: number | null = null;
  readonly #pictures;
  readonly #numbers;
  readonly #train: HTMLButtonElement;
  readonly #time;
  readonly #said = element("p", { class: "said", role: "status" });

  constructor() {
    const isEnglish = this.#isEnglish;
    this.#pictures = overfitPictures(this.#data, () => ({
      history: this.#history,
      curve: this.#seen?.curve ?? [],
      bestCurve: this.#last?.bestCurve ?? [],
      best: this.#last?.best ?? null,
      looked: this.#looked === null ? null : this.#seen?.epoch ?? null,
      examples: this.#input.examples,
    }));
    this.#numbers = readouts([
      ["epoch", "epoch"],
      ["training", isEnglish ? "training loss" : "loss latihan"],
      ["validation", isEnglish ? "validation loss" : "loss validasi"],
      ["gap", isEnglish ? "gap" : "selisih"],
      ["best", isEnglish ? "best so far" : "terbaik sejauh ini"],
    ]);
    this.#train = button("", () => this.#press(), { isMain: true });
    this.#time = slider({
      label: isEnglish ? "Look back" : "Lihat kembali",
      min: 0,
      max: 1,
      step: 0.002,
      value: 1,
      format: (part) => this.#epochText(part),
      onInput: (part) => {
        this.#looked = part >= 1 ? null : part;
        this.#showNumbers();
        this.#redraw();
      },
    });
    this.figure = this.#layOut();
    this.#nameButton();
  }

  #layOut(): HTMLElement {
    const isEnglish = this.#isEnglish;
    const again = button(isEnglish ? "Start again" : "Mulai lagi", () => this.#reset());
    return lab({
      name: "overfit",
      picture: this.#pictures.elements,
      controls: [
        element("div", { class: "buttons" }, this.#train, again),
        ...this.#fields(),
        this.#time.element,
        this.#numbers.element,
        this.#said,
      ],
      caption: isEnglish
        ? "Orange dots are the examples, faint green ones the 200 points of the validation set. The " +
          "orange curve is the network, the green one the same network after its best epoch; the " +
          "dashed line is the sine that all points came from."
        : "Titik jingga adalah contoh, bintik hijau samar 200 titik himpunan validasi. Kurva jingga " +
          "adalah jaringan, yang hijau jaringan yang sama setelah epoch terbaiknya; garis putus-putus " +
          "adalah sinus asal semua titik.",
    });
  }

  /** What to train, and when to stop; a change starts anew. */
  #fields(): HTMLElement[] {
    const isEnglish = this.#isEnglish;
    const set = (changes: Partial<OverfitInput>) => {
      this.#input = { ...this.#input, ...changes };
      this.#reset();
    };
    const [end, early] = isEnglish ? ["at the end", "early"] : ["di akhir", "lebih awal"];
    return [
      toggle<"never" | "early">({
        label: isEnglish ? "When to stop" : "Kapan berhenti",
        choices: [["never", end!], ["early", early!]],
        value: "never",
        onInput: (when) => set({ patience: when === "early" ? patience : null }),
      }),
      slider({
        label: isEnglish ? "Examples to learn from" : "Contoh untuk belajar",
        min: 5,
        max: 120,
        step: 5,
        value: this.#input.examples,
        onInput: (examples) => set({ examples }),
      }),
      numberField({
        label: isEnglish ? "Neurons in each hidden layer" : "Neuron tiap lapisan tersembunyi",
        value: this.#input.hidden,
        min: 1,
        isWhole: true,
        check: (count) => count <= 128 ? null : tooLarge(count, isEnglish),
        onInput: (hidden) => set({ hidden }),
      }),
      numberField({
        label: isEnglish ? "Learning rate λ (Adam)" : "Laju belajar λ (Adam)",
        value: this.#input.learningRate,
        min: 0,
        max: 10,
        onInput: (learningRate) => set({ learningRate }),
      }),
    ].map(({ element }) => element);
  }

  #nameButton(): void {
    const words = this.#isEnglish ? ["Train", "Pause"] : ["Latih", "Jeda"];
    this.#train.textContent = words[this.#isRunning ? 1 : 0]!;
  }

  #press(): void {
    if (this.#task === null) this.#start();
    else {
      this.#isRunning = !this.#isRunning;
      this.#task.send({ isRunning: this.#isRunning });
    }
    this.#nameButton();
  }

  #reset(): void {
    this.#task?.stop();
    this.#task = null;
    this.#isRunning = false;
    this.#history = [];
    this.#snapshots = [];
    this.#last = null;
    this.#looked = null;
    this.#time.value = 1;
    this.#said.textContent = "";
    this.#numbers.show({ epoch: "–", training: "–", validation: "–", gap: "–", best: "–" });
    this.#nameButton();
    this.#redraw();
  }

  #start(): void {
    this.#reset();
    this.#isRunning = true;
    const task = runTask<OverfitInput, OverfitUpdate, OverfitMessage>(
      "09_overfitting",
      this.#input,
      (update) => this.#show(update),
    );
    this.#task = task;
    task.done.catch((error) => console.error(error));
  }

  #show(update: OverfitUpdate): void {
    this.#last = update;
    this.#history.push(...update.losses);
    this.#snapshots.push({ epoch: this.#history.at(-1)!.epoch, curve: update.curve });
    this.#showNumbers();
    if (this.#looked === null) this.#time.value = 1;
    this.#redraw();
    const { epoch, training, validation } = this.#history.at(-1)!;
    publish(this.figure, {
      epoch,
      training,
      validation,
      best: update.best?.epoch ?? 0,
      bestValidation: update.best?.validation ?? NaN,
      end: update.end ?? "",
    });
    if (update.end === null) return;
    this.#said.textContent = this.#verdict(update);
    this.#task = null;
    this.#isRunning = false;
    this.#nameButton();
  }

  #verdict({ end, best, losses }: OverfitUpdate): string {
    const isEnglish = this.#isEnglish;
    if (end === "lost") {
      return isEnglish
        ? "The numbers have grown beyond all bounds: take a smaller learning rate."
        : "Angka-angkanya tumbuh tanpa batas: pakai laju belajar yang lebih kecil.";
    }
    const times = format(losses.at(-1)!.validation / best!.validation, 1);
    if (end === "early") {
      return isEnglish
        ? `Stopped: ${patience} epochs without a smaller validation loss. The weights of epoch ` +
          `${best!.epoch} are kept, the green curve.`
        : `Berhenti: ${patience} epoch tanpa loss validasi yang lebih kecil. Bobot epoch ` +
          `${best!.epoch} disimpan, yaitu kurva hijau.`;
    }
    return isEnglish
      ? `At the end the validation loss is ${times} times what it was after epoch ${best!.epoch}.`
      : `Di akhir, loss validasi ${times} kali loss setelah epoch ${best!.epoch}.`;
  }

  /** The epoch that is looked at, and what the network said then. */
  get #seen(): { readonly epoch: number; readonly curve: readonly number[] } | null {
    const last = this.#snapshots.length - 1;
    if (last < 0) return null;
    const part = this.#looked ?? 1;
    return this.#snapshots[Math.round(part ** 2 * last)]!; // early epochs are looked at more closely
  }

  #epochText(part: number): string {
    const last = (this.#snapshots ?? []).length - 1;
    return last < 0 ? "–" : `epoch ${this.#snapshots[Math.round(part ** 2 * last)]!.epoch}`;
  }

  #showNumbers(): void {
    const seen = this.#seen;
    if (seen === null) return;
    const { epoch, training, validation } = this.#history[seen.epoch - 1]!;
    const best = this.#last?.best;
    this.#numbers.show({
      epoch: String(epoch),
      training: format(training, 4),
      validation: format(validation, 4),
      gap: format(validation - training, 4),
      best: best ? `${format(best.validation, 4)} @ ${best.epoch}` : "–",
    });
  }

  #redraw(): void {
    this.#pictures.redraw();
  }
}

function tooLarge(count: number, isEnglish: boolean): string {
  const weights = (count * count + 4 * count + 1).toLocaleString(isEnglish ? "en" : "id");
  return isEnglish
    ? `Twice ${count} neurons are ${weights} weights, too many to train while you watch: at most 128.`
    : `Dua kali ${count} neuron berarti ${weights} bobot, terlalu banyak untuk dilatih sambil ` +
      "ditonton: paling banyak 128.";
}
