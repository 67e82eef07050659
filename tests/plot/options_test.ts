import { assertThrows } from "@std/assert";
import { UsageError, value } from "@turunan/turunan";
import * as plot from "@turunan/turunan/plot";
import { checkedOptions } from "../../plot/options.ts";

const domain = [0, 1] as const;
const points = [[0, 0], [1, 1]] as const;
const chart = plot.lineChart({ series: [{ name: "y = x", points }] });

/** Every function that takes options, with what it needs. */
const drawings: Readonly<Record<string, (more: object) => unknown>> = {
  "a line chart": (more) => plot.lineChart({ series: [{ name: "y = x", points }], ...more }),
  "a contour map": (more) =>
    plot.contourMap({ x: { domain }, y: { domain }, heightAt: (x, y) => x + y, ...more }),
  "a decision region": (more) =>
    plot.decisionRegion({ x: { domain }, y: { domain }, classAt: () => 0, points: [], ...more }),
  "a heat map": (more) => plot.heatMap({ values: [[1, 2]], ...more }),
  "an image grid": (more) =>
    plot.imageGrid({ images: [{ pixels: [1], width: 1, height: 1 }], ...more }),
  "a confusion chart": (more) => plot.confusionChart({ counts: [[1]], ...more }),
  "the graph of a Value": (more) => plot.computationGraph(value(1), more),
  "text": (more) => plot.toText(chart, more),
};

for (const [drawing, draw] of Object.entries(drawings)) {
  Deno.test(`the options of ${drawing} are named, and each is one that there is`, () => {
    draw({});
    const message = `Cannot draw ${drawing} with the option "colour": there are `;
    assertThrows(() => draw({ colour: "red" }), UsageError, message);
    if (drawing === "text") return;
    draw({ title: "Loss" });
    const title = `Cannot draw ${drawing}: title is 5, not a text`;
    assertThrows(() => draw({ title: 5 }), UsageError, title);
  });
}

Deno.test("null, and the data themselves, are no options", () => {
  for (const wrong of [null, [], 5, undefined] as unknown as plot.LineChartOptions[]) {
    assertThrows(() => plot.lineChart(wrong), UsageError, "for options: they are named, as in");
  }
});

Deno.test("an option is none that there is because every object has one of that name", () => {
  const options = { title: "Loss", toString: () => "" };
  assertThrows(
    () => checkedOptions("Cannot draw", options, { title: true } as never),
    Error,
    'Cannot draw with the option "toString": there is title',
  );
});
