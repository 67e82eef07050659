/** How a drawing shows itself in a Deno notebook. */

import type { Drawing } from "./drawing.ts";
import { toSvg } from "./to_svg.ts";
import { toText } from "./to_text.ts";

/** The drawing, able to show itself; what shows it is not among its enumerable properties. */
export function displayed<D extends Drawing>(drawing: D): D {
  return Object.defineProperty(drawing, Symbol.for("Jupyter.display"), {
    value: async () => ({
      "image/svg+xml": await toSvg(drawing),
      "text/plain": toText(drawing),
    }),
  });
}
