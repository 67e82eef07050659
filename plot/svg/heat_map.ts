/** Heat maps as SVG. */

import type { HeatMap } from "../heat_map.ts";
import { alignedNumbers, shortNumber } from "../number.ts";
import { colorAt, scaleOf } from "../palette.ts";
import { movedDown } from "./chart.ts";
import { minus } from "./markup.ts";
import { matrix } from "./matrix.ts";
import { onPaper, scaleKey } from "./sheet.ts";

/** The map as SVG. */
export function drawHeatMap(
  { title, values, rows, columns, domain }: HeatMap,
  width: number,
): string {
  const { colors, share } = scaleOf(domain);
  const numbers = alignedNumbers(values.flat()).map(minus);
  const count = values[0]!.length;
  const { svg, height } = matrix({
    colors: values.map((row) => row.map((x) => Number.isNaN(x) ? null : colorAt(colors, share(x)))),
    texts: values.map((_, i) => numbers.slice(i * count, (i + 1) * count)),
    rows,
    columns,
  }, width);
  const [low, high] = domain;
  const ends = [minus(shortNumber(low)), minus(shortNumber(high))] as const;
  const key = scaleKey(ends, (at) => colorAt(colors, share(low + (high - low) * at)));
  return onPaper({ width, title, keys: [key], height, draw: (top) => movedDown(svg, top) });
}
