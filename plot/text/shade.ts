/** Numbers as shades of a character, or as colours. */

import { shortNumber } from "../number.ts";
import { type Color, colorAt, isLight, scaleOf } from "../palette.ts";
import type { Screen, Style } from "./screen.ts";

/** A scale from its lowest to its highest number. */
export type Domain = readonly [number, number];

const shades = [" ", "░", "▒", "▓", "█"];

/** The character whose share of ink is nearest to the share of the domain below `x`. */
export function shadeOf(x: number, [low, high]: Domain): string {
  if (Number.isNaN(x)) return " ";
  const share = Math.min(Math.max((x - low) / (high - low), 0), 1);
  return shades[Math.round(share * (shades.length - 1))]!;
}

/** The colour of a number, or undefined for NaN. */
export function groundOf(x: number, domain: Domain): Color | undefined {
  if (Number.isNaN(x)) return undefined;
  const { colors, share } = scaleOf(domain);
  return colorAt(colors, share(x));
}

/** Text on the colour of a number. */
export function onGround(x: number, domain: Domain): Style {
  const background = groundOf(x, domain);
  if (background === undefined) return {};
  return { background, color: isLight(background) ? "#000000" : "#ffffff" };
}

/** Writes what the shades or colours mean in a line below all else. */
export function drawScale(screen: Screen, domain: Domain, left: number, color: boolean): void {
  const [low, high] = domain;
  const row = screen.rows;
  const steps = color ? 12 : 2 * shades.length;
  let column = screen.write(left, row, `${shortNumber(low)} `, { weight: "faint" });
  for (let i = 0; i < steps; i++) {
    const x = low + (high - low) * (color ? i : i >> 1) / (color ? steps - 1 : shades.length - 1);
    if (color) screen.put(column++, row, " ", onGround(x, domain));
    else screen.put(column++, row, shadeOf(x, domain));
  }
  screen.write(column, row, ` ${shortNumber(high)}`, { weight: "faint" });
}
