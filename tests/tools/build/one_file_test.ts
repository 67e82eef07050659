import { assert, assertEquals } from "@std/assert";
import * as handedOut from "../../../mod.ts";
import * as listed from "../../../src/mod.ts";
import { isCurrent } from "../../../tools/build/fingerprint.ts";
import { build } from "../../../tools/build/one_file.ts";
import { runProgram } from "../../examples/run_example.ts";

const program = `
  import { compile, nn, optim, tensor, valueAndGrad } from "./turunan.js";
  const optimizer = optim.adam({ learningRate: 0.05 });
  const step = compile((model, state, x, y) => {
    const loss = (model) => nn.meanSquaredError(model.forward(x), y);
    const [value, gradients] = valueAndGrad(loss)(model);
    return { value, ...optimizer.update(model, gradients, state) };
  });
  let model = nn.mlp([1, 16, 1], { activation: nn.tanh });
  let state = optimizer.init(model);
  const x = tensor([[-1], [0], [1], [2]]), y = tensor([[1], [0], [1], [4]]);
  let value;
  for (let i = 0; i < 500; i++) ({ value, model, state } = step(model, state, x, y));
  console.log(value.item() < 0.05);
  try {
    x.matmul(y);
  } catch (error) {
    const [message, frame] = error.stack.split("\\n");
    console.log(message);
    console.log(frame.includes("program.js"));
  }
`;

Deno.test("dist/turunan.js is of the sources as they are", async () => {
  assert(await isCurrent(), "src/ has changed since: run deno task build");
});

Deno.test("mod.ts hands out what src/mod.ts lists", () => {
  assertEquals(Object.keys(handedOut), Object.keys(listed));
});

Deno.test("classes in dist/turunan.js have the names of their sources", () => {
  const namesIn = (module: typeof listed) =>
    Object.entries({ ...module, ...module.nn, ...module.optim })
      .flatMap(([key, thing]) => /^[A-Z]/.test(key) ? [(thing as { name: string }).name] : []);
  assert(namesIn(listed).length > 20);
  assertEquals(namesIn(handedOut), namesIn(listed));
});

Deno.test("deno task build makes one file that trains and complains as the sources do", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/turunan.js`, await build());
    await Deno.writeTextFile(`${folder}/program.js`, program);
    const { output, complaint } = await runProgram(`${folder}/program.js`, {
      flags: ["--no-prompt"],
    });
    assertEquals(complaint, "");
    assertEquals(output.split("\n"), [
      "true",
      "ShapeError: Cannot matmul [4, 1] by [4, 1]: inner lengths are 1 and 4",
      "true",
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
