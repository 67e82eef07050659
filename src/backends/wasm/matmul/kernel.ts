/** The loops over the blocks of a product. */

import type { Expression, FunctionBuilder, Local } from "../assembler.ts";
import { call, i32, select } from "../assembler.ts";
import { emitCompressTable } from "./compress.ts";
import type { MatmulContext, MatmulParts } from "./parts.ts";

/** Which part of how many, and the addresses of the matrices. */
export type KernelOperands = Readonly<
  Record<"part" | "parts" | "out" | "a" | "b" | "scratch", Local<"i32">>
>;

/** A stretch of rows or columns. */
interface Span {
  readonly from: Local<"i32">;
  readonly below: Local<"i32">;
}

/** Computes one part: for each stretch of the sums, all panels of columns in all blocks of rows. */
export function emitKernel(
  f: FunctionBuilder,
  context: MatmulContext,
  parts: MatmulParts,
  operands: KernelOperands,
): void {
  const { shape: { m, k, n }, plan, layout, result: { vector } } = context;
  const { a, b, scratch } = operands;
  const byRows = plan.split === "rows";
  const rows = byRows ? emitShare(f, m, layout.splitUnit, operands) : emitAll(f, m);
  const columns = byRows ? emitAll(f, n) : emitShare(f, n, layout.splitUnit, operands);
  const place = { step: f.local("i32"), row: f.local("i32"), column: f.local("i32") };
  if (parts.sparse) emitCompressTable(f, vector, i32.add(scratch, layout.scratch.table));

  f.for(place.step, { below: Math.max(k, 1), step: plan.depth }, () => {
    const steps = f.let(least(i32.const(plan.depth), i32.sub(k, place.step)));
    const start = i32.mul(columns.from, layout.bColumn);
    const right = f.let(i32.add(i32.add(b, i32.mul(place.step, layout.bStep)), start));
    const block = { ...operands, ...place, steps, right, rows, columns };
    const isFinite = emitPackPanels(f, context, parts, block);
    f.for(place.row, { from: rows.from, below: rows.below, step: plan.blockRows }, () => {
      const stepsBefore = i32.mul(place.step, layout.aStep);
      const left = f.let(i32.add(i32.add(a, stepsBefore), i32.mul(place.row, layout.aRow)));
      emitBlock(f, context, parts, { ...block, left, isFinite });
    });
  });
}

/** What the loops around a block know. */
interface Block extends KernelOperands {
  readonly step: Local<"i32">;
  readonly row: Local<"i32">;
  readonly column: Local<"i32">;
  readonly steps: Local<"i32">;
  readonly rows: Span;
  readonly columns: Span;
  /** The address of the first panel. */
  readonly right: Local<"i32">;
}

/** Copies the panels of the right operand if the plan says so; yields whether all is finite. */
function emitPackPanels(
  f: FunctionBuilder,
  context: MatmulContext,
  { packRight }: MatmulParts,
  block: Block,
): Expression<"i32"> {
  if (!packRight) return i32.const(1);
  const { layout } = context;
  const { right, scratch, steps, column } = block;
  const isFinite = f.let(i32.const(1));
  const from = f.let(right), panels = f.let(i32.add(scratch, layout.scratch.panels));
  f.set(right, panels);
  emitPanels(f, context, block, (panel, end) => {
    const packed = call(packRight, panel, from, steps, i32.sub(end, column));
    f.set(isFinite, i32.and(isFinite, packed));
    f.increase(from, context.plan.panelColumns * layout.bColumn);
  });
  return isFinite;
}

/** Multiplies a block of rows by all panels, without its zeros if there are enough of them. */
function emitBlock(
  f: FunctionBuilder,
  context: MatmulContext,
  { packLeft, multiply, sparse }: MatmulParts,
  block: Block & { readonly left: Local<"i32">; readonly isFinite: Expression<"i32"> },
): void {
  const { plan, layout } = context;
  const { left, out, scratch, step, steps, row, column, rows, isFinite } = block;
  const rowEnd = f.let(least(i32.add(row, plan.blockRows), rows.below));
  const height = f.let(i32.sub(rowEnd, row));
  const each = (by: typeof multiply, from: Local<"i32">): void =>
    emitPanels(
      f,
      context,
      block,
      (panel, columnEnd) =>
        f.do(call(by, from, panel, out, row, column, rowEnd, columnEnd, step, steps)),
    );
  const dense = (): void => {
    if (!packLeft) return each(multiply, left);
    const packed = f.let(i32.add(scratch, layout.scratch.left));
    f.do(call(packLeft, packed, left, height, steps));
    each(multiply, packed);
  };
  if (!sparse) return dense();
  f.if(i32.and(isFinite, call(sparse.isWorthIt, left, height, steps)), () => {
    f.do(call(sparse.compress, scratch, left, height, steps));
    each(sparse.multiply, scratch);
  }, dense);
}

/** Visits the panels of columns, with the address of each and the column at which it ends. */
function emitPanels(
  f: FunctionBuilder,
  { plan, layout }: MatmulContext,
  { right, column, columns }: Block,
  visit: (panel: Local<"i32">, end: Local<"i32">) => void,
): void {
  const panel = f.let(right), end = f.local("i32");
  f.for(column, { from: columns.from, below: columns.below, step: plan.panelColumns }, () => {
    f.set(end, least(i32.add(column, plan.panelColumns), columns.below));
    visit(panel, end);
    f.increase(panel, layout.panel);
  });
}

/** The share of one part in `total`, in whole units. */
function emitShare(
  f: FunctionBuilder,
  total: number,
  unit: number,
  { part, parts }: KernelOperands,
): Span {
  const start = (index: Expression<"i32">): Local<"i32"> => {
    const first = i32.divUnsigned(i32.mul(index, Math.ceil(total / unit)), parts);
    return f.let(least(i32.mul(first, unit), i32.const(total)));
  };
  return { from: start(part), below: start(i32.add(part, 1)) };
}

function emitAll(f: FunctionBuilder, total: number): Span {
  return { from: f.let(i32.const(0)), below: f.let(i32.const(total)) };
}

/** The smaller of two numbers. */
function least(a: Expression<"i32">, b: Expression<"i32">): Expression<"i32"> {
  return select(i32.less(a, b), a, b);
}
