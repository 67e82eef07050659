/** Gradient descent over the surface of the error, by the reader's λ, batch size and start. */

import type { Numbers } from "../../../examples/lecture/04_simpler_model.ts";
import { bestLine } from "../../../examples/lecture/05_gradient.ts";
import { near, surface as surfaceOf, wide } from "../../../examples/lecture/06_loss_curve.ts";
import type { ContourMap } from "../../../plot/mod.ts";
import { button, element, format, handle, lab, publish, setAttributes, svg } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { pathOf, type Plane } from "../../plane.ts";
import { player, readouts } from "../../readout.ts";
import { surface } from "../../surface.ts";
import { DescentRun, type Settings } from "./descent_run.ts";
import { lossChart } from "./loss_chart.ts";
import { settingControls } from "./settings.ts";
import { words } from "./words.ts";

const seconds = 7; // how long a path plays
const dotted = 150; // how many steps have a dot

/** The panel of the descent. */
export function descentLab(): HTMLElement {
  return new DescentPanel().element;
}

class DescentPanel {
  readonly #text = words[pageLanguage()];
  readonly #run = new DescentRun(() => this.#extend());
  #shown = 1; // how many places of the path
  #played = 1; // the same with a fraction
  #known = 1; // how many places there were at the last look
  #area: "near" | "wide" = "near";
  readonly #maps = new Map<string, ContourMap>();

  readonly #trail = svg("path", { class: "curve trail" });
  readonly #dots = svg("g", {});
  readonly #walker = svg("circle", { class: "dot walker", r: 6 });
  readonly #goal = svg("path", { class: "curve", d: "M-6 0H6M0 -6V6" });
  readonly #start = handle({
    label: this.#text.place,
    onDrag: (x, y) => {
      const [m, b] = this.#picture.plane.at(x, y);
      this.#moveStart({ m, b });
    },
    onStep: (right, up, pace) => {
      const size = pace === "small" ? 0.02 : 0.2;
      const { m, b } = this.#run.settings.from;
      this.#moveStart({ m: m + size * right, b: b + size * up });
    },
  });
  #map = this.#chosenMap();
  readonly #picture = surface({
    map: this.#map,
    label: this.#text.label,
    ratio: 0.85,
    draw: (plane) => this.#draw(plane),
  });
  readonly #chart = lossChart(this.#text.curve, this.#text.axis);
  readonly #player = player({
    labels: this.#text,
    interval: 0,
    step: () => this.#playOn(),
  });
  readonly #numbers = readouts([
    ["step", this.#text.step],
    ["epoch", this.#text.epoch],
    ["m", "$m$"],
    ["b", "$b$"],
    ["loss", this.#text.loss],
    ["best", this.#text.best],
  ]);
  readonly #fate = element("p", { class: "said", role: "status" });
  readonly element = this.#panel();

  constructor() {
    const { inside, above } = this.#picture.plane;
    inside.append(this.#goal, this.#trail, this.#dots, this.#walker);
    above.append(this.#start.element);
    this.#restart();
  }

  #panel(): HTMLElement {
    const text = this.#text;
    const key = (color: string, name: string) =>
      element("span", {}, element("span", { class: `stroke ${color}` }), name);
    const legend = element("div", { class: "legend" });
    legend.append(key("accent", text.now), key("muted", text.earlier));
    const goByHand = (count: number) => {
      this.#player.stop();
      this.#show(count);
    };
    const change = (settings: Partial<Settings>) => this.#restart(settings);
    return lab({
      name: "descent",
      picture: [this.#picture.element, this.#chart.element, legend],
      controls: [
        ...settingControls(this.#run.settings, { text, change }),
        element(
          "div",
          { class: "buttons" },
          this.#player.element,
          button(text.next, () => goByHand(this.#shown + 1)),
          button(text.again, () => goByHand(1)),
        ),
        this.#numbers.element,
        this.#fate,
      ],
    });
  }

  #chosenMap(): ContourMap {
    const { data } = this.#run.settings;
    const key = `${data} ${this.#area}`;
    const area = this.#area === "near" ? near : wide;
    const found = this.#maps.get(key) ?? surfaceOf("", [], { data: this.#run.points, area });
    this.#maps.set(key, found);
    return found;
  }

  #moveStart({ m, b }: Numbers): void {
    const clamp = (number: number, [low, high]: readonly [number, number]) =>
      Math.round(Math.min(high, Math.max(low, number)) * 100) / 100;
    this.#restart({ from: { m: clamp(m, near.m), b: clamp(b, near.b) } });
  }

  #restart(change: Partial<Settings> = {}): void {
    this.#player.stop();
    if (change.data !== undefined) this.#chart.clear();
    else if (change.from === undefined) this.#chart.keep(this.#run.path);
    this.#run.start(change);
    this.#show(1);
  }

  /** Shows a path of which more is known: all of it, unless the reader plays or steps. */
  #extend(): void {
    const { path } = this.#run;
    const leaves = path.slice(0, 5).some(({ m, b }) =>
      m < near.m[0] || m > near.m[1] || b < near.b[0] || b > near.b[1]
    );
    this.#area = leaves ? "wide" : "near";
    const map = this.#chosenMap();
    if (map !== this.#map) this.#picture.show(map);
    this.#map = map;
    const isWaiting = !this.#player.isPlaying && this.#shown === this.#known;
    this.#known = path.length;
    this.#show(isWaiting ? path.length : this.#shown);
  }

  /** Shows more of the path; slowly at first, where the steps are long. */
  #playOn(): boolean {
    const { path, isWhole } = this.#run;
    if (isWhole && this.#shown >= path.length) {
      this.#show(1);
      return true;
    }
    const growth = Math.log(path.length) / (seconds * 60);
    if (Math.floor(this.#played) !== this.#shown) this.#played = this.#shown;
    this.#played = Math.max(this.#played + 0.06, this.#played * (1 + growth));
    this.#show(Math.floor(this.#played));
    return !(isWhole && this.#shown >= path.length);
  }

  #show(count: number): void {
    const { path, isWhole, smallestLoss: best, batchSize, stepsPerEpoch, settings } = this.#run;
    this.#shown = Math.min(Math.max(1, count), path.length);
    this.#known = path.length;
    const [step, steps] = [this.#shown - 1, path.length - 1];
    const { m, b, loss } = path[step]!;
    this.#numbers.show({
      step: `${step} / ${steps}`,
      epoch: String(Math.ceil(step / stepsPerEpoch)),
      m: format(m, 3),
      b: format(b, 3),
      loss: format(loss, 4),
      best: format(best, 4),
    });
    this.#fate.textContent = this.#text[this.#run.fateAt(step)];
    this.#chart.show(path, this.#shown);
    this.#picture.plane.redraw();
    const { rate } = settings;
    publish(this.element, { step, steps, whole: isWhole, m, b, loss, best, rate });
    publish(this.element, { batch: batchSize, area: this.#area });
  }

  #draw(plane: Plane): void {
    const { path, points, settings: { from } } = this.#run;
    const best = bestLine(points);
    const visible = path.slice(0, this.#shown);
    const last = visible.at(-1) ?? from;
    const goal = `translate(${plane.x(best.m)} ${plane.y(best.b)}) rotate(45)`;
    setAttributes(this.#goal, { transform: goal });
    setAttributes(this.#trail, { d: pathOf(plane, visible.map(({ m, b }) => [m, b])) });
    this.#dots.replaceChildren(
      ...visible.slice(0, dotted).map(({ m, b }) =>
        svg("circle", { class: "stop", r: 2.5, cx: plane.x(m), cy: plane.y(b) })
      ),
    );
    setAttributes(this.#walker, { cx: plane.x(last.m), cy: plane.y(last.b) });
    const text = `m = ${format(from.m)}, b = ${format(from.b)}`;
    this.#start.place(plane.x(from.m), plane.y(from.b), text);
  }
}
