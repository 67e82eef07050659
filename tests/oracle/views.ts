/** The oracle's programs that look at one tensor in several ways. */

import { concat } from "../../src/mod.ts";
import type { Adapters } from "./adapters.ts";
import { lookUp } from "./compare.ts";

const byId: Adapters = {
  exp_of_transpose: ([v]) => v.transpose().exp(),
  transpose_matmul: ([v, w]) => v.transpose().matmul(w),
  matmul_of_transposes: ([v, w]) => v.transpose().matmul(w.transpose()),
  strided_square_sum: ([v]) => v.slice([null, { step: 2 }]).square().sum(0),
  permute_reshape_mul: ([v, w]) => v.permute([2, 0, 1]).flatten().mul(w),
  broadcast_mul_sum: ([v, w]) => v.broadcastTo(w.shape).mul(w).sum(0),
  scaled_diagonal: ([v]) => v.add(v.diagonal().mul(2).diag()),
  suffix_sum: ([v]) => v.flip(0).cumsum(0).flip(0),
  row_range_matmul: ([v, w]) => v.slice([{ start: 1, stop: 3 }]).matmul(w),
  transpose_slice_flip: ([v]) => v.transpose().slice([{ start: 1 }]).flip(1).mul(3),
  overlapping_slices: ([v]) =>
    concat([
      v.slice([{ stop: 2 }]),
      v.slice([{ start: 1, stop: 3 }]),
      v.slice([{ stop: 1 }]),
    ]),
  softmax_of_transpose: ([v]) => v.transpose().softmax(0),
  sum_of_expanded: ([v]) => v.unsqueeze(1).broadcastTo([v.size, 4]).sum(1).square(),
  reshape_of_slice: ([v]) => v.slice([null, { start: 1, stop: 3 }]).flatten().cumsum(0),
  max_of_permuted: ([v]) => v.permute([1, 2, 0]).max(1),
};

/** Slices, transposes and broadcasts of a tensor that is used again. */
export const views: Adapters = {
  "program:view": (inputs, { id }) => lookUp(byId, id, "view")(inputs, {}),
};
