/** Decision regions: a shade or a colour for each class, with points over them. */

import { isInside, placed } from "../clip.ts";
import type { DecisionRegion } from "../decision_region.ts";
import { interpolated, nearest } from "../grid.ts";
import { type Color, mixed, terminalColors } from "../palette.ts";
import { Braille } from "./braille.ts";
import { type Area, framed } from "./frame.ts";
import { characterEntry, drawLegend, looksOf, seriesEntry } from "./legend.ts";
import { drawSeries } from "./marks.ts";
import type { Screen, Style } from "./screen.ts";

const shades = [" ", "░", "▒", "▓"];
const marks = ["○", "●", "▲", "■", "◆", "×", "+", "△", "□", "◇"];

/** The region on a screen. */
export function drawDecisionRegion(region: DecisionRegion, width: number, color: boolean): Screen {
  const area = framed(region.title, region, width);
  drawAnswers(area, region, color);
  const looks = looksOf(region.lines, color).map((look) => ({ ...look, style: {} }));
  drawSeries(area, region, region.lines, looks);
  const layer = new Braille(area.columns, area.rows);
  for (const { x, y, label } of region.points) {
    const place = placed([x, y], region);
    if (place === null || !isInside(place)) continue;
    const [column, row] = layer.cellAt(place);
    const background = color ? { background: tint(answerAt(region, place[0], place[1])) } : {};
    const style = { ...pointStyle, ...background };
    area.screen.put(area.left + column, area.top + row, markOf(label), style);
  }
  drawLegend(area.screen, [
    ...region.classes.map((name, label) => classEntry(name, label, region, color)),
    ...region.lines.map((line, i) => seriesEntry(line, looks[i]!)),
  ], Math.min(area.left, 4));
  return area.screen;
}

const markOf = (label: number): string => marks[label % marks.length]!;

const pointStyle: Style = { color: "#ffffff", weight: "bold" };

/** What the model answers at a place: between samples where it gives probabilities. */
function answerAt({ answers, areProbabilities }: DecisionRegion, u: number, v: number): number {
  return areProbabilities ? interpolated(answers, u, v) : nearest(answers, u, v);
}

function drawAnswers(area: Area, region: DecisionRegion, color: boolean): void {
  const { screen, left, top, columns, rows } = area;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = (part: number) =>
        answerAt(region, (column + 0.5) / columns, 1 - (row + part) / rows);
      if (color) {
        const style = { color: tint(at(0.25)), background: tint(at(0.75)) };
        screen.put(left + column, top + row, "▀", style);
      } else screen.put(left + column, top + row, shadeOf(at(0.5)));
    }
  }
}

function shadeOf(answer: number): string {
  if (!Number.isFinite(answer)) return " ";
  return shades[Math.round(answer) % shades.length]!;
}

function classEntry(name: string, label: number, region: DecisionRegion, color: boolean) {
  const isMarked = region.points.some((point) => point.label === label);
  const mark = isMarked ? markOf(label) : " ";
  if (color) {
    return characterEntry(name, ` ${mark} `, { ...pointStyle, background: tint(label) });
  }
  const shade = shades[label % shades.length]!;
  return characterEntry(name, isMarked ? `${shade}${mark}${shade}` : shade.repeat(3), {});
}

const dark: Color = "#1c1c1c";

/** The ground of an answer: the colour of its class, the darker the less certain it is. */
function tint(answer: number): Color {
  if (!Number.isFinite(answer)) return dark;
  const label = Math.round(answer);
  const certainty = 1 - 2 * Math.abs(answer - label);
  const color = terminalColors[Math.max(label, 0) % terminalColors.length]!;
  return mixed(dark, color, 0.15 + 0.45 * certainty);
}
