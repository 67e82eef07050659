import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "@turunan/turunan";
import { contourMap, toSvg, toText } from "@turunan/turunan/plot";
import { assertDrawn } from "./drawn.ts";

const axis = { domain: [-2, 2] } as const;
const bowl = (x: number, y: number) => x * x + y * y;

Deno.test("contourMap() draws dotted levels with their heights, and paths over them", () => {
  const map = contourMap({
    x: { ...axis, label: "m" },
    y: { ...axis, label: "b" },
    heightAt: bowl,
    levels: [1, 3],
    paths: [{
      name: "descent",
      mark: "path",
      points: [[-1.8, 1.8], [-0.8, 0.8], [-0.2, 0.2], [0, 0]],
    }],
  });
  assertDrawn(
    map,
    { width: 30 },
    `
    |  ↑ b
    |  2┤ ○⡀     ⡀⡀⠄⠄⠄⠄⠄⡀⡀⡀
    |   │  ⠈⠑⠢⢄⡀⠉         ⠁⠁⠢⡄
    |   │  ⡠⠆  ⠈•⠤⡀⠁⠁⠁⠁⠁⠂⠆⡄   ⠡⡄
    |   │ ⠠⠇   ⡬⠁ ⠈⠒•⡀     1   ⠨⡄
    |  0┤ ⠈⡆   ⠣⡀    ●     ⡎   ⠠⠃
    |   │  ⠉⠆   ⠉⠢⠄⡀⡀⡀⡀⡀⠄⠆⠋   ⡠⠋
    |   │    ⠉ 3          ⡀⡀⠤⠃
    | -2┤       ⠈⠁⠁⠂⠂⠂⠂⠂⠁⠁⠁
    |   └┬───────────┬───────────┬
    |   -2           0           2
    |                          m →
    |    ○⠤⠤⠤● descent   ⠢⠢ level
    `,
  );
});

Deno.test("contourMap() samples the surface at once, the ends of the axes among its places", () => {
  let calls = 0;
  const map = contourMap({ x: axis, y: axis, heightAt: (x, y) => (calls++, x + 10 * y) });
  assertEquals(calls, 81 * 81);
  toText(map);
  assertEquals(calls, 81 * 81);
  assertEquals([map.heights[0]![0], map.heights[0]!.at(-1), map.heights.at(-1)!.at(-1)], [
    -22,
    -18,
    22,
  ]);
});

Deno.test("contourMap() chooses levels that grow with the square in a valley", () => {
  const { levels } = contourMap({ x: axis, y: axis, heightAt: (x, y) => x * x * 100 + y * y });
  assert(levels.length >= 6 && levels.length <= 10, String(levels));
  const [first, last] = [levels[1]! - levels[0]!, levels.at(-1)! - levels.at(-2)!];
  assert(last > 3 * first, String(levels));
});

Deno.test("contourMap() chooses even, round levels on an even slope", () => {
  const { levels } = contourMap({ x: axis, y: axis, heightAt: (x, y) => x + y });
  assertEquals(levels, [-3, -2, -1, 0, 1, 2, 3]);
});

Deno.test("contourMap() draws nothing where a height is no number", () => {
  const heightAt = (x: number, y: number) => x < 0 ? NaN : bowl(x, y);
  const lines = toText(contourMap({ x: axis, y: axis, heightAt, levels: [1] }), { width: 42 });
  const dots = lines.split("\n").slice(0, 11).flatMap((row) => {
    return [...row.matchAll(/[\u2801-\u28ff]/g)].map(({ index }) => index);
  });
  assert(dots.length > 10 && Math.min(...dots) > 20, lines);
});

Deno.test("contourMap() leaves out the steps of a path that has left the axes for good", () => {
  const path = (points: [number, number][]) =>
    toText(contourMap({
      x: axis,
      y: axis,
      heightAt: bowl,
      levels: [1],
      paths: [{ name: "p", points, mark: "path" }],
    }));
  const gone = path([[0, 0], [0, 5], [5, -5], [-5, 5], [NaN, NaN]]);
  assertEquals(gone, path([[0, 0], [0, 5], [NaN, NaN]]));
});

Deno.test("contourMap() labels its levels in SVG, in ascending order over their areas", async () => {
  const svg = await toSvg(contourMap({ x: axis, y: axis, heightAt: bowl, levels: [3, 1, 2] }));
  for (const level of ["1", "2", "3"]) assert(svg.includes(`>${level}</text>`), level);
  assertEquals(svg.match(/fill-rule="evenodd"/g)?.length, 4);
});

Deno.test("contourMap() refuses what cannot be drawn", () => {
  const heightAt = bowl;
  const none = {} as typeof axis & { domain: [number, number] };
  assertThrows(
    () => contourMap({ x: none, y: axis, heightAt }),
    UsageError,
    "Cannot draw a contour map: x has no domain",
  );
  assertThrows(
    () => contourMap({ x: axis, y: { domain: [1, 1] }, heightAt }),
    UsageError,
    "Cannot draw a contour map: y has the domain [1, 1], ",
  );
  assertThrows(
    () => contourMap({ x: axis, y: axis, heightAt: () => NaN }),
    UsageError,
    "Cannot draw a contour map: no height is a finite number",
  );
  assertThrows(
    () => contourMap({ x: axis, y: axis, heightAt, levels: [1, NaN] }),
    UsageError,
    "Cannot draw a contour map: its levels are [1, NaN]",
  );
});
