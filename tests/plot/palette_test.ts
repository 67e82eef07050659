import { assert, assertEquals } from "@std/assert";
import {
  channels,
  type Color,
  colorAt,
  diverging,
  ink,
  isLight,
  mixed,
  paperColors,
  scaleOf,
  sequential,
} from "../../plot/palette.ts";

/** The relative luminance of a colour, as the guidelines for accessible pages define it. */
function luminance(color: Color): number {
  const [red, green, blue] = channels(color).map((x) => {
    const share = x / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Color, b: Color): number {
  const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** How a colour looks to someone without red or without green receptors (Viénot, 1999). */
function confused(color: Color, without: "red" | "green"): number[] {
  const [r, g, b] = channels(color).map((x) => (x / 255) ** 2.2) as [number, number, number];
  const [l, m, s] = [
    17.8824 * r + 43.5161 * g + 4.11935 * b,
    3.45565 * r + 27.1554 * g + 3.86714 * b,
    0.0299566 * r + 0.184309 * g + 1.46709 * b,
  ];
  return without === "red" ? [2.02344 * m - 2.52581 * s, m, s] : [l, 0.494207 * l + 1.24827 * s, s];
}

Deno.test("ink is easy to read on paper", () => {
  assert(contrast(ink.text, ink.paper) > 12);
  assert(contrast(ink.faint, ink.paper) > 4.5);
});

Deno.test("colours of lines and points stand out from paper", () => {
  for (const color of paperColors) assert(contrast(color, ink.paper) > 2.7, color);
});

Deno.test("the first four colours can be told apart without red or green receptors", () => {
  for (const without of ["red", "green"] as const) {
    const seen = paperColors.slice(0, 4).map((color) => confused(color, without));
    seen.forEach((a, i) =>
      seen.slice(0, i).forEach((b, j) => {
        const distance = Math.hypot(...a.map((x, at) => Math.log((x + 1) / (b[at]! + 1))));
        assert(distance > 0.28, `${paperColors[i]} and ${paperColors[j]}: ${distance}`);
      })
    );
  }
});

Deno.test("the sequential scale grows darker all the way", () => {
  const shades = Array.from({ length: 21 }, (_, i) => luminance(colorAt(sequential, i / 20)));
  shades.forEach((shade, i) => assert(i === 0 || shade < shades[i - 1]!));
});

Deno.test("scaleOf() diverges from 0 where it lies inside, as far to either side", () => {
  const { colors, share } = scaleOf([-1, 4]);
  assertEquals(colors, diverging);
  assertEquals([share(0), share(4), share(-4)], [0.5, 1, 0]);
  assertEquals(scaleOf([0, 4]).colors, sequential);
});

Deno.test("mixed() and colorAt() go from one colour to the other", () => {
  assertEquals(mixed("#000000", "#ffffff", 0.5), "#808080");
  assertEquals([colorAt(sequential, -1), colorAt(sequential, 2)], [
    sequential[0],
    sequential.at(-1),
  ]);
  assert(isLight("#ffffff") && !isLight("#0b4f86"));
});
