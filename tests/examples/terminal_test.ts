import { assertEquals } from "@std/assert";
import { halves, paint } from "../../examples/terminal/color.ts";
import { beside, drawImage } from "../../examples/terminal/images.ts";
import { drawRegion } from "../../examples/terminal/region.ts";

const isPlain = !Deno.stdout.isTerminal() || Deno.noColor;

Deno.test({
  name: "drawImage() puts two rows of pixels in a line and cuts the margin off",
  ignore: !isPlain, // in colour the same blocks come with codes
  fn() {
    const image = [
      ...[1, 0, 1, 0],
      ...[1, 0, 0, 1],
      ...[0, 1, 0, 0],
      ...[0, 0, 0, 1],
    ];
    assertEquals(drawImage(image, { side: 4 }), ["█ ▀▄", " ▀ ▄"]);
    assertEquals(drawImage(image, { side: 4, margin: 1 }), ["▄ "]);
    assertEquals(drawImage([1, 0, 1, 0, 1, 0, 1, 0, 1], { side: 3 }), ["▀▄▀", "▀ ▀"]);
  },
});

Deno.test({
  name: "paint() and halves() write no codes where there are no colours",
  ignore: !isPlain,
  fn() {
    assertEquals(paint("right", "green"), "right");
    assertEquals([halves(0, 0), halves(1, 0), halves(0, 1), halves(1, 1)], [" ", "▀", "▄", "█"]);
  },
});

Deno.test("beside() joins blocks line by line", () => {
  assertEquals(beside([["a", "b"], ["c", "d"]], " "), ["a c", "b d"]);
  assertEquals(beside([], " "), []);
});

Deno.test("drawRegion() has x to the right, y upwards and points on top", () => {
  const lines = drawRegion((x, y) => x > y ? "▒" : "·", {
    x: [0, 2],
    y: [0, 2],
    size: [3, 3],
    points: [{ at: [2, 0], mark: "x" }, { at: [9, 9], mark: "o" }, { at: [-9, 1], mark: "o" }],
  });
  assertEquals(lines, ["···", "··▒", "·▒x"]);
});
