/** What a network says where, with points that are placed by a pointer or by keys. */

import { canvas, type ColorName, type Drawn, onKeys } from "../../dom.ts";
import { gridSide } from "../../model/live_network.ts";
import type { LabelledPoint } from "../../model/point_sets.ts";
import { FieldImage, levelLines } from "./field_image.ts";
import { colorsNow } from "./colors.ts";

/** The colours of the two classes. */
export const classColors: readonly [ColorName, ColorName] = ["cool", "accent"];

/** What there is to see. */
export interface RegionPicture {
  /** The probability of class 1 at each place of the grid, or null where nothing is known. */
  field: ArrayLike<number> | null;
  points: readonly LabelledPoint[];
  /** Points that are judged by only, drawn hollow. */
  held: readonly LabelledPoint[];
}

/** How a region is shown, and what happens where someone points. */
export interface RegionOptions {
  readonly label: string;
  readonly size: number;
  readonly domain?: readonly [low: number, high: number];
  readonly pointRadius?: number;
  /** A place was pressed, in the coordinates of the points; the region takes no pointer without. */
  readonly onPlace?: (x: number, y: number) => void;
  /** A key was pressed at the cursor: a digit for a class, or Delete. */
  readonly onKey?: (key: "0" | "1" | "Delete", x: number, y: number) => void;
  /** Draws more on top; the functions give places in pixels. */
  readonly over?: (
    context: CanvasRenderingContext2D,
    toX: (x: number) => number,
    toY: (y: number) => number,
  ) => void;
}

/** A square that shows what a network says, and lets points be placed. */
export class RegionView {
  readonly element: HTMLCanvasElement;
  readonly #drawn: Drawn;
  readonly #options: RegionOptions;
  readonly #domain: readonly [low: number, high: number];
  readonly #image = new FieldImage(gridSide);
  #picture: RegionPicture = { field: null, points: [], held: [] };
  #cursor: { x: number; y: number } | null = null;

  /** Makes an empty region. */
  constructor(options: RegionOptions) {
    this.#options = options;
    this.#domain = options.domain ?? [-1, 1];
    this.#drawn = canvas({
      width: options.size,
      height: options.size,
      label: options.label,
      draw: (context, { width }) => this.#draw(context, width),
    });
    this.element = this.#drawn.element;
    this.element.style.borderRadius = "8px";
    if (options.onPlace) this.#listen(options.onPlace);
  }

  /** Shows another picture; parts that are not given stay. */
  show(picture: Partial<RegionPicture>): void {
    this.#picture = { ...this.#picture, ...picture };
    this.#drawn.redraw();
  }

  #listen(onPlace: (x: number, y: number) => void): void {
    const { element } = this;
    const [low, high] = this.#domain;
    element.style.cursor = "crosshair";
    element.style.touchAction = "manipulation";
    element.tabIndex = 0;
    element.setAttribute("role", "application");
    element.addEventListener("click", (event) => { // not at once: a finger may only scroll
      const box = element.getBoundingClientRect();
      const part = (event.clientX - box.left) / box.width;
      const above = 1 - (event.clientY - box.top) / box.height;
      this.#cursor = null;
      onPlace(low + part * (high - low), low + above * (high - low));
    });
    const step = (right: number, up: number) => ({ shiftKey }: KeyboardEvent) => {
      const length = (high - low) * (shiftKey ? 0.01 : 0.05);
      const inside = (at: number) => Math.min(high, Math.max(low, at));
      const from = this.#cursor ?? { x: (low + high) / 2, y: (low + high) / 2 };
      this.#cursor = { x: inside(from.x + right * length), y: inside(from.y + up * length) };
      this.#drawn.redraw();
    };
    const act = (call: (x: number, y: number) => void) => () => {
      this.#cursor ??= { x: (low + high) / 2, y: (low + high) / 2 };
      call(this.#cursor.x, this.#cursor.y);
      this.#drawn.redraw();
    };
    const key = (name: "0" | "1" | "Delete") => act((x, y) => this.#options.onKey?.(name, x, y));
    onKeys(element, {
      ArrowRight: step(1, 0),
      ArrowLeft: step(-1, 0),
      ArrowUp: step(0, 1),
      ArrowDown: step(0, -1),
      Enter: act(onPlace),
      " ": act(onPlace),
      "0": key("0"),
      "1": key("1"),
      Delete: key("Delete"),
      Backspace: key("Delete"),
    });
  }

  #draw(context: CanvasRenderingContext2D, size: number): void {
    const colors = colorsNow();
    const { field, points, held } = this.#picture;
    const [low, high] = this.#domain;
    const toX = (x: number) => (x - low) / (high - low) * size;
    const toY = (y: number) => (high - y) / (high - low) * size;
    context.fillStyle = colors.line;
    context.fillRect(0, 0, size, size);
    if (field !== null) {
      const scale = {
        low: colors["soft-cool"],
        middle: colors.paper,
        high: colors["soft-accent"],
      };
      this.#image.paint(field, scale, 2, -0.5);
      context.imageSmoothingEnabled = true;
      context.drawImage(this.#image.canvas, 0, 0, size, size);
      context.strokeStyle = colors.ink;
      context.lineWidth = 2;
      context.lineCap = "round";
      context.beginPath();
      for (const [x0, y0, x1, y1] of levelLines(field, gridSide, 0.5)) {
        context.moveTo(x0 * size, y0 * size);
        context.lineTo(x1 * size, y1 * size);
      }
      context.stroke();
    }
    this.#options.over?.(context, toX, toY);
    const radius = this.#options.pointRadius ?? 4.6;
    for (const { x, y, label } of held) {
      drawPoint(context, [toX(x), toY(y)], { label, radius, isHollow: true });
    }
    for (const { x, y, label } of points) drawPoint(context, [toX(x), toY(y)], { label, radius });
    if (this.#cursor !== null && document.activeElement === this.element) {
      drawCursor(context, toX(this.#cursor.x), toY(this.#cursor.y));
    }
  }
}

/** A point of a class: a disc for 0, a square for 1, so that colours are not all that tells. */
export function drawPoint(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [x: number, y: number],
  { label, radius, isHollow = false }: {
    readonly label: number;
    readonly radius: number;
    readonly isHollow?: boolean;
  },
): void {
  const colors = colorsNow();
  const color = colors[classColors[label === 1 ? 1 : 0]];
  context.beginPath();
  if (label === 1) {
    const half = radius * 0.92;
    context.rect(x - half, y - half, 2 * half, 2 * half);
  } else context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = isHollow ? colors.panel : color;
  context.strokeStyle = isHollow ? color : colors.panel;
  context.lineWidth = isHollow ? 1.8 : 1.4;
  context.fill();
  context.stroke();
}

function drawCursor(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.strokeStyle = colorsNow().ink;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
    context.moveTo(x + 5 * dx, y + 5 * dy);
    context.lineTo(x + 13 * dx, y + 13 * dy);
  }
  context.stroke();
}
