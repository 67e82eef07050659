/** Which answer a classifier gives where in the plane, drawn with characters. */

/** What to draw. */
export interface RegionOptions {
  /** The first and the last x, from left to right. */
  readonly x: readonly [number, number];
  /** The first and the last y, from bottom to top. */
  readonly y: readonly [number, number];
  /** How many characters wide and high. */
  readonly size: readonly [columns: number, rows: number];
  /** Points to draw on top, each with its character. */
  readonly points: readonly { readonly at: readonly number[]; readonly mark: string }[];
}

/** The plane as lines of text: the character that `shade` gives each place, points on top. */
export function drawRegion(
  shade: (x: number, y: number) => string,
  { x: [left, right], y: [bottom, top], size: [columns, rows], points }: RegionOptions,
): string[] {
  const cells = Array.from(
    { length: rows },
    (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        const x = left + (right - left) * column / (columns - 1);
        const y = top + (bottom - top) * row / (rows - 1);
        return shade(x, y);
      }),
  );
  for (const { at, mark } of points) {
    const column = Math.round((columns - 1) * (at[0]! - left) / (right - left));
    const row = Math.round((rows - 1) * (at[1]! - top) / (bottom - top));
    const line = cells[row];
    if (line !== undefined && column >= 0 && column < columns) line[column] = mark;
  }
  return cells.map((line) => line.join(""));
}
