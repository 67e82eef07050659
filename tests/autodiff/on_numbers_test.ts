import { assert, assertEquals } from "@std/assert";
import { gradients } from "../../src/autodiff/transforms.ts";
import * as elementwise from "../../src/ops/elementwise.ts";
import type { Elementwise } from "../../src/ops/elementwise_op.ts";
import type { AnyPullback } from "../../src/ops/op.ts";
import { type Value, value } from "../../src/values/value.ts";
import { type Row, sample, scalars } from "../ops/gradient_table.ts";
import { forwardOnNumbers } from "../../src/autodiff/on_numbers.ts";

const special = [0, -0, 1, -1, 0.5, -2.5, 3, Infinity, -Infinity, NaN, 1e-310, 1e308];
const rows: Readonly<Record<string, Row>> = {
  ...scalars,
  where: { domains: [[[1, 1]], [[-2, 2]], [[-2, 2]]] },
};

/** Applies an operation that Values have no method for as such. */
function apply(op: Elementwise, [first, ...others]: readonly Value[], attributes: unknown): Value {
  return first!["apply"](op, others, attributes);
}

/** The derivatives of one call by `backward()`, and as `gradients` records them. */
function derivatives(op: Elementwise, numbers: readonly number[], attributes: unknown) {
  const inputs = numbers.map((number) => value(number));
  const result = apply(op, inputs, attributes).mul(0.7); // so that g is not 1
  result.backward();
  return {
    onNumbers: inputs.map(({ grad }) => grad),
    recorded: gradients(result, inputs).map(({ data }) => 0 + data), // grad starts at 0, which hides -0
  };
}

/** Inputs from the domain of an operation, then special ones in all pairs. */
function inputsOf({ domains }: Row): number[][] {
  const usual = Array.from({ length: 5 }, () => domains.map(sample));
  const others = special.flatMap((a) => special.map((b) => [a, b, 3].slice(0, domains.length)));
  return [...usual, ...others];
}

/** The operation before anything was made of it and its rules. */
function fresh(op: Elementwise): Elementwise {
  const renewed = (rule: AnyPullback | null) =>
    rule && ((...args: Parameters<AnyPullback>) => rule(...args));
  const { onNumbers: _, ...rest } = op;
  return { ...rest, pullbacks: (op.pullbacks as (AnyPullback | null)[]).map(renewed) };
}

/** Runs `f` as in a page that forbids to make functions of text. */
function withoutGeneratedCode(f: () => void): void {
  const original = globalThis.Function;
  globalThis.Function = class {
    constructor() {
      throw new EvalError("Code generation from strings disallowed for this context");
    }
  } as unknown as FunctionConstructor;
  try {
    f();
  } finally {
    globalThis.Function = original;
  }
}

for (const [name, row] of Object.entries(rows)) {
  const op = elementwise[name as "add"] as Elementwise;

  Deno.test(`backward() through ${name} has the bits of the recorded derivative`, () => {
    for (const numbers of inputsOf(row)) {
      const { onNumbers, recorded } = derivatives(op, numbers, row.attributes);
      assertEquals(onNumbers, recorded, `${name} at ${numbers}`);
    }
  });

  Deno.test(`backward() through ${name} is the same where no code may be generated`, () => {
    withoutGeneratedCode(() => {
      const interpreted = fresh(op);
      for (const numbers of inputsOf(row)) {
        const { onNumbers, recorded } = derivatives(interpreted, numbers, row.attributes);
        assertEquals(onNumbers, recorded, `${name} at ${numbers}`);
      }
    });
  });
}

Deno.test("every function that is generated has a text of its own, or V8 would mix their types", () => {
  const original = globalThis.Function;
  const texts: string[] = [];
  globalThis.Function = class extends original {
    constructor(...args: string[]) {
      super(...args);
      texts.push(args.join());
    }
  } as FunctionConstructor;
  try {
    for (const [name, row] of Object.entries(rows)) {
      derivatives(
        fresh(elementwise[name as "add"] as Elementwise),
        inputsOf(row)[0]!,
        row.attributes,
      );
    }
  } finally {
    globalThis.Function = original;
  }
  assert(texts.length > Object.keys(rows).length, `${texts.length} functions`);
  assertEquals(new Set(texts).size, texts.length);
});

Deno.test("a rule that is on numbers already serves calls with other attributes", () => {
  const slopes = [0.1, 0.3, -2].map((slope) => {
    const x = value(-1);
    x.leakyRelu(slope).backward();
    return x.grad;
  });
  assertEquals(slopes, [0.1, 0.3, -2]);
  const [x, y] = [value(2), value(2)];
  x.clamp(0, 1).backward();
  y.clamp(0, 3).backward();
  assertEquals([x.grad, y.grad], [0, 1]);
});

Deno.test("an operation on numbers gets its inputs and attributes alone where no code may be generated", () => {
  withoutGeneratedCode(() => {
    const clamp = { ...elementwise.clamp } as unknown as Elementwise;
    const numbers = Float64Array.of(0, 0, 7, 11, 13);
    forwardOnNumbers(clamp, 1)(numbers, { min: -1, max: 5 });
    assertEquals([...numbers], [0, 5, 7, 11, 13]);
    const add = { ...elementwise.add } as unknown as Elementwise;
    forwardOnNumbers(add, 2)(numbers, undefined);
    assertEquals(numbers[1], 18);
  });
});
