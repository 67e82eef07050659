/** Series drawn in the area between two axes. */

import type { Point, Series } from "../axis.ts";
import { type Axes, isInside, lonePoints, placed, visiblePieces, visiblePoints } from "../clip.ts";
import { Braille } from "./braille.ts";
import type { Area } from "./frame.ts";
import type { Look } from "./legend.ts";

/** Draws lines first, all in one layer so that they may cross, then points and ends of paths. */
export function drawSeries(
  area: Area,
  axes: Axes,
  series: readonly Series[],
  looks: readonly Look[],
): void {
  const layer = new Braille(area.columns, area.rows);
  series.forEach((one, i) => {
    if (one.mark === "points") return;
    const { style, dashes } = looks[i]!;
    for (const piece of visiblePieces(one, axes)) layer.line(piece, style, dashes);
  });
  layer.drawOn(area.screen, area.left, area.top);
  series.forEach((one, i) => {
    if (one.mark === "points") drawPoints(area, visiblePoints(one.points, axes), looks[i]!);
    else if (one.mark !== "path") drawPoints(area, lonePoints(one, axes), looks[i]!);
    if (one.mark === "path") drawStops(area, axes, one, looks[i]!);
  });
}

function drawPoints(area: Area, places: readonly Point[], { point, style }: Look): void {
  const layer = new Braille(area.columns, area.rows);
  for (const place of places) {
    const [column, row] = layer.cellAt(place);
    area.screen.put(area.left + column, area.top + row, point, style);
  }
}

/** A dot at each point of a path, where they stand apart, and marks at its start and its end. */
function drawStops(area: Area, axes: Axes, { points }: Series, look: Look): void {
  const layer = new Braille(area.columns, area.rows);
  const places = points.map((point) => placed(point, axes));
  const put = (place: readonly [number, number] | null | undefined, character: string) => {
    if (!place || !isInside(place)) return;
    const [column, row] = layer.cellAt(place);
    area.screen.put(area.left + column, area.top + row, character, look.style);
  };
  let last: readonly [number, number] | null = null;
  for (const place of places.slice(1, -1)) {
    if (place === null || !isInside(place)) continue;
    const [column, row] = layer.cellAt(place);
    if (last !== null && Math.hypot(column - last[0], 2 * (row - last[1])) < 2.5) continue;
    put(place, "•");
    last = [column, row];
  }
  put(places[0], look.start);
  put(places.at(-1), look.point);
}
