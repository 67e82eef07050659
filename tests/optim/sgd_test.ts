import { assertAlmostEquals, assertThrows } from "@std/assert";
import { optim, tensor, UsageError } from "../../src/mod.ts";
import { assertPointsInto } from "../first_frame.ts";

const gradients = [1, -2, 0.5, 3, 0] as const;

/** The parameter after each step from 2, in float64, with the gradients above. */
function path(options: optim.SgdOptions): number[] {
  const sgd = optim.sgd(options);
  let before = { model: tensor([2], { dtype: "float64" }), state: undefined as never };
  before = { ...before, state: sgd.init(before.model) as never };
  return gradients.map((g) => {
    before = sgd.update(before.model, tensor([g], { dtype: "float64" }), before.state) as never;
    return before.model.item();
  });
}

/** The same by hand: `next` takes the parameter, the gradient and the velocity. */
function byHand(
  next: (w: number, g: number, v: number, step: number) => [w: number, v: number],
): number[] {
  let [w, v] = [2, 0];
  return gradients.map((g, i) => {
    [w, v] = next(w, g, v, i + 1);
    return w;
  });
}

function assertPath(options: optim.SgdOptions, expected: readonly number[]): void {
  for (const [i, w] of path(options).entries()) assertAlmostEquals(w, expected[i]!, 1e-14);
}

Deno.test("sgd() steps against the gradient", () => {
  assertPath({ learningRate: 0.5 }, [1.5, 2.5, 2.25, 0.75, 0.75]);
  assertPath({ learningRate: 0 }, [2, 2, 2, 2, 2]);
});

Deno.test("sgd() with momentum keeps a part of its velocity", () => {
  assertPath(
    { learningRate: 0.1, momentum: 0.5 },
    byHand((w, g, v) => [w - 0.1 * (0.5 * v + g), 0.5 * v + g]),
  );
});

Deno.test("sgd() dampens what joins the velocity, the first gradient excepted", () => {
  assertPath(
    { learningRate: 0.1, momentum: 0.5, dampening: 0.25 },
    byHand((w, g, v, step) => {
      const velocity = step === 1 ? g : 0.5 * v + 0.75 * g;
      return [w - 0.1 * velocity, velocity];
    }),
  );
});

Deno.test("sgd() with nesterov looks ahead along the velocity", () => {
  assertPath(
    { learningRate: 0.1, momentum: 0.5, nesterov: true },
    byHand((w, g, v) => [w - 0.1 * (g + 0.5 * (0.5 * v + g)), 0.5 * v + g]),
  );
});

Deno.test("sgd() with weightDecay pulls to 0, through the momentum too", () => {
  assertPath(
    { learningRate: 0.1, weightDecay: 0.5 },
    byHand((w, g) => [w - 0.1 * (g + 0.5 * w), 0]),
  );
  assertPath(
    { learningRate: 0.1, weightDecay: 0.5, momentum: 0.9 },
    byHand((w, g, v) => [w - 0.1 * (0.9 * v + g + 0.5 * w), 0.9 * v + g + 0.5 * w]),
  );
});

Deno.test("sgd() throws UsageError for options that are no sensible numbers", () => {
  const wrong = [
    [{ learningRate: -1 }, "Cannot make sgd: learningRate is -1, not a number >= 0"],
    [{ learningRate: NaN }, "learningRate is NaN"],
    [{ learningRate: Infinity }, "learningRate is Infinity"],
    [{ learningRate: 1, momentum: -0.1 }, "momentum is -0.1"],
    [{ learningRate: 1, momentum: 0.5, dampening: NaN }, "dampening is NaN"],
    [{ learningRate: 1, weightDecay: -1 }, "weightDecay is -1"],
    [{ learningRate: 1, nesterov: true }, "nesterov takes a momentum above 0 and no dampening"],
    [{ learningRate: 1, nesterov: true, momentum: 0.9, dampening: 0.1 }, "no dampening"],
    [{} as optim.SgdOptions, "learningRate is undefined"],
  ] as const;
  for (const [options, message] of wrong) {
    assertPointsInto(import.meta.url, assertThrows(() => optim.sgd(options), UsageError, message));
  }
});
