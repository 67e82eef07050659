import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "@turunan/turunan";
import { type Drawing, heatMap, lineChart, toText } from "@turunan/turunan/plot";
import { withoutColors } from "./drawn.ts";
import { samples } from "./samples.ts";

const widths = [20, 21, 25, 33, 40, 47, 64, 80, 101, 160];

for (const [name, drawing] of Object.entries(samples)) {
  Deno.test(`toText() keeps ${name} within every width, and without colours unless asked`, () => {
    for (const width of widths) {
      const plain = toText(drawing, { width });
      const colored = toText(drawing, { width, color: true });
      assert(!plain.includes("\x1b"), `colours at ${width}`);
      for (const line of [...plain.split("\n"), ...withoutColors(colored).split("\n")]) {
        assert([...line].length <= width, `${[...line].length} columns at ${width}: ${line}`);
      }
    }
  });

  Deno.test(`toText() draws ${name} with nothing that is no number in it`, () => {
    assert(!/NaN|undefined|null|Infinity/.test(toText(drawing)), toText(drawing));
  });
}

Deno.test("toText() ends each coloured line without colours", () => {
  for (const drawing of Object.values(samples)) {
    for (const line of toText(drawing, { color: true }).split("\n")) {
      const last = line.lastIndexOf("\x1b[");
      assert(last < 0 || line.startsWith("\x1b[0m", last), JSON.stringify(line));
    }
  }
});

Deno.test("toText() leaves no blanks at the ends of lines", () => {
  for (const drawing of Object.values(samples)) {
    for (const line of toText(drawing).split("\n")) assertEquals(line, line.trimEnd());
  }
});

Deno.test("toText() takes 80 columns by default", () => {
  assertEquals(toText(samples["lines"]!), toText(samples["lines"]!, { width: 80 }));
});

Deno.test("toText() keeps line breaks and escape sequences in names out of the drawing", () => {
  const name = "red\x1b[31m\nand more";
  const text = toText(heatMap({ title: name, values: [[1]], rows: [name] }));
  assert(!text.includes("\x1b"));
  assertEquals(text.split("\n").length, 3);
});

Deno.test("toText() refuses widths that it cannot draw in", () => {
  const chart = lineChart({ series: [{ name: "a", points: [[0, 1]] }] });
  for (const width of [19, 0, -5, 40.5, NaN, Infinity]) {
    assertThrows(
      () => toText(chart, { width }),
      UsageError,
      `Cannot draw in ${width} columns: width is a whole number from 20`,
    );
  }
});

Deno.test("toText() refuses what is no drawing", () => {
  assertThrows(
    () => toText({ kind: "pie" } as unknown as Drawing),
    UsageError,
    "Cannot draw an object: it is no drawing",
  );
});
