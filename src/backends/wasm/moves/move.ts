/** Walks through two places in memory at once, which move numbers from one to the other. */

import { bytesPerElement, type DType } from "../../../ops/dtype.ts";
import { joinAxes } from "../../../ops/loops.ts";
import type { Move } from "../../../ops/moves.ts";
import type { FunctionBuilder, Local, ModuleBuilder } from "../assembler.ts";
import { i32 } from "../assembler.ts";
import { type Kernel, type Share, stretchOf } from "../share.ts";
import { moveRun, type Unit, unitsOf } from "./unit.ts";

/** A move between two places in memory. */
export interface Route extends Omit<Move, "input"> {
  readonly dtype: DType;
  /** Whether numbers are added to what is there. */
  readonly adds: boolean;
  /** The address of what is read. */
  readonly source: number;
  /** The address of what is written. */
  readonly target: number;
}

/** Steps along one axis, and how many bytes further each goes in both places. */
interface Axis {
  readonly length: number;
  readonly to: number;
  readonly from: number;
}

/** A move with as few axes as can be. */
interface JoinedMove {
  readonly axes: readonly Axis[];
  /** How many neighbouring bytes are moved at each step. */
  readonly run: number;
  readonly target: number;
  readonly source: number;
}

/** Neighbouring bytes to move, at a distance from where the walk is. */
interface Atom {
  readonly to: number;
  readonly from: number;
}

/** Where a walk is. */
type Position = { readonly to: Local<"i32">; readonly from: Local<"i32"> };

/** Steps of so many bytes together are written one after the other, without a loop. */
const unrolledBytes = 128;
/** Pieces of a run that threads divide are a multiple of so many bytes. */
const pieceBytes = 256;

/** A kernel for a move. */
export function emitMove(module: ModuleBuilder, route: Route): Kernel {
  const units = unitsOf(route.dtype, route.adds);
  return module.function({ params: ["i32", "i32"] as const }, (f, from, to) => {
    if (route.lengths.includes(0)) return;
    const { axes, run, target, source } = joined(route);
    const at = { to: f.let(i32.const(target)), from: f.let(i32.const(source)) };
    const share = { from, to };
    if (axes.length > 0) return walkAlong(f, axes, { units, run, at, share });
    const { from: start, to: end } = stretchOf(f, run, share, pieceBytes);
    advance(f, at, { to: 1, from: 1 }, start);
    moveLongRun(f, units, at, f.let(i32.sub(end, start)));
  });
}

/** Whether steps along the outermost axis of a move may come to one place, so that they add up. */
export function touchesTwice(route: Route): boolean {
  const { axes: [outer, ...others], run } = joined(route);
  if (outer === undefined || !route.adds) return false;
  const extent = others.reduce((sum, { length, to }) => sum + (length - 1) * Math.abs(to), run);
  return Math.abs(outer.to) < extent;
}

function joined({ lengths, dtype, from, to, source, target }: Route): JoinedMove {
  const bytes = bytesPerElement(dtype);
  const loop = joinAxes({ lengths, strides: [to.strides, from.strides] });
  const axes = loop.lengths.map((length, axis): Axis => ({
    length,
    to: loop.strides[0]![axis]! * bytes,
    from: loop.strides[1]![axis]! * bytes,
  }));
  const inner = axes.at(-1);
  const isRun = inner?.to === bytes && inner.from === bytes;
  return {
    axes: isRun ? axes.slice(0, -1) : axes,
    run: isRun ? inner.length * bytes : bytes,
    target: target + to.start * bytes,
    source: source + from.start * bytes,
  };
}

/** What is the same at all depths of a walk. */
interface Work {
  readonly units: readonly Unit[];
  readonly run: number;
  readonly at: Position;
  /** What a thread does of the outermost axis. */
  readonly share: Share;
}

/** Loops over all axes but those that are short enough to be written out. */
function walkAlong(f: FunctionBuilder, axes: readonly Axis[], work: Work): void {
  const { units, run, at, share } = work;
  let atoms: Atom[] = [{ to: 0, from: 0 }];
  const loops = [...axes];
  while (loops.length > 1 && run * atoms.length * loops.at(-1)!.length <= unrolledBytes) {
    atoms = repeated(atoms, loops.pop()!);
  }
  const step = (position: Position, atoms: readonly Atom[]): void => {
    if (run > unrolledBytes) moveLongRun(f, units, copyOf(f, position), f.let(i32.const(run)));
    else moveAtoms(f, units, position, atoms, run);
  };
  const visit = (depth: number, position: Position): void => {
    const axis = loops[depth]!;
    const stretch = depth === 0 ? stretchOf(f, axis.length, share) : null;
    const here = copyOf(f, position);
    if (stretch) advance(f, here, axis, stretch.from);
    const left = f.let(stretch ? i32.sub(stretch.to, stretch.from) : i32.const(axis.length));
    const isInner = depth === loops.length - 1;
    const together = isInner ? Math.floor(unrolledBytes / (run * atoms.length)) : 1;
    for (const count of new Set([Math.max(1, Math.min(together, 8)), 1])) {
      if (axis.length < count) continue;
      f.while(i32.greaterEqual(left, count), () => {
        if (isInner) step(here, repeated(atoms, { ...axis, length: count }));
        else visit(depth + 1, here);
        f.increase(here.to, count * axis.to);
        f.increase(here.from, count * axis.from);
        f.increase(left, -count);
      });
    }
  };
  visit(0, at);
}

/** The atoms once for each step along an axis. */
function repeated(atoms: readonly Atom[], { length, to, from }: Axis): Atom[] {
  return Array.from({ length }, (_, i) => i).flatMap((i) =>
    atoms.map((atom) => ({ to: atom.to + i * to, from: atom.from + i * from }))
  );
}

/** Moves the bytes of every atom; addresses are taken from the lowest, as offsets are positive. */
function moveAtoms(
  f: FunctionBuilder,
  units: readonly Unit[],
  at: Position,
  atoms: readonly Atom[],
  run: number,
): void {
  const lowest = (side: keyof Position) => Math.min(0, ...atoms.map((atom) => atom[side]));
  const base = (side: keyof Position) =>
    lowest(side) === 0 ? at[side] : f.let(i32.add(at[side], lowest(side)));
  const [to, from] = [base("to"), base("from")];
  for (const atom of atoms) {
    moveRun(
      f,
      units,
      { at: to, offset: atom.to - lowest("to") },
      { at: from, offset: atom.from - lowest("from") },
      run,
    );
  }
}

/** Moves `left` neighbouring bytes, in rounds of four of the largest units. */
function moveLongRun(
  f: FunctionBuilder,
  units: readonly Unit[],
  { to, from }: Position,
  left: Local<"i32">,
): void {
  const rounds = [4 * units[0]!.bytes, ...units.map(({ bytes }) => bytes)];
  for (const bytes of rounds) {
    f.while(i32.greaterEqual(left, bytes), () => {
      moveRun(f, units, { at: to, offset: 0 }, { at: from, offset: 0 }, bytes);
      f.increase(to, bytes);
      f.increase(from, bytes);
      f.increase(left, -bytes);
    });
  }
}

function copyOf(f: FunctionBuilder, { to, from }: Position): Position {
  return { to: f.let(to), from: f.let(from) };
}

/** Goes so many steps. */
function advance(
  f: FunctionBuilder,
  at: Position,
  { to, from }: Omit<Axis, "length">,
  steps: Local<"i32">,
): void {
  f.increase(at.to, i32.mul(steps, to));
  f.increase(at.from, i32.mul(steps, from));
}
