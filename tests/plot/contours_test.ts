import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { areaRings, labelPlaces, levelLine } from "../../plot/contours.ts";
import type { Grid } from "../../plot/grid.ts";
import type { Point } from "../../plot/axis.ts";

const side = 41;

/** A function of the unit square on a grid. */
function gridOf(f: (u: number, v: number) => number): Grid {
  const places = Array.from({ length: side }, (_, i) => i / (side - 1));
  return places.map((v) => places.map((u) => f(u, v)));
}

const cone = gridOf((u, v) => Math.hypot(u - 0.5, v - 0.5));

/** The area inside of a ring, positive if it turns to the left. */
function areaOf(ring: readonly Point[]): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

Deno.test("levelLine() follows a circle", () => {
  const line = levelLine(cone, 0.3);
  let length = 0;
  for (const [from, to] of line) {
    for (const [u, v] of [from, to]) assertAlmostEquals(Math.hypot(u - 0.5, v - 0.5), 0.3, 2e-3);
    length += Math.hypot(to[0] - from[0], to[1] - from[1]);
  }
  assertAlmostEquals(length, 0.6 * Math.PI, 0.01);
});

Deno.test("levelLine() keeps the corners of a saddle apart as its middle says", () => {
  const saddle: Grid = [[1, 0], [0, 1]];
  const cutOff = (level: number) => {
    const pieces = levelLine(saddle, level).map((piece) =>
      piece.map(([u, v]) => `${u.toFixed(1)},${v.toFixed(1)}`).toSorted().join(" ")
    );
    return pieces.toSorted();
  };
  assertEquals(cutOff(0.4), ["0.0,0.6 0.4,1.0", "0.6,0.0 1.0,0.4"]);
  assertEquals(cutOff(0.6), ["0.0,0.4 0.4,0.0", "0.6,1.0 1.0,0.6"]);
  const areas = (level: number) => areaRings(saddle, level).length;
  assertEquals([areas(0.4), areas(0.6)], [1, 2]);
});

Deno.test("levelLine() stops at what is no number", () => {
  const half = gridOf((u, v) => u < 0.5 ? NaN : v);
  const line = levelLine(half, 0.51);
  assert(line.length > 10 && line.flat().every(([u]) => u >= 0.5));
});

Deno.test("areaRings() encloses the area above a level", () => {
  const [outside, inside] = areaRings(cone, 0.3).map(areaOf).toSorted((a, b) =>
    Math.abs(b) - Math.abs(a)
  );
  assertAlmostEquals(Math.abs(outside!), 1, 1e-9);
  assertAlmostEquals(Math.abs(inside!), Math.PI * 0.09, 2e-3);
  assert(outside! * inside! < 0); // the hole turns the other way
});

Deno.test("areaRings() encloses everything above the lowest level, and nothing above the highest", () => {
  const [ring, ...others] = areaRings(cone, -Infinity);
  assertAlmostEquals(Math.abs(areaOf(ring!)), 1, 1e-9);
  assertEquals(others, []);
  assertEquals(areaRings(cone, 2), []);
});

Deno.test("areaRings() leaves out what is no number", () => {
  const half = gridOf((u) => u < 0.5 ? NaN : u > 0.9 ? Infinity : 1);
  const total = areaRings(half, 0).reduce((sum, ring) => sum + Math.abs(areaOf(ring)), 0);
  assertAlmostEquals(total, 0.4, 1e-9);
});

Deno.test("areaRings() agrees with counting, on surfaces with many hills", () => {
  for (let seed = 1; seed < 8; seed++) {
    const f = (u: number, v: number) => Math.sin(seed * 3 * u + v) * Math.cos(5 * v - seed * u);
    const grid = gridOf(f);
    for (const level of [-0.5, 0, 0.4]) {
      const area = Math.abs(areaRings(grid, level).map(areaOf).reduce((sum, x) => sum + x, 0));
      let [inside, all] = [0, 0];
      for (let u = 0.0025; u < 1; u += 0.005) {
        for (let v = 0.0025; v < 1; v += 0.005, all++) inside += f(u, v) >= level ? 1 : 0;
      }
      assertAlmostEquals(area, inside / all, 0.02, `${seed} ${level}`);
    }
  }
});

Deno.test("labelPlaces() keeps labels on their lines, inside, apart and off the obstacles", () => {
  const levels = [0.05, 0.1, 0.2, 0.3, 0.4, 0.45];
  const half = [0.06, 0.03] as const;
  const obstacles = Array.from({ length: 100 }, (_, i): Point => [i / 100, i / 100]);
  const places = labelPlaces(levels.map((level) => levelLine(cone, level)), {
    halves: levels.map(() => half),
    obstacles,
  });
  const found = places.filter((place) => place !== null);
  assert(found.length >= 4, String(found.length));
  places.forEach((place, i) => {
    if (place === null) return;
    assertAlmostEquals(Math.hypot(place[0] - 0.5, place[1] - 0.5), levels[i]!, 2e-3);
    for (const x of [0, 1] as const) {
      assert(place[x] - half[x] >= 0 && place[x] + half[x] <= 1);
    }
    for (const [u, v] of obstacles) {
      assert(Math.abs(u - place[0]) > half[0] || Math.abs(v - place[1]) > half[1]);
    }
    for (const other of found.filter((other) => other !== place)) {
      const isApart = Math.abs(other[0] - place[0]) > 2 * half[0] ||
        Math.abs(other[1] - place[1]) > 2 * half[1];
      assert(isApart, `${place} and ${other}`);
    }
  });
});
