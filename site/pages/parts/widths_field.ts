/** The hidden layers of a network, typed as widths: `8, 8`. */

import { type Control, element } from "../../dom.ts";
import type { Text } from "../../page.ts";
import { pageLanguage } from "../../page.ts";

const most = { layers: 4, neurons: 12 } as const;

/** A field for the widths of the hidden layers; a sentence beside it says what is wrong. */
export function widthsField(
  options: {
    readonly label: string;
    readonly value: readonly number[];
    readonly onInput: (widths: readonly number[]) => void;
  },
): Control<readonly number[]> {
  let good = options.value;
  const sentence = element("p", { class: "wrong", role: "status", id: "widths-wrong" });
  const input = element("input", {
    id: "widths",
    autocomplete: "off",
    spellcheck: "false",
    value: good.join(", "),
    "aria-describedby": "widths-wrong",
    oninput: () => {
      const widths = widthsOf(input.value);
      const wrong = mistakeIn(input.value, widths);
      sentence.textContent = wrong?.[pageLanguage()] ?? "";
      input.setAttribute("aria-invalid", String(wrong !== null));
      if (wrong !== null) return;
      good = widths;
      options.onInput(widths);
    },
  });
  return {
    element: element(
      "div",
      { class: "control field" },
      element("label", { for: "widths" }, options.label),
      input,
      sentence,
    ),
    get value() {
      return good;
    },
    set value(widths) {
      good = widths;
      input.value = widths.join(", ");
      sentence.textContent = "";
      input.setAttribute("aria-invalid", "false");
    },
  };
}

function widthsOf(text: string): number[] {
  return text.split(/[\s,;×x]+/).filter((part) => part !== "").map(Number);
}

/** What is wrong with widths, as a sentence, or null. */
export function mistakeIn(text: string, widths: readonly number[]): Text | null {
  if (widths.some((width) => !Number.isInteger(width) || width < 1)) {
    return {
      en: `“${text.trim()}” is no list of widths: write whole numbers such as 8, 8.`,
      id: `“${text.trim()}” bukan daftar lebar lapisan: tulis bilangan bulat, misalnya 8, 8.`,
    };
  }
  if (widths.length > most.layers) {
    return {
      en: `${widths.length} hidden layers are too many to be drawn here: at most ${most.layers}.`,
      id: `${widths.length} lapisan tersembunyi terlalu banyak untuk digambar di sini: paling ` +
        `banyak ${most.layers}.`,
    };
  }
  const widest = Math.max(0, ...widths);
  if (widest > most.neurons) {
    return {
      en: `A layer of ${widest} neurons is too large to be drawn here: at most ${most.neurons}.`,
      id: `Lapisan dengan ${widest} neuron terlalu besar untuk digambar di sini: paling banyak ` +
        `${most.neurons}.`,
    };
  }
  return null;
}
