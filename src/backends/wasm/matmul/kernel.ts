/** The loops over the blocks of a product. */

import type { FunctionBuilder, Local, Operand } from "../assembler.ts";
import { call, i32, least } from "../assembler.ts";
import { type Stretch, stretchOf } from "../share.ts";
import { emitCompressTable } from "./compress.ts";
import type { MatmulContext, MatmulParts } from "./parts.ts";
import type { Split } from "./plan.ts";

/** Where the share begins and ends, and the addresses of the matrices. */
export type KernelOperands = Readonly<
  Record<"from" | "to" | "out" | "a" | "b" | "scratch", Local<"i32">>
>;

/**
 * Computes a share: for each block of the depth, all panels of columns in all blocks of rows. Where
 * threads divide the depth, each stretch of it has a matrix of sums of its own, one after another at
 * `out`, and a share is so many of their rows: it may begin in the midst of one and end in another.
 */
export function emitKernel(
  f: FunctionBuilder,
  context: MatmulContext,
  parts: MatmulParts,
  operands: KernelOperands,
): void {
  const { shape: { m, k, n }, plan, layout, result: { vector } } = context;
  const { a, b, scratch } = operands;
  const span = (side: Split, total: number): Stretch =>
    plan.split === side ? stretchOf(f, total, operands, layout.splitUnit) : emitAll(f, total);
  const rows = span("rows", m), columns = span("columns", n);
  const place = { step: f.local("i32"), row: f.local("i32"), column: f.local("i32") };
  if (parts.sparse) emitCompressTable(f, vector, i32.add(scratch, layout.scratch.table));

  const addUp = (out: Local<"i32">, from: Operand<"i32">, to: Operand<"i32">): void => {
    const below = to === 0 ? 1 : to; // sums without terms are to be stored as well
    f.for(place.step, { from, below, step: plan.depth }, () => {
      const steps = f.let(least(plan.depth, i32.sub(to, place.step)));
      const start = i32.mul(columns.from, layout.bColumn);
      const right = f.let(i32.add(i32.add(b, i32.mul(place.step, layout.bStep)), start));
      const panels = f.let(i32.add(scratch, layout.scratch.panels));
      const packed = f.let(i32.const(notPacked));
      const block = { ...operands, ...place, out, steps, rows, columns, right, panels, packed };
      if (plan.packRight) emitPackRight(f, parts, block);
      f.set(place.row, rows.from);
      f.while(i32.less(place.row, rows.to), () => {
        const stepsBefore = i32.mul(place.step, layout.aStep);
        const left = f.let(i32.add(i32.add(a, stepsBefore), i32.mul(place.row, layout.aRow)));
        const before = f.let(i32.remainderUnsigned(place.row, plan.blockRows)); // in another share
        const rowEnd = f.let(least(i32.sub(i32.add(place.row, plan.blockRows), before), rows.to));
        emitBlock(f, context, parts, { ...block, left, before, rowEnd });
        f.set(place.row, rowEnd);
      });
    });
  };
  if (plan.split !== "depth") return addUp(operands.out, 0, k);
  const height = Math.ceil(m / layout.splitUnit) * layout.splitUnit; // of whole units
  const share = stretchOf(f, height * layout.stretches, operands, layout.splitUnit);
  const at = share.from, index = f.local("i32");
  f.while(i32.less(at, share.to), () => {
    f.set(index, i32.divUnsigned(at, height));
    const rowsBefore = f.let(i32.mul(index, height)), from = f.let(i32.mul(index, plan.stretch));
    const out = f.let(i32.add(operands.out, i32.mul(index, layout.sums)));
    f.set(rows.from, i32.sub(at, rowsBefore));
    f.set(rows.to, least(m, i32.sub(share.to, rowsBefore)));
    addUp(out, from, f.let(least(k, i32.add(from, plan.stretch))));
    f.set(at, i32.add(rowsBefore, height));
  });
}

/** What the loops around a block know. */
interface Block extends KernelOperands {
  readonly step: Local<"i32">;
  readonly row: Local<"i32">;
  readonly column: Local<"i32">;
  readonly steps: Local<"i32">;
  readonly rows: Stretch;
  readonly columns: Stretch;
  /** Where this share's columns of the right operand begin. */
  readonly right: Local<"i32">;
  /** Where their copies begin. */
  readonly panels: Local<"i32">;
  /** Whether they are copied yet: 1 if so and all is finite, 0 if not all is. */
  readonly packed: Local<"i32">;
}

const notPacked = -1;

/** Copies the panels of the right operand, and sees whether all of it is finite. */
function emitPackRight(
  f: FunctionBuilder,
  { packRight }: MatmulParts,
  { right, panels, packed, steps, columns }: Block,
): void {
  f.set(packed, call(packRight!, panels, right, steps, i32.sub(columns.to, columns.from)));
}

/** Multiplies a block of rows by all panels, without its zeros if there are enough of them. */
function emitBlock(
  f: FunctionBuilder,
  context: MatmulContext,
  parts: MatmulParts,
  block: Block & Readonly<Record<"left" | "before" | "rowEnd", Local<"i32">>>,
): void {
  const { shape, plan, layout } = context;
  const { left, right, panels, packed, out, scratch, step, steps, row, column } = block;
  const { before, rowEnd } = block;
  const height = f.let(i32.sub(rowEnd, row));
  const multiply = (by: MatmulParts["multiply"], from: Local<"i32">, panels: Panels): void =>
    emitPanels(
      f,
      context,
      block,
      panels,
      (panel, columnEnd) =>
        f.do(call(by, from, panel, out, row, column, rowEnd, columnEnd, step, steps)),
    );
  const copies = { first: panels, apart: layout.panel };
  const dense = (): void => {
    const from = parts.packLeft ? f.let(i32.add(scratch, layout.scratch.left)) : left;
    if (parts.packLeft) f.do(call(parts.packLeft, from, left, height, steps));
    const apart = plan.panelColumns * layout.bColumn;
    multiply(parts.multiply, from, plan.packRight ? copies : { first: right, apart });
  };
  const { sparse } = parts;
  if (!sparse) return dense();
  // All of the block is looked at, whoever does how much of it: shares change no result.
  const first = i32.sub(left, i32.mul(before, layout.aRow));
  const all = least(plan.blockRows, i32.sub(shape.m, i32.sub(row, before)));
  const isWorthIt = f.let(call(sparse.isWorthIt, first, all, steps));
  if (!plan.packRight) {
    const isMissing = i32.equal(packed, notPacked);
    f.if(i32.and(isWorthIt, isMissing), () => emitPackRight(f, parts, block));
  }
  f.if(i32.and(isWorthIt, packed), () => {
    f.do(call(sparse.compress, scratch, left, height, steps));
    multiply(sparse.multiply, scratch, copies);
  }, dense);
}

/** Where panels of the right operand lie. */
interface Panels {
  readonly first: Local<"i32">;
  readonly apart: number;
}

/** Visits the panels of columns, with the address of each and the column at which it ends. */
function emitPanels(
  f: FunctionBuilder,
  { plan }: MatmulContext,
  { column, columns }: Block,
  { first, apart }: Panels,
  visit: (panel: Local<"i32">, end: Local<"i32">) => void,
): void {
  const panel = f.let(first), end = f.local("i32");
  f.for(column, { from: columns.from, below: columns.to, step: plan.panelColumns }, () => {
    f.set(end, least(i32.add(column, plan.panelColumns), columns.to));
    visit(panel, end);
    f.increase(panel, apart);
  });
}

function emitAll(f: FunctionBuilder, total: number): Stretch {
  return { from: f.let(i32.const(0)), to: f.let(i32.const(total)) };
}
