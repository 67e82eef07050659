import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { nn, optim, tensor } from "../../src/mod.ts";
import { displayHistory } from "../../src/nn/history_display.ts";
import { lossChart } from "../../src/nn/loss_chart.ts";
import type { EpochRecord } from "../../src/nn/progress.ts";
import type { Display } from "../../src/values/display.ts";

const line = { inputs: tensor([[1], [2]]), labels: tensor([[3], [5]]) };

/** A history of so many epochs whose losses fall. */
function historyOf(epochs: number, more: Partial<EpochRecord> = {}): EpochRecord[] {
  return Array.from({ length: epochs }, (_, i) => ({
    epoch: i + 1,
    loss: 1 / (i + 1),
    accuracy: null,
    validationLoss: null,
    validationAccuracy: null,
    seconds: Math.random(),
    ...more,
  }));
}

Deno.test("fit() gives a history that a notebook shows and that is an array like any other", async () => {
  const history = await nn.fit(new nn.Linear(1, 1), line, {
    loss: nn.meanSquaredError,
    optimizer: optim.sgd({ learningRate: 0.1 }),
    epochs: 3,
  });
  const display = Reflect.get(history, Symbol.for("Jupyter.display")) as () => Display;
  assertEquals(display(), displayHistory(history));
  assertEquals(history, history.map((record) => ({ ...record })));
  assertEquals(structuredClone(history), [...history]);
  assertEquals(Object.keys(history), ["0", "1", "2"]);
  assert(!Deno.inspect(history).includes("Jupyter"));
});

Deno.test("a history shows a column for each thing that was measured, and no times", () => {
  assertEquals(
    displayHistory(historyOf(2))["text/plain"],
    "History of 2 epochs\n  epoch  loss\n      1     1\n      2   0.5",
  );
  const full = historyOf(1, { accuracy: 0.5, validationLoss: 0.25, validationAccuracy: 1 });
  assertEquals(displayHistory(full)["text/plain"].split("\n"), [
    "History of 1 epoch",
    "  epoch  loss  accuracy  validation loss  validation accuracy",
    "      1     1   50.00 %             0.25             100.00 %",
  ]);
});

Deno.test("a long history shows its beginning and end", () => {
  const { "text/plain": text, "text/html": html } = displayHistory(historyOf(100));
  const epochs = text.split("\n").slice(2).map((row) => row.trim().split(/ +/)[0]);
  assertEquals(epochs, ["1", "2", "3", "4", "5", "…", "96", "97", "98", "99", "100"]);
  assertEquals([...html.matchAll(/<tr>/g)].length, 12);
  assertEquals(displayHistory([])["text/plain"], "History of 0 epochs");
});

Deno.test("lossChart() draws a line for the loss and one for the validation loss", () => {
  const alone = lossChart(historyOf(10));
  assertEquals([...alone.matchAll(/<polyline/g)].length, 1);
  assert(!alone.includes("validation"));
  const both = lossChart(historyOf(10, { validationLoss: 0.75 }));
  assertEquals([...both.matchAll(/<polyline/g)].length, 2);
  assertStringIncludes(both, ">validation</text>");
  const points = both.match(/<polyline points="([^"]*)"/)![1]!.split(" ");
  assertEquals(points.length, 10);
  assertEquals(points[0], "56.0,10.0"); // the largest loss, at the top left
});

Deno.test("lossChart() leaves out what cannot be drawn", () => {
  assertEquals(lossChart([]), "");
  assertEquals(lossChart(historyOf(1)), "");
  const infinite = historyOf(3).map((record, i) => ({
    ...record,
    validationLoss: i === 1 ? Infinity : 2,
  }));
  const chart = lossChart(infinite);
  assert(!/NaN|Infinity/.test(chart), chart);
  const flat = lossChart(historyOf(3).map((record) => ({ ...record, loss: 0 })));
  assert(!/NaN|Infinity/.test(flat), flat);
});

Deno.test("lossChart() keeps the names of lines that end together apart", () => {
  const heights = (chart: string) =>
    [...chart.matchAll(/y="([^"]*)"[^>]*>(?:loss|validation)</g)].map(([, y]) => Number(y));
  const same = historyOf(3).map((record) => ({ ...record, validationLoss: record.loss }));
  const [upper, lower] = heights(lossChart(same));
  assert(lower! - upper! >= 12, `${upper}, ${lower}`);
  const apart = historyOf(3).map((record) => ({ ...record, validationLoss: 1 }));
  assertEquals(heights(lossChart(apart)).length, 2);
});
