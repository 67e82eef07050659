/** The oracle's convolutions and pools. */

import type { Tensor } from "../../src/mod.ts";
import type { Adapter, Adapters } from "./adapters.ts";
import { Missing } from "./compare.ts";

type Convolution = "conv1d" | "conv2d" | "convTranspose1d" | "convTranspose2d";

const convolution =
  (name: Convolution): Adapter =>
  ([x, weight, bias], { stride, padding, dilation, groups, output_padding = 0 }) => {
    const given = bias as Tensor | undefined;
    return x[name](weight, {
      stride,
      padding,
      dilation,
      groups,
      bias: given ?? null,
      ...(name.startsWith("convTranspose") ? { outputPadding: output_padding } : {}),
    });
  };

export const windows: Adapters = {
  conv1d: convolution("conv1d"),
  conv2d: convolution("conv2d"),
  conv_transpose1d: convolution("convTranspose1d"),
  conv_transpose2d: convolution("convTranspose2d"),
  max_pool2d: ([x], { kernel, stride, padding, dilation, ceil_mode }) =>
    x.maxPool2d(kernel, { stride, padding, dilation, ceilMode: ceil_mode }),
  avg_pool2d: ([x], { kernel, stride, padding, count_include_pad, ceil_mode = false }) => {
    if (ceil_mode) throw new Missing("avg_pool2d with ceil_mode");
    return x.avgPool2d(kernel, { stride, padding, countIncludePad: count_include_pad });
  },
  global_avg_pool2d: ([x]) => x.mean([-2, -1], { keepDims: true }),
};
