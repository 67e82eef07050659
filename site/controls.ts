/** What readers set: sliders, choices, buttons and numbers to type, each with its label. */

import { type Child, element } from "./dom.ts";
import { pageLanguage } from "./page.ts";

/** Something that the reader sets; setting `value` from the program calls nobody back. */
export interface Control<T> {
  readonly element: HTMLElement;
  value: T;
}

let made = 0;

const freshId = (): string => `control-${++made}`;

/** A slider with its label and number. */
export function slider(
  options: {
    readonly label: string | Node;
    readonly min: number;
    readonly max: number;
    readonly step: number;
    readonly value: number;
    readonly format?: (value: number) => string;
    readonly onInput: (value: number) => void;
  },
): Control<number> {
  const { label, min, max, step, value, onInput } = options;
  const format = options.format ?? ((number: number) => String(number).replace("-", "−"));
  const id = freshId();
  const output = element("output", { for: id });
  const input = element("input", { type: "range", id, min, max, step, value });
  const show = () => {
    const number = input.valueAsNumber;
    output.textContent = format(number);
    input.setAttribute("aria-valuetext", format(number));
    input.style.setProperty("--part", String((number - min) / (max - min)));
  };
  input.addEventListener("input", () => {
    show();
    onInput(input.valueAsNumber);
  });
  show();
  return {
    element: element(
      "div",
      { class: "control slider" },
      element("label", { for: id }, label),
      output,
      input,
    ),
    get value(): number {
      return input.valueAsNumber;
    },
    set value(number: number) {
      input.value = String(number);
      show();
    },
  };
}

/** One choice of several. */
export function select<T extends string>(
  options: {
    readonly label: string;
    readonly choices: readonly (readonly [value: T, text: string])[];
    readonly value: T;
    readonly onInput: (value: T) => void;
  },
): Control<T> {
  const id = freshId();
  const list = element("select", { id });
  for (const [value, text] of options.choices) {
    list.append(element("option", { value, selected: value === options.value }, text));
  }
  list.addEventListener("change", () => options.onInput(list.value as T));
  return {
    element: element(
      "div",
      { class: "control" },
      element("label", { for: id }, options.label),
      list,
    ),
    get value(): T {
      return list.value as T;
    },
    set value(value: T) {
      list.value = value;
    },
  };
}

/** A few choices side by side, of which one is taken. */
export function toggle<T extends string>(
  options: {
    readonly label: string;
    readonly choices: readonly (readonly [value: T, text: string])[];
    readonly value: T;
    readonly onInput: (value: T) => void;
  },
): Control<T> {
  const name = freshId();
  const inputs = options.choices.map(([value, text]) => {
    const input = element("input", {
      type: "radio",
      name,
      value,
      checked: value === options.value,
      onchange: () => options.onInput(value),
    });
    return { input, row: element("label", {}, input, element("span", {}, text)) };
  });
  return {
    element: element(
      "fieldset",
      { class: "control toggle" },
      element("legend", {}, options.label),
      element("div", { class: "choices" }, ...inputs.map(({ row }) => row)),
    ),
    get value(): T {
      return (inputs.find(({ input }) => input.checked)?.input.value ?? options.value) as T;
    },
    set value(value: T) {
      for (const { input } of inputs) input.checked = input.value === value;
    },
  };
}

/** A button; the main one of a panel is filled with the accent. */
export function button(
  label: Child,
  onPress: () => void,
  options: { readonly isMain?: boolean; readonly title?: string } = {},
): HTMLButtonElement {
  return element("button", {
    type: "button",
    class: options.isMain ? "main" : null,
    title: options.title,
    onclick: onPress,
  }, label);
}

/**
 * A number to type. Where it is none, out of range or refused by `check`, a sentence says so beside
 * it and nobody is called: the page goes on with the last good number.
 */
export function numberField(
  options: {
    readonly label: string | Node;
    readonly value: number;
    readonly min?: number;
    readonly max?: number;
    readonly isWhole?: boolean;
    /** What is wrong with a number, as a sentence, or null. */
    readonly check?: (value: number) => string | null;
    readonly onInput: (value: number) => void;
  },
): Control<number> {
  const id = freshId();
  const sentence = element("p", { class: "wrong", id: `${id}-wrong`, role: "status" });
  const input = element("input", {
    id,
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    value: options.value,
    "aria-describedby": `${id}-wrong`,
  });
  let good = options.value;
  const show = (wrong: string | null) => {
    sentence.textContent = wrong ?? "";
    input.setAttribute("aria-invalid", String(wrong !== null));
  };
  input.addEventListener("input", () => {
    const number = parse(input.value);
    const wrong = mistake(input.value, number, options);
    show(wrong);
    if (wrong !== null) return;
    good = number;
    options.onInput(number);
  });
  return {
    element: element(
      "div",
      { class: "control field" },
      element("label", { for: id }, options.label),
      input,
      sentence,
    ),
    get value(): number {
      return good;
    },
    set value(number: number) {
      good = number;
      input.value = String(number);
      show(null);
    },
  };
}

/** The number that a reader typed: .6, 0,6 and −1 are numbers, too. */
function parse(text: string): number {
  const plain = text.trim().replace(",", ".").replace("−", "-");
  return plain === "" ? NaN : Number(plain);
}

/** What is wrong with a number that a reader typed, as a sentence, or null. */
function mistake(
  text: string,
  number: number,
  { min = -Infinity, max = Infinity, isWhole = false, check }: {
    readonly min?: number;
    readonly max?: number;
    readonly isWhole?: boolean;
    readonly check?: (value: number) => string | null;
  },
): string | null {
  const isEnglish = pageLanguage() === "en";
  if (text.trim() === "") {
    return isEnglish ? "A number is missing here." : "Angkanya belum diisi.";
  }
  if (Number.isNaN(number)) {
    return isEnglish ? `“${text.trim()}” is not a number.` : `“${text.trim()}” bukan angka.`;
  }
  if (number < min || number > max || !Number.isFinite(number)) {
    const range = rangeText(min, max, isEnglish);
    return isEnglish ? `${text.trim()} is out of range: ${range}.` : `Di luar batas: ${range}.`;
  }
  if (isWhole && !Number.isInteger(number)) {
    return isEnglish ? "Only whole numbers fit here." : "Hanya bilangan bulat yang cocok di sini.";
  }
  return check?.(number) ?? null;
}

function rangeText(min: number, max: number, isEnglish: boolean): string {
  if (min === -Infinity && max === Infinity) {
    return isEnglish ? "it must be finite" : "angkanya harus berhingga";
  }
  if (max === Infinity) return isEnglish ? `at least ${min}` : `paling kecil ${min}`;
  if (min === -Infinity) return isEnglish ? `at most ${max}` : `paling besar ${max}`;
  return isEnglish ? `from ${min} to ${max}` : `dari ${min} sampai ${max}`;
}
