/** Numbers that change, with their names, and sentences that change. */

import { type Child, element, math } from "./dom.ts";

/** A list of names and numbers. */
export interface Readouts<Name extends string> {
  readonly element: HTMLElement;
  /** Shows new numbers, as text or as elements. */
  show(values: Readonly<Partial<Record<Name, Child>>>): void;
}

/** A list of numbers by name; a name between dollar signs is set as a formula. */
export function readouts<Name extends string>(
  names: readonly (readonly [name: Name, label: string])[],
): Readouts<Name> {
  const list = element("dl", { class: "readouts" });
  const places = new Map<Name, HTMLElement>();
  for (const [name, label] of names) {
    const place = element("dd", { "data-readout": name });
    places.set(name, place);
    const title = label.startsWith("$") ? math(label.slice(1, -1)) : label;
    list.append(element("dt", {}, title), place);
  }
  return {
    element: list,
    show(values) {
      for (const [name, value] of Object.entries(values) as [Name, Child][]) {
        places.get(name)?.replaceChildren(
          ...(value === null || value === undefined ? [] : [value]),
        );
      }
    },
  };
}

/** What plays until it is told to stop: a button that says so, and the frames. */
export interface Player {
  readonly element: HTMLButtonElement;
  readonly isPlaying: boolean;
  stop(): void;
}

/** A button that calls `step` again and again, `interval` milliseconds apart, until it gives false. */
export function player(
  options: {
    readonly labels: { readonly play: string; readonly pause: string };
    readonly interval: number;
    readonly step: () => boolean;
  },
): Player {
  const { labels, interval, step } = options;
  let isPlaying = false;
  let last = 0;
  const made = element("button", { type: "button", class: "main" }, labels.play);
  const stop = () => {
    isPlaying = false;
    made.textContent = labels.play;
    made.setAttribute("aria-pressed", "false");
  };
  const frame = (now: number) => {
    if (!isPlaying) return;
    if (now - last >= interval) {
      last = now;
      if (!step()) return stop();
    }
    requestAnimationFrame(frame);
  };
  made.addEventListener("click", () => {
    if (isPlaying) return stop();
    isPlaying = true;
    made.textContent = labels.pause;
    made.setAttribute("aria-pressed", "true");
    last = 0;
    requestAnimationFrame(frame);
  });
  return {
    element: made,
    get isPlaying(): boolean {
      return isPlaying;
    },
    stop,
  };
}
