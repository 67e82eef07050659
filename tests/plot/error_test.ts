import { assert } from "@std/assert";
import { UsageError } from "@turunan/turunan";
import { contourMap, heatMap, toText } from "@turunan/turunan/plot";

const mistakes: Readonly<Record<string, () => unknown>> = {
  heatMap: () => heatMap({ values: [] }),
  contourMap: () => contourMap({ x: { domain: [0, 0] }, y: { domain: [0, 1] }, heightAt: () => 0 }),
  toText: () => toText(heatMap({ values: [[1]] }), { width: 1 }),
};

for (const [name, mistake] of Object.entries(mistakes)) {
  Deno.test(`drawingError() begins the stack of a mistake in ${name}() at the caller's line`, () => {
    try {
      mistake();
    } catch (error) {
      assert(error instanceof UsageError);
      const [first, second] = error.stack!.split("\n");
      assert(first === `UsageError: ${error.message}`, first);
      assert(second!.includes("tests/plot/error_test.ts"), error.stack);
      return;
    }
    throw new Error("no error");
  });
}
