import { assert, assertEquals } from "@std/assert";
import { linesOf } from "./run_example.ts";

Deno.test("examples/xor.ts shows a perceptron fail and a network succeed", async () => {
  const lines = await linesOf("xor.ts");
  const answers = lines.filter((line) => /^ [01] +[01] +[01] /.test(line));
  assertEquals(answers.map((line) => line.match(/[01?] \(/g)!.map((answer) => answer[0])), [
    ["?", "0"],
    ["?", "1"],
    ["?", "1"],
    ["?", "0"],
  ]);
  assert(lines.includes("Of 10,000 random lines the best gets 75 % right."));
  assertEquals(
    lines.at(-1),
    "The perceptron is sure and right at 0 % of the points, the network at 100 %.",
  );
  for (const line of lines) assert(line.length <= 80, line);
});
