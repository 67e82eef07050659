/** The functions that a product is made of, each for one block or panel. */

import type { Callee, Expression, FunctionBuilder, Local, ModuleBuilder } from "../assembler.ts";
import { i32, least } from "../assembler.ts";
import { emitCompressColumns, emitCompressRows } from "./compress.ts";
import { emitDense } from "./dense.ts";
import type { MatmulLayout } from "./layout.ts";
import { emitCopyRows, emitPackTiles, emitTranspose } from "./packing.ts";
import type { MatmulPlan, MatmulShape } from "./plan.ts";
import type { Result } from "./result.ts";
import { emitIsSparse, emitSparse } from "./sparse.ts";
import { times } from "./times.ts";
import type { VectorType } from "../vector.ts";

/** All that is known of a product. */
export interface MatmulContext {
  readonly module: ModuleBuilder;
  readonly shape: MatmulShape;
  readonly plan: MatmulPlan;
  readonly layout: MatmulLayout;
  readonly result: Result;
}

type I32 = "i32";

/** Copies a stretch of the right operand: `(to, from, steps, columns)`; 0 if not all is finite. */
function emitPackRight(
  { module, shape, plan, layout, result: { vector } }: MatmulContext,
): Callee<readonly [I32, I32, I32, I32], I32> {
  const params = ["i32", "i32", "i32", "i32"] as const;
  return module.function({ params, result: "i32" }, (f, to, from, steps, columns) => {
    const finite = finiteness(f, vector);
    const visit = plan.sparseBelow > 0 ? finite.visit : undefined;
    const toRow = layout.panelRow;
    if (shape.transposeB) {
      const strides = { fromRow: layout.bColumn, toRow, restRows: shape.n % vector.lanes };
      const column = f.local("i32"), width = f.local("i32");
      const panel = { to: f.let(to), from: f.let(from), rows: width, columns: steps };
      f.for(column, { below: columns, step: plan.panelColumns }, () => {
        f.set(width, least(plan.panelColumns, i32.sub(columns, column)));
        emitTranspose(f, vector, panel, strides, visit);
        f.increase(panel.to, layout.panel);
        f.increase(panel.from, plan.panelColumns * layout.bColumn);
      });
    } else {
      const piece = { vectors: plan.panelColumns / vector.lanes, apart: layout.panel };
      const restColumns = shape.n % vector.lanes;
      const strides = { fromRow: layout.bStep, toRow, piece, restColumns };
      emitCopyRows(f, vector, { to, from, rows: steps, columns }, strides, visit);
    }
    f.return(finite.result);
  });
}

/**
 * Finds out whether numbers are finite: times zero they are zero, and all others NaN. Sums of these
 * take turns, so that none waits for the one before.
 */
function finiteness(f: FunctionBuilder, vector: VectorType): {
  readonly visit: (value: Local<"v128">) => void;
  readonly result: Expression<"i32">;
} {
  const zero = f.let(vector.splat(0)), sums = times(4, () => f.let(zero));
  let turn = 0;
  const all = sums.slice(1).reduce<Expression<"v128">>(vector.add, sums[0]!);
  return {
    visit: (value) => {
      const sum = sums[turn++ % sums.length]!;
      f.set(sum, vector.multiplyAdd(value, zero, sum));
    },
    result: i32.equal(vector.bitmask(vector.equal(all, zero)), (1 << vector.lanes) - 1),
  };
}

/** Copies one block of the left operand: `(to, from, rows, steps)`. */
function emitPackLeft(
  { module, shape, plan, layout, result: { vector } }: MatmulContext,
): Callee<readonly [I32, I32, I32, I32], "void"> {
  const params = ["i32", "i32", "i32", "i32"] as const;
  return module.function({ params }, (f, to, from, rows, steps) => {
    if (shape.transposeA) {
      emitPackTiles(f, vector, { to, from, rows: steps, columns: rows }, {
        fromRow: layout.aStep,
        group: plan.tileRows,
        groupBytes: layout.leftGroup,
        rest: shape.m % plan.tileRows,
      });
    } else {
      emitCopyRows(f, vector, { to, from, rows, columns: steps }, {
        fromRow: layout.aRow,
        toRow: layout.leftGroup,
        piece: { vectors: 8, apart: 128 },
        restColumns: shape.k % vector.lanes,
      });
    }
  });
}

/** Whether a block of the left operand is worth skipping its zeros: `(from, rows, steps)`. */
function emitIsSparseBlock(
  { module, shape, plan, layout, result: { vector } }: MatmulContext,
): Callee<readonly [I32, I32, I32], I32> {
  return module.function(
    { params: ["i32", "i32", "i32"], result: "i32" },
    (f, from, rows, steps) => {
      const sampled = shape.transposeA
        ? { from, outer: steps, inner: rows, stride: layout.aStep }
        : { from, outer: rows, inner: steps, stride: layout.aRow };
      f.return(emitIsSparse(f, vector, sampled, plan.sparseBelow));
    },
  );
}

/** Lists the nonzeros of a block of the left operand: `(scratch, left, rows, steps)`. */
function emitCompress(
  { module, shape, layout, result: { vector } }: MatmulContext,
): Callee<readonly [I32, I32, I32, I32], "void"> {
  const params = ["i32", "i32", "i32", "i32"] as const;
  return module.function({ params }, (f, scratch, left, rows, steps) => {
    const operands = {
      ...listsIn(f, layout, scratch),
      table: f.let(i32.add(scratch, layout.scratch.table)),
      left,
      rows,
      steps,
    };
    const restSteps = shape.k % vector.lanes;
    if (shape.transposeA) {
      const restRows = shape.m % vector.lanes;
      const strides = { leftStep: layout.aStep, restRows, restSteps };
      emitCompressColumns(f, layout.lists, operands, strides);
    } else {
      const restRows = shape.m % layout.lists.rows;
      emitCompressRows(f, layout.lists, operands, { leftRow: layout.aRow, restRows, restSteps });
    }
  });
}

/** The parameters of what multiplies a block by a panel. */
export type BlockParams = readonly [I32, I32, I32, I32, I32, I32, I32, I32, I32];

const blockParams = new Array<I32>(9).fill("i32") as unknown as BlockParams;

/**
 * Multiplies a block by a panel:
 * `(left, right, out, row, column, rowEnd, columnEnd, k, steps)`.
 */
function emitDenseBlock(context: MatmulContext): Callee<BlockParams, "void"> {
  const { module, layout, result } = context;
  return module.function(
    { params: blockParams },
    (f, left, right, out, row, column, rowEnd, columnEnd, k, steps) => {
      const ends = { rowEnd, columnEnd, ...sumEnds(f, context, k, steps) };
      emitDense(f, result, layout.dense, { left, right, out, row, column, steps, ...ends });
    },
  );
}

/** The same for lists of nonzeros, which are in the scratch memory that stands for `left`. */
function emitSparseBlock(context: MatmulContext): Callee<BlockParams, "void"> {
  const { module, shape, plan, layout, result } = context;
  const { lanes } = result.vector;
  const panel = {
    panelVectors: plan.panelColumns / lanes,
    restColumns: shape.n % plan.panelColumns,
    restRows: shape.m % layout.lists.rows,
  };
  return module.function(
    { params: blockParams },
    (f, scratch, right, out, row, column, rowEnd, columnEnd, k, steps) => {
      const ends = { rowEnd, columnEnd, ...sumEnds(f, context, k, steps) };
      const block = { ...listsIn(f, layout, scratch), right, out, row, column, ...ends };
      emitSparse(f, result, layout.lists, panel, block);
    },
  );
}

/** The functions of one product; those that its plan has no use for are missing. */
export interface MatmulParts {
  readonly packRight?: ReturnType<typeof emitPackRight>;
  readonly packLeft?: ReturnType<typeof emitPackLeft>;
  readonly multiply: Callee<BlockParams, "void">;
  readonly sparse?: {
    readonly isWorthIt: ReturnType<typeof emitIsSparseBlock>;
    readonly compress: ReturnType<typeof emitCompress>;
    readonly multiply: Callee<BlockParams, "void">;
  };
}

/** Adds the functions that a product needs to its module. */
export function emitParts(context: MatmulContext): MatmulParts {
  const { packRight, packLeft, sparseBelow } = context.plan;
  return {
    ...packRight || sparseBelow > 0 ? { packRight: emitPackRight(context) } : {},
    ...packLeft ? { packLeft: emitPackLeft(context) } : {},
    multiply: emitDenseBlock(context),
    ...sparseBelow > 0 ? { sparse: emitSparseParts(context) } : {},
  };
}

function emitSparseParts(context: MatmulContext): NonNullable<MatmulParts["sparse"]> {
  return {
    isWorthIt: emitIsSparseBlock(context),
    compress: emitCompress(context),
    multiply: emitSparseBlock(context),
  };
}

function listsIn(f: FunctionBuilder, { scratch }: MatmulLayout, start: Local<I32>) {
  return {
    lists: f.let(i32.add(start, scratch.lists)),
    ends: f.let(i32.add(start, scratch.ends)),
  };
}

/** Whether this is the first and the last part of the sums: known at once if each has but one. */
function sumEnds(
  f: FunctionBuilder,
  { shape, plan }: MatmulContext,
  k: Local<I32>,
  steps: Local<I32>,
): { readonly first: Local<I32> | 1; readonly last: Local<I32> | 1 } {
  const isApart = plan.split === "depth"; // what comes last is then up to the merge
  if (plan.depth >= (isApart ? plan.stretch : shape.k)) return { first: 1, last: 1 };
  const begin = isApart ? i32.remainderUnsigned(k, plan.stretch) : k;
  const last = isApart ? 1 : f.let(i32.equal(i32.add(k, steps), shape.k));
  return { first: f.let(i32.isZero(begin)), last };
}
