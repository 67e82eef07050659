/** Gradient descent over the surface of the error, by the reader's λ, batch size and start. */

import {
  type Numbers,
  type Point,
  points,
  start,
} from "../../../examples/lecture/04_simpler_model.ts";
import { bestLine, lossAt } from "../../../examples/lecture/05_gradient.ts";
import {
  learningRates,
  manyPoints,
  near,
  surface as surfaceOf,
  wide,
} from "../../../examples/lecture/06_loss_curve.ts";
import type { ContourMap } from "../../../plot/mod.ts";
import {
  button,
  element,
  format,
  handle,
  lab,
  math,
  numberField,
  publish,
  setAttributes,
  svg,
  toggle,
} from "../../dom.ts";
import type { Language } from "../../page.ts";
import { pathOf, type Plane } from "../../plane.ts";
import { player, readouts } from "../../readout.ts";
import { surface } from "../../surface.ts";
import type { Piece } from "../../tasks/06_loss_curve.ts";
import type { Descent, Place } from "./walk.ts";
import { runTask, type Task } from "../../worker_task.ts";
import { lossChart } from "./loss_chart.ts";
import { words } from "./words.ts";

type DataName = "two" | "many";
type BatchName = "full" | "mini" | "single";

const dataSets: Readonly<Record<DataName, readonly Point[]>> = { two: points, many: manyPoints };
const seconds = 7; // how long a path plays

/** The panel of the descent. */
export function descentLab(language: Language): HTMLElement {
  const panel = new DescentPanel(language);
  return panel.element;
}

class DescentPanel {
  readonly element: HTMLElement;
  readonly #text: (typeof words)[Language];
  #data: DataName = "two";
  #batch: BatchName = "full";
  #rate: number = learningRates.arrives;
  #epochs = 200;
  #from: Numbers = start;
  #path: Place[] = [];
  #shown = 1;
  #isWhole = false;
  #run = 0;
  #area: "near" | "wide" = "near";
  #task: Task<Descent> | null = null;
  #played = 1; // what is shown, with a fraction
  #shownMap: ContourMap | null = null;
  readonly #maps = new Map<string, ContourMap>();
  readonly #picture;
  readonly #chart;
  readonly #player;
  readonly #numbers;
  readonly #verdict = element("p", { class: "said", role: "status" });
  readonly #trail = svg("path", { class: "curve trail" });
  readonly #dots = svg("g", {});
  readonly #walker = svg("circle", { class: "dot walker", r: 6 });
  readonly #goal = svg("path", { class: "curve", d: "M-6 0H6M0 -6V6" });
  readonly #start;

  constructor(language: Language) {
    const text = this.#text = words[language];
    this.#start = handle({
      label: text.place,
      onDrag: (x, y) => {
        const [m, b] = this.#picture.plane.at(x, y);
        this.#moveStart(m, b);
      },
      onStep: (right, up, pace) => {
        const size = pace === "small" ? 0.02 : 0.2;
        this.#moveStart(this.#from.m + size * right, this.#from.b + size * up);
      },
    });
    this.#picture = surface({
      map: this.#map(),
      label: text.label,
      ratio: 0.85,
      draw: (plane) => this.#draw(plane),
    });
    this.#picture.plane.inside.append(this.#goal, this.#trail, this.#dots, this.#walker);
    this.#picture.plane.above.append(this.#start.element);
    this.#chart = lossChart(text.curve, text.axis);
    this.#player = player({ labels: text, interval: 0, step: () => this.#playOn() });
    this.#numbers = readouts([
      ["step", text.step],
      ["epoch", text.epoch],
      ["m", "$m$"],
      ["b", "$b$"],
      ["loss", text.loss],
      ["best", text.best],
    ]);
    this.element = lab({
      name: "descent",
      picture: [
        this.#picture.element,
        this.#chart.element,
        element(
          "div",
          { class: "legend" },
          element("span", {}, element("span", { class: "stroke accent" }), text.now),
          element("span", {}, element("span", { class: "stroke muted" }), text.earlier),
        ),
      ],
      controls: [...this.#controls(), this.#numbers.element, this.#verdict],
    });
    this.#restart();
  }

  #controls(): HTMLElement[] {
    const text = this.#text;
    const rate = numberField({
      label: element("span", {}, `${text.rate} `, math("λ")),
      value: this.#rate,
      min: 0,
      max: 2,
      onInput: (number) => {
        this.#rate = number;
        this.#restart();
      },
    });
    const tries = Object.values(learningRates).toSorted().map((value) =>
      button(String(value), () => {
        rate.value = value;
        this.#rate = value;
        this.#restart();
      }, { title: `λ = ${value}` })
    );
    return [
      rate.element,
      element("div", { class: "buttons tries" }, element("span", {}, text.tries), ...tries),
      toggle<DataName>({
        label: text.data,
        choices: [["two", text.sets.two], ["many", text.sets.many]],
        value: this.#data,
        onInput: (name) => {
          this.#data = name;
          this.#chart.clear();
          this.#path = [];
          this.#restart();
        },
      }).element,
      toggle<BatchName>({
        label: text.batch,
        choices: (["full", "mini", "single"] as const).map((name) => [name, text.batches[name]]),
        value: this.#batch,
        onInput: (name) => {
          this.#batch = name;
          this.#restart();
        },
      }).element,
      numberField({
        label: text.epochs,
        value: this.#epochs,
        min: 1,
        max: 2000,
        isWhole: true,
        onInput: (number) => {
          this.#epochs = number;
          this.#restart();
        },
      }).element,
      element(
        "div",
        { class: "buttons" },
        this.#player.element,
        button(text.next, () => {
          this.#player.stop();
          this.#show(this.#shown + 1);
        }),
        button(text.again, () => {
          this.#player.stop();
          this.#show(1);
        }),
      ),
    ];
  }

  get #points(): readonly Point[] {
    return dataSets[this.#data];
  }

  /** Of twelve points four are a mini-batch; of two, one is all that is less than both. */
  get #batchSize(): number {
    const count = this.#points.length;
    return { full: count, mini: Math.max(1, Math.round(count / 3)), single: 1 }[this.#batch];
  }

  #map(): ContourMap {
    const key = `${this.#data} ${this.#area}`;
    const found = this.#maps.get(key) ??
      surfaceOf("", [], { data: this.#points, area: this.#area === "near" ? near : wide });
    this.#maps.set(key, found);
    return found;
  }

  #moveStart(m: number, b: number): void {
    const clamp = (number: number, [low, high]: readonly [number, number]) =>
      Math.round(Math.min(high, Math.max(low, number)) * 100) / 100;
    this.#from = { m: clamp(m, near.m), b: clamp(b, near.b) };
    this.#path = [];
    this.#restart();
  }

  /** Has another path computed, by the settings as they are. */
  #restart(): void {
    this.#player.stop();
    this.#chart.keep(this.#path);
    this.#path = [{ ...this.#from, loss: lossAt(this.#from, this.#points) }];
    this.#isWhole = false;
    this.#run++;
    const descent: Descent = {
      run: this.#run,
      from: this.#from,
      learningRate: this.#rate,
      batchSize: this.#batchSize,
      epochs: this.#epochs,
      data: this.#points,
    };
    if (this.#task === null) {
      this.#task = runTask<Descent, Piece, Descent>(
        "06_loss_curve",
        descent,
        (piece) => this.#receive(piece),
      );
    } else this.#task.send(descent);
    this.#show(1);
  }

  #receive({ run, places, isLast }: Piece): void {
    if (run !== this.#run) return;
    const isWaiting = this.#shown === this.#path.length;
    if (this.#path.length === 1) this.#path = [];
    this.#path.push(...places);
    this.#isWhole = isLast;
    const leaves = this.#path.slice(0, 5).some(({ m, b }) =>
      m < near.m[0] || m > near.m[1] || b < near.b[0] || b > near.b[1]
    );
    const area = leaves ? "wide" : "near";
    if (area !== this.#area || this.#map() !== this.#shownMap) {
      this.#area = area;
      this.#shownMap = this.#map();
      this.#picture.show(this.#shownMap);
    }
    if (!this.#player.isPlaying && isWaiting) this.#show(this.#path.length);
    else this.#show(this.#shown);
  }

  /** Shows more of the path; slowly at first, where the steps are long. */
  #playOn(): boolean {
    const total = this.#path.length;
    if (this.#shown >= total && this.#isWhole) {
      this.#show(1);
      return true;
    }
    const growth = Math.log(total) / (seconds * 60);
    this.#played = Math.floor(this.#played) === this.#shown ? this.#played : this.#shown;
    this.#played = Math.min(total, Math.max(this.#played + 0.06, this.#played * (1 + growth)));
    this.#show(Math.floor(this.#played));
    return !(this.#isWhole && this.#shown >= total);
  }

  #show(count: number): void {
    this.#shown = Math.min(Math.max(1, count), this.#path.length);
    const step = this.#shown - 1;
    const { m, b, loss } = this.#path[step]!;
    const perEpoch = Math.ceil(this.#points.length / this.#batchSize);
    const best = lossAt(bestLine(this.#points), this.#points);
    this.#numbers.show({
      step: `${step} / ${this.#path.length - 1}`,
      epoch: String(Math.ceil(step / perEpoch)),
      m: format(m, 3),
      b: format(b, 3),
      loss: format(loss, 4),
      best: format(best, 4),
    });
    this.#verdict.textContent = this.#verdictAt(loss, best);
    this.#chart.show(this.#path, this.#shown);
    this.#picture.plane.redraw();
    publish(this.element, {
      step,
      steps: this.#path.length - 1,
      whole: this.#isWhole,
      m,
      b,
      loss,
      best,
      rate: this.#rate,
      batch: this.#batchSize,
      area: this.#area,
    });
  }

  #verdictAt(loss: number, best: number): string {
    const text = this.#text;
    const first = this.#path[0]!.loss;
    if (!(loss < 10 * first + 1)) return text.diverges;
    if (!this.#isWhole || this.#shown < this.#path.length) return text.walking;
    const left = (loss - best) / (first - best);
    const isNoisy = this.#data === "many" && this.#batchSize < this.#points.length;
    if (isNoisy && left < 0.1) return text.stagger;
    return left < 0.01 ? text.arrives : text.crawls;
  }

  #draw(plane: Plane): void {
    const best = bestLine(this.#points);
    const visible = this.#path.slice(0, this.#shown);
    const last = visible.at(-1) ?? this.#from;
    setAttributes(this.#goal, {
      transform: `translate(${plane.x(best.m)} ${plane.y(best.b)}) rotate(45)`,
    });
    setAttributes(this.#trail, { d: pathOf(plane, visible.map(({ m, b }) => [m, b])) });
    const dotted = visible.slice(0, 150);
    while (this.#dots.childElementCount > dotted.length) this.#dots.lastChild!.remove();
    while (this.#dots.childElementCount < dotted.length) {
      this.#dots.append(svg("circle", { class: "stop", r: 2.5 }));
    }
    for (const [i, { m, b }] of dotted.entries()) {
      setAttributes(this.#dots.children[i]!, { cx: plane.x(m), cy: plane.y(b) });
    }
    setAttributes(this.#walker, { cx: plane.x(last.m), cy: plane.y(last.b) });
    this.#start.place(
      plane.x(this.#from.m),
      plane.y(this.#from.b),
      `m = ${format(this.#from.m)}, b = ${format(this.#from.b)}`,
    );
  }
}
