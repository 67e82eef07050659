import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { gradients, nn, tensor } from "../../../mod.ts";
import {
  softmaxSquaredError,
  trainIris,
} from "../../../examples/lecture/10_classification/iris.ts";
import {
  crossEntropy,
  descend,
  losses,
  scoresOf,
  slopeAt,
  softmax,
  squaredError,
} from "../../../examples/lecture/10_classification/losses.ts";
import { printoutOf } from "./printout.ts";

Deno.test("10_classification prints softmax, p - y, and how the squared error falls silent", async () => {
  const { lines, text, table } = await printoutOf("10_classification");
  for (
    const line of [
      "  p1 = exp(z1) / (exp(z1) + exp(z2) + exp(z3))",
      "  dloss/dz1 = exp(z1) / (exp(z1) + exp(z2) + exp(z3)) - 1",
      "  cross-entropy  dloss/dz = sigmoid(z) - 1",
    ]
  ) {
    assert(lines.includes(line), line);
  }
  assertStringIncludes(text, "for ten digits 2.303");
  assertEquals(table("species", "number", "one-hot target").map(([, , target]) => target), [
    "[1, 0, 0]",
    "[0, 1, 0]",
    "[0, 0, 1]",
  ]);
  const pushes = table("z", "it says", "gradient, squared error", "gradient, cross-entropy");
  for (const [z, p, mse, entropy] of pushes.map((row) => row.map(Number))) {
    const exact = 1 / (1 + Math.exp(-z!));
    assertAlmostEquals(p!, exact, 1e-5);
    assertAlmostEquals(mse!, 2 * (exact - 1) * exact * (1 - exact), 1e-5);
    assertAlmostEquals(entropy!, exact - 1, 1e-5);
  }
});

Deno.test("softmax() and crossEntropy() are those of the library, gradients too", () => {
  for (const numbers of [[0, 0], [2, 1, -1], [-3, 5, 0.5, 4]]) {
    for (let label = 0; label < numbers.length; label++) {
      const scores = scoresOf(numbers);
      const targets = numbers.map((_, i) => Number(i === label));
      const loss = crossEntropy(softmax(scores), targets);
      const logits = tensor([numbers], { dtype: "float64", requiresGrad: true });
      const own = nn.crossEntropy(logits, tensor([label], { dtype: "int32" }));
      own.backward();
      assertAlmostEquals(loss.data, own.item(), 1e-12);
      for (const [i, { data }] of gradients(loss, scores).entries()) {
        assertAlmostEquals(data, logits.grad!.data[i]!, 1e-12);
        assertAlmostEquals(data, softmax(scores)[i]!.data - targets[i]!, 1e-12);
      }
    }
  }
});

Deno.test("squaredError() has almost no gradient where softmax is sure and wrong", () => {
  const size = (numbers: readonly number[], loss: typeof squaredError) => {
    const scores = scoresOf(numbers);
    const slopes = gradients(loss(softmax(scores), [0, 1]), scores);
    return Math.hypot(...slopes.map(({ data }) => data));
  };
  assert(size([10, 0], squaredError) < 1e-3 * size([0, 0], squaredError));
  assert(size([10, 0], crossEntropy) > size([0, 0], crossEntropy));
});

Deno.test("descend() is quick with the cross-entropy and slow with the squared error", () => {
  const steps = (start: number, loss: typeof losses.mse) =>
    descend(start, loss, 5000).findIndex((p) => p > 0.5);
  for (const start of [-3, -5, -7]) {
    assert(steps(start, losses.mse) > 2 * steps(start, losses.crossEntropy), `from ${start}`);
  }
  assert(slopeAt(-8, losses.mse) < 0 && slopeAt(-8, losses.crossEntropy) < -0.99);
});

Deno.test("trainIris() learns with the cross-entropy from any start", async () => {
  const last = async (loss: nn.Loss, scale: number) => (await trainIris(loss, scale)).at(-1)!;
  assert(await last(nn.crossEntropy, 1) >= 0.9);
  assert(await last(nn.crossEntropy, 8) >= 0.9);
  assert(await last(softmaxSquaredError, 8) < 0.6);
});
