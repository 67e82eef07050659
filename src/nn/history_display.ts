/** How the history of a training shows itself in a notebook. */

import { type Display, htmlNote, htmlTable } from "../values/display.ts";
import { formatNumber } from "../values/format.ts";
import { lossChart } from "./loss_chart.ts";
import type { EpochRecord } from "./progress.ts";

/** The same history, which a notebook shows as a chart and a table; nothing else sees the change. */
export function shown(history: EpochRecord[]): EpochRecord[] {
  return Object.defineProperty(history, Symbol.for("Jupyter.display"), {
    value: () => displayHistory(history),
  });
}

/** The columns of a history, and what of an epoch stands in them; how long it took is left out. */
const columns: readonly (readonly [header: string, of: (record: EpochRecord) => string | null])[] =
  [
    ["epoch", ({ epoch }) => String(epoch)],
    ["loss", ({ loss }) => formatNumber(loss)],
    ["accuracy", ({ accuracy }) => percent(accuracy)],
    ["validation loss", ({ validationLoss: loss }) => loss === null ? null : formatNumber(loss)],
    ["validation accuracy", ({ validationAccuracy }) => percent(validationAccuracy)],
  ];

function percent(share: number | null): string | null {
  return share === null ? null : `${(100 * share).toFixed(2)} %`;
}

const edge = 5; // epochs shown at each end of a long history

/** What training left behind: a table of the epochs, and the losses as a chart. */
export function displayHistory(history: readonly EpochRecord[]): Display {
  const used = columns.filter(([, of]) => history.some((record) => of(record) !== null));
  const row = (record: EpochRecord) => used.map(([, of]) => of(record) ?? "");
  const rows = history.length <= 2 * edge + 1 ? history.map(row) : [
    ...history.slice(0, edge).map(row),
    used.map(() => "…"),
    ...history.slice(-edge).map(row),
  ];
  const headers = used.map(([header]) => header);
  const title = `History of ${history.length} epoch${history.length === 1 ? "" : "s"}`;
  if (history.length === 0) return { "text/plain": title, "text/html": htmlNote(title) };
  const table = htmlTable(rows, { headers });
  return {
    "text/plain": `${title}\n${aligned([headers, ...rows])}`,
    "text/html": `<div>${htmlNote(title)}${lossChart(history)}${table}</div>`,
  };
}

/** Rows of cells in columns, flush right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) => row.map((cell, i) => cell.padStart(widths[i]! + 2)).join("")).join("\n");
}
