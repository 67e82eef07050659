/** The CPU that everything runs on. */

import { runProgram } from "./packages.ts";

/** What there is to know of a CPU. */
export interface Processor {
  readonly name: string;
  readonly hasAvx512: boolean;
}

/** Reads what Linux or macOS say; Deno itself may read `/proc` only with all permissions. */
export async function readProcessor(): Promise<Processor> {
  const linux = await runProgram("cat", ["/proc/cpuinfo"]);
  const field = (name: string) =>
    linux.stdout.match(new RegExp(`^${name}\\s*: (.*)$`, "m"))?.[1]?.trim() ?? "";
  if (field("model name") !== "") {
    const name = `${field("model name")}, family ${field("cpu family")} model ${field("model")}`;
    return { name, hasAvx512: field("flags").includes("avx512f") };
  }
  const mac = await runProgram("sysctl", ["-n", "machdep.cpu.brand_string"]);
  return { name: mac.success ? mac.stdout.trim() : "unknown CPU", hasAvx512: false };
}
