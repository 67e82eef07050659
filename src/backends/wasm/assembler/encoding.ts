/** How WebAssembly writes numbers, names and lists as bytes. */

/** Appends an unsigned whole number (below 2^53) in LEB128: seven bits a byte, lowest first. */
export function appendUnsigned(bytes: number[], value: number): number[] {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`Cannot encode ${value} as an unsigned number`);
  }
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

/** The bytes of an unsigned whole number. */
export function unsigned(value: number): number[] {
  return appendUnsigned([], value);
}

/** Appends a whole number of up to 32 bits in signed LEB128; 2^31 and up stand for their bits. */
export function appendSigned32(bytes: number[], value: number): number[] {
  if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32) {
    throw new RangeError(`Cannot encode ${value} as a 32-bit number`);
  }
  let rest = value | 0;
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 127) | 128);
    rest >>= 7;
  }
  bytes.push(rest & 127);
  return bytes;
}

/** A whole number of up to 64 bits in signed LEB128. */
export function signed64(value: bigint): number[] {
  let rest = BigInt.asIntN(64, value);
  const bytes: number[] = [];
  while (rest < -64n || rest > 63n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest & 127n));
  return bytes;
}

/** The four bytes of a single-precision number. */
export function float32Bytes(value: number): number[] {
  return [...new Uint8Array(Float32Array.of(value).buffer)];
}

/** The eight bytes of a double-precision number. */
export function float64Bytes(value: number): number[] {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
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
