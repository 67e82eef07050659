/** The losses of a training over its epochs, as a small SVG readable on light and dark paper. */

import { formatNumber } from "../values/format.ts";
import type { EpochRecord } from "./progress.ts";

/** A loss that is drawn as a line. */
interface Line {
  readonly name: string;
  readonly look: string;
  readonly points: readonly (readonly [epoch: number, loss: number])[];
}

/** Where the corners of the chart are, in pixels, and how large the whole is. */
const frame = { left: 56, right: 330, top: 10, bottom: 138, width: 420, height: 160 };

const lineHeight = 13;
const looks = {
  loss: 'stroke="#3b82d0"',
  validation: 'stroke="#d9772b" stroke-dasharray="5 3"',
};

/** The losses over the epochs; nothing where there is no line to draw. */
export function lossChart(history: readonly EpochRecord[]): string {
  const lines = linesOf(history);
  if (lines.length === 0) return "";
  const losses = lines.flatMap(({ points }) => points.map(([, loss]) => loss));
  const [low, high] = [Math.min(0, ...losses), Math.max(...losses)];
  const [first, last] = [history[0]!.epoch, history.at(-1)!.epoch];
  const { left, right, top, bottom, width, height } = frame;
  const x = (epoch: number) => left + (right - left) * (epoch - first) / Math.max(1, last - first);
  const y = (loss: number) => bottom - (bottom - top) * (loss - low) / (high - low || 1);
  const short = (loss: number) => formatNumber(Number(loss.toPrecision(3)));
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Loss over the epochs" ` +
    `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="sans-serif" font-size="12" fill="currentColor">` +
    `<path d="M${left} ${top}V${bottom}H${right}" fill="none" stroke="currentColor" ` +
    `stroke-opacity="0.4"/>` +
    label(left - 6, top, short(high), "end") +
    label(left - 6, bottom, short(low), "end") +
    label(left, bottom + 14, `epoch ${first}`, "start") +
    label(right, bottom + 14, String(last), "end") +
    lines.map(({ look, points }) => polyline(points.map(([e, loss]) => [x(e), y(loss)]), look))
      .join("") +
    names(lines, y) +
    "</svg>";
}

function linesOf(history: readonly EpochRecord[]): Line[] {
  const line = (name: keyof typeof looks, of: (record: EpochRecord) => number | null) => {
    const points = history.map((record) => [record.epoch, of(record)] as const)
      .filter((point): point is readonly [number, number] => Number.isFinite(point[1]));
    return { name, look: looks[name], points };
  };
  return [
    line("loss", ({ loss }) => loss),
    line("validation", ({ validationLoss }) => validationLoss),
  ].filter(({ points }) => points.length > 1);
}

/** The names of the lines at their ends, moved apart where they would overlap. */
function names(lines: readonly Line[], y: (loss: number) => number): string {
  const ends = lines.map(({ name, points }) => ({ name, at: y(points.at(-1)![1]) }))
    .sort((a, b) => a.at - b.at);
  const [upper, lower] = ends;
  if (upper && lower && lower.at - upper.at < lineHeight) {
    upper.at = Math.max(frame.top, upper.at - (lineHeight - lower.at + upper.at) / 2);
    lower.at = upper.at + lineHeight;
  }
  return ends.map(({ name, at }) => label(frame.right + 8, at, name, "start")).join("");
}

function polyline(points: readonly (readonly [number, number])[], look: string): string {
  const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  return `<polyline points="${path}" fill="none" stroke-width="1.6" ${look}/>`;
}

function label(x: number, y: number, text: string, anchor: "start" | "end"): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" ` +
    `dominant-baseline="middle">${text}</text>`;
}
