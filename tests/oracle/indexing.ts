/** The oracle's ops with indices that are numbers themselves. */

import { oneHot } from "../../src/mod.ts";
import type { Adapters } from "./adapters.ts";

/** Reading and writing at indices. */
export const indexing: Adapters = {
  gather: ([x, at], { axis }) => x.gather(at, { axis }),
  index_select: ([x, at], { axis }) => x.take(at, { axis }),
  take_rows: ([x, at]) => x.take(at),
  take_along_axis: ([x, at], { axis }) => x.takeAlongAxis(at, { axis }),
  take_pairs: ([x, i, j]) => x.takeAt([i, j]),
  masked_select: ([x, mask]) => x.maskedSelect(mask),
  scatter_add: ([x, at, source], { axis }) => x.scatterAdd(at, source, { axis }),
  index_add: ([x, at, source], { axis }) => x.indexAdd(at, source, { axis }),
  one_hot: ([labels], { classes }) => oneHot(labels, classes, { dtype: "float64" }),
};
