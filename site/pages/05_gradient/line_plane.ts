/** The line that belongs to a place on the surface. */

import {
  lineOf,
  type Numbers,
  type Point,
  predict,
} from "../../../examples/lecture/04_simpler_model.ts";
import { setAttributes, svg } from "../../dom.ts";
import { pathOf, plane } from "../../plane.ts";

/** A small picture of the line itself. */
export function linePlane(
  label: string,
  state: () => { at: Numbers; data: readonly Point[] },
): { element: SVGElement; redraw(): void } {
  const line = svg("path", { class: "curve accent strong" });
  const errors = svg("path", { class: "curve accent dashed" });
  const dots = svg("g", {});
  const made = plane({
    x: [-0.5, 3.5],
    y: [-1, 8],
    ratio: 0.66,
    label,
    draw: (plane) => {
      const { at, data } = state();
      const own = lineOf(at);
      const y = (x: number) => predict(own, x).data;
      setAttributes(line, { d: pathOf(plane, [-0.5, 3.5].map((x) => [x, y(x)])) });
      const down = data.map(([x, target]) => pathOf(plane, [[x, target], [x, y(x)]]));
      setAttributes(errors, { d: down.join("") });
      dots.replaceChildren(
        ...data.map(([x, target]) =>
          svg("circle", { class: "dot", r: 5, cx: plane.x(x), cy: plane.y(target) })
        ),
      );
    },
  });
  made.inside.append(errors, line, dots);
  return made;
}
