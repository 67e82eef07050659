/** Colours, where there is a terminal to show them and NO_COLOR is not set. */

const isColored = Deno.stdout.isTerminal() && !Deno.noColor;

const codes = { bold: "1", faint: "2", red: "31", green: "32", yellow: "33" } as const;

/** The name of a way to print text. */
export type Paint = keyof typeof codes;

/** The text in a colour, or as it is where colours are not shown. */
export function paint(text: string, how: Paint): string {
  return isColored ? `\x1b[${codes[how]}m${text}\x1b[0m` : text;
}

/** One character cell that shows two greys from 0 (black) to 1 (white), or black and white. */
export function halves(upper: number, lower: number): string {
  if (!isColored) return [" ", "▄", "▀", "█"][2 * Number(upper > 0.4) + Number(lower > 0.4)]!;
  const grey = (ink: number) => 232 + Math.round(23 * Math.min(Math.max(ink, 0), 1));
  return `\x1b[38;5;${grey(upper)};48;5;${grey(lower)}m▀\x1b[0m`;
}
