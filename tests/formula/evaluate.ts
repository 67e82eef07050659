/** Evaluating a printed formula, so that tests can compare it with the value it was printed from. */

const functions: Readonly<Record<string, (...inputs: number[]) => number>> = {
  abs: Math.abs,
  clamp: (x, min, max) => Math.min(Math.max(x!, min!), max!),
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  leakyRelu: (x, slope) => x! > 0 ? x! : slope! * x!,
  log: Math.log,
  max: Math.max,
  min: Math.min,
  not: (x) => x === 0 ? 1 : 0,
  relu: (x) => Math.max(x!, 0),
  sigmoid: (x) => 1 / (1 + Math.exp(-x!)),
  sign: Math.sign,
  sin: Math.sin,
  softplus: (x) => Math.log1p(Math.exp(x!)),
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  where: (condition, a, b) => condition ? a! : b!,
};

const infixes: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { or: (a, b) => +(a !== 0 || b !== 0) },
  { xor: (a, b) => +((a !== 0) !== (b !== 0)) },
  { and: (a, b) => +(a !== 0 && b !== 0) },
  {
    "==": (a, b) => +(a === b),
    "!=": (a, b) => +(a !== b),
    "<": (a, b) => +(a < b),
    "<=": (a, b) => +(a <= b),
    ">": (a, b) => +(a > b),
    ">=": (a, b) => +(a >= b),
  },
  { "+": (a, b) => a + b, "-": (a, b) => a - b },
  { "*": (a, b) => a * b, "/": (a, b) => a / b },
];

/** The parts of a formula; words are whole where they are known, else letters with their digits. */
function tokens(formula: string, names: ReadonlyMap<string, number>): string[] {
  const found: string[] = [];
  const pattern = /\s*(\d+(?:\.\d+)?(?:e-?\d+)?|\p{L}\w*'*|[=!<>]=|[-+*/^()|,<>])/uy;
  for (let at = 0; at < formula.length;) {
    pattern.lastIndex = at;
    const token = pattern.exec(formula)?.[1];
    if (token === undefined) throw new Error(`No formula from ${at}: ${formula}`);
    const isKnown = names.has(token) || token in functions || infixes.some((row) => token in row);
    const taken = isKnown ? token : /^\p{L}\d*|^.*$/u.exec(token)![0];
    found.push(taken);
    at = pattern.lastIndex - token.length + taken.length;
  }
  return found;
}

/** The number that a formula in text comes to, `names` being the numbers of its variables. */
export function evaluate(formula: string, names: ReadonlyMap<string, number>): number {
  const rest = tokens(formula, names).reverse();
  let isInBars = false;

  function expect(token: string): void {
    if (rest.pop() !== token) throw new Error(`No ${token} where one is due: ${formula}`);
  }
  function row(tightness: number): number {
    const infix = infixes[tightness];
    if (infix === undefined) return run();
    const isNegative = "+" in infix && rest.at(-1) === "-";
    if (isNegative) rest.pop();
    let result = isNegative ? -row(tightness + 1) : row(tightness + 1);
    for (;;) {
      const f = infix[rest.at(-1) ?? ""];
      if (f === undefined) return result;
      rest.pop();
      result = f(result, row(tightness + 1));
    }
  }
  /** Factors side by side. */
  function run(): number {
    let product = power();
    while (/^[\p{L}\d(]|^\|$/u.test(rest.at(-1) ?? "")) {
      const next = rest.at(-1)!;
      if ((next === "|" && isInBars) || infixes.some((row) => next in row)) break;
      product *= power();
    }
    return product;
  }
  function power(): number {
    const base = atom();
    if (rest.at(-1) !== "^") return base;
    rest.pop();
    return base ** atom();
  }
  function atom(): number {
    const token = rest.pop()!;
    const outside = isInBars;
    if (token === "(" || token === "|") {
      isInBars = token === "|";
      const result = row(0);
      expect(token === "|" ? "|" : ")");
      isInBars = outside;
      return token === "|" ? Math.abs(result) : result;
    }
    if (names.has(token)) return names.get(token)!;
    const f = functions[token];
    if (f === undefined) return Number(token);
    expect("(");
    isInBars = false;
    const inputs = [row(0)];
    while (rest.at(-1) === ",") {
      rest.pop();
      inputs.push(row(0));
    }
    expect(")");
    isInBars = outside;
    return f(...inputs);
  }

  const result = row(0);
  if (rest.length > 0) throw new Error(`Left over from ${rest.at(-1)}: ${formula}`);
  return result;
}
