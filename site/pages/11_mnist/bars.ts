/** Probabilities of the ten digits as bars. */

import { element, format } from "../../dom.ts";

/** One bar and its parts. */
export interface Bar {
  readonly row: HTMLElement;
  readonly fill: HTMLElement;
  readonly text: HTMLElement;
}

/** The bar of a digit: its name, its length and its share. */
export function barOf(digit: number): Bar {
  const fill = element("div", { style: "height: 100%; border-radius: inherit; width: 0" });
  const text = element("span", {
    style: "font-size: .8125rem; text-align: right; font-variant-numeric: tabular-nums",
  });
  const row = element(
    "div",
    {
      style: "display: grid; grid-template-columns: 1rem 1fr 2.6rem; gap: .6rem; " +
        "align-items: center; line-height: 1.2",
    },
    element("span", { style: "font-weight: 650" }, String(digit)),
    element(
      "div",
      { style: "height: .8rem; border-radius: .4rem; background: var(--line); overflow: hidden" },
      fill,
    ),
    text,
  );
  return { row, fill, text };
}

/** Shows a probability; the winner is in colour. */
export function showBar(
  { fill, text, row }: Bar,
  p: number,
  isWinner: boolean,
): void {
  fill.style.width = `${100 * p}%`;
  fill.style.background = `var(--${isWinner ? "accent" : "muted"})`;
  text.textContent = p === 0 ? "" : percentOf(p);
  row.style.color = `var(--${isWinner ? "ink" : "muted"})`;
}

/** A probability in percent: with a decimal where it is small, or short of certain. */
export function percentOf(p: number): string {
  const isNearAnEnd = p < 0.0995 || (p > 0.99 && p < 0.9995);
  return `${format(100 * p, isNearAnEnd ? 1 : 0)} %`;
}
