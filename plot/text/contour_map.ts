/** Contour maps in braille: dotted level lines, and paths over them. */

import type { Point } from "../axis.ts";
import { visiblePieces } from "../clip.ts";
import type { ContourMap } from "../contour_map.ts";
import { labelPlaces, levelLine, type Segment } from "../contours.ts";
import { shortNumber } from "../number.ts";
import { terminalColors } from "../palette.ts";
import { Braille } from "./braille.ts";
import { type Area, framed } from "./frame.ts";
import { characterEntry, drawLegend, looksOf, seriesEntry } from "./legend.ts";
import { drawSeries } from "./marks.ts";
import type { Screen, Style } from "./screen.ts";

const levelStyle: Style = { color: terminalColors.at(-1)! };

/** The map on a screen. */
export function drawContourMap(map: ContourMap, width: number, color: boolean): Screen {
  const area = framed(map.title, map, width);
  const lines = map.levels.map((level) => levelLine(map.heights, level));
  const layer = new Braille(area.columns, area.rows);
  for (const [from, to] of lines.flat()) drawDotted(layer, from, to);
  layer.drawOn(area.screen, area.left, area.top);
  drawLabels(area, layer, map, lines);
  const looks = looksOf(map.paths, color).map((look, i) => ({ ...look, style: pathStyle(i) }));
  drawSeries(area, map, map.paths, looks);
  drawLegend(area.screen, [
    ...map.paths.map((path, i) => seriesEntry(path, looks[i]!)),
    characterEntry("level", "⠢⠢", levelStyle),
  ], Math.min(area.left, 4));
  return area.screen;
}

/** The colours of paths start with one that stands out from the levels. */
function pathStyle(i: number): Style {
  return { color: terminalColors[(i + 1) % (terminalColors.length - 1)]! };
}

/** Every other dot of the longer direction, at places that are the same for all pieces of lines. */
function drawDotted(layer: Braille, from: Point, to: Point): void {
  const [[x0, y0], [x1, y1]] = [layer.dotAt(from), layer.dotAt(to)];
  const isFlat = Math.abs(x1 - x0) >= Math.abs(y1 - y0);
  const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
  for (let step = 0; step <= steps; step++) {
    const x = Math.round(x0 + (x1 - x0) * step / steps);
    const y = Math.round(y0 + (y1 - y0) * step / steps);
    if ((isFlat ? x : y) % 2 === 0) layer.dot(x, y, levelStyle);
  }
}

/** Writes each level on its line, apart from other labels and from the paths. */
function drawLabels(
  { screen, left, top, columns, rows }: Area,
  layer: Braille,
  map: ContourMap,
  lines: readonly (readonly Segment[])[],
): void {
  const labels = map.levels.map((level) => ` ${shortNumber(level)} `);
  const obstacles = map.paths.flatMap((path) => visiblePieces(path, map).flat());
  const places = labelPlaces(lines, {
    halves: labels.map((label) => [(label.length + 1) / 2 / columns, 1 / rows]),
    obstacles,
  });
  places.forEach((place, i) => {
    if (place === null) return;
    const [column, row] = layer.cellAt(place);
    screen.write(left + column - (labels[i]!.length >> 1), top + row, labels[i]!, levelStyle);
  });
}
