import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { assertThrows } from "@std/assert";
import { nn, Random, ShapeError, type Tensor, UsageError } from "../../src/mod.ts";

const { init } = nn;
const shape = [150, 200] as const;

/** The numbers of an initializer in float64, from one seed. */
function drawn(initializer: nn.Initializer, of: readonly number[] = shape): Tensor {
  return initializer(of, new Random(7), "float64");
}

/** Asserts an even spread up to `bound` on both sides: its edges, mean and variance. */
function assertUniform(weight: Tensor, bound: number): void {
  assert(weight.abs().max().item() <= bound);
  assertAlmostEquals(weight.max().item() / bound, 1, 1e-3);
  assertAlmostEquals(weight.min().item() / bound, -1, 1e-3);
  assertAlmostEquals(weight.mean().item() / bound, 0, 0.01);
  assertAlmostEquals(weight.std().item() / (bound / Math.sqrt(3)), 1, 0.01);
}

/** Asserts a bell: its mean and variance, and what lies within one and beyond three of it. */
function assertNormal(weight: Tensor, std: number): void {
  assertAlmostEquals(weight.mean().item() / std, 0, 0.02);
  assertAlmostEquals(weight.std().item() / std, 1, 0.01);
  const share = (x: number) => weight.abs().less(x * std).cast("float64").mean().item();
  assertAlmostEquals(share(1), 0.6827, 0.01);
  assertAlmostEquals(share(3), 0.9973, 0.002);
}

Deno.test("fans() counts what flows into and out of a unit, a kernel's places included", () => {
  assertEquals(init.fans([2, 3]), { fanIn: 3, fanOut: 2 });
  assertEquals(init.fans([8, 3, 5, 5]), { fanIn: 75, fanOut: 200 });
});

Deno.test("fans() throws ShapeError for fewer than two axes", () => {
  for (const shape of [[], [3]]) {
    assertThrows(() => init.fans(shape), ShapeError, "weights have at least two axes");
  }
});

Deno.test("gain() is PyTorch's", () => {
  assertEquals([init.gain("linear"), init.gain("sigmoid"), init.gain("tanh")], [1, 1, 5 / 3]);
  assertEquals([init.gain("relu"), init.gain("selu")], [Math.SQRT2, 0.75]);
  assertAlmostEquals(init.gain("leakyRelu"), Math.sqrt(2 / 1.0001), 1e-15);
  assertAlmostEquals(init.gain("leakyRelu", 0.5), Math.sqrt(1.6), 1e-15);
});

Deno.test("gain() throws UsageError for a function it does not know", () => {
  const unknown = "swish" as "relu";
  assertThrows(() => init.gain(unknown), UsageError, "Cannot tell the gain of swish");
});

Deno.test("uniformFanIn() spreads evenly within 1/sqrt(fanIn)", () => {
  assertUniform(drawn(init.uniformFanIn()), 1 / Math.sqrt(200));
});

Deno.test("xavierUniform() and xavierNormal() have std gain sqrt(2 / (fanIn + fanOut))", () => {
  const std = Math.sqrt(2 / 350);
  assertAlmostEquals(init.xavierStd(shape), std, 1e-15);
  assertUniform(drawn(init.xavierUniform()), Math.sqrt(3) * std);
  assertUniform(drawn(init.xavierUniform({ gain: 2 })), Math.sqrt(3) * 2 * std);
  assertNormal(drawn(init.xavierNormal()), std);
  assertNormal(drawn(init.xavierNormal({ gain: 5 / 3 })), 5 / 3 * std);
});

Deno.test("kaimingUniform() and kaimingNormal() have std gain / sqrt(fan)", () => {
  const std = Math.sqrt(2 / 200);
  assertAlmostEquals(init.kaimingStd(shape), std, 1e-15);
  assertUniform(drawn(init.kaimingUniform()), Math.sqrt(3) * std);
  assertNormal(drawn(init.kaimingNormal()), std);
  assertNormal(drawn(init.kaimingNormal({ mode: "fanOut" })), Math.sqrt(2 / 150));
  const leaky = { nonlinearity: "leakyRelu", slope: 0.5 } as const;
  assertUniform(drawn(init.kaimingUniform(leaky)), Math.sqrt(3 * 1.6 / 200));
  const kernel = [40, 30, 5, 5];
  assertNormal(drawn(init.kaimingNormal({ nonlinearity: "linear" }), kernel), 1 / Math.sqrt(750));
});

Deno.test("initializers throw UsageError for a gain that is no number and a mode that is none", () => {
  const loose = init as unknown as Record<string, (options: unknown) => unknown>;
  const gains = ["xavierUniform", "xavierNormal"];
  for (const name of gains) {
    const message = 'Cannot make weights: gain is "relu", not a number';
    assertThrows(() => loose[name]!({ gain: "relu" }), UsageError, message);
  }
  for (const name of ["kaimingUniform", "kaimingNormal"]) {
    const message = 'Cannot make weights in the mode "fan_in": it is "fanIn" or "fanOut"';
    assertThrows(() => loose[name]!({ mode: "fan_in" }), UsageError, message);
  }
});

Deno.test("initializers give the same numbers for the same seed, float32 unless asked", () => {
  const all = [
    init.uniformFanIn(),
    init.xavierUniform(),
    init.xavierNormal(),
    init.kaimingUniform(),
    init.kaimingNormal(),
  ];
  for (const initializer of all) {
    const weight = initializer([4, 3], new Random(1));
    assertEquals([weight.shape, weight.dtype], [[4, 3], "float32"]);
    assertEquals(initializer([4, 3], new Random(1)).toArray(), weight.toArray());
    assertNotEquals(initializer([4, 3], new Random(2)).toArray(), weight.toArray());
  }
});
