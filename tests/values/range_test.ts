import { assertEquals } from "@std/assert";
import { ShapeError } from "../../src/ops/shape.ts";
import { tensor, zeros } from "../../src/values/creation.ts";
import { placeOf, type Range, withoutIndices } from "../../src/values/range.ts";
import { assertMistake } from "../mistake.ts";

/** The indices that Python's `range(length)[start:stop:step]` lists. */
function pythonSlice(length: number, { start, stop, step = 1 }: Range): number[] {
  const fromFront = (index: number) => index < 0 ? index + length : index;
  const all = Array.from({ length }, (_, i) => i);
  const isAfterStart = (i: number) =>
    start === undefined || start === null ||
    (step > 0 ? i >= fromFront(start) : i <= fromFront(start));
  const isBeforeStop = (i: number) =>
    stop === undefined || stop === null || (step > 0 ? i < fromFront(stop) : i > fromFront(stop));
  const walked = step > 0 ? all : all.toReversed();
  return walked.filter((i) => isAfterStart(i) && isBeforeStop(i))
    .filter((_, i) => i % Math.abs(step) === 0);
}

Deno.test("placeOf() reads ranges as Python does", () => {
  const ends = [undefined, null, -9, -4, -3, -1, 0, 1, 2, 3, 9];
  for (const length of [0, 1, 3, 4]) {
    for (const start of ends) {
      for (const stop of ends) {
        for (const step of [-3, -2, -1, 1, 2, 3]) {
          const range = { start: start ?? null, stop: stop ?? null, step };
          const { starts, steps, lengths } = placeOf("slice", [length], [range]);
          const indices = Array.from({ length: lengths[0]! }, (_, i) => starts[0]! + i * steps[0]!);
          assertEquals(indices, pythonSlice(length, range), JSON.stringify({ length, ...range }));
        }
      }
    }
  }
});

Deno.test("withoutIndices() drops the axes of which one entry was taken", () => {
  assertEquals(withoutIndices([1, 4, 1, 5], [0, null, { stop: 1 }]), [4, 1, 5]);
});

Deno.test("placeOf() throws a ShapeError for what is not there", () => {
  const reject = (call: () => unknown, message: string) =>
    assertMistake(import.meta.url, call, ShapeError, message);
  const x = zeros([2, 3]);
  reject(() => x.slice([0, 0, 0]), "Cannot slice [2, 3] along 3 axes: it has 2");
  reject(() => x.slice([2]), "Cannot slice axis 0 at index 2: it has length 2");
  reject(() => x.slice([null, -4]), "Cannot slice axis 1 at index -4: it has length 3");
  reject(() => x.slice([0.5]), "Cannot slice axis 0 at index 0.5: it has length 2");
  reject(() => x.slice([{ step: 0 }]), "Cannot slice axis 0 in steps of 0");
  reject(() => x.slice([{ start: 0.5 }]), "Cannot slice axis 0 at 0.5: an index is a whole number");
  reject(() => x.slice([{ stop: NaN }]), "Cannot slice axis 0 at NaN: an index is a whole number");
});

Deno.test("a slice may begin and end at infinity", () => {
  const whole = { start: -Infinity, stop: Infinity };
  assertEquals(tensor([1, 2, 3]).slice([whole]).toArray(), [1, 2, 3]);
});
