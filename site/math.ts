/** Formulas as the library prints them, set as mathematics. */

import { element } from "./dom.ts";

const token =
  /(\s*)(?:([A-Za-zα-ωλΔ∂Σŷ]+)(_[A-Za-z0-9]+|[₀-₉ᵢⱼ]+|\d+)?|(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)|(\^)|(\*)|(-)|(\S))/gu;

/** Words that are names of functions, set upright. */
const functions = new Set(
  "tanh sigmoid relu exp log sin cos tan sqrt abs max min erf MSE".split(" "),
);

/**
 * A formula such as `2.5m^2 + 3mb - 13` as an element: variables in italics, powers raised, true
 * minus signs. Inside a longer word each letter is a variable, unless the word names a function.
 */
export function math(text: string): HTMLElement {
  const line = element("span", {
    class: text.length > 24 ? "math long" : "math",
    "data-formula": text,
  });
  let isRaised = false;
  for (const [, space, word, index, number, power, times, minus, other] of text.matchAll(token)) {
    if (space !== "" && line.hasChildNodes()) line.append(" ");
    if (power !== undefined) {
      isRaised = true;
      continue;
    }
    const part = document.createDocumentFragment();
    if (word !== undefined) part.append(...wordParts(word, index ?? ""));
    else if (number !== undefined) part.append(number);
    else if (times !== undefined) part.append("·");
    else if (minus !== undefined) part.append("−");
    else part.append(other ?? "");
    line.append(isRaised ? element("sup", {}, part) : part);
    isRaised = isRaised && minus !== undefined; // a power may have a sign
  }
  return line;
}

/** A word as variables or, if it names a function, upright. */
function wordParts(word: string, index: string): Node[] {
  const below = index === "" ? [] : [element("sub", {}, plainIndex(index))];
  if (functions.has(word)) return [element("span", { class: "name" }, word), ...below];
  return [element("i", {}, word), ...below];
}

const low = "₀₁₂₃₄₅₆₇₈₉";

function plainIndex(index: string): string {
  const text = index.startsWith("_") ? index.slice(1) : index;
  return [...text].map((sign) => {
    if (sign === "ᵢ") return "i";
    if (sign === "ⱼ") return "j";
    const digit = low.indexOf(sign);
    return digit < 0 ? sign : String(digit);
  }).join("");
}
