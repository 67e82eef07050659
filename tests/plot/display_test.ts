import { assert, assertEquals } from "@std/assert";
import { toSvg, toText } from "@turunan/turunan/plot";
import { samples } from "./samples.ts";

const symbol = Symbol.for("Jupyter.display");

for (const [name, drawing] of Object.entries(samples)) {
  Deno.test(`Jupyter.display shows ${name} as SVG and as text`, async () => {
    const display = Reflect.get(drawing, symbol) as () => Promise<Record<string, string>>;
    assertEquals(await display(), {
      "image/svg+xml": await toSvg(drawing),
      "text/plain": toText(drawing),
    });
  });
}

Deno.test("Jupyter.display is not among the properties of the data", () => {
  for (const drawing of Object.values(samples)) {
    assertEquals(Object.getOwnPropertyDescriptor(drawing, symbol)?.enumerable, false);
    assert(!Deno.inspect(drawing).includes("Jupyter"));
  }
});
