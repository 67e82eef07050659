import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  assertThrows,
} from "@std/assert";
import { DTypeError, grad, IndexError, nn, Random, ShapeError } from "../../src/mod.ts";
import { type Tensor, tensor, UsageError } from "../../src/mod.ts";
import { assertClose, assertGradient } from "../finite_differences.ts";
import { assertPointsInto } from "../first_frame.ts";

const float64 = { dtype: "float64" } as const;
const int32 = { dtype: "int32" } as const;

/** Four rows of three logits. */
const rows = [[0.2, -1.3, 2.1], [1.5, 0.4, -0.7], [-2, 0, 1], [0.3, 0.3, 0.3]] as const;
const labels = [2, 0, 1, 2] as const;
const probabilities = [[0.2, 0.3, 0.5], [1, 0, 0], [0, 0.5, 0.5], [0.1, 0.1, 0.8]] as const;

/** -log(softmax(row)[label]), as it is written in a textbook. */
function negativeLog(row: readonly number[], label: number): number {
  return Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - row[label]!;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** The loss in all three reductions, against the losses of the single elements. */
function assertReductions(
  loss: (options: nn.LossOptions) => Tensor,
  expected: readonly number[],
): void {
  assertClose(loss({ reduction: "none" }).flatten(), tensor(expected, float64), 1e-13);
  assertAlmostEquals(loss({ reduction: "sum" }).item(), sum(expected), 1e-12);
  assertAlmostEquals(loss({ reduction: "mean" }).item(), sum(expected) / expected.length, 1e-13);
  assertAlmostEquals(loss({}).item(), sum(expected) / expected.length, 1e-13);
}

Deno.test("meanSquaredError() is the mean, the sum or each of the squared errors", () => {
  const outputs = tensor([[1, -2], [0.5, 4]], float64);
  const targets = tensor([[0, 1], [0.5, 2]], float64);
  assertReductions((options) => nn.meanSquaredError(outputs, targets, options), [1, 9, 0, 4]);
  assertGradient((x) => nn.meanSquaredError(x, targets), outputs);
  assertGradient((x) => nn.meanSquaredError(outputs, x), targets);
});

Deno.test("meanAbsoluteError() is the mean, the sum or each of the absolute errors", () => {
  const outputs = tensor([[1, -2], [0.5, 4]], float64);
  const targets = tensor([[0, 1], [0.25, 2]], float64);
  assertReductions((options) => nn.meanAbsoluteError(outputs, targets, options), [1, 3, 0.25, 2]);
  assertGradient((x) => nn.meanAbsoluteError(x, targets), outputs);
  assertEquals(grad((x: Tensor) => nn.meanAbsoluteError(x, x.detach()))(outputs).data[0], 0);
});

Deno.test("rootMeanSquaredError() is the root of the mean squared error", () => {
  const outputs = tensor([3, 0, 1], float64);
  const targets = tensor([0, 4, 1], float64);
  assertAlmostEquals(nn.rootMeanSquaredError(outputs, targets).item(), Math.sqrt(25 / 3), 1e-14);
  assertGradient((x) => nn.rootMeanSquaredError(x, targets), outputs);
});

Deno.test("rootMeanSquaredError() has derivative 0, and not NaN, where all errors are 0", () => {
  const x = tensor([1, 2], float64);
  const slope = grad((x: Tensor) => nn.rootMeanSquaredError(x, tensor([1, 2], float64)))(x);
  assertEquals(slope.toArray(), [0, 0]);
});

Deno.test("losses throw ShapeError at the caller's line for [N, 1] against [N]", () => {
  const column = tensor([[1], [2], [3]]);
  const row = tensor([1, 0, 1]);
  for (
    const loss of [
      nn.meanSquaredError,
      nn.rootMeanSquaredError,
      nn.meanAbsoluteError,
      nn.binaryCrossEntropyWithLogits,
      nn.hinge,
    ]
  ) {
    const error = assertThrows(
      () => loss(column, row),
      ShapeError,
      `Cannot ${loss.name} [3, 1] and [3]: outputs and targets have one shape`,
    );
    assertPointsInto(import.meta.url, error);
  }
});

Deno.test("losses throw UsageError for a reduction that is none", () => {
  const x = tensor([1, 2]);
  const reduction = "average" as nn.Reduction;
  assertThrows(
    () => nn.meanSquaredError(x, x, { reduction }),
    UsageError,
    'Cannot reduce losses by "average": there are mean, sum and none',
  );
  assertThrows(() => nn.crossEntropy(x, tensor(0, int32), { reduction }), UsageError, "average");
});

Deno.test("crossEntropy() of class indices is the negative log of the labels' softmax", () => {
  const logits = tensor(rows, float64);
  const targets = tensor(labels, int32);
  const expected = rows.map((row, i) => negativeLog(row, labels[i]!));
  assertReductions((options) => nn.crossEntropy(logits, targets, options), expected);
  for (const reduction of ["mean", "sum"] as const) {
    assertGradient((x) => nn.crossEntropy(x, targets, { reduction }), logits);
  }
  const softmax = logits.softmax(1).sub(targets.oneHot(3, float64));
  assertClose(
    grad((x: Tensor) => nn.crossEntropy(x, targets, { reduction: "sum" }))(logits),
    softmax,
    1e-14,
  );
});

Deno.test("crossEntropy() of one-hot rows equals that of class indices", () => {
  const logits = tensor(rows, float64);
  const indices = tensor(labels, int32);
  for (const reduction of ["mean", "sum", "none"] as const) {
    const options = { reduction, labelSmoothing: 0.1 };
    assertClose(
      nn.crossEntropy(logits, indices.oneHot(3, float64), options),
      nn.crossEntropy(logits, indices, options),
      1e-14,
    );
  }
});

Deno.test("crossEntropy() of probabilities is their mean of the negative logs", () => {
  const logits = tensor(rows, float64);
  const targets = tensor(probabilities, float64);
  const expected = rows.map((row, i) =>
    sum(probabilities[i]!.map((p, c) => p * negativeLog(row, c)))
  );
  assertReductions((options) => nn.crossEntropy(logits, targets, options), expected);
  assertGradient((x) => nn.crossEntropy(x, targets), logits);
  assertGradient((x) => nn.crossEntropy(logits, x), targets);
});

Deno.test("crossEntropy() divides the mean by the weights of the labels that occur", () => {
  const w = [0.5, 1, 3] as const;
  const logits = tensor(rows, float64);
  const targets = tensor(labels, int32);
  const weights = tensor(w, float64);
  const losses = rows.map((row, i) => w[labels[i]!]! * negativeLog(row, labels[i]!));
  const loss = (options: nn.LossOptions) =>
    nn.crossEntropy(logits, targets, { weights, ...options });
  assertClose(loss({ reduction: "none" }), tensor(losses, float64), 1e-14);
  assertAlmostEquals(loss({ reduction: "sum" }).item(), sum(losses), 1e-13);
  assertAlmostEquals(loss({}).item(), sum(losses) / (3 + 0.5 + 1 + 3), 1e-14);
  assertGradient((x) => nn.crossEntropy(x, targets, { weights }), logits);
});

Deno.test("crossEntropy() of weighted probabilities divides the mean by the examples", () => {
  const w = [0.5, 1, 3] as const;
  const logits = tensor(rows, float64);
  const targets = tensor(probabilities, float64);
  const losses = rows.map((row, i) =>
    sum(probabilities[i]!.map((p, c) => p * w[c]! * negativeLog(row, c)))
  );
  assertReductions(
    (options) => nn.crossEntropy(logits, targets, { weights: tensor(w, float64), ...options }),
    losses,
  );
});

Deno.test("crossEntropy() leaves out positions whose label is ignoreIndex", () => {
  const logits = tensor(rows, float64);
  for (const ignoreIndex of [-100, 1]) {
    const targets = tensor([2, ignoreIndex, 0, ignoreIndex], int32);
    const [first, third] = [negativeLog(rows[0], 2), negativeLog(rows[2], 0)];
    const loss = (options: nn.LossOptions) =>
      nn.crossEntropy(logits, targets, { ignoreIndex, ...options });
    assertClose(loss({ reduction: "none" }), tensor([first, 0, third, 0], float64), 1e-14);
    assertAlmostEquals(loss({ reduction: "sum" }).item(), first + third, 1e-14);
    assertAlmostEquals(loss({}).item(), (first + third) / 2, 1e-14);
    assertGradient((x) => nn.crossEntropy(x, targets, { ignoreIndex }), logits);
  }
});

Deno.test("crossEntropy() is NaN where every label is ignored: there is nothing to average", () => {
  const targets = tensor([-1, -1], int32);
  const loss = nn.crossEntropy(tensor([[1, 2], [3, 4]]), targets, { ignoreIndex: -1 });
  assertEquals(loss.item(), NaN);
});

Deno.test("crossEntropy() spreads labelSmoothing evenly over all classes", () => {
  const share = 0.3;
  const logits = tensor(rows, float64);
  const targets = tensor(labels, int32);
  const expected = rows.map((row, i) =>
    (1 - share) * negativeLog(row, labels[i]!) +
    share / 3 * sum(row.map((_, c) => negativeLog(row, c)))
  );
  const options = { labelSmoothing: share };
  assertReductions((more) => nn.crossEntropy(logits, targets, { ...options, ...more }), expected);
  assertGradient((x) => nn.crossEntropy(x, targets, options), logits);
});

Deno.test("crossEntropy() combines weights, ignoreIndex and labelSmoothing as PyTorch does", () => {
  const w = [0.5, 1, 3] as const;
  const share = 0.2;
  const logits = tensor(rows, float64);
  const targets = tensor([2, 0, 1, 0], int32);
  const weights = tensor(w, float64);
  const losses = [2, null, 1, null].map((label, i) => {
    if (label === null) return 0;
    const spread = sum(rows[i]!.map((_, c) => w[c]! * negativeLog(rows[i]!, c)));
    return (1 - share) * w[label]! * negativeLog(rows[i]!, label) + share / 3 * spread;
  });
  const options = { weights, ignoreIndex: 0, labelSmoothing: share };
  const loss = nn.crossEntropy(logits, targets, options);
  assertAlmostEquals(loss.item(), sum(losses) / (3 + 1), 1e-14);
  assertGradient((x) => nn.crossEntropy(x, targets, options), logits);
});

Deno.test("crossEntropy() takes a single row, and further axes after the classes", () => {
  const single = nn.crossEntropy(tensor(rows[0], float64), tensor(2, int32));
  assertAlmostEquals(single.item(), negativeLog(rows[0], 2), 1e-14);
  const random = new Random(1);
  const images = random.normal([2, 3, 2, 2], float64); // [batch, classes, height, width]
  const targets = tensor([[[0, 1], [2, 0]], [[1, 1], [2, 2]]], int32);
  const losses = nn.crossEntropy(images, targets, { reduction: "none" });
  assertEquals(losses.shape, [2, 2, 2]);
  const row = [0, 1, 2].map((c) => images.slice([1, c, 0, 1]).item());
  assertAlmostEquals(losses.slice([1, 0, 1]).item(), negativeLog(row, 1), 1e-14);
  const oneHot = targets.oneHot(3, float64).moveAxis(-1, 1);
  assertClose(nn.crossEntropy(images, oneHot, { reduction: "none" }), losses, 1e-14);
  assertGradient((x) => nn.crossEntropy(x, targets), images);
});

Deno.test("crossEntropy() is exact at logits of ±1000, and so is its gradient", () => {
  for (const dtype of ["float32", "float64"] as const) {
    const logits = tensor([[1000, -1000, 0], [-1000, 1000, 0]], { dtype });
    const targets = tensor([0, 0], int32);
    assertEquals(nn.crossEntropy(logits, targets, { reduction: "none" }).toArray(), [0, 2000]);
    const slopes = grad((x: Tensor) => nn.crossEntropy(x, targets, { reduction: "sum" }))(logits);
    assertEquals(slopes.toArray(), [[0, 0, 0], [-1, 1, 0]]);
  }
});

Deno.test("crossEntropy() stays finite beside a logit of -Infinity that is not the label's", () => {
  const logits = tensor([[0, -Infinity, 1]], float64);
  const targets = tensor([2], int32);
  const expected = Math.log(1 + Math.E) - 1;
  assertAlmostEquals(nn.crossEntropy(logits, targets).item(), expected, 1e-14);
  const slopes = grad((x: Tensor) => nn.crossEntropy(x, targets))(logits);
  assertClose(slopes, tensor([[1 / (1 + Math.E), 0, -1 / (1 + Math.E)]], float64), 1e-15);
  assertEquals(nn.crossEntropy(logits, tensor([1], int32)).item(), Infinity);
});

Deno.test("crossEntropy() throws IndexError when a label is out of range", () => {
  const logits = tensor([[1, 2, 3], [4, 5, 6]]);
  for (const label of [3, 12, -1]) {
    const error = assertThrows(
      () => nn.crossEntropy(logits, tensor([0, label], int32)),
      IndexError,
      `Cannot crossEntropy label ${label} at position 1: there are 3 classes, 0 to 2`,
    );
    assertPointsInto(import.meta.url, error);
  }
});

Deno.test("crossEntropy() throws DTypeError when class indices are not int32", () => {
  const error = assertThrows(
    () => nn.crossEntropy(tensor([[1, 2, 3], [4, 5, 6]]), tensor([0, 2])),
    DTypeError,
    "Cannot crossEntropy [2, 3] and targets [2] of float32: class indices are int32, as in " +
      '.cast("int32")',
  );
  assertPointsInto(import.meta.url, error);
});

Deno.test("crossEntropy() throws ShapeError when targets do not fit the logits", () => {
  const logits = tensor([[1, 2, 3], [4, 5, 6]]);
  const wrong = [
    tensor([0, 1, 2], int32),
    tensor([[0], [1]], int32),
    tensor([[0, 1, 0]]),
    tensor([[0, 1], [1, 0]]),
    tensor(1, int32),
  ];
  for (const targets of wrong) {
    const error = assertThrows(() => nn.crossEntropy(logits, targets));
    assertInstanceOf(error, ShapeError);
    assert(error.message.includes("Cannot crossEntropy [2, 3] and"), error.message);
    assert(error.message.includes("class indices (int32) [2] or probabilities [2, 3]"));
  }
  assertThrows(() => nn.crossEntropy(tensor(1), tensor(0, int32)), ShapeError);
});

Deno.test("crossEntropy() throws UsageError for options that make no sense", () => {
  const logits = tensor([[1, 2, 3]]);
  const indices = tensor([0], int32);
  for (const labelSmoothing of [-0.1, 1.1, NaN]) {
    assertThrows(
      () => nn.crossEntropy(logits, indices, { labelSmoothing }),
      UsageError,
      `Cannot crossEntropy with labelSmoothing ${labelSmoothing}: it is a number from 0 to 1`,
    );
  }
  assertThrows(
    () => nn.crossEntropy(logits, tensor([[1, 0, 0]]), { ignoreIndex: 0 }),
    UsageError,
    "Cannot crossEntropy probabilities with an ignoreIndex",
  );
  for (const weights of [tensor([1, 2]), tensor([1]), tensor([[1, 2, 3]])]) {
    for (const targets of [indices, tensor([[1, 0, 0]])]) {
      assertThrows(
        () => nn.crossEntropy(logits, targets, { weights }),
        ShapeError,
        "Cannot crossEntropy 3 classes with weights",
      );
    }
  }
});

Deno.test("binaryCrossEntropyWithLogits() is the cross-entropy of the sigmoid", () => {
  const x = [-2, 0, 0.5, 3] as const;
  const t = [0, 1, 0.25, 1] as const;
  const logits = tensor(x, float64);
  const targets = tensor(t, float64);
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const losses = (factor: number) =>
    x.map((x, i) => -factor * t[i]! * Math.log(sigmoid(x)) - (1 - t[i]!) * Math.log(sigmoid(-x)));
  const loss = nn.binaryCrossEntropyWithLogits;
  assertReductions((options) => loss(logits, targets, options), losses(1));
  assertGradient((x) => loss(x, targets), logits);
  assertGradient((x) => loss(logits, x), targets);
  const positiveWeight = 3;
  assertReductions((options) => loss(logits, targets, { positiveWeight, ...options }), losses(3));
  assertGradient((x) => loss(x, targets, { positiveWeight }), logits);
  assertClose(
    loss(logits, targets, { positiveWeight: tensor([3, 3, 3, 3], float64) }),
    loss(logits, targets, { positiveWeight }),
    1e-15,
  );
});

Deno.test("binaryCrossEntropyWithLogits() neither overflows nor loses what is tiny", () => {
  const targets = tensor([1, 0, 1, 0], float64);
  const logits = tensor([1000, -1000, -1000, 1000], float64);
  const loss = nn.binaryCrossEntropyWithLogits;
  assertEquals(loss(logits, targets, { reduction: "none" }).toArray(), [0, 0, 1000, 1000]);
  assertEquals(
    grad((x: Tensor) => loss(x, targets, { reduction: "sum" }))(logits).toArray(),
    [0, 0, -1, 1],
  );
  const sure = loss(tensor([30], float64), tensor([1], float64)).item();
  assertAlmostEquals(sure / Math.exp(-30), 1, 1e-12);
});

Deno.test("hinge() is what a score lacks to the margin, or its square", () => {
  const scores = tensor([2, 0.5, -1, 0.25], float64);
  const targets = tensor([1, 1, 1, -1], float64);
  assertReductions((options) => nn.hinge(scores, targets, options), [0, 0.5, 2, 1.25]);
  const squared = { margin: 2, power: 2 } as const;
  assertReductions(
    (options) => nn.hinge(scores, targets, { ...squared, ...options }),
    [0, 2.25, 9, 2.25 ** 2],
  );
  assertGradient((x) => nn.hinge(x, targets), scores);
  assertGradient((x) => nn.hinge(x, targets, { margin: 2.5, power: 2 }), scores);
});

Deno.test("losses name both kinds where targets are of another kind than the outputs", () => {
  const error = assertThrows(
    () => nn.meanSquaredError(tensor([1, 2]), tensor([1, 2], int32)),
    DTypeError,
    "float32 and int32",
  );
  assertPointsInto(import.meta.url, error);
});
