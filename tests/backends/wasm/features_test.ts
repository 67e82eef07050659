import { assertEquals } from "@std/assert";

Deno.test("detectFeatures() finds no threads where memory cannot be shared", async () => {
  const shared = globalThis.SharedArrayBuffer;
  Object.assign(globalThis, { SharedArrayBuffer: undefined });
  try {
    const path = "../../../src/backends/wasm/features.ts?unshared"; // asked anew
    const { detectFeatures } = await import(path);
    const { threads, sleep } = detectFeatures();
    assertEquals({ threads, sleep }, { threads: false, sleep: false });
  } finally {
    Object.assign(globalThis, { SharedArrayBuffer: shared });
  }
});
