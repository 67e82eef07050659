/** The controls of the descent. */

import { learningRates } from "../../../examples/lecture/06_loss_curve.ts";
import { button, element, math, numberField, toggle } from "../../dom.ts";
import type { BatchName, DataName, Settings } from "./descent_run.ts";
import type { Words } from "./words.ts";

/** Fields and choices that set a descent; `change` is told what the reader chose. */
export function settingControls(
  settings: Settings,
  { text, change }: { text: Words; change: (settings: Partial<Settings>) => void },
): HTMLElement[] {
  const rate = numberField({
    label: element("span", {}, `${text.rate} `, math("λ")),
    value: settings.rate,
    min: 0,
    max: 2,
    onInput: (rate) => change({ rate }),
  });
  const tries = Object.values(learningRates).toSorted().map((value) =>
    button(String(value), () => {
      rate.value = value;
      change({ rate: value });
    }, { title: `λ = ${value}` })
  );
  const data = toggle<DataName>({
    label: text.data,
    choices: [["two", text.sets.two], ["many", text.sets.many]],
    value: settings.data,
    onInput: (data) => change({ data }),
  });
  const batch = toggle<BatchName>({
    label: text.batch,
    choices: (["full", "mini", "single"] as const).map((name) => [name, text.batches[name]]),
    value: settings.batch,
    onInput: (batch) => change({ batch }),
  });
  const epochs = numberField({
    label: text.epochs,
    value: settings.epochs,
    min: 1,
    max: 2000,
    isWhole: true,
    onInput: (epochs) => change({ epochs }),
  });
  const presets = element("div", { class: "buttons tries" }, element("span", {}, text.tries));
  presets.append(...tries);
  return [rate.element, presets, data.element, batch.element, epochs.element];
}
