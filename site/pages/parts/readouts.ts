/** Numbers that change, in a list with their names. */

import { element, publish } from "../../dom.ts";

/** A list of numbers, each under a key. */
export interface Readouts<Key extends string> {
  readonly element: HTMLElement;
  /** Shows texts by their keys; what is not given stays. */
  show(texts: Readonly<Partial<Record<Key, string>>>): void;
}

/** A list of numbers and their names, in order. */
export function readouts<Key extends string>(
  rows: readonly (readonly [key: Key, name: string | Node])[],
): Readouts<Key> {
  const cells = new Map<Key, HTMLElement>();
  const list = element("dl", { class: "readouts" });
  for (const [key, name] of rows) {
    const cell = element("dd", {}, "–");
    cells.set(key, cell);
    list.append(element("dt", {}, name), cell);
  }
  return {
    element: list,
    show(texts) {
      for (const [key, text] of Object.entries(texts)) {
        cells.get(key as Key)!.textContent = text as string;
      }
    },
  };
}

/** Counts how often it was called in the last second, and publishes it as `data-fps`. */
export function frameCounter(target: HTMLElement): () => number {
  let times: number[] = [];
  return () => {
    const now = performance.now();
    times.push(now);
    times = times.filter((time) => time > now - 1000);
    publish(target, { fps: times.length });
    return times.length;
  };
}
