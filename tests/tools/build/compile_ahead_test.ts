import { assertEquals } from "@std/assert";
import { compileAhead } from "../../../tools/build/compile_ahead.ts";

/** Where a piece of the code stands. */
function spanOf(code: string, piece: string): { start: number; end: number } {
  const start = code.indexOf(piece);
  return { start, end: start + piece.length };
}

Deno.test("compileAhead() puts chosen functions in parentheses, declarations before all else", () => {
  const double = "function double(x) { return 2 * x; }";
  const code = `const four = double(2);\n${double}\nconst half = (x) => x / 2;\n`;
  assertEquals(
    compileAhead(code, [spanOf(code, double), spanOf(code, "(x) => x / 2")]),
    `var double = (${double});\nconst four = double(2);\n\nconst half = ((x) => x / 2);\n`,
  );
});

Deno.test("compileAhead() keeps the order of declarations, and functions inside each other", () => {
  const outer = "function outer() { return (x) => (y) => x + y; }";
  const code = `${outer}\nasync function last() {}\n`;
  const spans = [
    outer,
    "(x) => (y) => x + y",
    "(y) => x + y",
    "async function last() {}",
  ].map((piece) => spanOf(code, piece));
  assertEquals(
    compileAhead(code, spans),
    "var outer = (function outer() { return ((x) => ((y) => x + y)); });\n" +
      "var last = (async function last() {});\n\n\n",
  );
});

Deno.test("compileAhead() leaves methods and what was not chosen alone", () => {
  const code = "const a = { b() {} };\nclass C { d() {} }\nfunction e() { function f() {} }\n";
  const spans = ["b() {}", "d() {}", "function f() {}"].map((piece) => spanOf(code, piece));
  assertEquals(compileAhead(code, spans), code);
});
