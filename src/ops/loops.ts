/** Walking through arrays of any rank: the loops that every reference kernel shares. */

import type { TypedArray } from "./dtype.ts";
import type { Block } from "./op.ts";
import { type Shape, sizeOf, stridesOf } from "./shape.ts";

/** Lengths to loop over and, for each operand, how far it moves along each of them. */
export interface Loop {
  /** The number of steps along each axis. */
  readonly lengths: readonly number[];
  /** For each operand, the distance of one step along each axis. */
  readonly strides: readonly (readonly number[])[];
}

/** The strides with which an array of `shape` is read as the larger shape `target`. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const own = stridesOf(shape);
  const added = target.length - shape.length;
  return target.map((_, axis) =>
    axis < added || shape[axis - added] === 1 ? 0 : own[axis - added]!
  );
}

/** The same loop with as few axes as can be: neighbours that every operand walks as one are one. */
export function joinAxes({ lengths, strides }: Loop): Loop {
  const joined: number[] = [];
  const joinedStrides = strides.map((): number[] => []);
  for (let axis = 0; axis < lengths.length; axis++) {
    const length = lengths[axis]!;
    if (length === 1) continue;
    const last = joined.length - 1;
    const joins = last >= 0 &&
      strides.every((own, i) => joinedStrides[i]![last] === own[axis]! * length);
    if (joins) joined[last]! *= length;
    else joined.push(length);
    const at = joined.length - 1;
    strides.forEach((own, i) => joinedStrides[i]![at] = own[axis]!);
  }
  return { lengths: joined, strides: joinedStrides };
}

/** Calls `row` for each run along the last axis, with where each operand starts. */
export function forEachRow(
  { lengths, strides }: Loop,
  starts: readonly number[],
  row: (offsets: Int32Array) => void,
): void {
  if (lengths.includes(0)) return;
  const offsets = Int32Array.from(starts);
  const outer = lengths.length - 1;
  const counters = new Int32Array(Math.max(outer, 0));
  while (true) {
    row(offsets);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      for (let i = 0; i < strides.length; i++) offsets[i]! += strides[i]![axis]!;
      if (++counters[axis]! < lengths[axis]!) break;
      for (let i = 0; i < strides.length; i++) offsets[i]! -= strides[i]![axis]! * lengths[axis]!;
      counters[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** A way through an array, in steps of its own along each axis. */
export interface Walk {
  /** Where it begins. */
  readonly start: number;
  /** The distance of one step along each axis. */
  readonly strides: readonly number[];
}

/** An array and the way through it. */
export interface Walked extends Walk {
  /** The numbers. */
  readonly data: TypedArray;
}

/** Runs from which on numbers side by side are copied by `set`, which takes longer to begin. */
const longRun = 24;

/** Neighbouring steps of two walks: where they begin, and how far each goes. */
type Run = (t: number, s: number, step: number, stride: number, n: number) => void;

/** Calls `run` for each run along the last axis of two walks, joined to as few as can be. */
function forEachRun(lengths: readonly number[], to: Walked, from: Walked, run: Run): void {
  const loop = joinAxes({ lengths, strides: [to.strides, from.strides] });
  const n = loop.lengths.at(-1) ?? 1;
  const step = loop.strides[0]!.at(-1) ?? 1;
  const stride = loop.strides[1]!.at(-1) ?? 1;
  forEachRow(loop, [to.start, from.start], (offsets) => {
    run(offsets[0]!, offsets[1]!, step, stride, n);
  });
}

/** Copies numbers from one strided walk to another: every rearrangement is this. */
export function copyStrided(lengths: readonly number[], to: Walked, from: Walked): void {
  const target = to.data;
  const source = from.data;
  forEachRun(lengths, to, from, (t, s, step, stride, n) => {
    if (n >= longRun && step === 1 && stride === 1) return target.set(source.subarray(s, s + n), t);
    if (n >= longRun && step === 1 && stride === 0) return target.fill(source[s]!, t, t + n);
    for (let i = 0; i < n; i++, t += step, s += stride) target[t] = source[s]!;
  });
}

/** Adds numbers of one strided walk to those of another, which may come by a place more than once. */
export function addStrided(lengths: readonly number[], to: Walked, from: Walked): void {
  const target = to.data;
  const source = from.data;
  forEachRun(lengths, to, from, (t, s, step, stride, n) => {
    for (let i = 0; i < n; i++, t += step, s += stride) target[t]! += source[s]!;
  });
}

/** Applies `f` to each number. */
export function mapOne<A>(
  f: (x: number, attributes: A) => number,
  output: Block,
  x: Block,
  attributes: A,
): void {
  const from = x.data;
  const to = output.data;
  for (let i = 0; i < to.length; i++) to[i] = f(from[i]!, attributes);
}

/** Applies `f` to each pair of numbers, broadcast to the output's shape. */
export function mapTwo(
  f: (a: number, b: number) => number,
  output: Block,
  a: Block,
  b: Block,
): void {
  const loop = joinAxes({
    lengths: output.shape,
    strides: [broadcastStrides(a.shape, output.shape), broadcastStrides(b.shape, output.shape)],
  });
  const n = loop.lengths.at(-1) ?? 1;
  const stepA = loop.strides[0]!.at(-1) ?? 0;
  const stepB = loop.strides[1]!.at(-1) ?? 0;
  const x = a.data;
  const y = b.data;
  const to = output.data;
  let at = 0;
  forEachRow(loop, [0, 0], (offsets) => {
    let i = offsets[0]!;
    let j = offsets[1]!;
    for (const end = at + n; at < end; at++, i += stepA, j += stepB) to[at] = f(x[i]!, y[j]!);
  });
}

/** Chooses from `a` where `condition` holds and from `b` elsewhere, broadcast to the output. */
export function choose(output: Block, condition: Block, a: Block, b: Block): void {
  const operands = [condition, a, b];
  const loop = joinAxes({
    lengths: output.shape,
    strides: operands.map((operand) => broadcastStrides(operand.shape, output.shape)),
  });
  const n = loop.lengths.at(-1) ?? 1;
  const [stepC, stepA, stepB] = loop.strides.map((own) => own.at(-1) ?? 0);
  const to = output.data;
  let at = 0;
  forEachRow(loop, [0, 0, 0], (offsets) => {
    let [c, i, j] = offsets as unknown as [number, number, number];
    for (const end = at + n; at < end; at++, c += stepC!, i += stepA!, j += stepB!) {
      to[at] = condition.data[c] ? a.data[i]! : b.data[j]!;
    }
  });
}

/** An array seen as `outer` blocks of `length` lanes of `inner` numbers: one run of axes apart. */
export interface Lanes {
  /** How many times the run of axes occurs. */
  readonly outer: number;
  /** The number of elements along the run. */
  readonly length: number;
  /** How far apart two neighbours along the run lie. */
  readonly inner: number;
}

/** The lanes along the neighbouring axes from `first` to `last`. */
export function lanesAlong(shape: Shape, first: number, last: number = first): Lanes {
  return {
    outer: sizeOf(shape.slice(0, first)),
    length: sizeOf(shape.slice(first, last + 1)),
    inner: sizeOf(shape.slice(last + 1)),
  };
}
