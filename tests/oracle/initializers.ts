/** Checks of the initializers: gains, fans, and how far their samples spread. */

import { nn, Random } from "../../src/mod.ts";
import type { Tensor } from "../../src/mod.ts";
import type { Case } from "./cases.ts";
import { expectNumber, lookUp, Mismatch } from "./compare.ts";

type Nonlinearity = Parameters<typeof nn.init.gain>[0];

const nonlinearities: Readonly<Record<string, Nonlinearity>> = {
  linear: "linear",
  conv1d: "linear",
  conv2d: "linear",
  conv3d: "linear",
  sigmoid: "sigmoid",
  tanh: "tanh",
  relu: "relu",
  leaky_relu: "leakyRelu",
  selu: "selu",
};

function nonlinearityOf({ nonlinearity }: Case): Nonlinearity {
  return lookUp(nonlinearities, nonlinearity, "the gain of");
}

/** The gain of a nonlinearity. */
export function checkGain(test: Case): void {
  expectNumber(
    "gain",
    nn.init.gain(nonlinearityOf(test), test.param ?? undefined),
    test.gain,
  );
}

/** How many numbers flow in and out. */
export function checkFan({ shape, fan_in, fan_out }: Case): void {
  const { fanIn, fanOut } = nn.init.fans(shape);
  expectNumber("fan in", fanIn, fan_in);
  expectNumber("fan out", fanOut, fan_out);
}

/** The standard deviation, and samples that fit it. */
export function checkInitializer(test: Case): void {
  const { init, shape, gain } = test;
  const isXavier = init.startsWith("xavier");
  const options = isXavier ? null : {
    mode: test.mode === "fan_in" ? "fanIn" : "fanOut",
    nonlinearity: nonlinearityOf(test),
    slope: test.param ?? undefined,
  } as const;
  const initializers: Readonly<Record<string, nn.Initializer>> = {
    xavier_uniform: nn.init.xavierUniform({ gain }),
    xavier_normal: nn.init.xavierNormal({ gain }),
    kaiming_uniform: nn.init.kaimingUniform(options ?? {}),
    kaiming_normal: nn.init.kaimingNormal(options ?? {}),
  };
  const initializer = lookUp(initializers, init, "init");
  const std = options === null
    ? nn.init.xavierStd(shape, gain)
    : nn.init.kaimingStd(shape, options);
  expectNumber("std", std, test.std);
  const samples = initializer(shape, new Random(1), "float64");
  checkSamples(samples, test);
}

/** Uniform samples reach to their bound and not beyond; normal ones have their deviation. */
function checkSamples(samples: Tensor, { std, bound }: Case): void {
  const { size } = samples;
  const [found, wanted, error] = bound === undefined
    ? [samples.std().item(), std, 4 * std / Math.sqrt(2 * size)]
    : [samples.abs().max().item(), bound, 10 * bound / size];
  const isBeyond = bound !== undefined && found > wanted * (1 + 1e-12);
  if (Math.abs(found - wanted) > error || isBeyond) {
    throw new Mismatch(`samples spread to ${found}, not ${wanted}`);
  }
}
