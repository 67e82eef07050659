/**
 * How long a program takes that does next to nothing: an empty one, one that imports turunan, and one
 * that compiles a training step and runs it once. Each iteration is a process, so this needs
 * `--allow-run`; without it nothing is measured.
 */

import { assertEquals } from "@std/assert";

const { state } = Deno.permissions.querySync({ name: "run" });
const ignore = state !== "granted";
const library = new URL("../mod.ts", import.meta.url).href;

const imports = `import { compile, nn, optim, Random, Tensor, valueAndGrad } from "${library}";`;
const step = `
  const random = new Random(0);
  const model = nn.mlp([784, 128, 10], { random });
  const optimizer = optim.sgd({ learningRate: 0.1 });
  const x = random.uniform([64, 784]);
  const y = new Tensor({ shape: [64], dtype: "int32", data: new Int32Array(64) });
  const step = compile((model, state, x, y) => {
    const [loss, gradients] = valueAndGrad((m) => nn.crossEntropy(m.forward(x), y))(model);
    return { loss, ...optimizer.update(model, gradients, state) };
  });
  const { loss } = step(model, optimizer.init(model), x, y);
  console.log(Math.abs(loss.item() - Math.log(10)) < 0.5);`;

/** What each program is, and what it prints. */
const programs: Readonly<Record<string, readonly [code: string, printed: string]>> = {
  "an empty program": ["", ""],
  "import of mod.ts": [`${imports} console.log(typeof compile);`, "function\n"],
  "import, and a first compiled step": [`${imports} ${step}`, "true\n"],
};

/** Runs a program given on the standard input, and returns what it prints. */
async function run(code: string): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--ext=ts", "-"],
    stdin: "piped",
    stdout: "piped",
  });
  const process = command.spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(code));
  await writer.close();
  return new TextDecoder().decode((await process.output()).stdout);
}

for (const [name, [code, printed]] of Object.entries(programs)) {
  if (!ignore) assertEquals(await run(code), printed, name);
  Deno.bench({ name, group: "a process", ignore, n: 30, warmup: 3 }, async () => {
    await run(code);
  });
}
