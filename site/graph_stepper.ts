/** A computation graph to walk through: forward value by value, backward derivative by derivative. */

import type { ComputationGraph } from "../plot/mod.ts";
import { button, element, onKeys, publish, slider } from "./dom.ts";
import { graphSteps, pictureAt, sentenceOf, type Step, stepperWords } from "./graph_steps.ts";
import { GraphView, type Spot } from "./graph_view.ts";
import { pageLanguage } from "./page.ts";
import { player } from "./readout.ts";

/** A graph with the controls to walk through it. */
export class GraphStepper {
  /** The panel. */
  readonly element: HTMLElement;
  readonly #language = pageLanguage();
  readonly #text = stepperWords[this.#language];
  readonly #view: GraphView;
  #graph: ComputationGraph;
  #steps: readonly Step[];
  #at = 0;
  readonly #said = element("p", { class: "said", role: "status" });
  readonly #back = button(this.#text.back, () => this.#goByHand(this.#at - 1));
  readonly #next = button(this.#text.next, () => this.#goByHand(this.#at + 1));
  readonly #play = player({ labels: this.#text, interval: 900, step: () => this.#playOn() });
  readonly #place;

  /** The nodes of the graph stand at the places given. */
  constructor(graph: ComputationGraph, spots: readonly Spot[]) {
    this.#graph = graph;
    this.#steps = graphSteps(graph);
    this.#view = new GraphView(graph, spots, this.#text.label);
    this.#place = slider({
      label: this.#text.step,
      min: 0,
      max: this.#steps.length,
      step: 1,
      value: 0,
      format: (step) => `${step} / ${this.#steps.length}`,
      onInput: (step) => this.#goByHand(step),
    });
    this.element = this.#panel();
    this.#show();
  }

  /** Shows a graph of the same form with other numbers, at the same step. */
  update(graph: ComputationGraph): void {
    this.#graph = graph;
    this.#steps = graphSteps(graph);
    this.#show();
  }

  #panel(): HTMLElement {
    const label = this.#text.label;
    const area = element("div", { tabindex: 0, role: "group", "aria-label": label });
    area.append(this.#view.element);
    onKeys(area, {
      ArrowRight: () => this.#goByHand(this.#at + 1),
      ArrowLeft: () => this.#goByHand(this.#at - 1),
      Home: () => this.#goByHand(0),
      End: () => this.#goByHand(this.#steps.length),
    });
    return element(
      "figure",
      { class: "lab stacked stepper", "data-lab": "graph" },
      area,
      this.#said,
      element(
        "div",
        { class: "stepper-controls" },
        element("div", { class: "buttons" }, this.#play.element, this.#back, this.#next),
        this.#place.element,
      ),
      element("figcaption", {}, this.#text.caption),
    );
  }

  #playOn(): boolean {
    this.#go(this.#at === this.#steps.length ? 0 : this.#at + 1);
    return this.#at < this.#steps.length;
  }

  #goByHand(to: number): void {
    this.#play.stop();
    this.#go(to);
  }

  #go(to: number): void {
    this.#at = Math.min(this.#steps.length, Math.max(0, to));
    this.#show();
  }

  #show(): void {
    const [at, steps] = [this.#at, this.#steps.length];
    const last = this.#steps[at - 1] ?? null;
    const picture = pictureAt(this.#graph, this.#steps, at);
    this.#view.show(picture);
    this.#said.textContent = sentenceOf(this.#graph, last, { picture, language: this.#language });
    this.#place.value = at;
    this.#back.disabled = at === 0;
    this.#next.disabled = at === steps;
    publish(this.element, { step: at, steps, kind: last?.kind ?? "start" });
  }
}
