/** How operations read in a graph. */

const symbols: ReadonlyMap<string, string> = new Map([
  ["add", "+"],
  ["sub", "−"],
  ["mul", "×"],
  ["div", "÷"],
  ["neg", "−"],
  ["pow", "^"],
  ["square", "x²"],
  ["sqrt", "√"],
  ["reciprocal", "1/x"],
  ["exp", "eˣ"],
  ["abs", "|x|"],
  ["maximum", "max"],
  ["minimum", "min"],
  ["less", "<"],
  ["lessEqual", "≤"],
  ["greater", ">"],
  ["greaterEqual", "≥"],
  ["equal", "="],
  ["notEqual", "≠"],
]);

/** The symbol of an operation, or its name. */
export function symbolOf(op: string): string {
  return symbols.get(op) ?? op;
}
