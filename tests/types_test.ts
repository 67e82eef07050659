/** Whoever imports the library can check their program as strictly as they like. */

import { assertEquals } from "@std/assert";
import { pathOf } from "./examples/run_example.ts";

const strictest = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  lib: ["esnext", "dom", "dom.iterable"], // a page has none of Deno's own types
};

Deno.test("the sources pass the strictest check, without the types of Deno", async () => {
  const config = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(config, JSON.stringify({ compilerOptions: strictest }));
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", config, pathOf("src/mod.ts")],
      env: { NO_COLOR: "1" },
    }).output();
    assertEquals({ code, complaint: new TextDecoder().decode(stderr) }, { code: 0, complaint: "" });
  } finally {
    await Deno.remove(config);
  }
});
