/** Charts on a canvas: axes with round numbers, curves with their names beside them. */

import { type Area, type ColorName } from "../../dom.ts";
import { colorsNow } from "./colors.ts";

/** One axis of a chart. */
export interface ChartAxis {
  readonly domain: readonly [low: number, high: number];
  readonly label?: string;
  readonly isLog?: boolean;
  /** Whether only whole numbers are marked. */
  readonly isWhole?: boolean;
}

/** A line through points in order. */
export interface Curve {
  readonly name?: string;
  readonly color: ColorName;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly width?: number;
  readonly isDashed?: boolean;
  readonly alpha?: number;
}

/** Space around the plot, in pixels. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const usualMargins: Margins = { left: 46, right: 14, top: 14, bottom: 38 };

/** A chart's frame: what lies where. */
export class Chart {
  readonly #context: CanvasRenderingContext2D;
  readonly #area: Area;
  readonly #x: ChartAxis;
  readonly #y: ChartAxis;
  readonly #margins: Margins;
  readonly #family: string;

  /** Makes a frame on a canvas; `axes` draws it. */
  constructor(
    context: CanvasRenderingContext2D,
    area: Area,
    axes: { readonly x: ChartAxis; readonly y: ChartAxis; readonly margins?: Partial<Margins> },
  ) {
    this.#context = context;
    this.#area = area;
    this.#x = axes.x;
    this.#y = axes.y;
    this.#margins = { ...usualMargins, ...axes.margins };
    this.#family = getComputedStyle(context.canvas).fontFamily;
  }

  /** Where a number stands from the left, in pixels. */
  x(value: number): number {
    const { left, right } = this.#margins;
    return left + partOf(value, this.#x) * (this.#area.width - left - right);
  }

  /** Where a number stands from the top, in pixels. */
  y(value: number): number {
    const { top, bottom } = this.#margins;
    return this.#area.height - bottom - partOf(value, this.#y) * (this.#area.height - top - bottom);
  }

  /** The numbers at a place in pixels; the other way round. */
  at(px: number, py: number): [x: number, y: number] {
    const { left, right, top, bottom } = this.#margins;
    return [
      valueAt((px - left) / (this.#area.width - left - right), this.#x),
      valueAt((this.#area.height - bottom - py) / (this.#area.height - top - bottom), this.#y),
    ];
  }

  /** Draws the axes, their numbers and names, and faint lines across. */
  axes(): void {
    const context = this.#context;
    const colors = colorsNow();
    const { left, right, top, bottom } = this.#margins;
    const [low, end] = [this.#area.height - bottom, this.#area.width - right];
    context.font = `11.5px ${this.#family}`;
    context.lineWidth = 1;
    context.strokeStyle = colors.line;
    context.fillStyle = colors.muted;
    context.textAlign = "center";
    context.textBaseline = "top";
    for (const tick of ticksOf(this.#x, Math.max(2, (end - left) / 70))) {
      context.fillText(tickText(tick), this.x(tick), low + 6);
      this.#line(this.x(tick), low, this.x(tick), low + 4);
    }
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const tick of ticksOf(this.#y, Math.max(2, (low - top) / 40))) {
      context.fillText(tickText(tick), left - 7, this.y(tick));
      context.globalAlpha = 0.55;
      this.#line(left, this.y(tick), end, this.y(tick));
      context.globalAlpha = 1;
    }
    this.#line(left, low, end, low);
    context.textAlign = "right";
    context.textBaseline = "bottom";
    if (this.#x.label) context.fillText(this.#x.label, end, this.#area.height - 3);
    context.textAlign = "left";
    context.textBaseline = "top";
    if (this.#y.label) context.fillText(this.#y.label, 2, 0);
  }

  #line(x0: number, y0: number, x1: number, y1: number): void {
    this.#context.beginPath();
    this.#context.moveTo(x0, y0);
    this.#context.lineTo(x1, y1);
    this.#context.stroke();
  }

  /** Draws curves, cut off at the frame; points that are no numbers leave a gap. */
  curves(curves: readonly Curve[]): void {
    const context = this.#context;
    const { left, right, top, bottom } = this.#margins;
    context.save();
    context.beginPath();
    const inner = [this.#area.width - left - right, this.#area.height - top - bottom] as const;
    context.rect(left - 2, top - 2, inner[0] + 4, inner[1] + 4);
    context.clip();
    for (const curve of curves) this.#curve(curve);
    context.restore();
  }

  #curve({ points, color, width = 2.25, isDashed = false, alpha = 1 }: Curve): void {
    const context = this.#context;
    context.strokeStyle = colorsNow()[color];
    context.lineWidth = width;
    context.lineJoin = "round";
    context.lineCap = "round";
    context.globalAlpha = alpha;
    context.setLineDash(isDashed ? [5, 6] : []);
    context.beginPath();
    let isDown = false;
    for (const [x, y] of points) {
      const [px, py] = [this.x(x), this.y(y)];
      if (!Number.isFinite(px) || !Number.isFinite(py)) isDown = false;
      else if (isDown) context.lineTo(px, py);
      else {
        context.moveTo(px, py);
        isDown = true;
      }
    }
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** A dot; hollow where only its ring is drawn. */
  dot(x: number, y: number, color: ColorName, radius = 4.5, isHollow = false): void {
    const context = this.#context;
    const colors = colorsNow();
    context.beginPath();
    context.arc(this.x(x), this.y(y), radius, 0, 2 * Math.PI);
    context.fillStyle = isHollow ? colors.paper : colors[color];
    context.strokeStyle = isHollow ? colors[color] : colors.paper;
    context.lineWidth = isHollow ? 2 : 1.5;
    context.fill();
    context.stroke();
  }

  /** A line from bottom to top. */
  mark(x: number, color: ColorName, text?: string): void {
    const context = this.#context;
    const { top, bottom } = this.#margins;
    context.strokeStyle = colorsNow()[color];
    context.lineWidth = 1.5;
    context.setLineDash([3, 4]);
    this.#line(this.x(x), top, this.x(x), this.#area.height - bottom);
    context.setLineDash([]);
    if (text !== undefined) {
      const isRight = this.x(x) > this.#area.width * 0.6;
      this.text(text, this.x(x) + (isRight ? -6 : 6), top + 8, color, isRight ? "right" : "left");
    }
  }

  /** Words at a place in pixels, on a halo of paper. */
  text(text: string, px: number, py: number, color: ColorName, align: CanvasTextAlign): void {
    const context = this.#context;
    const colors = colorsNow();
    context.font = `600 12.5px ${this.#family}`;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = colors.panel;
    context.strokeText(text, px, py);
    context.fillStyle = colors[color];
    context.fillText(text, px, py);
  }
}

function partOf(value: number, { domain: [low, high], isLog }: ChartAxis): number {
  if (!isLog) return (value - low) / (high - low);
  return Math.log(Math.max(value, 1e-12) / low) / Math.log(high / low);
}

function valueAt(part: number, { domain: [low, high], isLog }: ChartAxis): number {
  return isLog ? low * (high / low) ** part : low + part * (high - low);
}

/** Round numbers along an axis, about so many. */
function ticksOf({ domain: [low, high], isLog, isWhole }: ChartAxis, count: number): number[] {
  if (isLog) {
    const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
    const every = Math.max(1, Math.ceil((last - first) / count));
    return Array.from({ length: last - first + 1 }, (_, k) => 10 ** (first + k))
      .filter((_, k) => k % every === 0);
  }
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const nice = [1, 2, 5, 10].map((k) => k * power).find((step) => step >= rough)!;
  const step = isWhole ? Math.max(1, nice) : nice;
  const first = Math.ceil(low / step - 1e-9);
  const ticks = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: ticks }, (_, k) => (first + k) * step);
}

function tickText(number: number): string {
  const size = Math.abs(number);
  const text = size !== 0 && (size >= 1e5 || size < 1e-3)
    ? number.toExponential(0).replace("e+", "e")
    : String(Number(number.toPrecision(6)));
  return text.replace("-", "−");
}
