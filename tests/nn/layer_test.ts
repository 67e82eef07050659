import { assertEquals, assertStrictEquals } from "@std/assert";
import { nn, Random, type Tensor, tensor } from "../../src/mod.ts";

/** A layer whose two parts share a weight. */
class Tied extends nn.Layer {
  readonly first = new nn.Linear(2, 2, { bias: false });
  readonly second = new nn.Linear(2, 2, { bias: false });

  constructor() {
    super();
    this.second.weight = this.first.weight;
  }

  override forward(inputs: Tensor): Tensor {
    return this.second.forward(this.first.forward(inputs));
  }
}

Deno.test("Layer.parameters() finds tensors in nested fields, in the order of the fields", () => {
  class Nested extends nn.Layer {
    readonly blocks = [{ inner: new nn.Linear(1, 2) }, { inner: new nn.Linear(2, 3) }];
    readonly scale = tensor([1], { requiresGrad: true });
    override forward(inputs: Tensor): Tensor {
      return inputs;
    }
  }
  const shapes = new Nested().parameters().map(({ shape }) => shape);
  assertEquals(shapes, [[2, 1], [2], [3, 2], [3], [1]]);
});

Deno.test("Layer.parameters() has a shared parameter once", () => {
  const tied = new Tied();
  assertEquals(tied.parameters().length, 1);
  assertStrictEquals(tied.parameters()[0], tied.first.weight);
});

Deno.test("Layer.zeroGrad() forgets all derivatives", () => {
  const model = nn.mlp([2, 3, 1]);
  model.forward(tensor([[1, 2]])).sum().backward();
  assertEquals(model.parameters().every(({ grad }) => grad !== null), true);
  model.zeroGrad();
  assertEquals(model.parameters().every(({ grad }) => grad === null), true);
});

Deno.test("Layer prints as a table of its parameters, shared ones counted once", () => {
  const model = nn.mlp([784, 128, 10], { random: new Random(0) });
  const table = [
    "Sequential with 101,770 parameters",
    "  layers[0].weight  [128, 784] float32",
    "  layers[0].bias    [128] float32",
    "  layers[2].weight  [10, 128] float32",
    "  layers[2].bias    [10] float32",
  ].join("\n");
  assertEquals(String(model), table);
  assertEquals(Deno.inspect(model), table);
  assertEquals(String(new Tied()).split("\n")[0], "Tied with 4 parameters");
  assertEquals(String(new nn.Activation("relu")), "Activation with 0 parameters");
});
