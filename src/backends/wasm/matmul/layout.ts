/** Where the operands and the copies of their blocks lie, in bytes. */

import type { VectorType } from "../vector.ts";
import type { ListLayout } from "./compress.ts";
import { compressTableBytes, layoutLists } from "./compress.ts";
import type { DenseLayout } from "./dense.ts";
import type { MatmulPlan, MatmulShape } from "./plan.ts";

/** Distances between neighbours, and places in the scratch memory of one part. */
export interface MatmulLayout {
  /** Between two rows of the left operand. */
  readonly aRow: number;
  /** Between two columns of the left operand. */
  readonly aStep: number;
  /** Between two rows of the right operand. */
  readonly bStep: number;
  /** Between two columns of the right operand. */
  readonly bColumn: number;
  /** Between two rows of a packed panel of the right operand. */
  readonly panelRow: number;
  /** Between two packed panels of the right operand. */
  readonly panel: number;
  /** Between two rows, or groups of columns, of a packed block of the left operand. */
  readonly leftGroup: number;
  /** How many rows or columns go to a thread together. */
  readonly splitUnit: number;
  /** How tiles read the operands, packed or not. */
  readonly dense: DenseLayout;
  /** How lists of nonzeros lie. */
  readonly lists: ListLayout;
  /** Between two matrices of sums, where parts of each sum are added up apart. */
  readonly sums: number;
  /** How many of these there are. */
  readonly stretches: number;
  /** Where things are, from the start of the scratch memory. */
  readonly scratch: {
    readonly panels: number;
    readonly left: number;
    readonly lists: number;
    readonly ends: number;
    readonly table: number;
    readonly bytes: number;
  };
}

/** Lays a product out as its plan says. */
export function layoutMatmul(
  shape: MatmulShape,
  plan: MatmulPlan,
  vector: VectorType,
): MatmulLayout {
  const { m, k, n, transposeA, transposeB } = shape;
  const { bytes } = vector;
  const { depth, tileRows, tileVectors, panelColumns, packLeft, packRight, listRows, dots } = plan;
  const aRow = transposeA ? bytes : k * bytes;
  const aStep = transposeA ? m * bytes : bytes;
  const bStep = transposeB ? bytes : n * bytes;
  const bColumn = transposeB ? k * bytes : bytes;
  const panelRow = panelColumns * bytes;
  const panel = oddLines(depth * panelRow);
  const leftGroup = transposeA ? tileRows * depth * bytes : depth * bytes + 16;
  const packedRow = transposeA ? bytes : leftGroup;
  const lists = layoutLists(vector, listRows, { depth, rightStep: panelRow });
  return {
    aRow,
    aStep,
    bStep,
    bColumn,
    panelRow,
    panel,
    leftGroup,
    splitUnit: splitUnit(shape, plan, vector),
    dense: {
      tileRows,
      tileVectors,
      rows: m,
      columns: n,
      length: k,
      leftRow: packLeft ? packedRow : aRow,
      leftStep: packLeft && transposeA ? tileRows * bytes : aStep,
      leftTile: packLeft ? (transposeA ? leftGroup : tileRows * leftGroup) : tileRows * aRow,
      rightStep: packRight ? panelRow : bStep,
      rightColumn: dots ? bColumn : bytes,
      dots,
      rightPadded: packRight,
      unrolled: dots || m * k * n < 1 << 18 ? 2 : 8, // small ones take longer to write than to run
    },
    lists,
    sums: Math.ceil(m * n * bytes / 64) * 64,
    stretches: plan.split === "depth" ? Math.ceil(k / plan.stretch) : 0,
    scratch: layoutScratch(shape, plan, vector, { panel, leftGroup, lists }),
  };
}

/** So many that what is left over is left over in one place, at the end of the matrix. */
function splitUnit(
  { transposeA }: MatmulShape,
  { split, tileRows, tileVectors, panelColumns, blockRows, sparseBelow, listRows }: MatmulPlan,
  { lanes }: VectorType,
): number {
  if (split === "depth") return blockRows / 2; // for each, all of the right operand is copied
  if (split === "columns") return sparseBelow > 0 ? panelColumns : tileVectors * lanes;
  if (sparseBelow === 0) return tileRows;
  return leastCommonMultiple(tileRows, transposeA ? lanes : listRows); // as many are listed at once
}

/** An odd number of lines of a cache, so that neighbours do not meet in the same sets of it. */
function oddLines(bytes: number): number {
  return (Math.ceil(bytes / 64) | 1) * 64;
}

function leastCommonMultiple(a: number, b: number): number {
  let multiple = a;
  while (multiple % b !== 0) multiple += a;
  return multiple;
}

function layoutScratch(
  { n, transposeA }: MatmulShape,
  { blockRows, tileRows, panelColumns, packLeft, packRight, sparseBelow }: MatmulPlan,
  vector: VectorType,
  { panel, leftGroup, lists }: Pick<MatmulLayout, "panel" | "leftGroup" | "lists">,
): MatmulLayout["scratch"] {
  let bytes = 0;
  const reserve = (size: number): number => {
    const start = bytes;
    bytes += Math.ceil(size / 64) * 64;
    return start;
  };
  const sparse = sparseBelow > 0;
  const listed = Math.ceil(blockRows / lists.rows);
  const groups = transposeA ? blockRows / tileRows : blockRows;
  return {
    panels: reserve(packRight || sparse ? Math.ceil(n / panelColumns) * panel : 0),
    left: reserve(packLeft ? groups * leftGroup + 16 : 0),
    lists: reserve(sparse ? listed * lists.group : 0),
    ends: reserve(sparse ? listed * lists.lists.length * 4 : 0),
    table: reserve(sparse ? compressTableBytes(vector) : 0),
    bytes,
  };
}
