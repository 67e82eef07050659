/** A pad to draw on with a mouse, a finger, a pen or the keyboard. */

import { canvas, type Drawn, onKeys } from "../../dom.ts";
import type { Stroke } from "../../model/strokes.ts";
import { colorsNow } from "../parts/colors.ts";

/** The side of the pad in the units of its strokes. */
export const padSide = 280;

const lineWidth = 17;
const keyStep = 9;

type Point = [x: number, y: number];

/** The pad; it calls back with every movement of the pen. */
export class Pad {
  readonly element: HTMLCanvasElement;
  readonly #drawn: Drawn;
  readonly #onDraw: (strokes: readonly Stroke[]) => void;
  readonly #hint: string;
  #strokes: Point[][] = [];
  /** Where the pen of the keyboard is, and whether it is down. */
  #pen: { at: Point; isDown: boolean } | null = null;
  /** Whether what is drawn goes away as soon as the reader draws. */
  #isExample = false;

  /** Makes an empty pad; `hint` stands on it until something is drawn. */
  constructor(
    options: {
      readonly label: string;
      readonly hint: string;
      readonly onDraw: (strokes: readonly Stroke[]) => void;
      readonly onDigit: (digit: number) => void;
    },
  ) {
    this.#onDraw = options.onDraw;
    this.#hint = options.hint;
    this.#drawn = canvas({
      width: 340,
      height: 340,
      label: options.label,
      draw: (context, { width }) => this.#draw(context, width),
    });
    this.element = this.#drawn.element;
    Object.assign(this.element.style, {
      touchAction: "none",
      cursor: "crosshair",
      borderRadius: "12px",
      boxShadow: "inset 0 0 0 1.5px var(--line)",
    });
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "application");
    this.#listenToPointers();
    this.#listenToKeys(options.onDigit);
  }

  /** Whether nothing is drawn. */
  get isEmpty(): boolean {
    return this.#strokes.length === 0;
  }

  /** Takes everything away. */
  clear(): void {
    this.#strokes = [];
    this.#changed();
  }

  /** Draws strokes as if a hand did it; an example goes away as soon as the reader draws. */
  write(strokes: readonly Stroke[], isExample = false): void {
    this.#strokes = [];
    this.#isExample = isExample;
    const points = strokes.flatMap((stroke, k) => stroke.map((point) => ({ point, k })));
    let at = 0;
    const mine = this.#strokes;
    const frame = () => {
      if (this.#strokes !== mine) return; // something else was begun
      for (const { point: [x, y], k } of points.slice(at, at += 3)) (mine[k] ??= []).push([x, y]);
      this.#changed();
      if (at < points.length) requestAnimationFrame(frame);
    };
    frame();
  }

  /** The strokes that stay when another one begins. */
  #kept(): Point[][] {
    const kept = this.#isExample ? [] : this.#strokes;
    this.#isExample = false;
    return kept;
  }

  #changed(): void {
    this.#drawn.redraw();
    this.#onDraw(this.#strokes.filter((stroke) => stroke.length > 0));
  }

  #listenToPointers(): void {
    const { element } = this;
    const placeOf = (event: PointerEvent): Point => {
      const box = element.getBoundingClientRect();
      const at = (offset: number, size: number) =>
        Math.min(padSide, Math.max(0, offset / size * padSide));
      return [at(event.clientX - box.left, box.width), at(event.clientY - box.top, box.height)];
    };
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      this.#pen = null;
      this.#strokes = [...this.#kept(), [placeOf(event)]];
      this.#changed();
    });
    element.addEventListener("pointermove", (event) => {
      if (!element.hasPointerCapture(event.pointerId)) return;
      const all = event.getCoalescedEvents?.() ?? [];
      const events = all.length > 0 ? all : [event];
      this.#strokes.at(-1)?.push(...events.map(placeOf));
      this.#changed();
    });
  }

  #listenToKeys(onDigit: (digit: number) => void): void {
    const step = (right: number, down: number) => () => {
      const pen = this.#pen ??= { at: [padSide / 2, padSide / 4], isDown: false };
      const inside = (x: number) => Math.min(padSide - 10, Math.max(10, x));
      pen.at = [inside(pen.at[0] + right * keyStep), inside(pen.at[1] + down * keyStep)];
      if (pen.isDown) {
        this.#strokes.at(-1)?.push([...pen.at]);
        this.#changed();
      } else this.#drawn.redraw();
    };
    const press = () => {
      const pen = this.#pen ??= { at: [padSide / 2, padSide / 4], isDown: false };
      pen.isDown = !pen.isDown;
      if (!pen.isDown) return this.#drawn.redraw();
      this.#strokes = [...this.#kept(), [[...pen.at]]];
      this.#changed();
    };
    const digits = Object.fromEntries(
      Array.from({ length: 10 }, (_, digit) => [String(digit), () => onDigit(digit)]),
    );
    onKeys(this.element, {
      ArrowRight: step(1, 0),
      ArrowLeft: step(-1, 0),
      ArrowDown: step(0, 1),
      ArrowUp: step(0, -1),
      " ": press,
      Enter: press,
      Delete: () => this.clear(),
      Backspace: () => this.clear(),
      ...digits,
    });
    for (const name of ["focus", "blur"]) {
      this.element.addEventListener(name, () => this.#drawn.redraw());
    }
  }

  #draw(context: CanvasRenderingContext2D, size: number): void {
    const colors = colorsNow();
    const scale = size / padSide;
    context.fillStyle = colors.paper;
    context.fillRect(0, 0, size, size);
    context.scale(scale, scale);
    if (this.#strokes.length === 0) {
      context.fillStyle = colors.muted;
      context.font = `16px ${getComputedStyle(this.element).fontFamily}`;
      context.textAlign = "center";
      context.fillText(this.#hint, padSide / 2, padSide / 2);
    }
    context.strokeStyle = colors.ink;
    context.lineWidth = lineWidth;
    context.lineCap = "round";
    context.lineJoin = "round";
    for (const stroke of this.#strokes) drawSmoothly(context, stroke);
    if (this.#pen !== null && document.activeElement === this.element) {
      const [x, y] = this.#pen.at;
      context.strokeStyle = colors.accent;
      context.fillStyle = colors.accent;
      context.lineWidth = 2.5;
      context.beginPath();
      context.arc(x, y, 11, 0, 2 * Math.PI);
      context.stroke();
      if (this.#pen.isDown) context.fill();
    }
  }
}

/** A line through points whose corners are rounded off. */
function drawSmoothly(context: CanvasRenderingContext2D, stroke: readonly Point[]): void {
  const [first] = stroke;
  if (first === undefined) return;
  context.beginPath();
  context.moveTo(...first);
  stroke.forEach(([x, y], i) => {
    const next = stroke[i + 1] ?? [x, y];
    context.quadraticCurveTo(x, y, (x + next[0]) / 2, (y + next[1]) / 2);
  });
  context.lineTo(stroke.at(-1)![0] + 0.01, stroke.at(-1)![1]);
  context.stroke();
}
