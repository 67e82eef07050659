/** Whoever imports the library can check their program as strictly as they like. */

import { assert, assertEquals } from "@std/assert";
import { compile, grad, hessian, jacobian, jvp, nn, optim, parseIdx, stack } from "../src/mod.ts";
import { type Tensor, tensor, vjp } from "../src/mod.ts";
import { pathOf } from "./examples/run_example.ts";

const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  lib: ["esnext", "dom", "dom.iterable"], // a page has none of Deno's own types
};

Deno.test("the sources pass the strictest check, without the types of Deno", async () => {
  const config = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(config, JSON.stringify({ compilerOptions: strictest }));
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", config, pathOf("src/mod.ts")],
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals({ code, complaint: new TextDecoder().decode(stderr) }, { code: 0, complaint: "" });
  } finally {
    await Deno.remove(config);
  }
});

Deno.test("functions keep the types of what they are given", async () => {
  const x = tensor([1, 2]);
  const square = (x: Tensor) => x.square();
  const matrices: Tensor[] = [jacobian(square)(x), hessian((x: Tensor) => square(x).sum())(x)];
  // @ts-expect-error: it is a tensor
  const wrong: string = jacobian(square)(x);
  assert(matrices.includes(wrong as unknown as Tensor) === false);
  const nested = hessian(({ w }) => w.square().sum())({ w: x }); // known of nobody
  assertEquals(nested.w.w.toArray(), [[2, 0], [0, 2]]);

  const scaled = (x: Tensor, factor = 2) => x.mul(factor);
  assertEquals(compile(scaled)(x, 3).toArray(), [3, 6]);
  assertEquals(grad((x: Tensor, factor = 2) => scaled(x, factor).sum())(x).toArray(), [2, 2]);
  assertEquals(vjp((x: Tensor, y = x) => x.mul(y), x, x)[0].toArray(), [1, 4]);

  const many: Tensor[] = [x];
  const [y, pullback] = vjp((...all: Tensor[]) => stack(all), ...many);
  assertEquals(pullback(y).toArray(), [1, 2]); // of one input it is no array
  const two = [x, x] as const;
  assertEquals(jvp((a: Tensor, b: Tensor) => a.mul(b), two, two)[1].toArray(), [2, 8]);

  const optimizer = optim.sgd({ learningRate: 1 });
  const model = nn.mlp([2, 1]);
  const total = (model: nn.Layer): Tensor => model.forward(x.reshape([1, 2])).sum();
  const slopes = grad(total)(model); // of whatever a function takes
  assertEquals(optimizer.update(model, slopes, optimizer.init(model)).state.step.item(), 1);

  const small: nn.Initializer = (shape, random, dtype) => random.normal(shape, { std: 0.1, dtype });
  assertEquals(new nn.Linear(2, 1, { initializer: small }).weight.shape, [1, 2]);

  const { size } = new Blob([x.data]);
  assertEquals(size, 8);
  const bytes: Uint8Array = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7);
  assertEquals([...(await parseIdx(bytes)).data], [7]);
});
