import { assertEquals } from "@std/assert";
import type { Point } from "../../../plot/axis.ts";
import { Braille, type Dashes } from "../../../plot/text/braille.ts";
import { Screen } from "../../../plot/text/screen.ts";

function drawn(columns: number, rows: number, draw: (layer: Braille) => void): string[] {
  const screen = new Screen(columns + 1);
  const layer = new Braille(columns, rows);
  draw(layer);
  layer.drawOn(screen, 1, 0);
  return screen.lines(false);
}

const line = (dashes: Dashes, ...places: Point[]) => (layer: Braille) =>
  layer.line(places, {}, dashes);

Deno.test("Braille.dot() has eight places in a character", () => {
  const all = Array.from(
    { length: 8 },
    (_, i) => drawn(1, 1, (layer) => layer.dot(i >> 2, i & 3, {})),
  );
  assertEquals(all.map(([text]) => text), [" ⠁", " ⠂", " ⠄", " ⡀", " ⠈", " ⠐", " ⠠", " ⢀"]);
});

Deno.test("Braille.line() goes from the lower left to the upper right", () => {
  assertEquals(drawn(4, 2, line([], [0, 0], [1, 1])), ["   ⡠⠊", " ⡠⠊"]);
});

Deno.test("Braille.line() has dashes that go on around corners", () => {
  assertEquals(drawn(6, 1, line([2, 2], [0, 0], [1, 0])), [" ⣀ ⣀ ⣀"]);
  assertEquals(drawn(6, 1, line([2, 2], [0, 0], [6 / 11, 0], [1, 0])), [" ⣀ ⣀ ⣀"]);
});

Deno.test("Braille.line() joins its pieces without drawing a dot twice", () => {
  assertEquals(drawn(3, 1, line([1, 1], [0, 1], [0.4, 1], [1, 1])), [" ⠁⠁⠁"]);
});

Deno.test("Braille draws nothing outside", () => {
  assertEquals(drawn(2, 1, (layer) => layer.dot(4, 0, {})), []);
  assertEquals(drawn(2, 1, (layer) => layer.dot(0, -1, {})), []);
});
