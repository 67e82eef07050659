/** Matrices made small enough to be drawn. */

/** A matrix of at most so many rows and columns, each entry the mean of those it stands for. */
export function shrunk(
  values: readonly (readonly number[])[],
  { rows, columns }: { readonly rows: number; readonly columns: number },
): number[][] {
  const width = values[0]!.length;
  const [high, wide] = [Math.min(rows, values.length), Math.min(columns, width)];
  return Array.from({ length: high }, (_, i) => {
    const band = values.slice(
      Math.floor(i * values.length / high),
      Math.floor((i + 1) * values.length / high),
    );
    return Array.from({ length: wide }, (_, j) => {
      const [from, to] = [Math.floor(j * width / wide), Math.floor((j + 1) * width / wide)];
      return mean(band.flatMap((row) => row.slice(from, to)));
    });
  });
}

function mean(numbers: readonly number[]): number {
  const known = numbers.filter((x) => !Number.isNaN(x));
  return known.length === 0 ? NaN : known.reduce((sum, x) => sum + x, 0) / known.length;
}
