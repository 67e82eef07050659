import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { entriesOf, leavesLike, leavesOf, mapTree, rebuild } from "../../src/autodiff/tree.ts";
import { grad } from "../../src/autodiff/transforms.ts";
import { UsageError } from "../../src/ops/error.ts";
import { tensor, zeros } from "../../src/values/creation.ts";
import { Random } from "../../src/values/random.ts";
import type { Tensor } from "../../src/values/tensor.ts";
import { value } from "../../src/values/value.ts";

class Layer {
  readonly random = new Random(1);
  constructor(readonly weight: Tensor, readonly units = 3) {}
  forward(x: Tensor): Tensor {
    return x.mul(this.weight).mul(this.random.next());
  }
}

const model = () => ({
  layers: [new Layer(tensor([1])), new Layer(tensor([2]))],
  scale: value(3),
  name: "model",
  table: new Float32Array(2),
  made: new Date(0),
  nothing: null,
});

Deno.test("entriesOf() names leaves as they would be written, in the order of fields", () => {
  const paths = entriesOf(model()).map(([path]) => path);
  assertEquals(paths, ["layers[0].weight", "layers[1].weight", "scale"]);
  const leaf = tensor(1);
  assertEquals(entriesOf(leaf), [["", leaf]]);
  assertEquals(entriesOf([[leaf]])[0]![0], "[0][0]");
  assertEquals(entriesOf({ a: 1, b: "x", c: undefined }), []);
});

Deno.test("mapTree() replaces leaves and keeps classes and whatever holds no leaf", () => {
  const before = model();
  const after = mapTree(before, (leaf) => leaf.fillLike(7));
  assert(after.layers[1] instanceof Layer);
  assertEquals(after.layers[1].weight.toArray(), [7]);
  assertEquals(before.layers[1]!.weight.toArray(), [2]);
  assertEquals([after.scale.data, after.layers[0]!.units, after.name], [7, 3, "model"]);
  assertStrictEquals(after.table, before.table);
  assertStrictEquals(after.made, before.made);
  assertStrictEquals(after.layers[0]!.random, before.layers[0]!.random);
});

Deno.test("mapTree() leaves objects with private state usable, as a layer's random numbers", () => {
  const draw = new Random(1).next();
  const gradient = grad((layer: Layer) => layer.forward(tensor([2])).sum())(
    new Layer(tensor([5])),
  );
  assertEquals(gradient.weight.toArray(), [Math.fround(2 * Math.fround(draw))]);
});

Deno.test("rebuild() puts leaves in the order in which leavesOf() lists them", () => {
  const tree = { b: [tensor(1), tensor(2)], a: tensor(3) };
  const leaves = leavesOf(tree);
  assertEquals(leaves.map((leaf) => (leaf as Tensor).item()), [1, 2, 3]);
  const rebuilt = rebuild(tree, leaves.toReversed());
  assertEquals([rebuilt.b[0]!.item(), rebuilt.b[1]!.item(), rebuilt.a.item()], [3, 2, 1]);
});

Deno.test("leavesLike() finds leaves by their path, and throws where there is none", () => {
  const tree = { a: tensor(1), b: tensor(2) };
  const [a, b] = leavesLike("add", tree, { b: zeros([3]), other: tensor(9), a: tensor(5) });
  assertEquals([a!.shape, b!.shape], [[], [3]]);
  assertThrows(
    () => leavesLike("update", tree, { a: tensor(1) }),
    UsageError,
    'Cannot update: there is nothing at "b" to go with the other',
  );
});

Deno.test("leavesLike() tells places apart that are written alike", () => {
  const tree = { "h.w": tensor(0), h: { w: tensor(0) }, "l[0]": tensor(0), l: [tensor(0)] };
  const numbers = { "h.w": tensor(1), h: { w: tensor(2) }, "l[0]": tensor(3), l: [tensor(4)] };
  const found = leavesLike("add", tree, numbers) as Tensor[];
  assertEquals(found.map((leaf) => leaf.item()), [1, 2, 3, 4]);
});

Deno.test("mapTree() keeps the class of an array", () => {
  class Stack extends Array<Tensor> {
    total(): number {
      return this.reduce((sum, leaf) => sum + leaf.item(), 0);
    }
  }
  const doubled = mapTree(Stack.of(tensor(1), tensor(2)) as Stack, (leaf) => leaf.add(leaf));
  assert(doubled instanceof Stack && Array.isArray(doubled));
  assertEquals([doubled.length, doubled.total()], [2, 6]);
});
