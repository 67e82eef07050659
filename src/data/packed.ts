/** Datasets whose inputs stay the bytes they were read as until someone asks for numbers. */

import { formatShape, type Shape, sizeOf } from "../ops/shape.ts";
import { fromData } from "../values/creation.ts";
import type { Tensor } from "../values/tensor.ts";
import type { Dataset } from "./dataset.ts";

/** Inputs as bytes, of which 0 stands for 0.0 and 255 for 1.0. */
export interface PackedInputs {
  /** The inputs one after the other, row-major. */
  readonly bytes: Uint8Array;
  /** The shape of one input. */
  readonly shape: Shape;
}

const packed = new WeakMap<Dataset, PackedInputs>();

/**
 * A dataset that keeps its inputs as bytes: a quarter of the memory. `batches` makes floats of the
 * rows it hands out. When `inputs` are first read as a whole they become a float32 tensor, which
 * takes the place of the bytes.
 */
export function packedDataset(inputs: PackedInputs, labels: Tensor): Dataset {
  let whole: Tensor | null = null;
  const dataset: Dataset = {
    get inputs() {
      const bytes = packed.get(dataset); // not the parameter, which would keep the bytes alive
      if (whole === null && bytes !== undefined) {
        whole = unpack(bytes, null, 0, labels.shape[0]!);
        packed.delete(dataset);
      }
      return whole!;
    },
    labels,
  };
  const shape = formatShape([labels.shape[0]!, ...inputs.shape]);
  const shown = () => {
    const kept = packed.has(dataset) ? ", kept as bytes" : "";
    return `{ inputs: float32 ${shape}${kept}, labels: ${labels.dtype} ${
      formatShape(labels.shape)
    } }`;
  };
  Object.defineProperty(dataset, Symbol.for("Deno.customInspect"), { value: shown });
  packed.set(dataset, inputs);
  return dataset;
}

/** The bytes behind a dataset, as long as it is kept so. */
export function packedInputs(dataset: Dataset): PackedInputs | undefined {
  return packed.get(dataset);
}

const unit = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** The inputs from `start` up to `stop`, counted along `order`, as float32 in 0..1. */
export function unpack(
  { bytes, shape }: PackedInputs,
  order: Int32Array | null,
  start: number,
  stop: number,
): Tensor {
  const size = sizeOf(shape);
  const floats = new Float32Array((stop - start) * size);
  const { buffer, byteOffset, length } = bytes;
  const fours = size % 4 === 0 && byteOffset % 4 === 0
    ? new Uint32Array(buffer, byteOffset, length >> 2)
    : null;
  for (let row = start, to = 0; row < stop; row++, to += size) {
    const from = (order === null ? row : order[row]!) * size;
    if (fours === null) unpackBytes(floats, to, bytes, from, from + size);
    else unpackFours(floats, to, bytes, fours, from >> 2, (from + size) >> 2);
  }
  return fromData(floats, [stop - start, ...shape], "float32");
}

function unpackBytes(
  floats: Float32Array,
  to: number,
  bytes: Uint8Array,
  from: number,
  until: number,
): void {
  for (let i = from; i < until; i++) floats[to++] = unit[bytes[i]!]!;
}

/** Looks at four bytes at a time: most of an image is 0, as the floats are from the beginning. */
function unpackFours(
  floats: Float32Array,
  to: number,
  bytes: Uint8Array,
  fours: Uint32Array,
  from: number,
  until: number,
): void {
  for (let four = from; four < until; four++, to += 4) {
    if (fours[four] !== 0) unpackBytes(floats, to, bytes, 4 * four, 4 * four + 4);
  }
}
