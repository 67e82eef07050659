/** Axes as scales: where numbers lie on them, and which are marked. */

import type { Axis, BoundedAxis } from "./axis.ts";

/** Where a number lies on an axis: 0 at its start, 1 at its end, NaN where it has no place. */
export function fraction({ domain: [low, high], scale }: BoundedAxis, x: number): number {
  if (scale !== "log") return (x - low) / (high - low);
  return x > 0 ? Math.log(x / low) / Math.log(high / low) : NaN;
}

/** The number at a share of an axis: the inverse of `fraction`. */
export function valueAt({ domain: [low, high], scale }: BoundedAxis, at: number): number {
  if (at === 0) return low;
  if (at === 1) return high;
  return scale === "log" ? low * (high / low) ** at : low + (high - low) * at;
}

/** The axis with ends: its own, or such that the numbers lie between them with a little room. */
export function bounded(axis: Axis, numbers: Iterable<number>): BoundedAxis {
  if (axis.domain !== undefined) return axis as BoundedAxis;
  const isLog = axis.scale === "log";
  let [low, high] = [Infinity, -Infinity];
  for (const x of numbers) {
    if (!Number.isFinite(x) || (isLog && x <= 0)) continue;
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  if (low > high) [low, high] = isLog ? [1, 10] : [0, 1];
  if (low === high) [low, high] = isLog ? [low / 2, high * 2] : apart(low);
  return { ...axis, domain: [low, high] };
}

/** Two ends around a single number. */
function apart(x: number): [number, number] {
  const room = x === 0 ? 1 : Math.abs(x) / 2;
  return [x - room, x + room];
}

/** Round numbers on an axis, at most `count` of them where that leaves two. */
export function ticks(axis: BoundedAxis, count: number): number[] {
  const [low, high] = axis.domain;
  if (axis.scale === "log") {
    const powers = powersOfTen(low, high, count);
    if (powers.length >= 2) return powers;
  }
  const step = roundStep((high - low) / Math.max(count - 1, 1));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step, step));
}

function powersOfTen(low: number, high: number, count: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(count, 2)));
  const exponents = [];
  for (let e = first; e <= last; e += every) exponents.push(e);
  return exponents.map((e) => Number(`1e${e}`));
}

/** The least of 1, 2 and 5 times a power of ten that is not smaller. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function rounded(x: number, step: number): number {
  const decimals = Math.min(Math.max(0, -Math.floor(Math.log10(step))), 100);
  return Number(x.toFixed(decimals));
}
