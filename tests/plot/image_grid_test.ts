import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "@turunan/turunan";
import { imageGrid, toSvg, toText } from "@turunan/turunan/plot";
import { assertDrawn } from "./drawn.ts";

const corner = { pixels: [1, 0, 0, 1, 1, 1], width: 2, height: 3, caption: "L" };

Deno.test("imageGrid() draws two pixels in a character, images side by side", () => {
  const grid = imageGrid({ images: [corner, { pixels: [0, 1, 1, 0], width: 2, height: 2 }] });
  assertDrawn(
    grid,
    { width: 30 },
    `
    |▀▄  ▄▀
    |▀▀
    |L
    `,
  );
});

Deno.test("imageGrid() shades weights around 0, with a scale", () => {
  const images = [{ pixels: [-1, 0, 1, -1, 0, 1], width: 3, height: 2 }];
  assertDrawn(
    imageGrid({ images, domain: [-1, 1] }),
    { width: 30 },
    `
    | ▒█
    |-1   ░░▒▒▓▓██ 1
    `,
  );
});

Deno.test("imageGrid() draws in braille where images in half blocks have no room", () => {
  const images = [1, 2].map((at) => ({
    pixels: Array.from({ length: 400 }, (_, i) => i % 20 < 10 * at ? 1 : 0),
    width: 20,
    height: 20,
  }));
  const [first, ...rest] = toText(imageGrid({ images, columns: 2 }), { width: 22 }).split("\n");
  assertEquals(first, "⣿⣿⣿⣿⣿       ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿");
  assertEquals(rest.length, 4);
});

Deno.test("imageGrid() keeps to the columns asked for", () => {
  const images = Array.from({ length: 4 }, () => corner);
  const rows = (columns?: number) =>
    toText(imageGrid({ images, ...(columns && { columns }) })).split("\n")
      .filter((line) => line.includes("L")).map((line) => line.split("L").length - 1);
  assertEquals([rows(), rows(3), rows(1)], [[4], [3, 1], [1, 1, 1, 1]]);
});

Deno.test("imageGrid() takes typed arrays, and what they held when it was made", () => {
  const pixels = new Float32Array([1, 1]);
  const grid = imageGrid({ images: [{ pixels, width: 2, height: 1 }] });
  pixels.fill(0);
  assertEquals(toText(grid), "▀▀");
});

Deno.test("imageGrid() draws a path for each shade in SVG, and captions", async () => {
  const svg = await toSvg(imageGrid({ images: [corner] }));
  assert(svg.includes('d="M0 0h1v1h-1zM1 1h1v1h-1zM0 2h2v1h-2z" fill="#16181d"'), svg);
  assert(svg.includes(">L</text>"));
});

Deno.test("imageGrid() refuses what is no image", () => {
  const refused: [Parameters<typeof imageGrid>[0], string][] = [
    [{ images: [] }, "Cannot draw an image grid: there are no images"],
    [
      { images: [corner, { ...corner, width: 3 }] },
      "Cannot draw an image grid: image 1 has 6 pixels for 3 x 3",
    ],
    [
      { images: [{ pixels: [], width: 0, height: 0 }] },
      "Cannot draw an image grid: image 0 has 0 pixels for 0 x 0",
    ],
    [{ images: [corner], columns: 0 }, "Cannot draw an image grid in 0 columns"],
    [
      { images: [corner], domain: [1, 0] },
      "Cannot draw an image grid: its domain is [1, 0], " +
      "which is not two finite numbers, the smaller one first",
    ],
  ];
  for (const [options, message] of refused) {
    assertThrows(() => imageGrid(options), UsageError, message);
  }
});

Deno.test("bands of images as text are apart", () => {
  const image = { pixels: [1, 1, 1, 1], width: 2, height: 2 };
  const text = toText(imageGrid({ images: [image, image], columns: 1 }), { width: 20 });
  assertEquals(text.split("\n"), ["██", "", "██"]);
});
