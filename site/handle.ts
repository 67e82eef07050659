/** Handles: parts of a picture that are dragged by a pointer or moved by the arrow keys. */

import { onKeys, setAttributes, svg } from "./dom.ts";

/** A round handle in an SVG picture. */
export interface Handle {
  readonly element: SVGGElement;
  /** Moves it to a place of the picture; `text` is what a screen reader says of it. */
  place(x: number, y: number, text: string): void;
}

/** Whether arrow keys take small steps (Shift) or usual ones. */
export type Pace = "small" | "usual";

/**
 * A handle that a pointer drags and the arrow keys move. `onDrag` gets places in the picture's own
 * coordinates (its viewBox); `onStep` gets directions, 1 being right or up.
 */
export function handle(
  options: {
    readonly label: string;
    readonly radius?: number;
    readonly class?: string;
    readonly onDrag: (x: number, y: number) => void;
    readonly onStep: (right: number, up: number, pace: Pace) => void;
  },
): Handle {
  const { label, radius = 9, onDrag, onStep } = options;
  const made = svg(
    "g",
    {
      class: `handle ${options.class ?? ""}`,
      role: "slider",
      tabindex: 0,
      "aria-label": label,
      "aria-valuenow": 0,
    },
    svg("circle", { class: "reach", r: Math.max(22, radius) }),
    svg("circle", { class: "ring", r: radius + 5 }),
    svg("circle", { class: "knob", r: radius }),
  );
  drag(made, onDrag);
  const step = (right: number, up: number) => (event: KeyboardEvent) =>
    onStep(right, up, event.shiftKey ? "small" : "usual");
  onKeys(made, {
    ArrowRight: step(1, 0),
    ArrowLeft: step(-1, 0),
    ArrowUp: step(0, 1),
    ArrowDown: step(0, -1),
  });
  return {
    element: made,
    place(x, y, text) {
      setAttributes(made, { transform: `translate(${x} ${y})`, "aria-valuetext": text });
    },
  };
}

/** Lets a pointer drag a part of a picture; `onDrag` gets places in the coordinates of its svg. */
export function drag(part: SVGElement, onDrag: (x: number, y: number) => void): void {
  let offset = { x: 0, y: 0 };
  part.style.touchAction = "none";
  part.addEventListener("pointerdown", (event) => {
    const at = placeIn(part, event);
    if (at === null || event.button !== 0) return;
    const own = (part as SVGGraphicsElement).transform?.baseVal.consolidate()?.matrix;
    offset = own === undefined ? { x: 0, y: 0 } : { x: own.e - at.x, y: own.f - at.y };
    part.setPointerCapture(event.pointerId);
    part.classList.add("dragged");
    part.focus({ preventScroll: true });
    event.preventDefault();
  });
  part.addEventListener("pointermove", (event) => {
    if (!part.hasPointerCapture(event.pointerId)) return;
    const at = placeIn(part, event);
    if (at !== null) onDrag(at.x + offset.x, at.y + offset.y);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    part.addEventListener(end, () => part.classList.remove("dragged"));
  }
}

/** Where a pointer is, in the coordinates of the svg that a part belongs to. */
export function placeIn(part: SVGElement, event: PointerEvent): DOMPoint | null {
  const root = part.ownerSVGElement ?? (part as SVGSVGElement);
  const matrix = root.getScreenCTM();
  return matrix === null
    ? null
    : new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
}
