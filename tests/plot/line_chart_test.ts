import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "@turunan/turunan";
import { lineChart, type Point, type Series, toSvg, toText } from "@turunan/turunan/plot";
import { assertDrawn } from "./drawn.ts";

const parabola = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2].map((x): Point => [x, x * x]);

Deno.test("lineChart() draws lines and points between axes with round numbers", () => {
  const chart = lineChart({
    title: "A parabola",
    x: { label: "x" },
    y: { label: "y" },
    series: [
      { name: "x^2", points: parabola },
      { name: "data", mark: "points", points: [[-1, 3], [1, 3]] },
    ],
  });
  assertDrawn(
    chart,
    { width: 30 },
    `
    |A parabola
    | ↑ y
    | 4┤⢣            ┊           ⡜
    |  │ ⢣           ┊          ⡜
    |  │ ⠈⢆   ●      ┊     ●   ⡰⠁
    |  │  ⠈⢆         ┊        ⡰⠁
    | 2┤    ⠣⡀       ┊      ⢀⠜
    |  │     ⠘⢄      ┊     ⡠⠃
    |  │       ⠑⢄    ┊   ⡠⠊
    | 0┤         ⠑⠢⠤⢄⣀⠤⠔⠊
    |  └┬────────────┬───────────┬
    |  -2            0           2
    |                          x →
    |   ⠤⠤⠤⠤ x^2   ● data
    `,
  );
});

Deno.test("lineChart() draws dashes, and paths with their start, stops and end", () => {
  const chart = lineChart({
    series: [
      { name: "way", mark: "path", points: [[0, 0], [1, 2], [3, 2], [4, 4]] },
      { name: "limit", mark: "dashed", points: [[0, 3], [4, 3]] },
    ],
  });
  assertDrawn(
    chart,
    { width: 30 },
    `
    | 4┤                        ⢠●
    |  │                      ⢀⠔⠁
    |  │⠉⠉⠁ ⠉⠉⠁ ⠉⠉⠁ ⠉⠉⠁ ⠉⠉⠁ ⠉⡩⠋ ⠉⠉
    |  │                   ⢀⠎
    | 2┤     ⡠•⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉•
    |  │   ⢀⠔⠁
    |  │ ⢀⠔⠁
    | 0┤○⠊
    |  └┬────────────┬───────────┬
    |   0            2           4
    |   ○⠤⠤⠤● way   ⠤⠤⠄  limit
    `,
  );
});

Deno.test("lineChart() colours series only where that is asked for", () => {
  const chart = lineChart({ series: [{ name: "one", mark: "points", points: [[0, 0], [1, 1]] }] });
  assert(!toText(chart).includes("\x1b["));
  assert(toText(chart, { color: true }).includes("\x1b[38;5;75m●\x1b[0m one"));
});

Deno.test("lineChart() tells lines apart without colours, by their dots", () => {
  const series = ["a", "b", "c"].map((name): Series => ({ name, points: [[0, 0], [1, 1]] }));
  const legend = toText(lineChart({ series })).split("\n").at(-1)!;
  const marks = [...legend.matchAll(/([\u2800-\u28ff ]{4}) [abc]/g)].map(([, mark]) => mark);
  assertEquals(marks.length, 3);
  assertEquals(new Set(marks).size, 3);
});

Deno.test("lineChart() leaves out points that are NaN, infinite or off a log scale", () => {
  const y = { scale: "log" } as const;
  const kept: Point[] = [[0, 1], [1, 10], [2, 100]];
  const lost: Point[] = [[0.5, NaN], [1.5, -3], [1.7, 0], [Infinity, 2], [1.8, -Infinity]];
  const of = (points: Point[]) => lineChart({ y, series: [{ name: "s", mark: "points", points }] });
  assertEquals(toText(of([...kept, ...lost])), toText(of(kept)));
});

Deno.test("lineChart() interrupts a line where a point is left out", () => {
  const line = (points: Point[]) =>
    toText(lineChart({ series: [{ name: "s", points }] }), { width: 40 });
  const whole = line([[0, 0], [1, 0], [2, 0], [3, 0]]);
  const broken = line([[0, 0], [1, 0], [1.5, NaN], [2, 0], [3, 0]]);
  const dots = (text: string) => [...text].filter((c) => c >= "\u2801" && c <= "\u28ff").length;
  assert(dots(broken) < 0.8 * dots(whole), `${dots(broken)} of ${dots(whole)}`);
});

Deno.test("lineChart() cuts lines at the ends of the axes", () => {
  const axis = { domain: [0, 1] } as const;
  const of = (points: Point[]) => lineChart({ x: axis, y: axis, series: [{ name: "s", points }] });
  const long = toText(of([[-1e6, -1e6], [1e6, 1e6]]));
  assertEquals(long, toText(of([[-1, -1], [2, 2]])));
  assert(/[\u2801-\u28ff]/.test(long.split("\n")[0]!));
});

Deno.test("lineChart() leaves out a line whose ends are too far away to say where it passes", () => {
  const axis = { domain: [0, 1] } as const;
  const of = (points: Point[]) => lineChart({ x: axis, y: axis, series: [{ name: "s", points }] });
  assertEquals(toText(of([[-1e250, -1e250], [1e250, 1e250]])), toText(of([[5, 5], [6, 6]])));
  const leaving = toText(of([[0.5, 0.5], [1e250, 1e250]]));
  assertEquals(leaving, toText(of([[0.5, 0.5], [2, 2]])));
});

Deno.test("lineChart() does not change with the arrays it was made of", () => {
  const points: [number, number][] = [[0, 0], [1, 1]];
  const chart = lineChart({ series: [{ name: "s", points }] });
  const before = toText(chart);
  points[1]![1] = 50;
  points.push([9, 9]);
  assertEquals(toText(chart), before);
});

Deno.test("lineChart() names its series in SVG, with dashes and symbols of their own", async () => {
  const svg = await toSvg(lineChart({
    x: { label: "epoch" },
    y: { label: "loss" },
    series: [
      { name: "training", points: [[0, 2], [1, 1]] },
      { name: "validation", mark: "dashed", points: [[0, 3], [1, 2]] },
    ],
  }));
  for (const name of ["training", "validation", "epoch →", "↑ loss", "stroke-dasharray"]) {
    assert(svg.includes(name), name);
  }
  for (const color of ["#0072b2", "#d55e00"]) assert(svg.includes(color), color);
});

const refused: Readonly<Record<string, [Parameters<typeof lineChart>[0], string]>> = {
  "no points": [
    { series: [{ name: "empty", points: [] }] },
    "Cannot draw a line chart: there are no points",
  ],
  "no series": [{ series: [] }, "Cannot draw a line chart: there are no points"],
  "a domain without numbers": [
    { x: { domain: [NaN, 1] }, series: [{ name: "s", points: [[0, 0]] }] },
    "Cannot draw a line chart: x has the domain [NaN, 1], " +
    "which is not two finite numbers, the smaller one first",
  ],
  "a domain that ends before it starts": [
    { y: { domain: [2, 1] }, series: [{ name: "s", points: [[0, 0]] }] },
    "Cannot draw a line chart: y has the domain [2, 1], ",
  ],
  "a log scale from 0": [
    { y: { scale: "log", domain: [0, 1] }, series: [{ name: "s", points: [[0, 0]] }] },
    "Cannot draw a line chart: y has a log scale and the domain [0, 1], which is not above 0",
  ],
  "a scale of another kind": [
    { y: { scale: "square" as "log" }, series: [{ name: "s", points: [[0, 0]] }] },
    'Cannot draw a line chart: y has the scale "square", not "linear" or "log"',
  ],
  "a mark of another kind": [
    { series: [{ name: "s", mark: "bars" as "line", points: [[0, 0]] }] },
    'Cannot draw a line chart: "s" has the mark "bars", not "line", "dashed", "points" or "path"',
  ],
  "a point of one number": [
    { series: [{ name: "s", points: [[0, 1], [2] as unknown as Point] }] },
    'Cannot draw a line chart: point 1 of "s" is an array, not [x, y]',
  ],
};

for (const [what, [options, message]] of Object.entries(refused)) {
  Deno.test(`lineChart() refuses ${what}`, () => {
    assertThrows(() => lineChart(options), UsageError, message);
  });
}

Deno.test("paths as text start and end in characters of their own", () => {
  const path = (name: string, y: number) =>
    ({ name, mark: "path", points: [[0, y], [1, y], [2, y]] }) as const;
  const lines = toText(lineChart({ series: [path("a", 0), path("b", 1)] })).split("\n");
  const ends = (name: string) =>
    lines.at(-1)!.match(new RegExp(`(\\S)\\S{3}(\\S) ${name}`))!.slice(1);
  assertEquals([ends("a"), ends("b")], [["○", "●"], ["◇", "◆"]]);
});
