import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../src/data/error.ts";
import { parseIdx, readIdx } from "../../src/data/idx.ts";
import { gzip, idxBytes } from "./idx_bytes.ts";

const images = idxBytes(0x08, [2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);

async function message(call: () => Promise<unknown>): Promise<string> {
  return (await assertRejects(call, DataError)).message;
}

Deno.test("parseIdx() reads bytes with their shape", async () => {
  const { shape, data } = await parseIdx(images, "images");
  assertEquals(shape, [2, 2, 3]);
  assertEquals(data, new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]));
});

Deno.test("parseIdx() reads every kind of number, big-endian", async () => {
  const cases: [number, number[], ArrayLike<number>][] = [
    [0x09, [1, 0xff], new Int8Array([1, -1])],
    [0x0b, [0x01, 0x02, 0xff, 0xfe], new Int16Array([258, -2])],
    [0x0c, [0x01, 0x02, 0x03, 0x04, 0xff, 0xff, 0xff, 0xfe], new Int32Array([16909060, -2])],
    [0x0d, [0x3f, 0xc0, 0, 0, 0xc0, 0x20, 0, 0], new Float32Array([1.5, -2.5])],
    [
      0x0e,
      [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 4, 0, 0, 0, 0, 0, 0],
      new Float64Array([1.5, -2.5]),
    ],
  ];
  for (const [type, bytes, expected] of cases) {
    assertEquals((await parseIdx(idxBytes(type, [2], bytes))).data as ArrayLike<number>, expected);
  }
});

Deno.test("parseIdx() reads gzipped data as it reads plain data", async () => {
  assertEquals(await parseIdx(await gzip(images)), await parseIdx(images));
});

Deno.test("parseIdx() reads gzipped data that comes in many pieces", async () => {
  const payload = Array.from({ length: 300_000 }, (_, i) => (i * i * 7919) >>> 8 & 255);
  const plain = idxBytes(0x08, [300, 1000], payload);
  const { shape, data } = await parseIdx(await gzip(plain));
  assertEquals(shape, [300, 1000]);
  assert(data.every((byte, i) => byte === payload[i]));
});

Deno.test("parseIdx() reads an empty array and leaves its argument alone", async () => {
  assertEquals(await parseIdx(idxBytes(0x08, [0, 28], [])), {
    shape: [0, 28],
    data: new Uint8Array(0),
  });
  const wide = idxBytes(0x0c, [1], [0, 0, 0, 1]);
  const before = wide.slice();
  await parseIdx(wide);
  assertEquals(wide, before);
});

Deno.test("parseIdx() throws DataError when the data is cut short", async () => {
  assertEquals(
    await message(() => parseIdx(images.slice(0, 20), "train-images")),
    "Cannot read train-images: expected 12 bytes for [2, 2, 3], found 4",
  );
  assertEquals(
    await message(async () => parseIdx(await gzip(images.slice(0, 20)), "train-images.gz")),
    "Cannot read train-images.gz: expected 12 bytes for [2, 2, 3], found 4",
  );
});

Deno.test("parseIdx() throws DataError when bytes follow the end", async () => {
  const longer = new Uint8Array([...images, 1, 2]);
  const expected = "Cannot read x: expected 12 bytes for [2, 2, 3], found 14";
  assertEquals(await message(() => parseIdx(longer, "x")), expected);
  assertEquals(await message(async () => parseIdx(await gzip(longer), "x")), expected);
});

Deno.test("parseIdx() throws DataError when the header is cut short", async () => {
  for (const length of [0, 3, 9]) {
    assertEquals(
      await message(() => parseIdx(images.slice(0, length), "x")),
      `Cannot read x: expected an IDX file, found ${length} bytes, less than its header`,
    );
  }
});

Deno.test("parseIdx() throws DataError when it is not given an IDX file", async () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  assertStringIncludes(
    await message(() => parseIdx(png, "labels.png")),
    "Cannot read labels.png: expected an IDX file, which begins with the bytes 00 00 and one of",
  );
  assertStringIncludes(
    await message(() => parseIdx(idxBytes(0x0a, [1], [1]))),
    "08 09 0b 0c 0d 0e, found 00 00 0a 01",
  );
});

Deno.test("parseIdx() throws DataError when the gzip data is cut short or damaged", async () => {
  const packed = await gzip(images);
  const expected = "Cannot read x.gz: its gzip data are damaged or cut short after";
  for (const length of [5, 20, packed.length - 4]) {
    assertStringIncludes(await message(() => parseIdx(packed.slice(0, length), "x.gz")), expected);
  }
  const damaged = packed.slice();
  damaged[packed.length - 7]! ^= 0xff;
  assertStringIncludes(await message(() => parseIdx(damaged, "x.gz")), expected);
});

Deno.test("parseIdx() makes no array for a header that promises more than can come", async () => {
  const huge = idxBytes(0x0e, [0xffffffff, 0xffffffff], [1, 2, 3]);
  assertStringIncludes(await message(() => parseIdx(huge, "x")), "found 3");
  assertStringIncludes(await message(async () => parseIdx(await gzip(huge), "x")), "found 3");
});

Deno.test("readIdx() reads a file by path and by URL, whatever its name", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${directory}/plain.gz`, images);
    await Deno.writeFile(`${directory}/packed`, await gzip(images));
    assertEquals((await readIdx(`${directory}/plain.gz`)).shape, [2, 2, 3]);
    assertEquals((await readIdx(new URL(`file://${directory}/packed`))).shape, [2, 2, 3]);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("readIdx() throws DataError when there is no such file", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${directory}/file`, images);
    const states = { "missing": "there is no such file", "": "it is a directory" };
    for (const [name, state] of Object.entries(states)) {
      const path = `${directory}/${name}`;
      assertEquals(await message(() => readIdx(path)), `Cannot read ${path}: ${state}`);
    }
    assertStringIncludes(
      await message(() => readIdx(`${directory}/file/inner`)),
      "a part of its path is not a directory",
    );
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test({
  name: "readIdx() lets the error of a missing permission through",
  permissions: { read: false },
  async fn() {
    await assertRejects(() => readIdx("anything"), Deno.errors.NotCapable, "--allow-read");
  },
});

Deno.test("parseIdx() reads bytes that begin within their buffer", async () => {
  const whole = new Uint8Array([9, 9, 9, 0, 0, 8, 1, 0, 0, 0, 2, 5, 6]);
  const { shape, data } = await parseIdx(whole.subarray(3));
  assertEquals([shape, [...data]], [[2], [5, 6]]);
});
