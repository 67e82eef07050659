import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { digits, nn, tensor, zeros } from "../../mod.ts";
import { gzip, idxBytes } from "../data/idx_bytes.ts";
import { linesOf, pathOf, runProgram } from "./run_example.ts";
import { report } from "../../examples/mnist/report.ts";

const mnist = "mnist.ts";

/** Files of MNIST's format with a few drawn digits, in a folder of their own. */
async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const { train, test } = digits({ train: 240, test: 40 });
  try {
    for (const [prefix, { inputs, labels }] of [["train", train], ["t10k", test]] as const) {
      const count = labels.size;
      const pixels = Uint8Array.from(inputs.data, (ink) => Math.round(255 * ink));
      const images = idxBytes(0x08, [count, 28, 28], pixels);
      await Deno.writeFile(`${folder}/${prefix}-images-idx3-ubyte.gz`, await gzip(images));
      await Deno.writeFile(
        `${folder}/${prefix}-labels-idx1-ubyte.gz`,
        await gzip(idxBytes(0x08, [count], Uint8Array.from(labels.data))),
      );
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function accuracyIn(line: string | undefined): number {
  assertMatch(line ?? "", /^test accuracy: \d+\.\d\d%$/);
  return parseFloat(line!.slice("test accuracy: ".length));
}

Deno.test("examples/mnist.ts reads 95 % of the built-in digits, with no permission", async () => {
  const lines = await linesOf(mnist);
  assert(accuracyIn(lines.at(-1)) >= 95, lines.at(-1));
  assertEquals(lines.filter((line) => /^epoch \d\/6 +loss .* s$/.test(line)).length, 6);
  const heading = lines.findIndex((line) => /^ +0 +1 +2 .* 9 +right$/.test(line));
  const rows = lines.slice(heading + 1, heading + 11).map((line) => line.trim().split(/ +/));
  assertEquals(rows.map(([digit]) => Number(digit)), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const counts = rows.flatMap((row) => row.slice(1, 11)).map((cell) => Number(cell) || 0);
  assertEquals(counts.reduce((sum, count) => sum + count), 2000);
  assert(lines.some((line) => /^it said \d \(\d+\.\d %\)/.test(line)));
  assert(lines.some((line) => /^it is \d/.test(line)));
  assert(lines.every((line) => line.length <= 80 && !line.includes("\x1b")));
});

Deno.test("examples/mnist.ts --quiet prints its last line only", async () => {
  const args = ["--quiet", "--epochs", "1", "--hidden", "16,16", "--optimizer", "sgd"];
  const lines = await linesOf(mnist, { args });
  assertEquals(lines.length, 1);
  assert(accuracyIn(lines[0]) > 50, lines[0]);
});

Deno.test("examples/mnist.ts --data trains on the files of a folder", async () => {
  await inFolder(async (folder) => {
    const lines = await linesOf(mnist, {
      flags: [`--allow-read=${folder}`],
      args: ["--data", folder, "--epochs", "2", "--batch", "20"],
    });
    assert(lines[0]!.endsWith("220 to train, 20 to validate, 40 to test"), lines[0]);
    accuracyIn(lines.at(-1));
  });
});

Deno.test("examples/mnist.ts prints its usage when asked for help", async () => {
  const lines = await linesOf(mnist, { args: ["--help", "--unknown"] });
  assert(lines[0]!.startsWith("Usage: "));
});

const mistakes: readonly [args: readonly string[], complaint: string][] = [
  [["--epoch", "3"], "There is no flag --epoch"],
  [["--no-quiet"], "There is no flag --no-quiet"],
  [["--epochs"], "--epochs takes a value"],
  [["--data"], "--data takes a value"],
  [["--epochs", "many"], '--epochs takes a whole number from 0 up, not "many"'],
  [["--epochs", "-1"], "No flag takes a negative number, but found -1"],
  [["--epochs=-1"], '--epochs takes a whole number from 0 up, not "-1"'],
  [["--epochs", "2.5"], '--epochs takes a whole number from 0 up, not "2.5"'],
  [["--batch", "0"], '--batch takes a whole number from 1 up, not "0"'],
  [["--hidden", "12,,8"], '--hidden takes a whole number from 1 up, not ""'],
  [["--seed", "x"], '--seed takes a whole number from 0 up, not "x"'],
  [["--learning-rate", "0"], '--learning-rate takes a number above 0, not "0"'],
  [["--learning-rate", "fast"], '--learning-rate takes a number above 0, not "fast"'],
  [["--optimizer", "magic"], '--optimizer takes adam, adamw or sgd, not "magic"'],
  [["more"], 'There is no use for "more": all arguments are flags'],
];

for (const [args, expected] of mistakes) {
  Deno.test(`examples/mnist.ts ${args.join(" ")} complains and prints its usage`, async () => {
    const { code, output, complaint } = await runProgram(pathOf("examples/mnist.ts"), { args });
    const [first, second, third] = complaint.split("\n");
    assertEquals([code, output, first, second], [2, "", expected, ""]);
    assert(third!.startsWith("Usage: "));
  });
}

/** The one line that the example complains with. */
async function complaintAbout(args: readonly string[], flags: readonly string[]): Promise<string> {
  const run = await runProgram(pathOf("examples/mnist.ts"), { args, flags });
  assertEquals([run.code, run.output], [1, ""]);
  return run.complaint;
}

Deno.test("examples/mnist.ts says which directory is missing", async () => {
  assertEquals(
    await complaintAbout(["--data", "/no/such/folder"], ["--allow-read"]),
    "Cannot load MNIST from /no/such/folder: there is no such directory",
  );
});

Deno.test("examples/mnist.ts says how to allow what --data needs", async () => {
  assertEquals(
    await complaintAbout(["--data", "somewhere"], []),
    "Cannot read somewhere without permission: allow it with deno run --allow-read=somewhere " +
      "examples/mnist.ts --data somewhere",
  );
});

Deno.test("examples/mnist.ts says which file is cut short", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/train-images-idx3-ubyte.gz`;
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.subarray(0, bytes.length / 2));
    assertMatch(
      await complaintAbout(["--data", folder], ["--allow-read"]),
      /^Cannot read .*\/train-images-idx3-ubyte\.gz: its gzip data are damaged or cut short after \d+ good bytes$/,
    );
  });
});

Deno.test("examples/mnist.ts says where a step was too large", async () => {
  assertMatch(
    await complaintAbout(["--quiet", "--learning-rate", "1e30", "--epochs", "1"], []),
    /^Cannot fit: the loss is \S+ in batch \d+ of epoch 1, .*a smaller learning rate may help$/,
  );
});

const script = "/usr/bin/script"; // runs a command in a terminal of its own

Deno.test({
  name: "examples/mnist.ts shows a bar and colours on a terminal, and asks for nothing",
  ignore: !isFile(script),
  async fn() {
    const example = `"${Deno.execPath()}" run --quiet "${pathOf("examples/mnist.ts")}"`;
    const { stdout } = await new Deno.Command(script, {
      args: ["--quiet", "--return", "--command", example, "/dev/null"],
      stdin: "null",
      env: { NO_COLOR: "" },
      signal: AbortSignal.timeout(120_000), // a question would wait for ever
    }).output();
    const output = new TextDecoder().decode(stdout).replaceAll("\x1b", "ESC");
    assert(!output.includes("Deno requests"), output);
    assertMatch(output, /ESC\[Kepoch 1\/6 [█░]{24} \d+\/94/);
    assertMatch(output, /ESC\[38;5;\d+;48;5;\d+m▀/);
    accuracyIn(output.trimEnd().split("\r\n").at(-1));
  },
});

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

Deno.test("report() counts what was read right of each digit, and says where nothing was misread", () => {
  const labels = tensor([0, 0, 1, 1, 1], { dtype: "int32" });
  const answers = (read: number[]) =>
    ({
      forward: () => tensor(read, { dtype: "int32" }).oneHot(10).cast("float32").mul(9),
    }) as unknown as nn.Model;
  const test = { inputs: zeros([5, 784]), labels };
  const lines = report(answers([0, 1, 1, 1, 0]), test).split("\n");
  assertStringIncludes(lines[3]!, "50.0 %");
  assertStringIncludes(lines[4]!, "66.7 %");
  assertStringIncludes(report(answers([0, 0, 1, 1, 1]), test), "It made no mistakes.");
});
