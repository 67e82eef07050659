/** What a confusion matrix says in shares. */

type Counts = readonly (readonly number[])[];

/** The share of a row's count that stands in one column; NaN where the row is empty. */
export function shareOf(row: readonly number[], column: number): number {
  return row[column]! / row.reduce((sum, count) => sum + count, 0);
}

/** A sentence on how many of all were told right. */
export function accuracySentence(counts: Counts): string {
  const all = counts.flat().reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, i) => sum + row[i]!, 0);
  return `${right} of ${all} right: ${percent(right / all)}`;
}

/** A share in percent, or a dash where there is nothing to share. */
export function percent(share: number): string {
  if (Number.isNaN(share)) return "–";
  const rounded = Number((100 * share).toPrecision(3));
  return `${share < 1 && rounded === 100 ? 99.9 : rounded} %`; // not all unless all
}
