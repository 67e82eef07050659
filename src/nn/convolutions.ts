/** The layers of a convolutional network. */

import { declareRecord } from "../autodiff/tree.ts";
import { UsageError } from "../ops/error.ts";
import { optionsOf } from "../ops/options.ts";
import type { ConvolutionOptions } from "../values/convolutions.ts";
import {
  type AvgPoolOptions,
  avgPoolOptions,
  type MaxPoolOptions,
  maxPoolOptions,
} from "../values/pooling.ts";
import type { Tensor } from "../values/tensor.ts";
import { type PerAxis, perAxis, placement, windowOptions } from "../values/windows.ts";
import { Layer } from "./layer.ts";
import { startingParameters, type WeightOptions, weightOptions } from "./layers.ts";

/** How a convolutional layer convolves, and where its first weights come from. */
export interface ConvolutionLayerOptions
  extends WeightOptions, Omit<ConvolutionOptions<Tensor>, "bias"> {}

/** A layer that slides weights over its inputs. */
abstract class Convolution extends Layer {
  /** The weights, `[outputs, inputs / groups, ...size]`. */
  weight: Tensor;
  /** The biases, `[outputs]`, or null. */
  bias: Tensor | null;
  /** How the windows lie, and how many groups there are. */
  readonly options: Omit<ConvolutionOptions<Tensor>, "bias">;

  /** Makes a layer with random weights, for windows along so many axes. */
  constructor(
    [inputs, outputs, size, rank]: readonly [number, number, PerAxis, rank: number],
    options: ConvolutionLayerOptions,
  ) {
    super();
    const name = `make a Conv${rank}d`;
    const { stride = 1, padding = 0, dilation = 1, groups = 1 } = optionsOf(
      name,
      options,
      { ...windowOptions, groups: null, ...weightOptions, bias: null },
    );
    const isWhole = [inputs, outputs, groups].every((n) => Number.isInteger(n) && n > 0);
    if (!isWhole || inputs % groups !== 0 || outputs % groups !== 0) {
      throw new UsageError(
        `Cannot ${name} of ${inputs} inputs and ${outputs} outputs, in groups: ${groups}`,
      );
    }
    const lengths = perAxis(name, "size", size, rank, 1);
    placement(name, rank, { stride, padding, dilation }); // a mistake is told here, not in forward
    const { weight, bias } = startingParameters([outputs, inputs / groups, ...lengths], options);
    this.weight = weight;
    this.bias = bias;
    this.options = { stride, padding, dilation, groups };
  }
}

/**
 * A convolution along one axis: from `[batch, inputs, length]` to `[batch, outputs, windows]`. The
 * weights start evenly spread between ±1/sqrt(inputs / groups * size), as the biases do.
 *
 * @example Four filters over a signal
 * ```ts
 * import { nn, zeros } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = new nn.Conv1d(2, 4, 3, { padding: 1 });
 * assertEquals(layer.forward(zeros([8, 2, 50])).shape, [8, 4, 50]);
 * ```
 */
export class Conv1d extends Convolution {
  /** Makes a layer with random weights; `size` is the length of a window. */
  constructor(
    inputs: number,
    outputs: number,
    size: PerAxis,
    options: ConvolutionLayerOptions = {},
  ) {
    super([inputs, outputs, size, 1], options);
  }

  /** What `conv1d` makes of the inputs. */
  override forward(inputs: Tensor): Tensor {
    return inputs.conv1d(this.weight, { ...this.options, bias: this.bias });
  }
}

/**
 * A convolution along two axes: from `[batch, inputs, height, width]` to `[batch, outputs, height,
 * width]`. The weights start evenly spread between ±1/sqrt(inputs / groups * size), as the biases do.
 *
 * @example A small convolutional network for handwritten digits
 * ```ts
 * import { nn, zeros } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const model = new nn.Sequential([
 *   new nn.Conv2d(1, 8, 3, { padding: 1 }),
 *   new nn.Activation("relu"),
 *   new nn.MaxPool2d(2),
 *   new nn.Flatten(),
 *   new nn.Linear(8 * 14 * 14, 10),
 * ]);
 * assertEquals(model.forward(zeros([5, 1, 28, 28])).shape, [5, 10]);
 * ```
 */
export class Conv2d extends Convolution {
  /** Makes a layer with random weights; `size` is that of a window, or its `[height, width]`. */
  constructor(
    inputs: number,
    outputs: number,
    size: PerAxis,
    options: ConvolutionLayerOptions = {},
  ) {
    super([inputs, outputs, size, 2], options);
  }

  /** What `conv2d` makes of the inputs. */
  override forward(inputs: Tensor): Tensor {
    return inputs.conv2d(this.weight, { ...this.options, bias: this.bias });
  }
}

/**
 * The largest number of each window over the last two axes.
 *
 * @example Half as high and half as wide
 * ```ts
 * import { nn, zeros } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new nn.MaxPool2d(2).forward(zeros([5, 8, 28, 28])).shape, [5, 8, 14, 14]);
 * ```
 */
export class MaxPool2d extends Layer {
  static {
    declareRecord(this);
  }

  /** The size of a window, or its `[height, width]`. */
  readonly size: PerAxis;
  /** How the windows lie. */
  readonly options: MaxPoolOptions;

  /** Makes a layer that takes the maximum; `stride` is `size` unless given. */
  constructor(size: PerAxis, options: MaxPoolOptions = {}) {
    super();
    optionsOf("make a MaxPool2d", options, maxPoolOptions);
    perAxis("make a MaxPool2d", "size", size, 2, 1);
    placement("make a MaxPool2d", 2, options);
    this.size = size;
    this.options = options;
  }

  /** What `maxPool2d` makes of the inputs. */
  override forward(inputs: Tensor): Tensor {
    return inputs.maxPool2d(this.size, this.options);
  }
}

/**
 * The mean of each window over the last two axes.
 *
 * @example One number for each channel
 * ```ts
 * import { nn, ones } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const outputs = new nn.AvgPool2d(7).forward(ones([1, 3, 7, 7]));
 * assertEquals(outputs.flatten().toArray(), [1, 1, 1]);
 * ```
 */
export class AvgPool2d extends Layer {
  static {
    declareRecord(this);
  }

  /** The size of a window, or its `[height, width]`. */
  readonly size: PerAxis;
  /** How the windows lie. */
  readonly options: AvgPoolOptions;

  /** Makes a layer that takes the mean; `stride` is `size` unless given. */
  constructor(size: PerAxis, options: AvgPoolOptions = {}) {
    super();
    optionsOf("make an AvgPool2d", options, avgPoolOptions);
    perAxis("make an AvgPool2d", "size", size, 2, 1);
    placement("make an AvgPool2d", 2, options);
    this.size = size;
    this.options = options;
  }

  /** What `avgPool2d` makes of the inputs. */
  override forward(inputs: Tensor): Tensor {
    return inputs.avgPool2d(this.size, this.options);
  }
}
