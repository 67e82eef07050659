/** The confusion matrix: what each digit was taken for. */

import { worstConfusion } from "../../../examples/lecture/11_mnist.ts";
import { element } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";

/** A table of counts, shaded, that appears when there is something to show. */
export class ConfusionView {
  readonly element: HTMLElement = element("div", { style: "display: none" });
  readonly #isEnglish = pageLanguage() === "en";

  /** Takes the table away. */
  clear(): void {
    this.element.style.display = "none";
  }

  /** Shows how often each digit (row) was read as which (column). */
  show(counts: readonly (readonly number[])[]): void {
    const isEnglish = this.#isEnglish;
    const digits = counts.map((_, digit) => digit);
    const head = element(
      "tr",
      {},
      element("th", {}, isEnglish ? "is ↓ read as →" : "asli ↓ dibaca →"),
      ...digits.map((digit) => element("th", { class: "number", scope: "col" }, String(digit))),
    );
    const rows = counts.map((row, digit) => {
      const total = row.reduce((sum, count) => sum + count, 0);
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, String(digit)),
        ...row.map((count, answer) => cell(count, count / total, answer === digit)),
      );
    });
    const [written, read] = worstConfusion(counts);
    const worst = counts[written]![read]!;
    const sentence = worst === 0
      ? ""
      : isEnglish
      ? `Most often a ${written} was read as a ${read}: ${worst} of ` +
        `${counts[written]!.reduce((sum, count) => sum + count, 0)} times.`
      : `Paling sering ${written} dibaca sebagai ${read}: ${worst} dari ` +
        `${counts[written]!.reduce((sum, count) => sum + count, 0)} kali.`;
    this.element.replaceChildren(
      element(
        "div",
        { style: "font-size: .875rem; color: var(--muted); margin-bottom: .4rem" },
        isEnglish
          ? "All 1,000 test digits: the confusion matrix"
          : "Seluruh 1.000 angka uji: matriks kebingungan",
      ),
      element(
        "div",
        { class: "scroll" },
        element(
          "table",
          {
            style:
              "font-size: .8125rem; width: 100%; border-collapse: separate; border-spacing: 2px",
          },
          element("thead", {}, head),
          element("tbody", {}, ...rows),
        ),
      ),
      element("p", { style: "margin: .5rem 0 0; font-size: .9375rem" }, sentence),
    );
    this.element.style.display = "";
  }
}

function cell(count: number, share: number, isRight: boolean): HTMLElement {
  const color = isRight ? "third" : "accent";
  const strength = count === 0 ? 0 : isRight ? 12 + 38 * share : Math.min(75, 14 + 400 * share);
  return element("td", {
    class: "number",
    style: "padding: .22rem .35rem; border: 0; border-radius: 4px; text-align: center; " +
      `background: color-mix(in srgb, var(--${color}) ${strength}%, var(--paper))`,
  }, count === 0 ? "·" : String(count));
}
