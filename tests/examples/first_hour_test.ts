import { assert, assertEquals } from "@std/assert";
import { linesOf, pathOf } from "./run_example.ts";

const folder = Deno.env.get("MNIST_DIR") ?? pathOf("../shared/data/mnist");

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

Deno.test({
  name: "examples/first_hour.ts trains on MNIST for an epoch in at most 15 lines",
  ignore: !isThere(folder), // the real files are not part of the repository
  async fn() {
    const source = await Deno.readTextFile(pathOf("examples/first_hour.ts"));
    assert(source.trimEnd().split("\n").length <= 15);
    const lines = await linesOf("first_hour.ts", {
      flags: [`--allow-read=${folder}`],
      args: [folder],
    });
    assertEquals(lines.length, 2);
    const accuracy = Number(lines.at(-1)!.match(/^test accuracy: (\d+\.\d\d)%$/)![1]);
    assert(accuracy >= 92.6, `${accuracy} %, PyTorch's ten seeds reach 92.67 to 93.69 %`);
  },
});
