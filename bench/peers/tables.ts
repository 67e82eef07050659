/** The tables: how much faster than each peer, times and losses. */

import { spread } from "./agreement.ts";
import type { GroupRecord } from "./record.ts";
import { type Kind, kinds } from "./tasks.ts";

/** Tables that belong together. */
export interface Section {
  readonly title: string;
  readonly text: string;
}

/** A peer, in whichever of its settings is fastest in a round, over one of our own. */
interface Comparison {
  readonly title: string;
  readonly peer: RegExp;
  readonly own: string;
}

const pyTorch = { title: "PyTorch, best", peer: /^PyTorch, / };
const tuned = { title: "PyTorch tuned, best", peer: /^PyTorch tuned, / };
const jax = { title: "jax-js", peer: /^jax-js$/ };
const tfjs = { title: "tfjs-wasm", peer: /^tfjs-wasm$/ };
const ours = "turunan";
const ourOne = "turunan, 1 thread";
const ourEager = "turunan, eager";
const ourBlas = "turunan with BLAS";

const comparisons: Readonly<Record<Kind, readonly Comparison[]>> = {
  mlp: [
    { ...pyTorch, own: ours },
    { ...tuned, own: ours },
    { ...tuned, own: ourBlas },
    { ...jax, own: ours },
    { ...tfjs, own: ourOne },
    { title: "tfjs-cpu", peer: /^tfjs-cpu$/, own: ourOne },
  ],
  matmul: [
    { title: "turunan, 1 thread", peer: /^turunan, 1 thread$/, own: ours },
    ...[ours, ourOne, ourEager].map((own) => ({
      title: "numpy-ts",
      peer: /^numpy-ts$/,
      own,
    })),
    { ...jax, own: ours },
    { ...tfjs, own: ourOne },
    { ...pyTorch, own: ours },
    { ...tuned, own: ourBlas },
  ],
  elementwise: [
    { ...pyTorch, own: ours },
    { ...pyTorch, own: ourEager },
    { ...jax, own: ours },
    { ...tfjs, own: ourOne },
  ],
  scalar: ["turunan Value, eager", "turunan Value, compiled"].map((own) => ({
    title: "micrograd, Python without GC",
    peer: /^micrograd/,
    own,
  })),
};

const titles: Readonly<Record<Kind, string>> = {
  mlp: "Training steps",
  matmul: "Matrix products",
  elementwise: "Functions of arrays",
  scalar: "Graphs of scalars",
};

/** All tables of the records, kind by kind. */
export function sectionsOf(records: readonly GroupRecord[]): Section[] {
  return kinds.flatMap((kind) => {
    const own = records.filter((record) => record.kind === kind);
    if (own.length === 0) return [];
    const parts = [ratios(kind, own), ...details(kind, own), circumstances(own)];
    return [{ title: titles[kind], text: parts.filter((part) => part !== "").join("\n\n") }];
  });
}

type Cell = (record: GroupRecord, key: string) => string;

/** A row for each task and a column for each title with any cell to fill; "" without columns. */
function table(
  records: readonly GroupRecord[],
  columns: readonly (readonly [title: string, cell: Cell])[],
): string {
  const rows = records.flatMap((record) =>
    Object.keys(record.times).map((key) => [
      key,
      ...columns.map(([, cell]) => cell(record, key)),
    ])
  );
  const isUsed = (column: number) => column === 0 || rows.some((row) => row[column] !== "");
  const all = [["", ...columns.map(([title]) => title)], ...rows]
    .map((row) => row.filter((_, column) => isUsed(column)));
  if (all[0]!.length === 1) return "";
  const widths = all[0]!.map((_, column) => Math.max(3, ...all.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return [line(all[0]!), rule, ...all.slice(1).map(line)].join("\n");
}

function ratios(kind: Kind, records: readonly GroupRecord[]): string {
  const columns = comparisons[kind].map((comparison) => {
    const cell: Cell = (record, key) => rangeOf(ratiosOf(record, key, comparison), ratioText);
    return [`${comparison.title} / ${comparison.own}`, cell] as const;
  });
  const all = table(records, columns);
  return all === "" ? "" : `Time of the peer over ours, above 1 = turunan is faster:\n\n${all}`;
}

/** Round by round, the best time of the peer over our own. */
export function ratiosOf(record: GroupRecord, key: string, { peer, own }: Comparison): number[] {
  const times = record.times[key]!;
  const peers = Object.keys(times).filter((name) => peer.test(name));
  return (times[own] ?? []).flatMap((ownTime, round) => {
    const theirs = peers.flatMap((name) => times[name]![round] ?? []);
    return ownTime === null || theirs.length === 0 ? [] : [Math.min(...theirs) / ownTime];
  });
}

function details(kind: Kind, records: readonly GroupRecord[]): string[] {
  const times = columnsOf(
    records,
    (record, key, name) => rangeOf(present(record, key, name), significant),
  );
  const what = kind === "elementwise" ? "call" : "step";
  const milliseconds = `Milliseconds a ${what}:\n\n${table(records, times)}`;
  if (kind === "mlp") {
    const losses = columnsOf(records, (record, key, name) => {
      const loss = record.checks[key]![name];
      return loss === undefined ? "" : loss.toFixed(6);
    });
    const apart: Cell = (record, key) =>
      spread(Object.values(record.checks[key]!)).toExponential(0);
    const all = table(records, [["apart", apart], ...losses]);
    return [milliseconds, `The loss of step 20, and how far apart the losses are:\n\n${all}`];
  }
  const perStep = kind === "matmul" ? gflops : kind === "scalar" ? nanosecondsPerNode : null;
  if (perStep === null) return [milliseconds];
  const rates = columnsOf(records, (record, key, name) => {
    const medianTime = median(present(record, key, name));
    return medianTime === null ? "" : significant(perStep(record, key, medianTime));
  });
  const unit = kind === "matmul" ? "GFLOP/s" : "Nanoseconds a node";
  return kind === "matmul"
    ? [`${unit}:\n\n${table(records, rates)}`]
    : [milliseconds, `${unit}:\n\n${table(records, rates)}`];
}

function columnsOf(
  records: readonly GroupRecord[],
  cell: (record: GroupRecord, key: string, name: string) => string,
): (readonly [string, Cell])[] {
  const names = new Set(records.flatMap(({ times }) => Object.values(times).flatMap(Object.keys)));
  const ourselvesFirst = [...names].sort((a, b) =>
    Number(b.startsWith(ours)) - Number(a.startsWith(ours)) || a.localeCompare(b)
  );
  return ourselvesFirst.map((name) =>
    [name, (record: GroupRecord, key: string) => cell(record, key, name)] as const
  );
}

function gflops(_record: GroupRecord, key: string, ms: number): number {
  const inARow = Number(key.match(/(\d+) in a row/)?.[1] ?? 1);
  return inARow * 2 * parseInt(key) ** 3 / ms / 1e6;
}

function nanosecondsPerNode(record: GroupRecord, key: string, ms: number): number {
  return ms * 1e6 / record.nodes[key]!;
}

/** Where, when and with which versions; groups that were measured alike stand together. */
function circumstances(records: readonly GroupRecord[]): string {
  const names = new Map<string, string[]>();
  for (const record of records) {
    const { date, machine, runtime, digits, rounds, versions, kind, cores = [] } = record;
    const versionsOfPeers = Object.entries(versions)
      .filter(([name]) => !name.startsWith(ours))
      .map(([name, version]) => `${name.replace(/( tuned)?,.*| tuned/, "")} ${version}`);
    const line = [
      `${date}, ${machine}, ${runtime}`,
      `${rounds} ${rounds === 1 ? "round" : "rounds"}`,
      ...(kind === "mlp" ? [`images: ${digits}`] : []),
      ...(cores.length > 0 ? [`two cores over one: ${rangeOf(cores, ratioText)}`] : []),
      ...new Set(versionsOfPeers),
    ].join("; ");
    names.set(line, [...names.get(line) ?? [], record.name]);
  }
  const leftOut = [...new Set(records.flatMap((record) => record.leftOut))];
  return [
    ...[...names].map(([line, of]) => `${of.join(", ")}: ${line}.`),
    ...(leftOut.length === 0 ? [] : [`Left out:\n\n${leftOut.map((l) => `- ${l}`).join("\n")}`]),
  ].join("\n\n");
}

function present(record: GroupRecord, key: string, name: string): number[] {
  return (record.times[key]![name] ?? []).filter((time) => time !== null);
}

/** The middle one of some numbers, or what lies between the two; null where there is none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median of some numbers with the least and the most of them. */
export function rangeOf(numbers: readonly number[], text: (number: number) => string): string {
  const middle = median(numbers);
  if (middle === null) return "";
  if (numbers.length === 1) return text(middle);
  return `${text(middle)} [${text(Math.min(...numbers))}-${text(Math.max(...numbers))}]`;
}

function ratioText(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(2) : ratio < 100 ? ratio.toFixed(1) : ratio.toFixed(0);
}

function significant(number: number): string {
  return number >= 100 ? number.toFixed(0) : String(Number(number.toPrecision(3)));
}
