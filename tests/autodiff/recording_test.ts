import { assert, assertEquals, assertThrows } from "@std/assert";
import { isRecording, isTransforming, noGrad } from "../../src/autodiff/recording.ts";
import { grad } from "../../src/autodiff/transforms.ts";
import { tensor } from "../../src/values/creation.ts";
import type { Tensor } from "../../src/values/tensor.ts";
import { value } from "../../src/values/value.ts";

Deno.test("noGrad() leaves results without a history", () => {
  const w = tensor([1, 2], { requiresGrad: true });
  assert(w.mul(2).origin !== null);
  assertEquals(noGrad(() => w.mul(2)).origin, null);
  assertEquals(noGrad(() => value(1).exp()).origin, null);
});

Deno.test("noGrad() nests, and ends with its function even where that throws", () => {
  noGrad(() => {
    noGrad(() => assertEquals(isRecording(), false));
    assertEquals(isRecording(), false);
  });
  assertThrows(() =>
    noGrad(() => {
      throw new Error("inside");
    })
  );
  assertEquals(isRecording(), true);
});

Deno.test("noGrad() inside a differentiated function makes a constant", () => {
  const f = (x: Tensor) => x.mul(noGrad(() => x.square())).sum();
  assertEquals(grad(f)(tensor([3])).toArray(), [9]);
});

Deno.test("isTransforming() holds inside a differentiated function, and no longer", () => {
  assertEquals(isTransforming(), false);
  grad((x: Tensor) => {
    assertEquals([isTransforming(), isRecording()], [true, true]);
    return x.sum();
  })(tensor([1]));
  assertThrows(() =>
    grad(() => {
      throw new Error("inside");
    })(tensor([1]))
  );
  assertEquals(isTransforming(), false);
});

Deno.test("operations on plain tensors remember nothing", () => {
  assertEquals(tensor([1]).add(tensor([2])).exp().origin, null);
  assertEquals(value(1).detach().exp().origin, null);
});
