/** The oracle's ops that rearrange. */

import { concat, stack } from "../../src/mod.ts";
import type { Tensor } from "../../src/mod.ts";
import type { Adapters } from "./adapters.ts";

/** An entry of Python's indexing: an index, `start:stop:step`, or a word. */
type Index =
  | number
  | "newaxis"
  | "ellipsis"
  | readonly [start: number | null, stop: number | null, step: number | null];

/** `x[slices]` as Python means it. */
function index(x: Tensor, slices: readonly Index[]): Tensor {
  const entries = complete(slices, x.rank);
  return entries.filter((entry) => typeof entry !== "number").reduce(
    (y, entry, axis) => entry === "newaxis" ? y.unsqueeze(axis) : y,
    x.slice(partsOf(entries)),
  );
}

/** `x` with `x[slices] = values`, the values broadcast to what `x[slices]` is. */
function assign(x: Tensor, slices: readonly Index[], values: Tensor): Tensor {
  const parts = partsOf(complete(slices, x.rank));
  const place = index(x, slices).shape;
  const aligned = values.reshape(values.shape.slice(Math.max(0, values.rank - place.length)));
  return x.withSlice(parts, aligned.broadcastTo(place).reshape(x.slice(parts).shape));
}

/** An entry for every axis: the ellipsis and what is left out at the end taken whole. */
function complete(slices: readonly Index[], rank: number): readonly Index[] {
  const named = slices.filter((entry) => entry !== "newaxis" && entry !== "ellipsis").length;
  const rest = new Array<Index>(rank - named).fill([null, null, null]);
  const at = slices.indexOf("ellipsis");
  return at < 0 ? [...slices, ...rest] : slices.toSpliced(at, 1, ...rest);
}

/** The parts that `slice` takes. */
function partsOf(entries: readonly Index[]): Parameters<Tensor["slice"]>[0] {
  return entries.filter((entry) => entry !== "newaxis").map((entry) => {
    if (!Array.isArray(entry)) return entry as number;
    const [start, stop, step] = entry;
    return { start, stop, step: step ?? 1 };
  });
}

/** Ops that move numbers without calculating. */
export const shapes: Adapters = {
  reshape: ([x], { shape }) => x.reshape(shape),
  flatten: ([x], { start, end }) => x.flatten(start, end),
  permute: ([x], { axes }) => x.permute(axes),
  transpose: ([x], { axis0, axis1 }) => x.transpose(axis0, axis1),
  move_axis: ([x], { source, destination }) => x.moveAxis(source, destination),
  squeeze: ([x], { axis }) => x.squeeze(axis),
  unsqueeze: ([x], { axis }) => x.unsqueeze(axis),
  broadcast_to: ([x], { shape }) => x.broadcastTo(shape),
  slice: ([x], { slices }) => index(x, slices),
  slice_update: ([x, values], { slices }) => assign(x, slices, values),
  pad: ([x], { pad, value }) => x.pad(pad, { value }),
  flip: ([x], { axes }) => x.flip(axes),
  concat: (inputs, { axis }) => concat(inputs, { axis }),
  stack: (inputs, { axis }) => stack(inputs, { axis }),
  split: ([x], { sizes, axis }) => x.split(sizes, { axis }),
  unbind: ([x], { axis }) => x.unbind(axis),
  roll: ([x], { shifts, axes }) => x.roll(shifts, axes),
  repeat: ([x], { reps }) => x.tile(reps),
  repeat_interleave: ([x], { repeats, axis }) => x.repeatInterleave(repeats, axis),
  diagonal: ([x], { offset, axis0, axis1 }) => x.diagonal(offset, { axis1: axis0, axis2: axis1 }),
  diag: ([x], { k }) => x.diag(k),
  trace: ([x]) => x.trace(),
  tril: ([x], { k }) => x.tril(k),
  triu: ([x], { k }) => x.triu(k),
};
