/** The methods of a tensor as a vector or a matrix: products, diagonals and triangles. */

import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { checkProduct, matmul, type Transposition } from "../ops/linalg.ts";
import { checkWhole, type KnownOptions, optionsOf } from "../ops/options.ts";
import { formatShape, resolveAxis, ShapeError, sizeOf } from "../ops/shape.ts";
import { band } from "../ops/structural.ts";
import { Reductions } from "./reductions.ts";

const matmulOptions: KnownOptions<Transposition> = { transposeA: "true", transposeB: null };

/** An array of numbers whose axes can be those of vectors and matrices. */
export abstract class Matrices extends Reductions {
  // Products

  /**
   * The matrix product over the last two axes, as NumPy's: a vector is a row on the left and a
   * column on the right, and the axes before the last two broadcast. Either side may be read
   * transposed at no cost.
   */
  matmul(
    other: this,
    options: Partial<Transposition> = {},
  ): this {
    const { transposeA = false, transposeB = false } = optionsOf(
      "matmul",
      options,
      matmulOptions,
    );
    if (!(other instanceof Matrices)) {
      throw new UsageError(`Cannot matmul ${formatShape(this.shape)} by ${describe(other)}`);
    }
    const transposition = { transposeA, transposeB };
    if (this.rank === 2 && other.rank === 2) return this.call(matmul, [other], transposition);
    checkProduct(this.shape, other.shape, transposition);
    if (this.rank === 1) {
      const product = this.unsqueeze(0).matmul(other, { transposeB });
      return product.squeeze(other.rank === 1 ? 0 : -2);
    }
    if (other.rank === 1) return this.matmul(other.unsqueeze(1), { transposeA }).squeeze(-1);
    if (this.rank > 2 && other.rank === 2 && !transposeA) { // one tall product, not many small ones
      const rows = this.shape.slice(0, -1);
      return this.reshape([sizeOf(rows), this.shape.at(-1)!]).matmul(other, { transposeB })
        .reshape([...rows, other.shape[transposeB ? 0 : 1]!]);
    }
    return this.call(matmul, [other], transposition);
  }

  /** The inner product of two vectors, a scalar. */
  dot(other: this): this {
    this.checkVectors("dot", other);
    return this.matmul(other);
  }

  /** The outer product of two vectors: `out[i][j] = this[i] * other[j]`. */
  outer(other: this): this {
    this.checkVectors("outer", other);
    return this.unsqueeze(1).mul(other);
  }

  /** Throws unless both are vectors. */
  private checkVectors(name: string, other: this): void {
    this.checkOperands(name, [other]);
    if (this.rank === 1 && other.rank === 1) return;
    throw new ShapeError(
      `Cannot ${name} ${formatShape(this.shape)} and ${
        formatShape(other.shape)
      }: they are no vectors`,
    );
  }

  // Diagonals and triangles

  /**
   * The diagonal over two axes, the first two unless told otherwise, which give way to a new last
   * axis; `offset` counts diagonals above (or, if negative, below) the main one.
   */
  diagonal(
    offset = 0,
    options: { readonly axis1?: number; readonly axis2?: number } = {},
  ): this {
    const { axis1 = 0, axis2 = 1 } = optionsOf("diagonal", options, { axis1: "0", axis2: null });
    checkWhole("take a diagonal", "offset", offset);
    const from = resolveAxis("diagonal", axis1, this.shape);
    const to = resolveAxis("diagonal", axis2, this.shape);
    if (from === to) {
      throw new ShapeError(
        `Cannot take the diagonal of ${formatShape(this.shape)} over axis ${from} alone`,
      );
    }
    const others = this.shape.map((_, axis) => axis).filter((axis) => axis !== from && axis !== to);
    const [rows, columns] = [this.shape[from]!, this.shape[to]!];
    const start = offset < 0 ? -offset * columns : offset;
    const count = Math.max(0, Math.min(rows + Math.min(offset, 0), columns - Math.max(offset, 0)));
    const lines = this.permute([...others, from, to]).flatten(-2);
    return lines.sliceAt({
      starts: [...others.map(() => 0), count === 0 ? 0 : start],
      steps: [...others.map(() => 1), columns + 1],
      lengths: [...lines.shape.slice(0, -1), count],
    });
  }

  /**
   * The square matrix with this vector on a diagonal and zeros elsewhere; `offset` counts diagonals
   * above (or, if negative, below) the main one.
   */
  diag(offset = 0): this {
    if (this.rank !== 1) {
      throw new ShapeError(
        `Cannot diag ${formatShape(this.shape)}: it takes a vector, as diagonal() returns`,
      );
    }
    const size = this.size + Math.abs(offset);
    const start = offset < 0 ? -offset * size : offset;
    return this.unslice({ starts: [start], steps: [size + 1], lengths: this.shape }, [size * size])
      .reshape([size, size]);
  }

  /** The sum of the diagonal over the first two axes. */
  trace(): this {
    return this.diagonal().sum(-1);
  }

  /** The last two axes with zeros above a diagonal; `offset` counts from the main one upwards. */
  tril(offset = 0): this {
    return this.band(-Infinity, offset);
  }

  /** The last two axes with zeros below a diagonal; `offset` counts from the main one upwards. */
  triu(offset = 0): this {
    return this.band(offset, Infinity);
  }

  /** The last two axes with zeros outside the diagonals from `lowest` to `highest`. */
  band(lowest: number, highest: number): this {
    for (const offset of [lowest, highest]) {
      if (Math.abs(offset) !== Infinity) checkWhole("take a triangle", "offset", offset);
    }
    return this.call(band, [], { lowest, highest });
  }
}
