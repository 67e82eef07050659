/** The loss after each step: the current run in the accent, the ones before in grey. */

import { setAttributes, svg } from "../../dom.ts";
import { pathOf, plane, type Point } from "../../plane.ts";
import type { Place } from "./walk.ts";

/** A chart of losses. */
export interface LossChart {
  readonly element: SVGElement;
  /** Shows the first `count` places of a run. */
  show(run: readonly Place[], count: number): void;
  /** Keeps a run in grey. */
  keep(run: readonly Place[]): void;
  /** Forgets all runs. */
  clear(): void;
}

const range: Point = [1e-4, 1e4];
const kept = 3;

/** A chart of the loss over the steps, logarithmic. */
export function lossChart(label: string, axis: string): LossChart {
  const line = svg("path", { class: "curve accent strong" });
  const dot = svg("circle", { class: "dot accent", r: 5 });
  const old = svg("g", {});
  let earlier: (readonly Place[])[] = [];
  let run: readonly Place[] = [];
  let count = 0;
  let most = 0;
  const made = plane({
    x: [0, 200],
    y: range,
    isLog: true,
    ratio: 0.36,
    xLabel: axis,
    yLabel: label,
    label,
    draw: (plane) => {
      const pathFor = (places: readonly Place[]) =>
        pathOf(plane, thinned(places).map(([i, { loss }]): Point => [i, Math.max(loss, 1e-30)]));
      old.replaceChildren(
        ...earlier.map((places) => svg("path", { class: "curve faded", d: pathFor(places) })),
      );
      setAttributes(line, { d: pathFor(run.slice(0, count)) });
      const last = run[count - 1];
      dot.style.visibility = last === undefined ? "hidden" : "visible";
      if (last !== undefined) {
        setAttributes(dot, { cx: plane.x(count - 1), cy: plane.y(Math.max(last.loss, 1e-30)) });
      }
    },
  });
  made.inside.append(old, line, dot);
  return {
    element: made.element,
    show(places, shown) {
      [run, count] = [places, shown];
      const longest = Math.max(10, run.length - 1, ...earlier.map(({ length }) => length - 1));
      if (longest !== most) made.setRanges([0, longest], range);
      else made.redraw();
      most = longest;
    },
    keep(places) {
      if (places.length > 1) earlier = [...earlier, places].slice(-kept);
    },
    clear() {
      earlier = [];
    },
  };
}

/** At most about a thousand places with their steps. */
function thinned(places: readonly Place[]): [number, Place][] {
  const stride = Math.ceil(places.length / 1000);
  return places.flatMap((place, i): [number, Place][] =>
    i % stride === 0 || i === places.length - 1 ? [[i, place]] : []
  );
}
