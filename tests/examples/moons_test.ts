import { assert, assertEquals } from "@std/assert";
import { linesOf } from "./run_example.ts";

Deno.test("examples/moons.ts separates the moons and draws where", async () => {
  const lines = await linesOf("moons.ts");
  assert(lines[0]!.includes("2-16-16-1 neurons: 337 parameters"));
  const last = lines.find((line) => line.startsWith("step 100"));
  assert(last!.endsWith("accuracy 100 %"), last);
  const region = lines.slice(-24);
  assertEquals(region.map((line) => line.length), Array(24).fill(76));
  const marks = region.join("").replace(/[·▒]/g, "");
  assert(marks.length > 80 && marks.length <= 100, "the 100 points, those in one place as one");
});
