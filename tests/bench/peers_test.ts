import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { disagreements, spread } from "../../bench/peers/agreement.ts";
import { Cores } from "../../bench/peers/cores.ts";
import { OptionError, readOptions } from "../../bench/peers/options.ts";
import { type GroupRecord, recordOf } from "../../bench/peers/record.ts";
import type { Measurement } from "../../bench/peers/rounds.ts";
import { ratiosOf, sectionsOf } from "../../bench/peers/tables.ts";
import { type Group, groupsOf } from "../../bench/peers/tasks.ts";
import { firstLayers, transposed, uniforms } from "../../bench/peers/workers/starting_point.ts";

const group: Group = groupsOf(["mlp"], ["iv"])[0]!;
const key = "iv sgd";

function measurement(implementation: string, round: number, ms: number, check = 0.7): Measurement {
  return { implementation, round, key, ms, least: ms, most: ms, check, version: "1.2" };
}

const measurements = [
  measurement("turunan", 0, 1),
  measurement("turunan", 1, 2),
  measurement("PyTorch, 1 thread", 0, 4),
  measurement("PyTorch, 2 threads", 0, 3),
  measurement("PyTorch, 1 thread", 1, 5),
  measurement("PyTorch, 2 threads", 1, 8),
  measurement("PyTorch tuned, 1 thread", 0, 1.5),
];

function record(): GroupRecord {
  const circumstances = {
    date: "2026-11-23",
    machine: "a machine",
    runtime: "Deno",
    digits: "MNIST",
    rounds: 2,
  };
  return recordOf(group, { measurements, leftOut: ["jax-js: broken"], circumstances });
}

Deno.test("ratiosOf() takes the peer's best setting of each round", () => {
  const pyTorch = { title: "", peer: /^PyTorch, /, own: "turunan" };
  assertEquals(ratiosOf(record(), key, pyTorch), [3, 2.5]);
  const tuned = { title: "", peer: /^PyTorch tuned, /, own: "turunan" };
  assertEquals(ratiosOf(record(), key, tuned), [1.5]); // the round without an answer counts nothing
});

Deno.test("sectionsOf() shows medians with their spread, losses, and who was left out", () => {
  const [section] = sectionsOf([record()]);
  assertEquals(section!.title, "Training steps");
  assertStringIncludes(section!.text, "| iv sgd  | 2.75 [2.50-3.00]");
  assertStringIncludes(section!.text, "| 0.700000 |");
  assertStringIncludes(section!.text, "PyTorch 1.2");
  assertStringIncludes(section!.text, "- jax-js: broken");
  assert(!section!.text.includes("two cores")); // nobody looked
});

Deno.test("sectionsOf() says what two cores were worth, where that was looked at", () => {
  const looked = measurements.map((one, i) => ({ ...one, cores: 1.5 + i / 10 }));
  const { leftOut, ...circumstances } = record();
  const kept = recordOf(group, { measurements: looked, leftOut, circumstances });
  assertStringIncludes(sectionsOf([kept])[0]!.text, "two cores over one: 1.80 [1.50-2.10]");
  const other = { ...group, tasks: [...group.tasks, { ...group.tasks[0]!, key: "other" }] };
  const twice = [...looked, ...looked.map((one) => ({ ...one, key: "other" }))];
  const both = recordOf(other, { measurements: twice, leftOut, circumstances });
  assertEquals(both.cores, kept.cores); // a process that did two tasks was looked at once
});

Deno.test({
  name: "Cores compares loops on one core and on two",
  ignore: navigator.hardwareConcurrency < 2,
  fn: async () => {
    const cores = (await Cores.open())!;
    const worth = await cores.settled(0);
    cores.close();
    assert(worth > 0.2 && worth < 8, `${worth}`); // other programs may have one of them
  },
});

Deno.test("disagreements() names every implementation where losses lie apart", () => {
  assertEquals(disagreements([group], measurements), []);
  const [wrong] = disagreements([group], [...measurements, measurement("jax-js", 0, 9, 0.71)]);
  assertStringIncludes(wrong!, "iv sgd: 1.4e-2 apart");
  assertStringIncludes(wrong!, "0.71  jax-js, round 1");
  assertEquals(disagreements([group], [measurement("jax-js", 0, 9, NaN)]).length, 1);
});

Deno.test("spread() is relative", () => {
  assertEquals(spread([]), 0);
  assertEquals(spread([0, 0]), 0);
  assertEquals(spread([2, 4]), 0.5);
});

Deno.test("uniforms() gives the numbers of the oracle", () => {
  const next = uniforms(20240501);
  assertEquals([next(), next()], [0.4913568086922169, 0.9280563851352781]);
});

Deno.test("firstLayers() are within their bounds, and turn over", () => {
  const [first, second] = firstLayers([9, 3, 2]);
  assertEquals([first!.weight.length, first!.bias.length, second!.weight.length], [27, 3, 6]);
  assert(first!.weight.every((w) => Math.abs(w) <= 1 / 3));
  assertEquals(transposed(first!)[1], first!.weight[9]);
});

Deno.test("readOptions() says what there is where it is asked for something else", () => {
  assertEquals(readOptions(["--help"]), null);
  assertEquals(readOptions(["--only", "matmul,mlp", "--rounds", "2"])?.only, ["mlp", "matmul"]);
  assertEquals(readOptions(["--quick", "--repeats", "5"])?.timing.repeats, 5);
  assertEquals(readOptions(["--patience", "0"])?.patience, 0);
  const wrong = (args: string[], text: string) =>
    assertThrows(() => readOptions(args), OptionError, text);
  wrong(["--configs", "v"], "--configs v: there are i, ii, iii, iv");
  wrong(["--rounds", "none"], "--rounds is none, not a number above 0");
  wrong(["--patience=-1"], "--patience is -1, not a number from 0 on");
  wrong(["--nonsense"], "There is no option --nonsense");
  wrong(["--quick", "--write"], "Quick rounds are not written");
});
