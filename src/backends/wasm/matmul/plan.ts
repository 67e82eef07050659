/** How a product is cut into blocks that fit the caches, decided from its shape alone. */

import type { VectorDType } from "../vector.ts";

/** A matrix product: `[m, k]` by `[k, n]`, either side stored transposed. */
export interface MatmulShape {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly dtype: VectorDType;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The decisions. */
export interface MatmulPlan {
  /**
   * What several threads divide among themselves: a side of the result, or the depth, of which each
   * stretch is added up apart; the parts of each sum are then added last.
   */
  readonly split: Split;
  /** The rows of a tile. */
  readonly tileRows: number;
  /** The vectors of a row of a tile. */
  readonly tileVectors: number;
  /** How many products of a sum are added up in one go: a multiple of 8. */
  readonly depth: number;
  /** How many of them are added up apart where threads divide the depth: a multiple of 8. */
  readonly stretch: number;
  /** The rows that are done before the next ones: a multiple of the tile's. */
  readonly blockRows: number;
  /** The columns that are done before the next ones: a multiple of the tile's. */
  readonly panelColumns: number;
  /** Whether vectors lie along the depth, as both operands do then, and not along the columns. */
  readonly dots: boolean;
  /** Whether the left operand is copied into the order in which tiles read it. */
  readonly packLeft: boolean;
  /** Whether the right operand is. */
  readonly packRight: boolean;
  /** Blocks of the left operand with fewer nonzeros than this are multiplied without the zeros. */
  readonly sparseBelow: number;
  /** How many of its rows are listed together, without their zeros. */
  readonly listRows: 1 | 2;
}

/** What threads can divide among themselves. */
export type Split = "rows" | "columns" | "depth";

/** What a plan depends on besides the shape. */
export interface PlanOptions {
  /** Whether each sum has to be added up in its order, so that every plan gives the same bits. */
  readonly inOrder: boolean;
  /** Whether threads may not divide the depth. */
  readonly undivided: boolean;
  /** Whether multiplying and adding is one instruction. */
  readonly fused: boolean;
}

/** Whether a product is large enough for zeros of its left operand to be worth looking for. */
export function maySkipZeros({ m, k, n, dtype }: MatmulShape): boolean {
  const wide = dtype === "float32" ? 32 : 16;
  return k >= 32 && m >= 32 && n >= wide && m * k * n >= 1 << 19;
}

/** A good plan for a processor with 15 vector registers and ordinary caches. */
export function planMatmul(
  shape: MatmulShape,
  { fused, inOrder, undivided }: PlanOptions,
): MatmulPlan {
  const { m, k, n, dtype, transposeB } = shape;
  const bytes = dtype === "float32" ? 4 : 8, lanes = 16 / bytes;
  const sparse = maySkipZeros(shape);
  const dots = !inOrder && !sparse && areDotsFaster(shape, bytes);
  const tileRows = dots ? [0, 8, 4, 3][n] ?? 2 : fused ? 6 : 5; // for dots 8 sums, or 9
  const mayPair = !inOrder && m >= 64 && n * bytes >= 1024; // pairs take longer to list
  const listRows = sparse && mayPair ? 2 : 1;
  const wide = (listRows === 2 ? 96 : 128) / bytes;
  const stretch = Math.max(8, Math.ceil(k / 2 / 8) * 8); // two: more of them are more to add last
  const cut = (total: number): Pick<MatmulPlan, "depth" | "blockRows" | "packLeft"> => {
    const depth = dots ? Math.ceil(total / 8) * 8 : evenParts(total, 1664 / bytes, 8);
    const blockRows = (depth * bytes > 1024 ? 8 : 16) * tileRows; // that stay in the second cache
    const isScattered = isLeftScattered(shape, depth, bytes);
    return { depth, blockRows, packLeft: !dots && m > tileRows && n >= wide && isScattered };
  };
  const plan: Omit<MatmulPlan, "split"> = {
    tileRows,
    tileVectors: dots ? Math.ceil(Math.min(4, n) / lanes) : 2,
    ...cut(k),
    stretch,
    panelColumns: wide,
    dots,
    packRight: !dots && (transposeB || isRightScattered(shape, bytes)),
    // zeros without a pattern gain nothing above 0.75 in pairs, those of activations up to 0.85
    sparseBelow: sparse ? (listRows === 2 ? 0.8 : 0.6) : 0,
    listRows,
  };
  const split = cheapestSplit(shape, plan, {
    tileColumns: 32 / bytes,
    undivided: undivided || inOrder,
  });
  return { ...plan, ...split === "depth" ? cut(stretch) : {}, split };
}

/**
 * Whether vectors had better lie along the depth, where both operands do: then nothing has to be
 * turned over, which takes as long as five multiplications a number of the right operand, but the
 * parts of each sum have to be added, which takes as long as ten, and all takes a tenth longer.
 * Results that are narrower than a cache line fill no tile the other way.
 */
function areDotsFaster({ m, k, n, transposeA, transposeB }: MatmulShape, bytes: number): boolean {
  if ((transposeA && m > 1) || (!transposeB && n > 1)) return false;
  const isNarrow = n * bytes < 64 && k >= (n <= 4 ? 16 : 64);
  return isNarrow || 5 / m > 10 / k + 1 / 10;
}

/**
 * Which way two threads finish first: the larger share, plus what both of them have to do. To copy
 * a number takes about as long as to multiply it by five others, to store and read again a part of
 * a sum as fifteen multiplications, and to list a row without its zeros as 32 columns more, in pairs
 * 64. Each has written half of the rows of either operand, and what the other has written is fetched
 * from its cache, which takes as long as 12 multiplications a number on the left, 20 on the right;
 * with few columns each multiplication takes longer. Before parts of sums are added the threads meet,
 * for as long as 160,000 multiplications.
 */
function cheapestSplit(
  { m, k, n, transposeA, transposeB }: MatmulShape,
  plan: Omit<MatmulPlan, "split">,
  { tileColumns, undivided }: { readonly tileColumns: number; readonly undivided: boolean },
): Split {
  const { stretch, tileRows, panelColumns, packLeft, packRight, listRows } = plan;
  const larger = (total: number, unit: number): number =>
    Math.min(total, Math.ceil(Math.ceil(total / unit) / 2) * unit) / total;
  const sparse = plan.sparseBelow > 0;
  const lists = sparse ? 32 * listRows / n : 0;
  const fetch = (partOfLeft: number, partOfRight: number): number =>
    12 * partOfLeft / Math.max(n, 32) + 20 * partOfRight / m;
  const costs = {
    // Pairs change the order of sums: whether there are any must not depend on a share's columns.
    columns: listRows === 2 ? Infinity : larger(n, sparse ? panelColumns : tileColumns) +
      (packLeft ? 5 / n : 0) + lists + fetch(1 / 2, transposeB ? 0 : 1 / 4),
    rows: larger(m, sparse && transposeA ? 2 * tileRows : tileRows) * (1 + lists) +
      (packRight || sparse ? 5 / m : 0) + fetch(transposeA ? 1 / 4 : 0, 1 / 2),
    depth: stretch >= k || undivided
      ? Infinity
      : larger(k, stretch) * (1 + lists) + 30 / k + 160_000 / (m * k * n) +
        fetch(transposeA ? 0 : 1 / 4, transposeB ? 1 / 4 : 0),
  };
  const splits = ["columns", "rows", "depth"] as const;
  return splits.reduce((best, split) => costs[split] < costs[best] ? split : best);
}

/** Whether rows of the left operand, read side by side, get in each other's way in the caches. */
function isLeftScattered(
  { m, k, transposeA }: MatmulShape,
  depth: number,
  bytes: number,
): boolean {
  return transposeA
    ? m * bytes * depth > 1 << 17 || (m * bytes) % 1024 === 0
    : (k * bytes) % 4096 === 0;
}

/** Whether rows of the right operand do, and are read often enough to copy them first. */
function isRightScattered({ m, n }: MatmulShape, bytes: number): boolean {
  const row = n * bytes;
  return row % 4096 === 0 ? m >= 24 : row > 1024 && m >= (row % 1024 === 0 ? 48 : 256);
}

/** The size of equal parts of `total` that are at most about `most`, rounded up to `unit`. */
function evenParts(total: number, most: number, unit: number): number {
  const parts = Math.max(1, Math.ceil(total / (most * 1.25)));
  return Math.max(unit, Math.ceil(total / parts / unit) * unit);
}
