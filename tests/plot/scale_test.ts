import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { bounded, fraction, rounded, ticks, valueAt } from "../../plot/scale.ts";

Deno.test("fraction() is 0 and 1 at the ends of an axis, and valueAt() its inverse", () => {
  for (const axis of [{ domain: [-3, 7] }, { domain: [0.01, 100], scale: "log" }] as const) {
    assertEquals([fraction(axis, axis.domain[0]), fraction(axis, axis.domain[1])], [0, 1]);
    assertEquals([valueAt(axis, 0), valueAt(axis, 1)], [...axis.domain]);
    for (const at of [-0.5, 0.1, 0.5, 0.9, 1.5]) {
      assertAlmostEquals(fraction(axis, valueAt(axis, at)), at, 1e-12);
    }
  }
});

Deno.test("fraction() is NaN where a number has no place", () => {
  const axis = { domain: [1, 10], scale: "log" } as const;
  for (const x of [0, -1, NaN, Infinity, 1e301]) assertEquals(fraction(axis, x), NaN);
});

Deno.test("bounded() reaches from the smallest to the largest finite number", () => {
  assertEquals(bounded({}, [3, NaN, -1, Infinity]).domain, [-1, 3]);
  assertEquals(bounded({ scale: "log" }, [3, -1, 0.5, 0]).domain, [0.5, 3]);
  assertEquals(bounded({ domain: [0, 1] }, [5]).domain, [0, 1]);
});

Deno.test("bounded() makes room around a single number, and around none", () => {
  assertEquals(bounded({}, [4]).domain, [2, 6]);
  assertEquals(bounded({}, [0]).domain, [-1, 1]);
  assertEquals(bounded({}, []).domain, [0, 1]);
  assertEquals(bounded({ scale: "log" }, [4]).domain, [2, 8]);
  assertEquals(bounded({ scale: "log" }, [-4]).domain, [1, 10]);
});

Deno.test("rounded() moves ends outwards to round numbers", () => {
  assertEquals(rounded({}, [0.13, 2.29]).domain, [0, 2.5]);
  assertEquals(rounded({}, [-1, 1]).domain, [-1, 1]);
  assertEquals(rounded({ scale: "log" }, [0.03, 2.3]).domain, [0.02, 5]);
  assertEquals(rounded({ domain: [0.13, 2.29] }, []).domain, [0.13, 2.29]);
});

Deno.test("ticks() are round numbers", () => {
  assertEquals(ticks({ domain: [0, 1] }, 6), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assertEquals(ticks({ domain: [-0.5, 1.5] }, 9), [-0.5, 0, 0.5, 1, 1.5]);
  assertEquals(ticks({ domain: [-4, 4] }, 4), [-4, -2, 0, 2, 4]);
  assertEquals(ticks({ domain: [1, 1000], scale: "log" }, 4), [1, 10, 100, 1000]);
  assertEquals(ticks({ domain: [0.2, 5], scale: "log" }, 5), [0.2, 0.5, 1, 2, 5]);
  assertEquals(ticks({ domain: [1e-8, 1e8], scale: "log" }, 5), [1e-8, 1e-4, 1, 1e4, 1e8]);
  assertEquals(ticks({ domain: [3.2, 3.9], scale: "log" }, 4), [3.2, 3.4, 3.6, 3.8]);
});

Deno.test("ticks() are two at least, within the axis and apart, whatever the axis is", () => {
  for (let i = 0; i < 2000; i++) {
    const low = Math.sin(i) * 10 ** (i % 37 - 18);
    const high = low + (1 + Math.cos(3 * i)) * 10 ** (i % 23 - 11) + Math.abs(low) * 1e-9;
    const found = ticks({ domain: [low, high] }, 3 + i % 9);
    assert(found.length >= 2 && found.length <= 21, `${found.length} from ${low} to ${high}`);
    const room = 1e-8 * (high - low);
    assert(found.every((x) => x >= low - room && x <= high + room), `${found}: ${low} ${high}`);
    assert(found.every((x, at) => at === 0 || x > found[at - 1]!), String(found));
  }
});

Deno.test("an axis ends where its domain does, to the last bit", () => {
  for (
    const [low, high] of [[0.1, 0.7], [-0.3, 1.1], [1e-3, 0.9], [-7.7, 0.1], [0.3, 4.9]] as const
  ) {
    assertEquals(valueAt({ domain: [low, high] }, 1), high);
    assertEquals(valueAt({ domain: [low, high] }, 0), low);
  }
  assertEquals(valueAt({ domain: [0.1, 0.7], scale: "log" }, 1), 0.7);
});
