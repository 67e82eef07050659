import { assert, assertEquals } from "@std/assert";
import { pathOf, runProgram } from "./examples/run_example.ts";

const program = (bundle: string): string => `
  import { compile, nn, optim, tensor, valueAndGrad } from "${bundle}";
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
    console.log(error.stack.split("\\n")[0]);
  }
`;

Deno.test("the task bundle makes one file that trains and complains as mod.ts does", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(pathOf("deno.json")));
  const folder = await Deno.makeTempDir();
  try {
    const bundle = `${folder}/turunan.js`;
    const [deno, ...args] = tasks.bundle.command.replace("dist/turunan.js", bundle).split(" ");
    assertEquals(deno, "deno");
    const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: pathOf("") })
      .output();
    assert(success, new TextDecoder().decode(stderr));
    await Deno.writeTextFile(`${folder}/program.js`, program(bundle));
    const { output, complaint } = await runProgram(`${folder}/program.js`, {
      flags: ["--no-prompt"],
    });
    assertEquals(complaint, "");
    assertEquals(
      output,
      "true\nShapeError: Cannot matmul [4, 1] by [4, 1]: inner lengths are 1 and 4",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
