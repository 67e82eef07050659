import { assertEquals } from "@std/assert";
import { times, written } from "../../src/formula/coefficient.ts";
import { atomPower, scaled, substituted, sumOf } from "../../src/formula/polynomial.ts";

Deno.test("substituted() multiplies what an atom stands for by its coefficient", () => {
  const [a, x, y] = ["a", "x", "y"].map((name, rank) =>
    ({ kind: "variable", rank, name, size: 1, depth: 0 }) as const
  );
  const twice = scaled(atomPower(a!, 1), written(2), times)!;
  const sum = substituted(twice, [a!], () => sumOf(atomPower(x!, 1), atomPower(y!, 1))!);
  assertEquals([...sum.values()].map(({ coefficient }) => coefficient.value), [2, 2]);
});
