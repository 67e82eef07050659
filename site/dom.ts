/** Small builders for what pages are made of: elements, figures, canvases, keys. */

import { pageLanguage, type Text } from "./page.ts";

export { button, type Control, numberField, select, slider, toggle } from "./controls.ts";
export { drag, type Handle, handle } from "./handle.ts";
export { math } from "./math.ts";
export { prose } from "./prose.ts";

/** What an element may contain. */
export type Child = Node | string | null | undefined;

/** Attributes by name; a function becomes a listener of the event behind its `on`. */
export type Attributes = Readonly<
  // deno-lint-ignore no-explicit-any
  Record<string, string | number | boolean | null | undefined | ((event: any) => void)>
>;

const svgNamespace = "http://www.w3.org/2000/svg";

/** An HTML element with its attributes, listeners and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element with its attributes, listeners and children. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  return filled(document.createElementNS(svgNamespace, tag), attributes, children);
}

function filled<E extends Element>(made: E, attributes: Attributes, children: readonly Child[]): E {
  setAttributes(made, attributes);
  for (const child of children) if (child !== null && child !== undefined) made.append(child);
  return made;
}

/** Sets attributes and listeners; null, undefined and false take an attribute away. */
export function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") target.addEventListener(name.slice(2).toLowerCase(), value);
    else if (value === null || value === undefined || value === false) target.removeAttribute(name);
    else target.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Puts numbers (or words) that a page shows into `data-` attributes, for tests and the curious. */
export function publish(
  target: HTMLElement | SVGElement,
  values: Readonly<Record<string, number | string | boolean>>,
): void {
  for (const [name, value] of Object.entries(values)) target.dataset[name] = String(value);
}

/** A picture with its caption below. */
export function figure(child: Node, caption?: string | Node): HTMLElement {
  return element(
    "figure",
    {},
    child,
    caption === undefined ? null : element("figcaption", {}, caption),
  );
}

/** A picture beside what changes it, in a panel of its own; below each other in narrow windows. */
export function lab(
  parts: {
    readonly name: string;
    readonly picture: readonly Child[];
    readonly controls: readonly Child[];
    readonly caption?: string | Node;
  },
): HTMLElement {
  return element(
    "figure",
    { class: "lab", "data-lab": parts.name },
    element("div", { class: "picture" }, ...parts.picture),
    element("div", { class: "controls" }, ...parts.controls),
    parts.caption === undefined ? null : element("figcaption", {}, parts.caption),
  );
}

/** The heading of a section. */
export function heading(text: Text): HTMLElement {
  return element("h2", {}, text[pageLanguage()]);
}

/** What a canvas is drawn on: lengths in CSS pixels. */
export interface Area {
  readonly width: number;
  readonly height: number;
}

/** A canvas and the way to draw it anew. */
export interface Drawn {
  readonly element: HTMLCanvasElement;
  /** Draws in the next frame; many calls before it draw once. */
  redraw(): void;
}

/**
 * A canvas as wide as its place, at most `width` pixels, in the proportions given; it is drawn in
 * device pixels, and again whenever its size or the colours change.
 */
export function canvas(
  options: {
    readonly width: number;
    readonly height: number;
    readonly label: string;
    readonly draw: (context: CanvasRenderingContext2D, area: Area) => void;
  },
): Drawn {
  const { width, height, label, draw } = options;
  const made = element("canvas", {
    role: "img",
    "aria-label": label,
    style: `aspect-ratio: ${width} / ${height}; max-width: ${width}px`,
  });
  let isWaiting = false;
  const drawNow = () => {
    isWaiting = false;
    const area = { width: made.clientWidth, height: made.clientHeight };
    if (area.width === 0) return;
    const scale = devicePixelRatio;
    made.width = Math.round(area.width * scale);
    made.height = Math.round(area.height * scale);
    const context = made.getContext("2d")!;
    context.scale(scale, scale);
    draw(context, area);
  };
  const redraw = () => {
    if (!isWaiting) requestAnimationFrame(drawNow);
    isWaiting = true;
  };
  new ResizeObserver(redraw).observe(made);
  onThemeChange(redraw);
  return { element: made, redraw };
}

const themeListeners = new Set<() => void>();

/** Calls back whenever the page turns from light to dark or back. */
export function onThemeChange(listener: () => void): void {
  if (themeListeners.size === 0) {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", themeChanged);
  }
  themeListeners.add(listener);
}

/** Tells all listeners that the colours have changed. */
export function themeChanged(): void {
  for (const listener of themeListeners) listener();
}

const colorNames = [
  "paper",
  "panel",
  "ink",
  "muted",
  "line",
  "accent",
  "cool",
  "third",
  "soft-accent",
  "soft-cool",
  "soft-third",
] as const;

/** A colour of the page. */
export type ColorName = (typeof colorNames)[number];

/** The page's colours as they are now, light or dark, for use in a canvas. */
export function palette(): Readonly<Record<ColorName, string>> {
  const style = getComputedStyle(document.documentElement);
  const colors: Partial<Record<ColorName, string>> = {};
  for (const name of colorNames) colors[name] = style.getPropertyValue(`--${name}`).trim();
  return colors as Record<ColorName, string>;
}

/** What happens at which key while `target` has the focus; other keys do what they always do. */
export function onKeys(
  target: HTMLElement | SVGElement,
  keys: Readonly<Record<string, (event: KeyboardEvent) => void>>,
): void {
  target.addEventListener("keydown", (event) => {
    const pressed = event as KeyboardEvent;
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    const act = keys[pressed.key];
    if (act === undefined) return;
    pressed.preventDefault();
    act(pressed);
  });
}

/** A number for reading: so many digits behind the point, a true minus sign, no `-0`. */
export function format(number: number, digits = 2): string {
  if (Number.isNaN(number)) return "NaN";
  if (!Number.isFinite(number)) return number > 0 ? "∞" : "−∞";
  const size = Math.abs(number);
  if (size >= 1e6) return number.toExponential(2).replace("e+", "e").replace("-", "−");
  const text = number.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

/** A number as short as two digits behind the point allow: 2, 0.5, −1.25. */
export function brief(number: number): string {
  return Math.abs(number) >= 1e6
    ? format(number)
    : format(Number(number.toFixed(2)), 2).replace(/\.?0+$/, "");
}
