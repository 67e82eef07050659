/** How WebAssembly writes numbers, names and lists as bytes. */

const scratch = new DataView(new ArrayBuffer(8));

/** Bytes written one after another, in memory that grows. */
export class ByteWriter {
  /** How many bytes there are. */
  length = 0;
  #bytes: Uint8Array<ArrayBuffer>;

  /** No bytes yet, but room for as many as are expected. */
  constructor(expected = 512) {
    this.#bytes = new Uint8Array(expected);
  }

  /** Writes one byte. */
  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = value;
  }

  /** Writes the few bytes of an instruction. */
  instruction(values: readonly number[]): void {
    let { length } = this;
    if (length + values.length > this.#bytes.length) this.#grow(values.length);
    const bytes = this.#bytes;
    for (let i = 0; i < values.length; i++) bytes[length++] = values[i]!;
    this.length = length;
  }

  /** Writes bytes that are there already. */
  bytes(values: ArrayLike<number>): void {
    if (this.length + values.length > this.#bytes.length) this.#grow(values.length);
    this.#bytes.set(values, this.length);
    this.length += values.length;
  }

  /** Writes an unsigned whole number (below 2^53) in LEB128: seven bits a byte, lowest first. */
  unsigned(value: number): void {
    if ((value & 127) === value) return this.byte(value); // as most are
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`Cannot encode ${value} as an unsigned number`);
    }
    let rest = value;
    while (rest > 127) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  /** Writes a whole number of up to 32 bits in signed LEB128; 2^31 and up stand for their bits. */
  signed32(value: number): void {
    if ((value & 63) === value) return this.byte(value); // as most are
    if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32) {
      throw new RangeError(`Cannot encode ${value} as a 32-bit number`);
    }
    let rest = value | 0;
    while (rest < -64 || rest > 63) {
      this.byte((rest & 127) | 128);
      rest >>= 7;
    }
    this.byte(rest & 127);
  }

  /** Writes a whole number of up to 64 bits in signed LEB128. */
  signed64(value: bigint): void {
    let rest = BigInt.asIntN(64, value);
    while (rest < -64n || rest > 63n) {
      this.byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.byte(Number(rest & 127n));
  }

  /** Writes the four bytes of a single-precision number. */
  float32(value: number): void {
    scratch.setFloat32(0, value, true);
    for (let i = 0; i < 4; i++) this.byte(scratch.getUint8(i));
  }

  /** Writes the eight bytes of a double-precision number. */
  float64(value: number): void {
    scratch.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.byte(scratch.getUint8(i));
  }

  /** The bytes so far: no copy of them. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  #grow(more: number): void {
    const grown = new Uint8Array(2 * this.#bytes.length + more);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/** The bytes of an unsigned whole number. */
export function unsigned(value: number): number[] {
  if ((value & 127) === value) return [value];
  if ((value & 0x3fff) === value) return [value & 127 | 128, value >> 7]; // as all opcodes are
  const writer = new ByteWriter();
  writer.unsigned(value);
  return [...writer.written];
}

/** A name: its length in bytes, then its UTF-8. */
export function name(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  return [...unsigned(bytes.length), ...bytes];
}

/** A list: its length, then its items. */
export function list(items: readonly (readonly number[])[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}
