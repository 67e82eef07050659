/** A block of a product, tile by tile. */

import type { FunctionBuilder, Local } from "../assembler.ts";
import { i32 } from "../assembler.ts";
import type { VectorType } from "../vector.ts";
import { emitDotTile } from "./dot_tile.ts";
import type { Result } from "./result.ts";
import type { OperandLayout, TileOperands } from "./tile.ts";
import { emitTile } from "./tile.ts";

/** What is known of a block when its code is written. */
export interface DenseLayout extends OperandLayout {
  /** The rows of a whole tile. */
  readonly tileRows: number;
  /** The columns of a whole tile, as vectors. */
  readonly tileVectors: number;
  /** The rows and columns of the whole result. */
  readonly rows: number;
  readonly columns: number;
  /** Whether vectors lie along the depth, as both operands do, and not along the columns. */
  readonly dots: boolean;
  /** From the first row of one tile of the left operand to that of the next, in bytes. */
  readonly leftTile: number;
}

/** Where a block begins and ends. */
export interface BlockOperands extends TileOperands {
  readonly rowEnd: Local<"i32">;
  readonly columnEnd: Local<"i32">;
}

/** Multiplies a block: whole tiles first, then the rows that are left over. */
export function emitDense(
  f: FunctionBuilder,
  result: Result,
  layout: DenseLayout,
  block: BlockOperands,
): void {
  const { tileRows, tileVectors, leftTile } = layout;
  const restRows = layout.rows % tileRows;
  if (layout.rows >= tileRows) emitBand(f, result, layout, block, tileRows, [tileVectors]);
  if (restRows === 0) return;
  const tiles = f.let(i32.divUnsigned(i32.sub(block.rowEnd, block.row), tileRows));
  const rest = {
    ...block,
    left: f.let(i32.add(block.left, i32.mul(tiles, leftTile))),
    row: f.let(i32.add(block.row, i32.mul(tiles, tileRows))),
  };
  const widths = [restVectors(layout, restRows, result.vector), tileVectors];
  emitBand(f, result, layout, rest, restRows, widths);
}

/** Multiplies rows in tiles of one height, in strips of columns as wide as `widths` allow. */
function emitBand(
  f: FunctionBuilder,
  result: Result,
  layout: DenseLayout,
  block: BlockOperands,
  height: number,
  widths: readonly number[],
): void {
  const { lanes } = result.vector;
  const emit = layout.dots ? emitDotTile : emitTile;
  const right = f.let(block.right), column = f.let(block.column);

  const strip = (vectors: number, lastLanes: number): void => {
    const tile = { ...block, right, column, left: f.let(block.left), row: f.let(block.row) };
    f.while(i32.lessEqual(i32.add(tile.row, height), block.rowEnd), () => {
      emit(f, result, { rows: height, vectors, lastLanes }, layout, tile);
      f.increase(tile.left, layout.leftTile);
      f.increase(tile.row, height);
    });
  };
  for (const vectors of new Set(widths)) {
    if (layout.columns < vectors * lanes) continue;
    f.while(i32.lessEqual(i32.add(column, vectors * lanes), block.columnEnd), () => {
      strip(vectors, lanes);
      f.increase(right, vectors * lanes * layout.rightColumn);
      f.increase(column, vectors * lanes);
    });
  }
  const rest = layout.columns % (layout.tileVectors * lanes);
  if (rest === 0) return;
  f.if(i32.less(column, block.columnEnd), () => {
    const vectors = Math.ceil(rest / lanes);
    strip(vectors, rest - (vectors - 1) * lanes);
  });
}

/** How wide a tile of few rows is best: enough sums to hide the latency of each. */
function restVectors(
  { dots, tileVectors }: DenseLayout,
  rows: number,
  { lanes }: VectorType,
): number {
  if (dots) return rows === 1 ? 8 / lanes : tileVectors;
  return rows === 1 ? 8 : rows <= 3 ? 4 : 2;
}
