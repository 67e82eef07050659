/** Axes as scales: where numbers lie on them, and which are marked. */

import type { Axis, BoundedAxis } from "./axis.ts";

/** Numbers beyond this are as good as infinite. */
export const farthest = 1e300;

/** The shortest domain whose marks are still different numbers. */
export const shortest = 1e-290;

/** Where a number lies on an axis: 0 at its start, 1 at its end, NaN where it has no place. */
export function fraction({ domain: [low, high], scale }: BoundedAxis, x: number): number {
  if (!(Math.abs(x) <= farthest)) return NaN;
  if (scale !== "log") return (x - low) / (high - low);
  return x > 0 ? Math.log(x / low) / Math.log(high / low) : NaN;
}

/** The number at a share of an axis: the inverse of `fraction`. */
export function valueAt({ domain: [low, high], scale }: BoundedAxis, at: number): number {
  if (at === 0) return low;
  if (at === 1) return high;
  return scale === "log" ? low * (high / low) ** at : low + (high - low) * at;
}

/** The axis with ends: its own, or the smallest and the largest of the numbers. */
export function bounded(axis: Axis, numbers: Iterable<number>): BoundedAxis {
  if (axis.domain !== undefined) return axis as BoundedAxis;
  const isLog = axis.scale === "log";
  let [low, high] = [Infinity, -Infinity];
  for (const x of numbers) {
    if (!(Math.abs(x) <= farthest) || (isLog && x <= 0)) continue;
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  if (low > high) [low, high] = isLog ? [1, 10] : [0, 1];
  if (high - low < Math.max(shortest, Math.abs(high) * 1e-12)) {
    [low, high] = isLog ? [low / 2, high * 2] : apart(low);
  }
  return { ...axis, domain: [low, high] };
}

/** Two ends around a single number. */
function apart(x: number): [number, number] {
  const room = Math.abs(x) < shortest ? 1 : Math.abs(x) / 2;
  return [x - room, x + room];
}

/** The axis as `bounded` gives it, its ends moved outwards to round numbers if they are not given. */
export function rounded(axis: Axis, numbers: Iterable<number>): BoundedAxis {
  const exact = bounded(axis, numbers);
  if (axis.domain !== undefined) return exact;
  const [low, high] = exact.domain;
  if (axis.scale === "log") return { ...exact, domain: [roundBelow(low), roundStep(high)] };
  const step = roundStep((high - low) / 5);
  const start = multiple(Math.floor(low / step + 1e-9), step);
  const end = multiple(Math.ceil(high / step - 1e-9), step);
  return { ...exact, domain: [Math.min(start, low), Math.max(end, high)] };
}

/** Round numbers on an axis: at most `count`, or a few more where there were less than two. */
export function ticks(axis: BoundedAxis, count: number): number[] {
  const [low, high] = axis.domain;
  if (axis.scale === "log") {
    const round = logTicks(low, high, count);
    if (round.length >= 2) return round;
  }
  let finer: number[] = [];
  for (let step = roundStep((high - low) / 20);; step = roundStep(step * 1.5)) {
    const found = multiples(low, high, step);
    if (found.length < 2 && finer.length > 0) return finer;
    if (found.length <= count) return found;
    finer = found;
  }
}

/** The multiples of a step from `low` to `high`. */
function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const room = 1e-9 * (high - low);
  return Array.from({ length: last - first + 1 }, (_, i) => multiple(first + i, step))
    .filter((x) => x >= low - room && x <= high + room);
}

/** Powers of ten, or 1, 2 and 5 times them where there is room. */
function logTicks(low: number, high: number, count: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const isWithin = (x: number) => x >= low * (1 - 1e-9) && x <= high * (1 + 1e-9);
  const exponents = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const power = (factor: number) => (e: number) => Number(`${factor}e${e}`);
  const fine = exponents.flatMap((e) => [1, 2, 5].map((factor) => power(factor)(e)));
  const finer = fine.filter(isWithin);
  if (finer.length <= count + 2) return finer;
  const powers = exponents.filter((e) => isWithin(power(1)(e)));
  const every = Math.max(1, Math.ceil(powers.length / Math.max(count, 2)));
  return powers.filter((e) => (e - powers[0]!) % every === 0).map(power(1));
}

/** The least of 1, 2 and 5 times a power of ten that is not smaller. */
export function roundStep(least: number): number {
  const exponent = Math.floor(Math.log10(least));
  const round = [1, 2, 5, 10].map((factor) => Number(`${factor}e${exponent}`));
  return round.find((x) => x >= least * (1 - 1e-9)) ?? Number(`1e${exponent + 1}`);
}

/** The largest of 1, 2 and 5 times a power of ten that is not larger. */
function roundBelow(most: number): number {
  const exponent = Math.floor(Math.log10(most));
  const round = [5, 2, 1].map((factor) => Number(`${factor}e${exponent}`));
  return round.find((x) => x <= most * (1 + 1e-9)) ?? most;
}

/** `count` steps, without the rounding error of the product. */
function multiple(count: number, step: number): number {
  return Number((count * step).toPrecision(14));
}
