/** Trendlines of any degree through points to place and to drag, judged on fresh points. */

import { noisyLine } from "../../../examples/lecture/09_overfitting.ts";
import {
  errorOn,
  fitTrendline,
  type Point,
} from "../../../examples/lecture/09_overfitting/trendline.ts";
import {
  button,
  element,
  format,
  type Handle,
  handle,
  lab,
  onKeys,
  publish,
  slider,
  svg,
} from "../../dom.ts";
import { placeIn } from "../../handle.ts";
import { pageLanguage } from "../../page.ts";
import { plane } from "../../plane.ts";
import type { TrendInput, TrendUpdate } from "../../tasks/09_trendlines.ts";
import { runTask, type Task } from "../../worker_task.ts";
import { readouts } from "../parts/readouts.ts";
import { ErrorChart } from "./error_chart.ts";

const range = { x: [-0.5, 9.5], y: [-1, 9] } as const;
const mostDegree = 9;
const mostPoints = 24;
const places = Array.from({ length: 201 }, (_, i) => range.x[0] + i / 20);

/** The highest degree that points determine: one less than they have places. */
export function possibleDegree(points: readonly Point[]): number {
  return Math.min(mostDegree, new Set(points.map(([x]) => x)).size - 1);
}

/** The lab as a figure. */
export function trendLab(): HTMLElement {
  return new TrendLab().figure;
}

class TrendLab {
  readonly figure: HTMLElement;
  readonly #isEnglish = pageLanguage() === "en";
  readonly #fresh = noisyLine(1).fresh;
  #points: readonly Point[] = noisyLine(1).known;
  #degree = 1;
  readonly #curve = svg("path", { class: "curve accent strong" });
  readonly #dots = svg("g", {});
  #handles: Handle[] = [];
  readonly #plane;
  readonly #chart: ErrorChart;
  readonly #slider;
  readonly #wrong = element("p", { class: "wrong", role: "status" });
  readonly #numbers;
  #task: Task<TrendInput> | null = null;

  constructor() {
    const isEnglish = this.#isEnglish;
    this.#plane = plane({
      x: range.x,
      y: range.y,
      ratio: 0.66,
      label: isEnglish
        ? "Points, and the trendline through them"
        : "Titik-titik, dan garis tren yang melaluinya",
      draw: () => this.#draw(),
    });
    this.#plane.inside.append(this.#dots, this.#curve);
    this.#plane.element.style.cursor = "crosshair";
    this.#plane.element.addEventListener("click", (event) => this.#press(event));
    this.#chart = new ErrorChart();
    this.#slider = slider({
      label: isEnglish ? "Degree" : "Derajat",
      min: 0,
      max: mostDegree,
      step: 1,
      value: this.#degree,
      onInput: (degree) => {
        this.#degree = degree;
        this.#update();
      },
    });
    this.#numbers = readouts([
      ["weights", isEnglish ? "weights" : "bobot"],
      ["training", isEnglish ? "error on these points" : "galat pada titik ini"],
      ["validation", isEnglish ? "error on fresh points" : "galat pada titik baru"],
    ]);
    this.figure = this.#layOut();
    this.#makeHandles();
    this.#update();
    this.#fitFirst();
  }

  #layOut(): HTMLElement {
    const isEnglish = this.#isEnglish;
    return lab({
      name: "trend",
      picture: [this.#plane.element, this.#chart.element],
      controls: [
        this.#slider.element,
        this.#wrong,
        this.#numbers.element,
        element(
          "div",
          { class: "buttons" },
          button(isEnglish ? "Add a point" : "Tambah titik", () => this.#addInGap()),
          button(
            isEnglish ? "Take one away" : "Buang satu",
            () => this.#set(this.#points.slice(0, -1)),
          ),
          button(
            isEnglish ? "Take all away" : "Buang semua",
            () => this.#set([]),
          ),
          button(
            isEnglish ? "The ten points" : "Sepuluh titik semula",
            () => this.#set(noisyLine(1).known),
          ),
        ),
      ],
      caption: isEnglish
        ? "Drag the points, press the plane to add one, or move a point by the arrow keys and take " +
          "it away by Delete. The 200 faint dots are fresh points from the same source, a straight " +
          "line with noise; no curve has seen them."
        : "Seret titik-titiknya, tekan bidang untuk menambah, atau geser titik dengan tombol panah " +
          "dan hapus dengan Delete. 200 bintik samar adalah titik baru dari sumber yang sama, garis " +
          "lurus dengan derau; tidak satu kurva pun pernah melihatnya.",
    });
  }

  #press(event: MouseEvent): void {
    const isHandle = (event.target as Element).closest(".handle") !== null;
    const at = placeIn(this.#plane.element, event as PointerEvent);
    if (isHandle || at === null) return;
    const [x, y] = this.#plane.at(at.x, at.y);
    this.#add([x, y]);
  }

  #add([x, y]: Point): void {
    if (this.#points.length >= mostPoints) {
      this.#wrong.textContent = this.#isEnglish
        ? `${mostPoints} points are enough here: take one away first.`
        : `${mostPoints} titik sudah cukup di sini: buang satu dulu.`;
      return;
    }
    this.#set([...this.#points, inside([x, y])]);
  }

  /** Adds a point in the middle of the widest gap. */
  #addInGap(): void {
    const xs = [range.x[0], ...this.#points.map(([x]) => x), range.x[1]].sort((a, b) => a - b);
    const gaps = xs.slice(1).map((x, i) => ({ middle: (x + xs[i]!) / 2, size: x - xs[i]! }));
    const widest = gaps.reduce((best, gap) => gap.size > best.size ? gap : best);
    this.#add([widest.middle, 4]);
  }

  #set(points: readonly Point[]): void {
    const isOther = points.length !== this.#points.length;
    this.#points = points;
    this.#wrong.textContent = "";
    if (isOther) this.#makeHandles();
    this.#update();
    this.#askWorker();
  }

  #makeHandles(): void {
    for (const { element } of this.#handles) element.remove();
    this.#handles = this.#points.map((_, i) => {
      const made = handle({
        label: this.#isEnglish ? `Point ${i + 1}` : `Titik ${i + 1}`,
        radius: 7,
        onDrag: (px, py) => this.#move(i, this.#plane.at(px, py)),
        onStep: (right, up, pace) => {
          const [x, y] = this.#points[i]!;
          const size = pace === "small" ? 0.05 : 0.25;
          this.#move(i, [x + right * size, y + up * size]);
        },
      });
      const takeAway = () => this.#set(this.#points.filter((_, k) => k !== i));
      onKeys(made.element, { Delete: takeAway, Backspace: takeAway });
      return made;
    });
    this.#plane.above.append(...this.#handles.map(({ element }) => element));
  }

  #move(i: number, to: Point): void {
    this.#set(this.#points.map((point, k) => k === i ? inside(to) : point));
  }

  #update(): void {
    this.#plane.redraw();
    this.#chart.mark(this.#degreeNow);
  }

  get #degreeNow(): number {
    return Math.min(this.#degree, possibleDegree(this.#points));
  }

  #draw(): void {
    const toX = (x: number) => this.#plane.x(x);
    const toY = (y: number) => this.#plane.y(y);
    this.#dots.replaceChildren(...this.#fresh.map(([x, y]) =>
      svg("circle", {
        cx: toX(x),
        cy: toY(y),
        r: 2.2,
        style: "fill: var(--third); opacity: .33",
      })
    ));
    this.#points.forEach(([x, y], i) =>
      this.#handles[i]?.place(toX(x), toY(y), `x = ${format(x)}, y = ${format(y)}`)
    );
    const degree = this.#degreeNow;
    this.#complain(degree);
    if (degree < 0) {
      this.#curve.setAttribute("d", "");
      this.#numbers.show({ weights: "–", training: "–", validation: "–" });
      return publish(this.figure, { points: 0, degree });
    }
    const line = fitTrendline(this.#points, degree);
    const far = (y: number) => Math.min(1e4, Math.max(-1e4, y));
    const path = places.map((x) => `${toX(x).toFixed(1)} ${toY(far(line.at(x))).toFixed(1)}`);
    this.#curve.setAttribute("d", `M${path.join("L")}`);
    const [training, validation] = [errorOn(this.#points, line), errorOn(this.#fresh, line)];
    this.#numbers.show({
      weights: String(degree + 1),
      training: format(training, 4),
      validation: format(validation, validation < 100 ? 4 : 0),
    });
    publish(this.figure, { points: this.#points.length, degree, training, validation });
  }

  #complain(degree: number): void {
    if (degree === this.#degree) {
      if (this.#wrong.dataset["kind"] === "degree") this.#wrong.textContent = "";
      this.#wrong.dataset["kind"] = "";
      return;
    }
    this.#wrong.dataset["kind"] = "degree";
    this.#wrong.textContent = degree < 0
      ? this.#isEnglish
        ? "There are no points to put a line through: press the plane to place some."
        : "Belum ada titik untuk dilalui garis: tekan bidangnya untuk menaruh beberapa."
      : this.#isEnglish
      ? `Degree ${this.#degree} takes ${this.#degree + 1} points at different places; these ` +
        `determine degree ${degree}.`
      : `Derajat ${this.#degree} perlu ${
        this.#degree + 1
      } titik di tempat berbeda; yang ada hanya ` +
        `menentukan derajat ${degree}.`;
  }

  /** The errors of all degrees at first, one in each frame: no worker is needed until points move. */
  #fitFirst(): void {
    const first = this.#points;
    const [training, validation]: [number[], number[]] = [[], []];
    const frame = () => {
      if (this.#points !== first) return;
      const line = fitTrendline(first, training.length);
      training.push(errorOn(first, line));
      validation.push(errorOn(this.#fresh, line));
      this.#showErrors({ training, validation });
      if (training.length <= possibleDegree(first)) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  #showErrors(errors: TrendUpdate): void {
    this.#chart.show(errors);
    publish(this.figure, { validations: JSON.stringify(errors.validation) });
  }

  #askWorker(): void {
    const most = possibleDegree(this.#points);
    const input: TrendInput = { points: this.#points, fresh: this.#fresh, most };
    if (this.#task !== null) return this.#task.send(input);
    this.#task = runTask<TrendInput, TrendUpdate, TrendInput>(
      "09_trendlines",
      input,
      (update) => this.#showErrors(update),
    );
    this.#task.done.catch((error) => console.error(error));
  }
}

function inside([x, y]: Point): Point {
  return [
    Math.min(range.x[1] - 0.1, Math.max(range.x[0] + 0.1, Math.round(x * 100) / 100)),
    Math.min(range.y[1] - 0.2, Math.max(range.y[0] + 0.2, Math.round(y * 100) / 100)),
  ];
}
