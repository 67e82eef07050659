/** Formulas with the numbers in them. */

import type { Numbers } from "../../../examples/lecture/04_simpler_model.ts";
import { formula, type Value } from "../../../mod.ts";
import { element, format, math } from "../../dom.ts";

/** A formula, the same with numbers in place of m and b, and what it gives. */
export function derivation(name: string, value: Value, { m, b }: Numbers): HTMLElement {
  const text = formula(value);
  const numbers = text.replace(
    /(\d*\.?\d*)(m|b)(b)?(\^2)?/g,
    (_, factor: string, first: string, second = "", power = "") =>
      [
        factor,
        ...[first, second].filter((name) => name !== "").map((name) =>
          bracketed(name === "m" ? m : b)
        ),
      ].filter((part) => part !== "").join("*") + power,
  );
  const line = (text: string, kind: string) => {
    const made = math(text);
    made.classList.add("long", kind);
    return made;
  };
  return element(
    "p",
    {},
    line(`${name} = ${text}`, "symbols"),
    line(`= ${numbers}`, "numbers"),
    element("strong", {}, `= ${format(value.data)}`),
  );
}

function bracketed(number: number): string {
  const text = String(Math.round(number * 100) / 100);
  return number < 0 ? `(${text})` : text;
}
