import { assertAlmostEquals, assertThrows } from "@std/assert";
import { optim, tensor, UsageError } from "../../src/mod.ts";
import { assertPointsInto } from "../first_frame.ts";

const gradients = [1, -2, 0.5, 3, 0, 1e-3] as const;

/** The parameter after each step from 2 with the gradients above. */
function path(optimizer: optim.Optimizer, dtype: "float32" | "float64" = "float64"): number[] {
  let model = tensor([2], { dtype });
  let state = optimizer.init(model);
  return gradients.map((g) => {
    ({ model, state } = optimizer.update(model, tensor([g], { dtype }), state));
    return model.item();
  });
}

/** Adam as the paper writes it; `decay` is added to the gradient, `shrink` is apart from it. */
function byHand(
  {
    rate = 1e-3,
    betas: [b1, b2] = [0.9, 0.999],
    epsilon = 1e-8,
    decay = 0,
    shrink = 0,
    ams = false,
  }: {
    rate?: number;
    betas?: readonly [number, number];
    epsilon?: number;
    decay?: number;
    shrink?: number;
    ams?: boolean;
  },
): number[] {
  let [w, m, v, largest] = [2, 0, 0, 0];
  return gradients.map((gradient, i) => {
    const g = gradient + decay * w;
    w -= rate * shrink * w;
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * g * g;
    largest = ams ? Math.max(largest, v) : v;
    const mean = m / (1 - b1 ** (i + 1));
    w -= rate * mean / (Math.sqrt(largest / (1 - b2 ** (i + 1))) + epsilon);
    return w;
  });
}

function assertPath(optimizer: optim.Optimizer, expected: readonly number[]): void {
  for (const [i, w] of path(optimizer).entries()) assertAlmostEquals(w, expected[i]!, 1e-13);
  for (const [i, w] of path(optimizer, "float32").entries()) {
    assertAlmostEquals(w, expected[i]!, 1e-5);
  }
}

Deno.test("adam() is that of the paper, with its defaults", () => {
  assertPath(optim.adam(), byHand({}));
  const betas = [0.5, 0.7] as const;
  assertPath(
    optim.adam({ learningRate: 0.1, betas, epsilon: 0.1 }),
    byHand({ rate: 0.1, betas, epsilon: 0.1 }),
  );
  assertPath(
    optim.adam({ learningRate: 0.1, betas: [0, 0] }),
    byHand({ rate: 0.1, betas: [0, 0] }),
  );
});

Deno.test("adam() adds weightDecay to the gradient", () => {
  assertPath(
    optim.adam({ learningRate: 0.1, weightDecay: 0.5 }),
    byHand({ rate: 0.1, decay: 0.5 }),
  );
});

Deno.test("adam() with amsgrad divides by the largest mean square so far", () => {
  assertPath(
    optim.adam({ learningRate: 0.1, betas: [0.9, 0.5], amsgrad: true }),
    byHand({ rate: 0.1, betas: [0.9, 0.5], ams: true }),
  );
});

Deno.test("adamW() shrinks apart from the gradient, by 0.01 unless told otherwise", () => {
  assertPath(optim.adamW({ learningRate: 0.1 }), byHand({ rate: 0.1, shrink: 0.01 }));
  assertPath(
    optim.adamW({ learningRate: 0.1, weightDecay: 0.5, amsgrad: true, betas: [0.9, 0.5] }),
    byHand({ rate: 0.1, shrink: 0.5, ams: true, betas: [0.9, 0.5] }),
  );
});

Deno.test("adam() takes first steps of the learning rate also in single precision", () => {
  for (const g of [1e-6, 1, 1e6]) {
    const adam = optim.adam({ learningRate: 0.125, epsilon: 0 });
    const w = tensor([1]);
    const { model } = adam.update(w, tensor([g]), adam.init(w));
    assertAlmostEquals(model.item(), 0.875, 1e-6);
  }
});

Deno.test("adam() and adamW() throw UsageError for options that are no sensible numbers", () => {
  const wrong = [
    [{ learningRate: -1 }, "learningRate is -1, not a number >= 0"],
    [{ epsilon: NaN }, "epsilon is NaN"],
    [{ weightDecay: -1 }, "weightDecay is -1"],
    [{ betas: [1, 0.9] }, "a beta is 1, not a number from 0 below 1"],
    [{ betas: [0.9, -0.1] }, "a beta is -0.1"],
    [{ betas: [0.9] as unknown as [number, number] }, "a beta is undefined"],
  ] as const;
  for (const make of [optim.adam, optim.adamW]) {
    for (const [options, message] of wrong) {
      const error = assertThrows(
        () => make(options as optim.AdamOptions),
        UsageError,
        `Cannot make ${make.name}: ${message}`,
      );
      assertPointsInto(import.meta.url, error);
    }
  }
});

Deno.test("adam() corrects its bias exactly in single precision", () => {
  const adam = optim.adam({ learningRate: 1, betas: [0.9, 0.9999] }), w = tensor([0]);
  const { model } = adam.update(w, tensor([5]), adam.init(w));
  assertAlmostEquals(model.item(), -1, 1e-6);
});
