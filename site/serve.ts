/**
 * Builds the lecture's pages and serves them on this machine.
 *
 *     deno task site
 */

import { join } from "@std/path";
import { build, dist } from "./build.ts";

const kinds: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** Answers requests with the files of a folder, so that pages may share memory with workers. */
export function handler(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    try {
      if (path.split("/").includes("..")) throw new Deno.errors.NotFound();
      return new Response(await Deno.readFile(file), {
        headers: {
          "content-type": kinds[file.slice(file.lastIndexOf("."))] ?? "application/octet-stream",
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-embedder-policy": "require-corp",
          // The name of a chunk has a hash of what is in it
          "cache-control": /\/chunk-\w+\.js$/.test(path)
            ? "max-age=31536000, immutable"
            : "no-cache",
        },
      });
    } catch {
      return new Response("There is no such page.", { status: 404 });
    }
  };
}

if (import.meta.main) {
  await build(dist);
  const port = Number(Deno.env.get("PORT") ?? 8000);
  const onListen = ({ port }: Deno.NetAddr) =>
    console.log(
      `The lecture: http://127.0.0.1:${port}/ (Bahasa Indonesia: http://127.0.0.1:${port}/id/)`,
    );
  try {
    Deno.serve({ hostname: "127.0.0.1", port, onListen }, handler(dist));
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    Deno.serve({ hostname: "127.0.0.1", port: 0, onListen }, handler(dist));
  }
}
