import { assert, assertEquals } from "@std/assert";
import { compile, ones, Random, type Tensor, tensor } from "../../../src/mod.ts";
import { assertAgree } from "../agreement.ts";
import { stepsOf } from "../run_program.ts";

const matrix = () => new Random(1).normal([3, 3], { dtype: "float64" });

Deno.test("fuse() makes one step of elementwise steps, whichever of them are results", () => {
  assertEquals(stepsOf((x: Tensor) => x.exp().neg().add(1), matrix()), ["fused"]);
  const several = (x: Tensor) => {
    const y = x.exp();
    const z = y.mul(x);
    return [y, z, z.add(y)];
  };
  assertEquals(stepsOf(several, matrix()), ["fused"]);
});

Deno.test("fuse() leaves apart what something else has to be computed between", () => {
  const f = (x: Tensor) => {
    const y = x.exp();
    return y.sub(y.max()).mul(2); // y is needed for its maximum, and that for the difference
  };
  assertEquals(stepsOf(f, matrix()), ["exp", "max", "fused"]);
  const crossing = (x: Tensor) => {
    const [a, b] = [x.exp(), x.neg()];
    return [a.add(b.sum()), b.add(a.sum())];
  };
  assertEquals(stepsOf(crossing, matrix()).toSorted(), ["add", "fused", "neg", "sum", "sum"]);
});

Deno.test("fuse() gives a product what follows it, but nothing that the product reads", () => {
  const relu = (x: Tensor, w: Tensor) => x.matmul(w).add(1).relu();
  assertEquals(stepsOf(relu, matrix(), matrix()), ["fusedMatmul"]);
  const residual = (x: Tensor, w: Tensor) => {
    const h = x.tanh();
    return h.matmul(w).add(h);
  };
  assertEquals(stepsOf(residual, matrix(), matrix()), ["tanh", "fusedMatmul"]);
  const square = (x: Tensor) => {
    const h = x.tanh();
    return h.matmul(h).mul(h).add(x);
  };
  assertEquals(stepsOf(square, matrix()), ["tanh", "fusedMatmul"]);
});

Deno.test("fuse() joins one product to a group, and keeps its bare result where that is needed", () => {
  const two = (x: Tensor, w: Tensor) => x.matmul(w).add(w.matmul(x)).relu();
  assertEquals(stepsOf(two, matrix(), matrix()).toSorted(), ["fusedMatmul", "matmul"]);
  const bare = (x: Tensor, w: Tensor) => {
    const product = x.matmul(w);
    return [product.relu(), product, product.sum()];
  };
  assertEquals(stepsOf(bare, matrix(), matrix()), ["fusedMatmul", "sum"]);
});

Deno.test("fuse() leaves products of integers and of stacks of matrices alone", () => {
  const integers = tensor([[70000, 1], [1, 70000]], { dtype: "int32" });
  const f = (x: Tensor) => x.matmul(x.sub(1)).add(1);
  assertEquals(stepsOf(f, integers), ["sub", "matmul", "add"]);
  assertEquals(stepsOf(f, ones([2, 3, 3])), ["sub", "matmul", "add"]);
});

Deno.test("fuse() takes casts for elementwise, but gives none to a product", () => {
  const hits = (x: Tensor) => x.greater(0).cast("float32").mul(3);
  assertEquals(stepsOf(hits, matrix()), ["fused"]);
  const single = (x: Tensor, w: Tensor) => x.matmul(w).cast("float32").add(1);
  assertEquals(stepsOf(single, matrix(), matrix()), ["matmul", "fused"]);
});

Deno.test("fuse() computes a mask where it is used, and once", () => {
  const f = (x: Tensor, w: Tensor) => {
    const mask = x.greater(0);
    return [x.where(mask, 0).mul(2), w.matmul(x).where(mask, 1), mask];
  };
  assertEquals(stepsOf(f, matrix(), matrix()), ["fusedMatmul"]);
});

Deno.test("fuse() makes a long chain several steps, which the engine compiles in time", () => {
  const chain = (x: Tensor) => {
    let y = x;
    for (let i = 0; i < 500; i++) y = y.mul(0.999).sin();
    return y;
  };
  const names = stepsOf(chain, matrix());
  assertEquals(new Set(names), new Set(["fused"]));
  assert(names.length >= 15 && names.length <= 60, `${names.length} steps`);
  using compiled = compile(chain);
  assertAgree(compiled(matrix()), chain(matrix()));
});

Deno.test("fuse() makes no circle of what forks and meets again, in any order", () => {
  const meeting = (x: Tensor) => {
    const [doubled, product] = [x.mul(2), x.matmul(x)];
    const turned = doubled.transpose();
    return {
      turned,
      counted: doubled.greater(product).cast("float64").add(doubled),
      summed: turned.sum(1, { keepDims: true }).add(product),
    };
  };
  stepsOf(meeting, matrix()); // which compares
  const moves: readonly ((a: Tensor, b: Tensor) => Tensor)[] = [
    (a, b) => a.add(b).tanh(),
    (a, b) => a.mul(b).sub(a),
    (a, b) => a.greater(b).cast("float64").add(a),
    (a, b) => a.where(a.less(b), b),
    (a, b) => a.matmul(b).tanh(),
    (a) => a.transpose(),
    (a, b) => a.sum(1, { keepDims: true }).add(b),
    (a, b) => a.sum().add(b),
  ];
  const random = new Random(4);
  for (let round = 0; round < 300; round++) {
    const picks = Array.from({ length: 20 + round % 40 }, () =>
      [
        moves[random.integer(moves.length)]!,
        random.next(),
        random.next(),
      ] as const);
    const web = (x: Tensor) => {
      const values = [x];
      for (const [move, a, b] of picks) {
        const [left, right] = [a, b].map((at) => values[Math.floor(at * values.length)]!);
        values.push(move(left!, right!));
      }
      return values.slice(-5);
    };
    stepsOf(web, matrix());
  }
});
