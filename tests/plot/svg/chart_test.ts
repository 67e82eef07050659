import { assert } from "@std/assert";
import { lineChart, toSvg } from "@turunan/turunan/plot";
import { fittedText, widthOf } from "../../../plot/svg/markup.ts";

/** The texts in a group, with where they stand. */
function textsOf(svg: string, label: string): { readonly text: string; readonly at: number[] }[] {
  const group = svg.split(`aria-label="${label}"`)[1]?.split("</g>")[0] ?? "";
  return [...group.matchAll(/translate\(([-\d.]+),([-\d.]+)\)"[^>]*>([^<]*)</g)]
    .map(([, x, y, text]) => ({ text: text!, at: [Number(x), Number(y)] }));
}

const domains = [[0, 1], [-4, 4], [1e-7, 3e-7], [-12345678, 87654321], [0.001, 0.0011]] as const;

Deno.test("chart() writes round numbers below and beside, none over another", async () => {
  for (const width of [200, 320, 640, 1000]) {
    for (const domain of domains) {
      const axis = { domain };
      const chart = lineChart({ x: axis, y: axis, series: [{ name: "s", points: [[0, 0]] }] });
      const svg = await toSvg(chart, { width });
      const [x, y] = [textsOf(svg, "x-axis tick label"), textsOf(svg, "y-axis tick label")];
      assert(
        x.length >= 2 && y.length >= 2,
        `${x.length} and ${y.length} of ${domain} at ${width}`,
      );
      x.slice(1).forEach(({ text, at }, i) => {
        const before = x[i]!;
        const room = (widthOf(text, 12) + widthOf(before.text, 12)) / 2;
        assert(at[0]! - before.at[0]! > room, `${before.text} and ${text} at ${width}`);
      });
      y.slice(1).forEach(({ at }, i) => assert(Math.abs(at[1]! - y[i]!.at[1]!) > 14));
      for (const { text, at } of x) assert(at[0]! + widthOf(text, 12) / 2 <= width, text);
    }
  }
});

Deno.test("fittedText() keeps to a width", () => {
  for (const width of [0, 5, 20, 60, 200]) {
    const text = fittedText("Where a network of three layers is uncertain", 12, width);
    assert(widthOf(text, 12) <= Math.max(width, widthOf("…", 12)), text);
  }
});
