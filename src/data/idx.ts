/** The IDX format, in which MNIST and its kin are published: plain or gzipped. */

import { formatShape, type Shape, sizeOf } from "../ops/shape.ts";
import { DataError } from "./error.ts";
import { readFile, stateOf } from "./files.ts";

/** The typed arrays that hold the numbers of an IDX file, one for each of its six kinds. */
export type IdxData =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** What an IDX file holds: numbers in row-major order, and the length along each axis. */
export interface IdxArray {
  /** The length along each axis. */
  readonly shape: Shape;
  /** The numbers, as the file stores them. */
  readonly data: IdxData;
}

interface IdxHeader {
  readonly kind: IdxKind;
  readonly shape: Shape;
  /** How many bytes come before the first number. */
  readonly length: number;
}

interface IdxKind {
  readonly bytes: number;
  /** Views big-endian bytes as numbers, in place. */
  readonly decode: (bytes: Uint8Array<ArrayBuffer>) => IdxData;
}

const kinds: { readonly [type: number]: IdxKind } = {
  0x08: { bytes: 1, decode: (bytes) => bytes },
  0x09: { bytes: 1, decode: (bytes) => new Int8Array(bytes.buffer) },
  0x0b: wide(Int16Array, (view, at) => view.getInt16(at)),
  0x0c: wide(Int32Array, (view, at) => view.getInt32(at)),
  0x0d: wide(Float32Array, (view, at) => view.getFloat32(at)),
  0x0e: wide(Float64Array, (view, at) => view.getFloat64(at)),
};

type WideArray = Exclude<IdxData, Uint8Array | Int8Array>;

function wide(
  array: { new (buffer: ArrayBuffer): WideArray; readonly BYTES_PER_ELEMENT: number },
  read: (view: DataView, at: number) => number,
): IdxKind {
  const bytes = array.BYTES_PER_ELEMENT;
  return {
    bytes,
    decode({ buffer }) {
      const view = new DataView(buffer);
      const numbers = new array(buffer);
      for (let i = 0; i < numbers.length; i++) numbers[i] = read(view, i * bytes);
      return numbers;
    },
  };
}

/**
 * Reads an IDX file, plain or gzipped: told apart by the first bytes, not by the name. Needs the
 * permission to read that file.
 *
 * Throws a `DataError` that names the file and what was expected when the file is missing, is no
 * IDX file, is cut short, goes on after its end, or is damaged gzip.
 *
 * @example Read labels from a file
 * ```ts ignore
 * import { readIdx } from "@turunan/turunan";
 *
 * const { shape, data } = await readIdx("mnist/t10k-labels-idx1-ubyte.gz");
 * console.log(shape, data.slice(0, 3)); // [10000] Uint8Array [7, 2, 1]
 * ```
 */
export async function readIdx(path: string | URL): Promise<IdxArray> {
  const name = String(path);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const state = stateOf(error);
    if (state === null) throw error;
    throw new DataError(`Cannot read ${name}: ${state}`, { cause: error });
  }
  return await parseIdx(bytes, name);
}

/**
 * Reads the bytes of an IDX file, plain or gzipped; `name` stands for them in errors. The numbers
 * come back in the kind in which they are stored (unsigned or signed bytes, 16- or 32-bit
 * integers, single or double precision), in row-major order.
 *
 * Throws a `DataError` as `readIdx` does.
 *
 * @example Three labels
 * ```ts
 * import { parseIdx } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new Uint8Array([0, 0, 0x08, 1, 0, 0, 0, 3, 5, 0, 4]);
 * const { shape, data } = await parseIdx(bytes, "labels");
 * assertEquals(shape, [3]);
 * assertEquals(data, new Uint8Array([5, 0, 4]));
 * ```
 */
export async function parseIdx(
  bytes: Uint8Array,
  name: string = "IDX data",
): Promise<IdxArray> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const reader = new IdxReader(name, isGzip ? bytes.length * deflateLimit : bytes.length);
  const isOwn = bytes.buffer instanceof ArrayBuffer; // streams take no shared bytes
  const own = isOwn ? bytes as Uint8Array<ArrayBuffer> : bytes.slice();
  for await (const chunk of isGzip ? gunzip(own, name) : [own]) reader.take(chunk);
  return reader.finish();
}

/** Deflate makes nothing more than 1032 times smaller, so a header that says more is wrong. */
const deflateLimit = 1032;

/** Takes an IDX file in pieces and puts its numbers straight into one array of the right length. */
class IdxReader {
  readonly #name: string;
  readonly #limit: number;
  #start = new Uint8Array(0); // the file so far, until its header is complete
  #header: IdxHeader | null = null;
  #payload = new Uint8Array(0);
  #found = 0;

  /** `limit` is the most bytes that can come: no array is made for a header that promises more. */
  constructor(name: string, limit: number) {
    this.#name = name;
    this.#limit = limit;
  }

  take(chunk: Uint8Array<ArrayBuffer>): void {
    if (this.#header === null) {
      const start = concatenate(this.#start, chunk);
      this.#start = start;
      this.#header = parseHeader(start, this.#name);
      if (this.#header === null) return;
      const expected = byteLength(this.#header);
      this.#payload = new Uint8Array(expected <= this.#limit ? expected : 0);
      chunk = start.subarray(this.#header.length);
    }
    const room = this.#payload.length - this.#found;
    if (room > 0) this.#payload.set(chunk.subarray(0, room), this.#found);
    this.#found += chunk.length;
  }

  finish(): IdxArray {
    const header = this.#header;
    if (header === null) {
      throw new DataError(
        `Cannot read ${this.#name}: expected an IDX file, found ${this.#start.length} bytes, ` +
          "less than its header",
      );
    }
    if (this.#found !== byteLength(header)) {
      throw new DataError(
        `Cannot read ${this.#name}: expected ${byteLength(header)} bytes for ` +
          `${formatShape(header.shape)}, found ${this.#found}`,
      );
    }
    return { shape: header.shape, data: header.kind.decode(this.#payload) };
  }
}

/** The header at the start of a file, or null where more of it is to come. */
function parseHeader(start: Uint8Array<ArrayBuffer>, name: string): IdxHeader | null {
  if (start.length < 4) return null;
  const kind = kinds[start[2]!];
  if (start[0] !== 0 || start[1] !== 0 || kind === undefined) {
    const found = Array.from(start.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0"));
    throw new DataError(
      `Cannot read ${name}: expected an IDX file, which begins with the bytes 00 00 and one of ` +
        `08 09 0b 0c 0d 0e, found ${found.join(" ")}`,
    );
  }
  const rank = start[3]!;
  const length = 4 + 4 * rank;
  if (start.length < length) return null;
  const view = new DataView(start.buffer, start.byteOffset);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  return { kind, shape, length };
}

function byteLength(header: IdxHeader): number {
  return sizeOf(header.shape) * header.kind.bytes;
}

function concatenate(a: Uint8Array, b: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

async function* gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const step = 1 << 15; // what goes in as one piece comes out as one
  let at = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, at += step));
      else controller.close();
    },
  });
  let found = 0;
  try {
    for await (const chunk of source.pipeThrough(new DecompressionStream("gzip"))) {
      found += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw new DataError(
      `Cannot read ${name}: its gzip data are damaged or cut short after ${found} good bytes`,
      { cause: error },
    );
  }
}
