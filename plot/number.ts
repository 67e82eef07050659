/** How numbers read in drawings. */

/** A number in its shortest form, to four digits or as many as are asked for. */
export function shortNumber(x: number, digits = 4): string {
  if (!Number.isFinite(x)) return String(x);
  return trimmed(Number(x.toPrecision(digits)));
}

/** A number on an axis whose marks are `step` apart. */
export function tickLabel(x: number, step: number): string {
  if (x === 0) return "0";
  const digits = Math.floor(Math.log10(Math.abs(x))) - Math.floor(Math.log10(step) + 1e-9) + 1;
  return trimmed(Number(x.toPrecision(Math.min(Math.max(digits, 1), 15))));
}

/** A number as text, with an exponent only where that is shorter than many zeros. */
function trimmed(x: number): string {
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) return x.toExponential().replace("e+", "e");
  return String(x);
}

/** Numbers of a table, with as many decimals as the one that needs most of three digits; NaN is "". */
export function alignedNumbers(numbers: readonly number[]): string[] {
  const short = numbers.map((x) => Number.isNaN(x) ? "" : shortNumber(x, 3));
  if (short.some((text) => /[eI]/.test(text))) return short;
  const decimals = short.reduce((most, text) => Math.max(most, text.split(".")[1]?.length ?? 0), 0);
  const shown = Math.min(decimals, 3);
  return numbers.map((x) =>
    Number.isNaN(x) ? "" : (x || 0).toFixed(shown).replace(/^-(0\.?0*)$/, "$1")
  );
}

/** The labels of numbers on an axis, in the same order. */
export function tickLabels(
  numbers: readonly number[],
  scale: "linear" | "log" = "linear",
): string[] {
  if (scale === "log") return numbers.map((x) => shortNumber(x));
  const step = numbers.length > 1 ? numbers[1]! - numbers[0]! : Math.abs(numbers[0] ?? 1) || 1;
  return numbers.map((x) => tickLabel(x, step));
}
