import { assert, assertEquals } from "@std/assert";
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

/** The default export of a module. */
async function exportOf(code: string): Promise<unknown> {
  const { default: value } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return value;
}

Deno.test("compileAhead() keeps what methods are, in objects and in classes", async () => {
  const methods = ["add(x) { return this.#n + x; }", "twice() { return this.add(0) * 2; }"];
  const object = "make(n) { return new Number(n); }";
  const code = `class Number { #n; constructor(n) { this.#n = n; } ${methods.join(" ")} }
    export default { ${object}, keys: (x) => [Object.keys(x), x.add.name] };`;
  const ahead = compileAhead(code, [...methods, object].map((piece) => spanOf(code, piece)));
  assert(ahead.includes("add: (function (x) {") && ahead.includes("make: (function (n) {"), ahead);
  type Made = { add(x: number): number; twice(): number };
  const { make, keys } = await exportOf(ahead) as {
    make: (n: number) => Made;
    keys: (x: Made) => unknown;
  };
  assertEquals([make(3).add(1), make(3).twice()], [4, 6]);
  assertEquals(keys(make(3)), [[], "add"]);
});

Deno.test("compileAhead() leaves what functions cannot do, and what was not chosen, alone", () => {
  const pieces = [
    "get a() {}",
    "#b() {}",
    "static c() {}",
    "d() { return super.d(); }",
    "async e() {}",
    "[f]() {}",
    "constructor() {}",
    "function g() {}",
  ];
  const [nested, ...members] = pieces.toReversed();
  const code = `class A { ${members.join(" ")} h() {} }\nfunction i() { ${nested} }\n`;
  assertEquals(compileAhead(code, pieces.map((piece) => spanOf(code, piece))), code);
});
