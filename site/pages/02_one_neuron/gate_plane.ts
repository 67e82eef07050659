/** The square of two switches: four corners, the line f = 0 and the side that is answered with 1. */

import {
  answersOf,
  corners,
  type Gate,
  gates,
  neuronOf,
  weightedSum,
  type Weights,
} from "../../../examples/lecture/02_one_neuron.ts";
import { publish, setAttributes, svg } from "../../dom.ts";
import { pathOf, type Plane, plane, type Point } from "../../plane.ts";

/** What is shown of a neuron. */
export interface Shown {
  readonly weights: Weights;
  readonly gate: Gate;
  /** The corner that is being looked at. */
  readonly corner?: number | undefined;
}

const shown: Point = [-0.6, 1.6];

/** The picture of a neuron's answers; `over` places what lies above it. */
export function gatePlane(
  label: string,
  state: () => Shown,
  over: (plane: Plane) => void = () => {},
): Plane {
  const positive = svg("path", { class: "side one" });
  const negative = svg("path", { class: "side zero" });
  const line = svg("path", { class: "curve strong" });
  const spot = svg("circle", { class: "spot", r: 24 });
  const marks = corners.map(() => {
    const text = svg("text", { class: "corner", "text-anchor": "middle", dy: 5 });
    return { text, group: svg("g", {}, svg("circle", { class: "dot", r: 13 }), text) };
  });
  const draw = (plane: Plane) => {
    const { weights, gate, corner } = state();
    setAttributes(positive, { d: pathOf(plane, halfPlane(weights, 1)) + "Z" });
    setAttributes(negative, { d: pathOf(plane, halfPlane(weights, -1)) + "Z" });
    setAttributes(line, { d: pathOf(plane, lineOf(weights)) });
    const answers = answersOf(weights);
    for (const [i, [x, y]] of corners.entries()) {
      const { group, text } = marks[i]!;
      const target = gates[gate][i]!;
      const isRight = answers[i] === target;
      setAttributes(group, {
        transform: `translate(${plane.x(x)} ${plane.y(y)})`,
        class: `gate ${target === 1 ? "one" : "zero"} ${isRight ? "right" : "mistaken"}`,
      });
      text.textContent = String(target);
      if (i === corner) setAttributes(spot, { cx: plane.x(x), cy: plane.y(y) });
    }
    spot.style.visibility = corner === undefined ? "hidden" : "visible";
    publish(plane.element, { w1: weights[0], w2: weights[1], b: weights[2] });
    over(plane);
  };
  const made = plane({
    x: shown,
    y: shown,
    ratio: 0.9,
    xLabel: "x₁",
    yLabel: "x₂",
    label,
    draw,
  });
  made.inside.append(negative, positive, line, spot, ...marks.map(({ group }) => group));
  return made;
}

const far = 20;

/** A point of the line f = 0 (the one nearest to the middle) and its direction, or null if none. */
export function lineAt(
  [w1, w2, b]: Weights,
): { foot: Point; along: Point } | null {
  const length = Math.hypot(w1, w2);
  if (length < 1e-9) return null;
  const middle = weightedSum(neuronOf([w1, w2, b]), [0.5, 0.5]).data;
  const step = middle / length ** 2;
  return {
    foot: [0.5 - step * w1, 0.5 - step * w2],
    along: [-w2 / length, w1 / length],
  };
}

/** The line f = 0, longer than the picture. */
function lineOf(weights: Weights): Point[] {
  const line = lineAt(weights);
  if (line === null) return [];
  const { foot, along } = line;
  return [-far, far].map((t) => [foot[0] + t * along[0], foot[1] + t * along[1]]);
}

/** The corners of the half of the plane in which f has a sign. */
function halfPlane(weights: Weights, sign: 1 | -1): Point[] {
  const line = lineAt(weights);
  if (line === null) {
    const isAll = (weights[2] > 0) === (sign > 0);
    return isAll ? [[-far, -far], [far, -far], [far, far], [-far, far]] : [];
  }
  const { foot: [x, y], along: [dx, dy] } = line;
  const [nx, ny] = [sign * dy, -sign * dx];
  const at = (t: number, s: number): Point => [x + t * dx + s * nx, y + t * dy + s * ny];
  return [at(-far, 0), at(far, 0), at(far, far), at(-far, far)];
}
