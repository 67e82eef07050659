import { assertEquals, assertStringIncludes } from "@std/assert";
import { nn, type Tensor, tensor } from "../../src/mod.ts";
import type { Display } from "../../src/values/display.ts";

function displayOf(shown: object): Display {
  const display = Reflect.get(shown, Symbol.for("Jupyter.display")) as () => Display;
  return display.call(shown);
}

/** The cells of the table, row by row, without its headers. */
function rowsOf(model: object): string[][] {
  const html = displayOf(model)["text/html"];
  return [...html.matchAll(/<tr>(.*?)<\/tr>/g)].slice(1).map(([, row]) =>
    [...row!.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell!)
  );
}

Deno.test("a model shows its layers with their parameters, and how many there are", () => {
  const model = nn.mlp([784, 128, 10]);
  assertEquals(rowsOf(model), [
    ["layers[0]", "Linear", "weight [128, 784], bias [128]", "100,480"],
    ["layers[1]", "Activation relu", "", "0"],
    ["layers[2]", "Linear", "weight [10, 128], bias [10]", "1,290"],
  ]);
  assertStringIncludes(displayOf(model)["text/html"], "Sequential with 101,770 parameters");
  assertEquals(displayOf(model)["text/plain"], String(model));
});

Deno.test("a layer by itself shows as one row", () => {
  assertEquals(rowsOf(new nn.Linear(2, 3, { bias: false })), [
    ["model", "Linear", "weight [3, 2]", "6"],
  ]);
  assertEquals(rowsOf(new nn.Flatten()), [["model", "Flatten", "", "0"]]);
});

Deno.test("a layer of one's own shows what stands in it beside its parts, shared ones once", () => {
  class Scaled extends nn.Layer {
    readonly rate = 0.5;
    readonly scales = { inner: [tensor([1], { requiresGrad: true })] };
    readonly first = new nn.Linear(2, 2, { bias: false });
    readonly blocks = [new nn.Sequential([new nn.Linear(2, 2, { bias: false })])];
    constructor() {
      super();
      (this.blocks[0]!.layers[0] as nn.Linear).weight = this.first.weight;
    }
    override forward(inputs: Tensor): Tensor {
      return this.blocks[0]!.forward(this.first.forward(inputs));
    }
  }
  assertEquals(rowsOf(new Scaled()), [
    ["model", "Scaled rate 0.5", "scales.inner[0] [1]", "1"],
    ["first", "Linear", "weight [2, 2]", "4"],
    ["blocks[0].layers[0]", "Linear", "weight [2, 2] shared", "0"],
  ]);
});

Deno.test("the name of a class is shown letter by letter", () => {
  const odd = { ["A<b>"]: class extends nn.Flatten {} }["A<b>"]!;
  assertEquals(rowsOf(new odd())[0]![1], "A&lt;b&gt;");
});
