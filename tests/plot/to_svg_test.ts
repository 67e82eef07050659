import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "@turunan/turunan";
import { type Drawing, lineChart, toSvg } from "@turunan/turunan/plot";
import { samples } from "./samples.ts";
import { assertStandalone } from "./svg/markup_check.ts";

for (const [name, drawing] of Object.entries(samples)) {
  Deno.test(`toSvg() draws ${name} as a standalone SVG, wide and narrow`, async () => {
    for (const width of [200, 640]) {
      const svg = await toSvg(drawing, { width });
      assertStandalone(svg);
      assert(svg.includes(` width="${width}"`));
    }
  });
}

Deno.test("toSvg() paints paper behind the drawing", async () => {
  for (const drawing of Object.values(samples)) {
    assert(
      (await toSvg(drawing)).includes('<rect width="100%" height="100%" rx="8" fill="#fffefa"/>'),
    );
  }
});

Deno.test("toSvg() is 640 pixels wide by default", async () => {
  assertEquals(await toSvg(samples["lines"]!), await toSvg(samples["lines"]!, { width: 640 }));
});

Deno.test("toSvg() writes names as text, whatever they contain", async () => {
  const name = `<script>"a" & 'b'</script>\x00\ud800`;
  const chart = lineChart({
    title: name,
    x: { label: name },
    y: { label: name },
    series: [{ name, points: [[0, 0], [1, 1]] }],
  });
  const svg = await toSvg(chart, { width: 1200 });
  assertStandalone(svg);
  assert(!svg.includes("<script"));
  assert(svg.includes("&lt;script&gt;&quot;a&quot; &amp; 'b'&lt;/script&gt;"));
});

Deno.test("toSvg() refuses widths that it cannot draw in", async () => {
  for (const width of [199, 0, -5, NaN, Infinity]) {
    await assertRejects(
      () => toSvg(samples["lines"]!, { width }),
      UsageError,
      `Cannot draw ${width} pixels wide: width is a number from 200`,
    );
  }
});

Deno.test("toSvg() refuses what is no drawing", async () => {
  await assertRejects(
    () => toSvg({ kind: "pie" } as unknown as Drawing),
    UsageError,
    "Cannot draw an object: it is no drawing",
  );
});
