/** A coordinate plane in SVG: axes, grid and the way between numbers and places in the picture. */

import { setAttributes, svg } from "./dom.ts";

/** A point by its two numbers. */
export type Point = readonly [x: number, y: number];

/** A coordinate plane; places are in CSS pixels, from the top left of the picture. */
export interface Plane {
  readonly element: SVGSVGElement;
  /** For what is drawn inside the frame; it is cut off there. */
  readonly inside: SVGGElement;
  /** For handles and labels, which may reach over the frame. */
  readonly above: SVGGElement;
  /** The frame: where numbers are shown. */
  readonly frame: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
  /** The place of a number along the horizontal axis. */
  x(number: number): number;
  /** The place of a number along the vertical axis. */
  y(number: number): number;
  /** The numbers at a place. */
  at(x: number, y: number): Point;
  /** Draws again, as the numbers have changed. */
  redraw(): void;
  /** Shows other numbers along the axes. */
  setRanges(x: Point, y: Point): void;
}

/** What a plane shows. */
export interface PlaneOptions {
  readonly x: Point;
  readonly y: Point;
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Height divided by width; unless given, a unit is as long on both axes. */
  readonly ratio?: number;
  /** Whether grid and numbers are left away. */
  readonly isBare?: boolean;
  /** Whether the vertical axis is logarithmic. */
  readonly isLog?: boolean;
  /** Places everything that depends on the size of the picture. */
  readonly draw: (plane: Plane) => void;
}

/** A plane as wide as its place. */
export function plane(options: PlaneOptions): Plane {
  return new SvgPlane(options);
}

let made = 0;

/** Its methods are bound, so that they may be handed on by themselves. */
class SvgPlane implements Plane {
  readonly element: SVGSVGElement;
  readonly inside: SVGGElement;
  readonly above = svg("g");
  readonly #options: PlaneOptions;
  readonly #margin;
  readonly #ground = svg("g");
  readonly #clip = svg("rect");
  #ranges: { readonly x: Point; readonly y: Point };
  #frame = { left: 0, top: 0, right: 1, bottom: 1 };

  constructor(options: PlaneOptions) {
    const { x, y, label, isBare = false, isLog = false } = options;
    this.#options = options;
    this.#ranges = { x, y };
    this.#margin = isBare ? { left: 1, right: 1, top: 1, bottom: 1 } : {
      left: isLog ? 46 : 34,
      right: 14,
      top: options.yLabel === undefined ? 14 : 30,
      bottom: options.xLabel === undefined ? 26 : 42,
    };
    const id = `plane-${++made}`;
    this.inside = svg("g", { "clip-path": `url(#${id})` });
    const ratio = options.ratio ?? (y[1] - y[0]) / (x[1] - x[0]);
    this.element = svg(
      "svg",
      {
        class: isBare ? "plane bare" : "plane",
        role: "group",
        "aria-label": label,
        style: `aspect-ratio: 1 / ${ratio}`,
      },
      svg("defs", {}, svg("clipPath", { id }, this.#clip)),
      this.#ground,
      this.inside,
      this.above,
    );
    new ResizeObserver(() => this.#layOut()).observe(this.element);
  }

  get frame(): Plane["frame"] {
    return this.#frame;
  }

  readonly x = (number: number): number => {
    const [low, high] = this.#ranges.x;
    const { left, right } = this.#frame;
    return left + (number - low) / (high - low) * (right - left);
  };

  readonly y = (number: number): number => {
    const [low, high] = this.#ranges.y.map((end) => this.#scaled(end)) as [number, number];
    const { top, bottom } = this.#frame;
    return bottom - (this.#scaled(number) - low) / (high - low) * (bottom - top);
  };

  readonly at = (x: number, y: number): Point => {
    const [first, last] = this.#ranges.x;
    const [low, high] = this.#ranges.y.map((end) => this.#scaled(end)) as [number, number];
    const { left, right, top, bottom } = this.#frame;
    const height = low + (bottom - y) / (bottom - top) * (high - low);
    return [
      first + (x - left) / (right - left) * (last - first),
      this.#options.isLog ? 10 ** height : height,
    ];
  };

  readonly redraw = (): void => {
    if (this.element.clientWidth > 0) this.#options.draw(this);
  };

  readonly setRanges = (x: Point, y: Point): void => {
    this.#ranges = { x, y };
    this.#layOut();
  };

  #scaled(number: number): number {
    return this.#options.isLog ? Math.log10(number) : number;
  }

  #layOut(): void {
    const width = this.element.clientWidth;
    if (width === 0) return;
    const height = this.element.clientHeight;
    setAttributes(this.element, { viewBox: `0 0 ${width} ${height}` });
    const { left, top, right, bottom } = this.#margin;
    this.#frame = { left, top, right: width - right, bottom: height - bottom };
    setAttributes(this.#clip, {
      x: left,
      y: top,
      width: Math.max(0, width - left - right),
      height: Math.max(0, height - top - bottom),
    });
    const { isBare = false, isLog = false } = this.#options;
    if (!isBare) {
      this.#ground.replaceChildren(
        ...gridOf(this, { ...this.#ranges, isLog }),
        ...labelsOf(this, this.#options),
      );
    }
    this.#options.draw(this);
  }
}

/** The lines and numbers of both axes. */
function gridOf(
  plane: Plane,
  range: { readonly x: Point; readonly y: Point; readonly isLog: boolean },
): SVGElement[] {
  const { frame } = plane;
  const parts: SVGElement[] = [];
  const isWide = frame.right - frame.left > 380;
  for (const tick of ticks(range.x, isWide ? 8 : 5)) {
    const at = plane.x(tick);
    parts.push(
      svg("line", {
        class: tick === 0 ? "axis" : "grid",
        x1: at,
        x2: at,
        y1: frame.top,
        y2: frame.bottom,
      }),
      svg("text", { x: at, y: frame.bottom + 17, "text-anchor": "middle" }, tickText(tick)),
    );
  }
  const rows = range.isLog ? powers(range.y) : ticks(range.y, isWide ? 7 : 5);
  for (const tick of rows) {
    const at = plane.y(tick);
    parts.push(
      svg("line", {
        class: tick === 0 ? "axis" : "grid",
        x1: frame.left,
        x2: frame.right,
        y1: at,
        y2: at,
      }),
      svg("text", { x: frame.left - 8, y: at + 4, "text-anchor": "end" }, tickText(tick)),
    );
  }
  return parts;
}

/** What the axes measure. */
function labelsOf({ frame }: Plane, { xLabel, yLabel }: PlaneOptions): SVGElement[] {
  const parts: SVGElement[] = [];
  if (xLabel !== undefined) {
    const at = { x: (frame.left + frame.right) / 2, y: frame.bottom + 36, "text-anchor": "middle" };
    parts.push(svg("text", at, xLabel));
  }
  if (yLabel !== undefined) {
    parts.push(svg("text", { x: 2, y: 14 }, yLabel));
  }
  return parts;
}

/** Round numbers in a range, about `count` of them. */
export function ticks([low, high]: Point, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((digit) => digit * power >= rough * 0.999) ?? 10);
  const found: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    found.push(Number((i * step).toPrecision(12)) + 0);
  }
  return found;
}

/** The powers of ten in a range, at most about six. */
function powers([low, high]: Point): number[] {
  const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
  const step = Math.max(1, Math.ceil((last - first) / 6));
  const found: number[] = [];
  for (let power = first; power <= last; power += step) found.push(10 ** power);
  return found;
}

function tickText(tick: number): string {
  const size = Math.abs(tick);
  const text = size !== 0 && (size < 0.001 || size >= 1e5) ? tick.toExponential(0) : String(tick);
  return text.replace("e+", "e").replaceAll("-", "−");
}

/** The path through points, in the coordinates of a plane; it breaks where a number is not finite. */
export function pathOf(plane: Plane, points: Iterable<Point>): string {
  let path = "";
  let isBroken = true;
  for (const [a, b] of points) {
    if (!Number.isFinite(a) || !Number.isFinite(b)) {
      isBroken = true;
      continue;
    }
    path += `${isBroken ? "M" : "L"}${round(plane.x(a))} ${round(plane.y(b))}`;
    isBroken = false;
  }
  return path;
}

/** Places farther away than any picture would only confuse the browser. */
function round(place: number): number {
  return Math.round(100 * Math.min(1e5, Math.max(-1e5, place))) / 100;
}
