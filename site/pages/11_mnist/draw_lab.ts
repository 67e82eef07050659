/** The lab of page 11: draw a digit, and the network answers as you draw, its layers lit. */

import { glyphsOf } from "../../../src/data/glyphs.ts";
import { trace } from "../../../src/data/pen.ts";
import type { nn } from "../../../mod.ts";
import { button, type Control, element, format, lab, publish, toggle } from "../../dom.ts";
import type { Stroke } from "../../model/strokes.ts";
import { pageLanguage } from "../../page.ts";
import { readouts } from "../parts/readouts.ts";
import { type Bar, barOf, percentOf, showBar } from "./bars.ts";
import { Cells } from "./cells.ts";
import { Pad, padSide } from "./pad.ts";
import { evidence, loadReader, type Reading, readStrokes } from "./reader.ts";

/** Which network reads: the one that comes with the page, or the one trained on it. */
type Source = "mnist" | "own";

/** The lab; a network that was trained on the page can be handed to it. */
export interface DrawLab {
  readonly figure: HTMLElement;
  /** Lets a network that was trained here read, too. */
  offer(model: nn.Sequential): void;
}

/** The lab as a figure. */
export function drawLab(): DrawLab {
  const view = new DrawView();
  return { figure: view.figure, offer: (model) => view.offer(model) };
}

/** A way to write a digit, as strokes on the pad. */
export function writing(digit: number, way: number): Stroke[] {
  const ways = glyphsOf(digit);
  return ways[way % ways.length]!.map((stroke) => {
    const pieces: number[] = [];
    trace(stroke, pieces);
    const points = [[pieces[0]!, pieces[1]!] as const];
    for (let k = 2; k < pieces.length; k += 4) points.push([pieces[k]!, pieces[k + 1]!]);
    return points.map(([x, y]) =>
      [padSide * (0.5 + 0.26 * x), padSide * (0.5 + 0.36 * y)] as const
    );
  });
}

const figureStyle = "flex: 1 1 7rem; min-width: 0; max-width: 13rem";

class DrawView {
  readonly figure: HTMLElement;
  readonly #isEnglish = pageLanguage() === "en";
  readonly #pad: Pad;
  readonly #seen: Cells;
  readonly #why: Cells;
  readonly #layers: readonly [Cells, Cells];
  readonly #secondLayer: HTMLElement;
  readonly #bars: readonly Bar[];
  readonly #answer = element("output", {
    style: "font-size: 4.5rem; line-height: 1; font-weight: 700; min-height: 1em; display: block",
  });
  readonly #said = element("p", { class: "said", role: "status", style: "min-height: 1.5em" });
  readonly #wrong = element("p", { class: "wrong", role: "alert" });
  readonly #numbers;
  readonly #source: Control<Source>;
  #models: Partial<Record<Source, nn.Sequential>> = {};
  #strokes: readonly Stroke[] = [];
  #times: number[] = [];
  #way = 0;
  #isWaiting = false;

  constructor() {
    const isEnglish = this.#isEnglish;
    const cells = (label: string, kind: "ink" | "lit" | "signed") =>
      new Cells({ label, size: 208, kind });
    this.#seen = cells(isEnglish ? "What the network sees" : "Yang dilihat jaringan", "ink");
    this.#why = cells(isEnglish ? "What speaks for the answer" : "Pendukung jawaban", "signed");
    this.#layers = [
      cells(isEnglish ? "First hidden layer" : "Lapisan tersembunyi pertama", "lit"),
      cells(isEnglish ? "Second hidden layer" : "Lapisan tersembunyi kedua", "lit"),
    ];
    this.#secondLayer = captioned(
      this.#layers[1],
      isEnglish ? "… 64 neurons look at those …" : "… 64 neuron melihat itu …",
    );
    this.#bars = Array.from({ length: 10 }, (_, digit) => barOf(digit));
    this.#numbers = readouts([["time", isEnglish ? "one answer takes" : "satu jawaban perlu"]]);
    this.#pad = new Pad({
      label: isEnglish
        ? "Draw a digit here. Keys: arrows move the pen, space puts it down or lifts it, 0 to 9 " +
          "write a digit, Delete clears"
        : "Gambar angka di sini. Tombol: panah menggerakkan pena, spasi menurunkan atau " +
          "mengangkatnya, 0 sampai 9 menulis angka, Delete menghapus",
      hint: isEnglish ? "draw a digit here" : "gambar angka di sini",
      onDraw: (strokes) => {
        this.#strokes = strokes;
        this.#readSoon();
      },
      onDigit: (digit) => this.#write(digit),
    });
    this.#source = this.#sourceToggle();
    this.figure = this.#layOut();
    this.#load();
  }

  #sourceToggle(): Control<Source> {
    const isEnglish = this.#isEnglish;
    return toggle<Source>({
      label: isEnglish ? "Who reads" : "Siapa yang membaca",
      choices: [["mnist", isEnglish ? "trained on MNIST" : "dilatih pada MNIST"], [
        "own",
        isEnglish ? "trained below, by you" : "dilatih di bawah, oleh Anda",
      ]],
      value: "mnist",
      onInput: () => this.#readSoon(),
    });
  }

  offer(model: nn.Sequential): void {
    this.#models = { ...this.#models, own: model };
    if (this.#source.value === "own") this.#readSoon();
  }

  async #load(): Promise<void> {
    try {
      const mnist = await loadReader();
      readStrokes(mnist, writing(0, 0), 1); // the first one takes longer than all others
      this.#models = { ...this.#models, mnist };
      publish(this.figure, { model: "ready" });
      if (this.#pad.isEmpty) this.#pad.write(writing(4, 2), true);
      else this.#readSoon();
    } catch {
      this.#wrong.textContent = this.#isEnglish
        ? "The trained model could not be loaded: train one below, and let it read."
        : "Model terlatih tidak dapat dimuat: latih satu di bawah, dan biarkan ia membaca.";
    }
  }

  #layOut(): HTMLElement {
    const isEnglish = this.#isEnglish;
    return lab({
      name: "draw",
      picture: [this.#padAndAnswer(), this.#strip()],
      controls: [
        element(
          "div",
          { class: "control" },
          isEnglish ? "Or have one written" : "Atau mintalah dituliskan",
          this.#digitKeys(),
        ),
        this.#source.element,
        this.#wrong,
        this.#numbers.element,
      ],
      caption: isEnglish
        ? "Your strokes are scaled and centred as MNIST's were. The last picture is the gradient of " +
          "the winning score by each pixel, times the ink there: orange speaks for the answer, blue " +
          "against it. With the keyboard: arrows move the pen, space puts it down, 0 to 9 write."
        : "Goresan Anda diskalakan dan dipusatkan seperti pada MNIST. Gambar terakhir adalah gradien " +
          "skor pemenang terhadap tiap piksel, dikali tintanya: jingga mendukung jawaban, biru " +
          "menentangnya. Dengan papan ketik: panah menggerakkan pena, spasi menurunkannya, 0 sampai " +
          "9 menulis.",
    });
  }

  #padAndAnswer(): HTMLElement {
    const clear = button(this.#isEnglish ? "Clear" : "Hapus", () => this.#pad.clear(), {
      isMain: true,
    });
    return element(
      "div",
      { style: "display: flex; flex-wrap: wrap; gap: 1rem 1.75rem" },
      element(
        "div",
        { style: "flex: 3 1 14rem; min-width: 0; display: grid; gap: .75rem" },
        this.#pad.element,
        element("div", { class: "buttons" }, clear),
      ),
      element(
        "div",
        { style: "flex: 2 1 12rem; min-width: 0" },
        this.#answer,
        this.#said,
        element(
          "div",
          { style: "display: grid; gap: .28rem; margin-top: .8rem" },
          ...this.#bars.map(({ row }) => row),
        ),
      ),
    );
  }

  /** From the pixels to the last hidden layer, and which pixels speak for the answer. */
  #strip(): HTMLElement {
    const isEnglish = this.#isEnglish;
    return element(
      "div",
      { style: "display: flex; flex-wrap: wrap; gap: 1rem" },
      captioned(this.#seen, isEnglish ? "28 × 28 pixels …" : "28 × 28 piksel …"),
      captioned(
        this.#layers[0],
        isEnglish ? "… hidden neurons look at them …" : "… neuron tersembunyi melihatnya …",
      ),
      this.#secondLayer,
      captioned(this.#why, isEnglish ? "what speaks for it" : "apa yang mendukungnya"),
    );
  }

  #digitKeys(): HTMLElement {
    const keys = Array.from({ length: 10 }, (_, digit) => {
      const title = this.#isEnglish ? `Write a ${digit}` : `Tulis ${digit}`;
      const key = button(String(digit), () => this.#write(digit), { title });
      key.style.cssText = "min-width: 0; padding: .3rem 0; flex: 1 1 17%";
      return key;
    });
    return element("div", { class: "buttons", style: "gap: .3rem" }, ...keys);
  }

  #write(digit: number): void {
    this.#pad.write(writing(digit, this.#way++));
  }

  /** Reads in the next frame, however often the pen has moved until then. */
  #readSoon(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      this.#read();
    });
  }

  #read(): void {
    const model = this.#models[this.#source.value];
    const isMissing = model === undefined && this.#source.value === "own";
    this.#wrong.textContent = !isMissing
      ? ""
      : this.#isEnglish
      ? "There is no network of yours yet: train one below."
      : "Belum ada jaringan milik Anda: latih satu di bawah.";
    if (model === undefined || this.#strokes.length === 0) return this.#showNothing();
    const reading = readStrokes(model, this.#strokes, padSide * 0.15);
    this.#times = [...this.#times, reading.milliseconds].slice(-200);
    this.#show(reading);
    this.#why.show(evidence(model, reading));
  }

  #showNothing(): void {
    this.#answer.textContent = "";
    this.#said.textContent = "";
    for (const cells of [this.#seen, this.#why, ...this.#layers]) cells.show([]);
    this.#bars.forEach((bar) => showBar(bar, 0, false));
    publish(this.figure, { answer: "" });
  }

  #show(reading: Reading): void {
    const { image, hidden, probabilities, answer } = reading;
    const sureness = probabilities[answer]!;
    this.#answer.textContent = String(answer);
    this.#answer.style.opacity = String(0.35 + 0.65 * sureness);
    this.#said.textContent = this.#sentence(answer, probabilities);
    this.#seen.show(image);
    this.#layers.forEach((cells, i) => cells.show(hidden[i] ?? []));
    this.#secondLayer.style.display = hidden.length > 1 ? "" : "none";
    this.#bars.forEach((bar, digit) => showBar(bar, probabilities[digit]!, digit === answer));
    const sorted = [...this.#times].sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)]!;
    this.#numbers.show({ time: `${format(median, 2)} ms` });
    publish(this.figure, {
      answer,
      sureness,
      probabilities: JSON.stringify(Array.from(probabilities)),
      median,
      slowest: sorted.at(-1)!,
      answers: sorted.length,
    });
  }

  #sentence(answer: number, probabilities: ArrayLike<number>): string {
    const order = Array.from(probabilities, (p, digit) => ({ p, digit })).sort((a, b) => b.p - a.p);
    const [first, second] = order as [typeof order[0], typeof order[0]];
    const share = percentOf(first.p);
    if (first.p > 0.9) return this.#isEnglish ? `${share} sure` : `${share} yakin`;
    return this.#isEnglish
      ? `${answer}, or perhaps ${second.digit}? ${share} sure`
      : `${answer}, atau mungkin ${second.digit}? ${share} yakin`;
  }
}

function captioned(cells: Cells, caption: string): HTMLElement {
  return element(
    "div",
    { style: figureStyle },
    cells.element,
    element("figcaption", { style: "margin-top: .35rem" }, caption),
  );
}
