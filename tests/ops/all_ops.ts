/** Every operation that a file of `src/ops` exports, so that none in a new file goes untested. */

import type { Op } from "../../src/ops/op.ts";

const folder = new URL("../../src/ops/", import.meta.url);
const files = [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
const modules = await Promise.all(
  files.map((name): Promise<object> => import(new URL(name, folder).href)),
);

function isOp(exported: unknown): exported is Op {
  return typeof exported === "object" && exported !== null && "pullbacks" in exported;
}

/** The operations by the names under which they are exported, which are their own. */
export const ops: Readonly<Record<string, Op>> = Object.fromEntries(
  modules.flatMap((module) => Object.entries(module).filter(([, exported]) => isOp(exported))),
);
