/** The methods of a tensor that convolve it with a weight, by matrix products. */

import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { optionsOf } from "../ops/options.ts";
import { formatShape, sameShape, type Shape, ShapeError, sizeOf } from "../ops/shape.ts";
import { windowCounts, type WindowPlacement } from "../ops/window.ts";
import { Pooling } from "./pooling.ts";
import { type PerAxis, perAxis, placement, type WindowOptions, windowOptions } from "./windows.ts";

/** How to convolve. */
export interface ConvolutionOptions<T> extends WindowOptions {
  /** Into how many groups the channels are divided, each with weights of its own. */
  readonly groups?: number;
  /** What is added to each output channel: a vector. */
  readonly bias?: T | null;
}

/** How to convolve backwards. */
export interface TransposedConvolutionOptions<T> extends ConvolutionOptions<T> {
  /** How much longer each axis of the result is at its end: a stride leaves a choice. */
  readonly outputPadding?: PerAxis;
}

const convolutionOptions = { ...windowOptions, groups: null, bias: null };

/** An array of numbers that can be convolved along its last axes. */
export abstract class Convolutions extends Pooling {
  /**
   * The cross-correlation of `[batch, channels, length]` with a weight `[outputs, channels / groups,
   * window]`, as deep learning calls convolution: `[batch, outputs, windows]`.
   */
  conv1d(weight: this, options: ConvolutionOptions<this> = {}): this {
    return this.convolve("conv1d", 1, weight, options);
  }

  /**
   * The cross-correlation of `[batch, channels, height, width]` with a weight `[outputs, channels /
   * groups, height, width]`, as deep learning calls convolution: `[batch, outputs, height, width]`.
   * Pairs in the options are `[height, width]`.
   */
  conv2d(weight: this, options: ConvolutionOptions<this> = {}): this {
    return this.convolve("conv2d", 2, weight, options);
  }

  /**
   * What `conv1d` with these options does to a cotangent: from `[batch, channels, windows]` by a
   * weight `[channels, outputs / groups, window]` to `[batch, outputs, length]`.
   */
  convTranspose1d(weight: this, options: TransposedConvolutionOptions<this> = {}): this {
    return this.convolveBack("convTranspose1d", 1, weight, options);
  }

  /**
   * What `conv2d` with these options does to a cotangent: from `[batch, channels, height, width]` by
   * a weight `[channels, outputs / groups, height, width]` to `[batch, outputs, height, width]`.
   */
  convTranspose2d(weight: this, options: TransposedConvolutionOptions<this> = {}): this {
    return this.convolveBack("convTranspose2d", 2, weight, options);
  }

  /** The weights by the windows, in whichever of two ways is faster. */
  private convolve(
    name: string,
    rank: number,
    weight: this,
    options: ConvolutionOptions<this>,
  ): this {
    const { groups = 1, bias = null } = optionsOf(name, options, convolutionOptions);
    this.checkWeight(name, rank, weight);
    const [batch, channels] = this.shape as [number, number];
    const [outputs, depth, ...lengths] = weight.shape as [number, number, ...number[]];
    if (channels !== depth * groups || outputs % groups !== 0) {
      const found = `${channels} channels, weights for ${depth} each, ${outputs} outputs`;
      throw new ShapeError(
        `${cannot(name, this.shape, weight.shape)} in ${groupsText(groups)}: ${found}`,
      );
    }
    this.checkBias(name, bias, outputs);
    const windows = { lengths, ...placement(name, rank, options) };
    const padded = this.padAround(windows.padding, 0);
    const counts = windowCounts(name, padded.shape, windows);
    const parts = {
      images: padded.reshape([batch, groups, depth, ...padded.shape.slice(2)]),
      weights: weight.reshape([groups, outputs / groups, depth * sizeOf(lengths)]),
      ...{ windows, counts, bias },
    };
    return sizeOf(counts) >= manyWindows ? convolveEach(parts) : convolveAll(parts);
  }

  /** The adjoint of that product, each row added where its window lies. */
  private convolveBack(
    name: string,
    rank: number,
    weight: this,
    options: TransposedConvolutionOptions<this>,
  ): this {
    const { groups = 1, bias = null, outputPadding = 0 } = optionsOf(name, options, {
      ...convolutionOptions,
      outputPadding: null,
    });
    this.checkWeight(name, rank, weight);
    const [batch, channels, ...counts] = this.shape as [number, number, ...number[]];
    const [inputs, width, ...lengths] = weight.shape as [number, number, ...number[]];
    if (channels !== inputs || channels % groups !== 0) {
      const found = `in ${groupsText(groups)}: ${channels} channels, weights for ${inputs}`;
      throw new ShapeError(`${cannot(name, this.shape, weight.shape)} ${found}`);
    }
    this.checkBias(name, bias, width * groups);
    const windows = { lengths, ...placement(name, rank, options) };
    const full = counts.map((count, i) =>
      Math.max(count - 1, 0) * windows.strides[i]! + windows.dilations[i]! * (lengths[i]! - 1) + 1
    );
    const more = perAxis(name, "outputPadding", outputPadding, rank, 0);
    const kept = full.map((length, i) => length + more[i]! - 2 * windows.padding[i]!);
    if (kept.some((length) => length < 1)) {
      const found = `a padding of ${formatShape(windows.padding)} leaves nothing`;
      throw new ShapeError(`${cannot(name, this.shape, weight.shape)}: ${found}`);
    }
    const rows = this.reshape([batch, groups, channels / groups, ...counts])
      .permute([1, 0, ...counts.map((_, i) => 3 + i), 2])
      .reshape([groups, batch * sizeOf(counts), channels / groups]);
    const columns = weight.reshape([groups, channels / groups, width * sizeOf(lengths)]);
    const spread = productOf(rows, columns, false)
      .reshape([groups, batch, ...counts, width, ...lengths])
      .fold({ ...windows, axes: rowsOfWindows(rank) }, [batch, groups, width, ...full])
      .reshape([batch, groups * width, ...full]);
    const result = spread.pad([[0, 0], [0, 0], ...more.map((n) => [0, n] as const)]).sliceAt({
      starts: [0, 0, ...windows.padding],
      steps: spread.shape.map(() => 1),
      lengths: [batch, groups * width, ...kept],
    });
    return bias === null ? result : result.add(bias.reshape([-1, ...kept.map(() => 1)]));
  }

  /** Throws where the bias is no vector of a number for each output channel. */
  private checkBias(name: string, bias: this | null, outputs: number): void {
    if (bias === null) return;
    const isTensor = bias instanceof Convolutions;
    if (isTensor && sameShape(bias.shape, [outputs])) return;
    const found = isTensor ? formatShape(bias.shape) : describe(bias);
    throw new ShapeError(
      `Cannot ${name} with a bias of ${found}: it is a vector, a number for each of ${outputs} ` +
        "output channels",
    );
  }

  /** Throws where the weights or this have not the axes of a convolution. */
  private checkWeight(name: string, rank: number, weight: this): void {
    if (!(weight instanceof Convolutions)) {
      throw new UsageError(
        `Cannot ${name} ${formatShape(this.shape)} by ${describe(weight)}: use tensor([...])`,
      );
    }
    if (this.rank === rank + 2 && weight.rank === rank + 2) return;
    throw new ShapeError(
      `${cannot(name, this.shape, weight.shape)}: both have ${rank + 2} axes, batch or outputs ` +
        "first and channels second",
    );
  }
}

/** What a convolution is made of. */
interface Parts<T> {
  /** The padded images, `[batch, groups, channels, ...lengths]`. */
  readonly images: T;
  /** The weights, `[groups, outputs, numbers of a window]`. */
  readonly weights: T;
  readonly windows: Omit<WindowPlacement, "axes">;
  /** How many windows there are along each axis. */
  readonly counts: readonly number[];
  readonly bias: T | null;
}

/** A product for each image, whose result is in its place: a column for each window. */
function convolveEach<T extends Convolutions>(
  { images, weights, windows, counts, bias }: Parts<T>,
): T {
  const [batch] = images.shape as [number];
  const [groups, outputs, inner] = weights.shape as [number, number, number];
  const columns = images.unfold({ ...windows, axes: columnsOfWindows(counts.length) })
    .reshape([batch, groups, inner, sizeOf(counts)]);
  const products = groups === 1
    ? weights.squeeze(0).matmul(columns.squeeze(1))
    : weights.matmul(columns);
  const sums = products.reshape([batch, groups * outputs, ...counts]);
  return bias === null ? sums : sums.add(bias.reshape([-1, ...counts.map(() => 1)]));
}

/** One product: a row for each window of all images, a column for each output channel. */
function convolveAll<T extends Convolutions>(
  { images, weights, windows, counts, bias }: Parts<T>,
): T {
  const [batch] = images.shape as [number];
  const [groups, outputs, inner] = weights.shape as [number, number, number];
  const rows = images.unfold({ ...windows, axes: rowsOfWindows(counts.length) })
    .reshape([groups, batch * sizeOf(counts), inner]);
  const products = productOf(rows, weights, true);
  const sums = groups === 1
    ? products // a product of two matrices, and what follows it, which compile() makes one step
    : products.permute([1, 0, 2]).flatten(1);
  return (bias === null ? sums : sums.add(bias))
    .reshape([batch, ...counts, groups * outputs])
    .moveAxis(-1, 1);
}

/**
 * With this many windows to an image, images are multiplied one by one: what is read of them lies
 * side by side. With fewer the zeros of rows are worth more, which a product skips on its left.
 */
const manyWindows = 256;

/** The order of axes that makes rows of windows: group, batch, windows, channel, window. */
function rowsOfWindows(rank: number): number[] {
  return [1, 0, ...along(rank, 3), 2, ...along(rank, 3 + rank)];
}

/** The order of axes that makes columns of windows: batch, group, channel, window, windows. */
function columnsOfWindows(rank: number): number[] {
  return [0, 1, 2, ...along(rank, 3 + rank), ...along(rank, 3)];
}

/** So many neighbouring axes. */
function along(count: number, first: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** The products of matrices, group by group; that of one group is a matrix. */
function productOf<T extends Convolutions>(rows: T, columns: T, transposeB: boolean): T {
  return rows.shape[0] === 1
    ? rows.squeeze(0).matmul(columns.squeeze(0), { transposeB })
    : rows.matmul(columns, { transposeB });
}

function cannot(name: string, shape: Shape, weight: Shape): string {
  return `Cannot ${name} ${formatShape(shape)} by ${formatShape(weight)}`;
}

function groupsText(groups: number): string {
  return groups === 1 ? "one group" : `${groups} groups`;
}
