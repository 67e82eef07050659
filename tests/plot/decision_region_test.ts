import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "@turunan/turunan";
import { decisionRegion, toSvg, toText } from "@turunan/turunan/plot";
import { assertDrawn } from "./drawn.ts";

const axis = { domain: [-2, 2] } as const;
const points = [{ x: -1, y: 1, label: 0 }, { x: 1, y: -1, label: 1 }];
const classAt = (x: number) => x > 0 ? 1 : 0;

Deno.test("decisionRegion() shades the classes and marks the points", () => {
  const region = decisionRegion({ x: axis, y: axis, classAt, points, classes: ["left", "right"] });
  assertDrawn(
    region,
    { width: 30 },
    `
    |  2┤             ░░░░░░░░░░░░
    |   │             ░░░░░░░░░░░░
    |   │      ○      ░░░░░░░░░░░░
    |   │             ░░░░░░░░░░░░
    |  0┤             ░░░░░░░░░░░░
    |   │             ░░░░░●░░░░░░
    |   │             ░░░░░░░░░░░░
    | -2┤             ░░░░░░░░░░░░
    |   └┬───────────┬───────────┬
    |   -2           0           2
    |     ○  left   ░●░ right
    `,
  );
});

Deno.test("decisionRegion() tells probabilities from classes", () => {
  const of = (classAt: (x: number) => number) =>
    decisionRegion({ x: axis, y: axis, classAt, points });
  const hard = of((x) => x > 0.05 ? 1 : 0);
  const soft = of((x) => 1 / (1 + Math.exp(-20 * (x - 0.05))));
  assertEquals([hard.areProbabilities, soft.areProbabilities], [false, true]);
  assertEquals(toText(soft, { width: 50 }), toText(hard, { width: 50 }));
});

Deno.test("decisionRegion() asks more often only where classes meet", () => {
  let calls = 0;
  const region = decisionRegion({
    x: axis,
    y: axis,
    points,
    classAt: (x) => (calls++, classAt(x)),
  });
  assertEquals([region.answers.length, region.answers[0]!.length], [241, 241]);
  assert(calls < 81 * 81 + 241 * 6, String(calls));
  for (const row of region.answers) {
    row.forEach((answer, i) => assertEquals(answer, classAt(-2 + 4 * i / 240)));
  }
});

Deno.test("decisionRegion() counts classes by points and answers, and names them", () => {
  const { classes } = decisionRegion({ x: axis, y: axis, classAt: () => 2, points });
  assertEquals(classes, ["class 0", "class 1", "class 2"]);
});

Deno.test("decisionRegion() names classes and lines in SVG, each class with its symbol", async () => {
  const svg = await toSvg(decisionRegion({
    x: axis,
    y: axis,
    classAt,
    points,
    classes: ["left", "right"],
    lines: [{ name: "border", points: [[0, -9], [0, 9]] }],
  }));
  for (const name of ["left", "right", "border"]) assert(svg.includes(`>${name}</text>`), name);
  assertEquals(svg.match(/fill-rule="evenodd"/g)?.length, 2);
});

Deno.test("decisionRegion() refuses what cannot be drawn", () => {
  const all = { x: axis, y: axis, classAt, points };
  const none = {} as typeof axis & { domain: [number, number] };
  assertThrows(
    () => decisionRegion({ ...all, y: none }),
    UsageError,
    "Cannot draw a decision region: y has no domain",
  );
  for (const label of [NaN, -1, 0.5]) {
    assertThrows(
      () => decisionRegion({ ...all, points: [{ x: 0, y: 0, label }] }),
      UsageError,
      `Cannot draw a decision region: point 0 has the label ${label}, not a whole number from 0 to 999`,
    );
  }
  assertThrows(
    () => decisionRegion({ ...all, classes: ["only"] }),
    UsageError,
    "Cannot draw a decision region: there are 1 names for 2 classes",
  );
});

Deno.test("decisionRegion() throws for answers that are no classes and no probabilities", () => {
  const axis = { domain: [-1, 1] } as const;
  const answers: Record<string, unknown> = {
    "-1": -1, // as a perceptron has it
    true: true,
    undefined: undefined,
    "a Date": new Date(0),
    "1.5": 1.5,
    "Infinity": Infinity,
    "1000000000000": 1e12,
  };
  for (const [text, answer] of Object.entries(answers)) {
    const classAt = (x: number) => (x > 0.9 ? answer : 0) as number;
    assertThrows(
      () => decisionRegion({ x: axis, y: axis, classAt, points: [] }),
      UsageError,
      `Cannot draw a decision region: classAt gives ${text}, no class from 0 to 999 and no probability`,
    );
  }
  const classAt = (x: number) => x > 0 ? 0.25 : NaN;
  assert(decisionRegion({ x: axis, y: axis, classAt, points: [] }).areProbabilities);
});

Deno.test("decisionRegion() names two classes where it is given probabilities alone", () => {
  const axis = { domain: [0, 1] } as const;
  const region = decisionRegion({ x: axis, y: axis, classAt: (x) => 0.9 * x, points: [] });
  assertEquals(region.classes, ["class 0", "class 1"]);
});

Deno.test("the legend of a decision region as text marks classes with points only", () => {
  const axis = { domain: [0, 1] } as const;
  const points = [{ x: 0.5, y: 0.5, label: 0 }];
  const text = toText(
    decisionRegion({ x: axis, y: axis, classAt: (x) => x > 0.5 ? 1 : 0, points }),
  );
  assertStringIncludes(text, "░░░ class 1");
});
