/** How many columns there are to print in: those of the terminal, or 80 where there is none. */
export function columns(): number {
  if (!Deno.stdout.isTerminal()) return 80;
  return Deno.consoleSize().columns || 80;
}
