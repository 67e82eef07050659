/** What the reader of the playground sets: the points, the network and how it learns. */

import { button, numberField, select, slider, toggle } from "../../dom.ts";
import { format } from "../../dom.ts";
import type { LiveActivation, LiveSettings } from "../../model/live_network.ts";
import type { PointSetName } from "../../model/point_sets.ts";
import { widthsField } from "../parts/widths_field.ts";
import type { PlaygroundPoints } from "./playground.ts";
import type { PlaygroundWords } from "./playground_words.ts";

/** The controls of the points; `showOwn` says that they are the reader's own from now on. */
export function pointControls(
  words: PlaygroundWords,
  first: PlaygroundPoints,
  calls: {
    readonly onChoose: (name: PointSetName, noise: number) => void;
    readonly onClear: () => void;
    readonly onLabel: (label: "0" | "1" | "erase") => void;
  },
): { readonly elements: readonly HTMLElement[]; readonly showOwn: () => void } {
  let noise = first.noise;
  const choose = (name: PointSetName | "own") => {
    if (name === "own") calls.onClear();
    else calls.onChoose(name, noise);
  };
  const sets = select<PointSetName | "own">({
    label: words.data,
    choices: (["moons", "xor", "circles", "spirals", "blobs", "own"] as const)
      .map((name) => [name, words.sets[name]] as const),
    value: first.name,
    onInput: choose,
  });
  const noisiness = slider({
    label: words.noise,
    min: 0,
    max: 0.3,
    step: 0.02,
    value: noise,
    format: (x) => format(x),
    onInput: (x) => {
      noise = x;
      if (sets.value !== "own") choose(sets.value);
    },
  });
  const press = toggle<"0" | "1" | "erase">({
    label: words.press,
    choices: (["0", "1", "erase"] as const).map((name) => [name, words.presses[name]] as const),
    value: "1",
    onInput: calls.onLabel,
  });
  const showOwn = () => sets.value = "own";
  const clear = button(words.clear, () => {
    showOwn();
    calls.onClear();
  });
  return { elements: [sets.element, noisiness.element, press.element, clear], showOwn };
}

/** The controls of the network. */
export function networkControls(
  words: PlaygroundWords,
  first: LiveSettings,
  calls: {
    readonly onNetwork: (changes: Partial<LiveSettings>) => void;
    readonly onRates: (changes: Partial<Pick<LiveSettings, "learningRate" | "batchSize">>) => void;
    readonly onSpeed: (steps: number) => void;
  },
): HTMLElement[] {
  return [
    widthsField({
      label: words.layers,
      value: first.hidden,
      onInput: (hidden) => calls.onNetwork({ hidden }),
    }),
    select<LiveActivation>({
      label: words.activation,
      choices: [["relu", "ReLU"], ["tanh", "tanh"], ["sigmoid", "sigmoid"], ["linear", "linear"]],
      value: first.activation,
      onInput: (activation) => calls.onNetwork({ activation }),
    }),
    select<LiveSettings["optimizer"]>({
      label: words.optimizer,
      choices: [["sgd", words.optimizers.sgd], ["adam", words.optimizers.adam]],
      value: first.optimizer,
      onInput: (optimizer) => calls.onNetwork({ optimizer }),
    }),
    numberField({
      label: words.rate,
      value: first.learningRate,
      min: 0,
      check: (rate) => rate > 10 ? words.rateTooLarge : null,
      onInput: (learningRate) => calls.onRates({ learningRate }),
    }),
    numberField({
      label: words.batch,
      value: first.batchSize,
      min: 1,
      max: 500,
      isWhole: true,
      onInput: (batchSize) => calls.onRates({ batchSize }),
    }),
    slider({
      label: words.speed,
      min: 1,
      max: 40,
      step: 1,
      value: 3,
      onInput: calls.onSpeed,
    }),
  ].map(({ element }) => element);
}
