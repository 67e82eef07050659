import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { nn } from "../../../mod.ts";
import {
  largeNetwork,
  noisyLine,
  noisySine,
  trainOnDigits,
} from "../../../examples/lecture/09_overfitting.ts";
import {
  bends,
  errorOn,
  fitTrendline,
  orthogonalPolynomials,
  type Point,
} from "../../../examples/lecture/09_overfitting/trendline.ts";
import { lossOn, trainWatched } from "../../../examples/lecture/09_overfitting/watched_training.ts";
import { printoutOf } from "./printout.ts";

Deno.test("09_overfitting prints both losses, their gap, and where it stopped", async () => {
  const { text, table } = await printoutOf("09_overfitting");
  const degrees = table(
    "degree",
    "weights",
    "loss on the ten points",
    "loss on new points",
    "gap",
  ).map((row) => row.map(Number));
  assertEquals(degrees.map(([degree]) => degree), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const [, , known, fresh, gap] of degrees) assertAlmostEquals(fresh! - known!, gap!, 0.0011);
  assertEquals(degrees[9]![2], 0);
  assert(degrees.every(([degree, , , fresh]) => degree === 1 || fresh! > degrees[1]![3]!));
  const epochs = table("epoch", "training loss", "validation loss", "gap");
  assert(Number(epochs.at(-1)![3]) > 2 * Number(epochs[3]![3]));
  const judged = table("network", "training", "validation", "test", "gap: test - training");
  assertEquals(judged.map(([name]) => name), ["stopped early", "trained to the end"]);
  assert(Number(judged[0]![3]) < Number(judged[1]![3]));
  assertStringIncludes(text, "Training and validation loss");
});

Deno.test("orthogonalPolynomials() are orthogonal where they are made", () => {
  const places = [-1, 0, 0.5, 2, 7, 7.5];
  const basis = orthogonalPolynomials(places, 5);
  const columns = places.map(basis);
  for (let i = 0; i <= 5; i++) {
    for (let k = 0; k <= 5; k++) {
      const mean = columns.reduce((sum, row) => sum + row[i]! * row[k]!, 0) / places.length;
      assertAlmostEquals(mean, Number(i === k), 1e-9);
    }
  }
});

Deno.test("fitTrendline() finds a polynomial again, and goes through as many points as it has weights", () => {
  const cubic = (x: number) => x ** 3 - 2 * x + 1;
  const points = [-2, -1, 0, 1, 2, 3].map((x): Point => [x, cubic(x)]);
  const line = fitTrendline(points, 3);
  for (const x of [-2.5, 0.3, 4]) assertAlmostEquals(line.at(x), cubic(x), 1e-6);
  const { known } = noisyLine(5);
  assert(errorOn(known, fitTrendline(known, 9)) < 1e-9);
});

Deno.test("fitTrendline() of degree 1 is the line of least squares", () => {
  const { known } = noisyLine(3);
  const mean = (numbers: number[]) => numbers.reduce((sum, x) => sum + x) / numbers.length;
  const [x, y] = [0, 1].map((i) => mean(known.map((point) => point[i]!)));
  const slope = mean(known.map(([u, v]) => (u - x!) * (v - y!))) /
    mean(known.map(([u]) => (u - x!) ** 2));
  const line = fitTrendline(known, 1);
  assertAlmostEquals(line.at(4) - line.at(3), slope, 1e-9);
  assertAlmostEquals(line.at(x!), y!, 1e-9);
});

Deno.test("a curve of degree 9 is worse on new points, whatever the noise", () => {
  for (let seed = 10; seed < 20; seed++) {
    const { known, fresh } = noisyLine(seed);
    const [straight, curved] = [1, 9].map((degree) => errorOn(fresh, fitTrendline(known, degree)));
    assert(curved! > 1.5 * straight!, `seed ${seed}: ${straight} and ${curved}`);
  }
});

Deno.test("bends() are twice the mean squares of a basis", () => {
  const points = [1, 2, 3].map((x): Point => [x, 0]);
  assertEquals(bends(points, (x) => [1, x]).map((bend) => Math.round(3 * bend)), [6, 28]);
});

Deno.test("trainWatched() keeps the best network, and stops when patience ends", () => {
  const { train, validation } = noisySine(8);
  const options = { validation, epochs: 600 };
  const { history, best, last } = trainWatched(largeNetwork(8), train, {
    ...options,
    patience: 50,
  });
  const smallest = Math.min(...history.map(({ validation }) => validation));
  assertEquals(best.losses.validation, smallest);
  assertEquals(history.length, Math.min(600, best.losses.epoch + 50));
  assertAlmostEquals(lossOn(best.model, validation), smallest, 1e-6);
  assertAlmostEquals(lossOn(last, validation), history.at(-1)!.validation, 1e-6);
  const patient = trainWatched(largeNetwork(8), train, { validation, epochs: 20 });
  assertEquals(patient.history, history.slice(0, 20));
});

Deno.test("trainWatched() leaves the network that it starts from as it is", () => {
  const { train, validation } = noisySine(1);
  const start: nn.Sequential = largeNetwork(1);
  const before = start.parameters().map(({ data }) => data.slice());
  trainWatched(start, train, { validation, epochs: 3 });
  assertEquals(start.parameters().map(({ data }) => data), before);
});

Deno.test("trainOnDigits() knows few digits by heart, and many it has to understand", async () => {
  const [few, many] = [await trainOnDigits(20), await trainOnDigits(1000)];
  assertEquals(few.known.accuracy, 1);
  assert(few.fresh.accuracy! < many.fresh.accuracy! - 0.2);
  assert(few.fresh.loss - few.known.loss > 2 * (many.fresh.loss - many.known.loss));
});
