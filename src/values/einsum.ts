/** Sums of products by the names of axes. */

import { describe } from "../ops/describe.ts";
import { UsageError } from "../ops/error.ts";
import { formatShape, ShapeError, sizeOf } from "../ops/shape.ts";
import { checkTensors } from "./check_tensors.ts";
import type { Tensor } from "./tensor.ts";

/** A tensor with a letter for each axis. */
interface Named {
  readonly tensor: Tensor;
  readonly letters: readonly string[];
}

/**
 * The sum of products that an equation names, as Einstein's convention has it and NumPy's `einsum`
 * writes it: a letter for each axis, axes of one letter multiplied together, letters that are not in
 * the output summed over. `"ij,jk->ik"` is the matrix product, `"ii->i"` a diagonal, `"bij,bjk->bik"`
 * a product of batches. Without an arrow the output has the letters that occur once, in alphabetical
 * order; `...` stands for further axes in front, which broadcast.
 *
 * Throws a `UsageError` for an equation that cannot be read, and a `ShapeError` where it does not fit
 * the tensors or a letter stands for two lengths.
 *
 * @example A matrix product and a trace
 * ```ts
 * import { einsum, tensor } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const a = tensor([[1, 2], [3, 4]]);
 * assertEquals(einsum("ij,jk->ik", a, a).toArray(), [[7, 10], [15, 22]]);
 * assertEquals(einsum("ii", a).item(), 5);
 * ```
 */
export function einsum(equation: string, ...tensors: readonly Tensor[]): Tensor {
  if (typeof equation !== "string") {
    throw new UsageError(
      `Cannot einsum ${describe(equation)}: an equation is text, as "ij,jk->ik"`,
    );
  }
  checkTensors("einsum", tensors);
  const { inputs, output } = parse(equation, tensors);
  checkLengths(equation, inputs);
  const terms = inputs.map(withoutRepeats);
  const product = terms.reduce((a, b, i) => {
    const later = terms.slice(i + 1).flatMap(({ letters }) => letters);
    return contract(a, b, new Set([...later, ...output]));
  });
  const { tensor, letters } = summed(product, new Set(output));
  return tensor.permute(output.map((letter) => letters.indexOf(letter)));
}

/** The letters of each tensor and of the output; axes under `...` are numbered from the back. */
function parse(
  equation: string,
  tensors: readonly Tensor[],
): { inputs: Named[]; output: readonly string[] } {
  const unreadable = (reason: string) =>
    new UsageError(`Cannot einsum "${equation}" of ${tensors.length} tensors: ${reason}`);
  const [left, right, ...more] = equation.replaceAll(/\s/g, "").split("->");
  const terms = left!.split(",");
  if (more.length > 0) throw unreadable("there are two arrows");
  if (terms.length !== tensors.length) throw unreadable(`it names ${terms.length}`);
  for (const term of [...terms, right ?? ""]) {
    if (!/^[a-z]*(\.\.\.[a-z]*)?$/i.test(term)) throw unreadable(`"${term}" is no list of letters`);
  }
  const inputs = terms.map((term, i) => name(equation, term, tensors[i]!));
  const all = inputs.flatMap(({ letters }) => letters);
  const covered = Math.max(0, ...all.filter(isNumber).map(Number));
  const once = all.filter((letter) => all.indexOf(letter) === all.lastIndexOf(letter));
  const output = right === undefined
    ? [...numbers(covered), ...once.filter((letter) => !isNumber(letter)).sort()]
    : expand(right, covered);
  const wrong = output.find((letter, i) => !all.includes(letter) || output.indexOf(letter) !== i);
  if (wrong !== undefined) throw unreadable(`its output cannot have an axis "${wrong}"`);
  if (covered > 0 && !output.includes("1")) throw unreadable("its output lacks ...");
  return { inputs, output };
}

/** A tensor with the letters of a term. */
function name(equation: string, term: string, tensor: Tensor): Named {
  const letters = expand(term, tensor.rank - term.replace("...", "").length);
  if (letters.length === tensor.rank) return { tensor, letters };
  throw new ShapeError(
    `Cannot einsum "${equation}": "${term}" does not fit ${formatShape(tensor.shape)}`,
  );
}

/** The letters of a term, with numbers for the axes that its `...` covers. */
function expand(term: string, covered: number): readonly string[] {
  const [before, after] = term.split("...");
  return after === undefined ? [...term] : [...before!, ...numbers(covered), ...after];
}

/** What stands for axes without a letter: the last one is "1". */
function numbers(count: number): readonly string[] {
  return Array.from({ length: Math.max(count, 0) }, (_, i) => `${count - i}`);
}

/** Whether an axis stands under `...` and has a number for a letter. */
function isNumber(letter: string): boolean {
  return /\d/.test(letter);
}

/** Throws where a letter stands for two lengths. */
function checkLengths(equation: string, inputs: readonly Named[]): void {
  const lengths = new Map<string, number>();
  for (const { tensor, letters } of inputs) {
    for (const [axis, letter] of letters.entries()) {
      const length = tensor.shape[axis]!;
      const before = lengths.get(letter) ?? length;
      if (before !== length && !isNumber(letter)) {
        throw new ShapeError(
          `Cannot einsum "${equation}": axis ${letter} has lengths ${before} and ${length}`,
        );
      }
      lengths.set(letter, length);
    }
  }
}

/** Axes of one letter become their diagonal. */
function withoutRepeats({ tensor, letters }: Named): Named {
  const second = letters.findIndex((letter, axis) => letters.indexOf(letter) !== axis);
  if (second < 0) return { tensor, letters };
  const first = letters.indexOf(letters[second]!);
  const others = letters.filter((_, axis) => axis !== first && axis !== second);
  return withoutRepeats({
    tensor: tensor.diagonal(0, { axis1: first, axis2: second }),
    letters: [...others, letters[second]!],
  });
}

/** Summed over the axes that nothing else asks for. */
function summed({ tensor, letters }: Named, kept: ReadonlySet<string>): Named {
  const axes = letters.flatMap((letter, axis) => kept.has(letter) ? [] : [axis]);
  if (axes.length === 0) return { tensor, letters };
  return { tensor: tensor.sum(axes), letters: letters.filter((letter) => kept.has(letter)) };
}

/** The product of two tensors, summed over the letters that both have and nothing else asks for. */
function contract(a: Named, b: Named, kept: ReadonlySet<string>): Named {
  const left = summed(a, new Set([...b.letters, ...kept]));
  const right = summed(b, new Set([...a.letters, ...kept]));
  const shared = left.letters.filter((letter) => right.letters.includes(letter));
  const batch = shared.filter((letter) => kept.has(letter));
  const inner = shared.filter((letter) => !kept.has(letter));
  const rows = left.letters.filter((letter) => !shared.includes(letter));
  const columns = right.letters.filter((letter) => !shared.includes(letter));
  const product = matrices(left, batch, rows, inner).matmul(matrices(right, batch, inner, columns));
  const lengths = [...lengthsOf(left, rows), ...lengthsOf(right, columns)];
  return {
    tensor: product.reshape([...product.shape.slice(0, -2), ...lengths]),
    letters: [...batch, ...rows, ...columns],
  };
}

type Letters = readonly string[];

function lengthsOf({ tensor, letters }: Named, group: Letters): readonly number[] {
  return group.map((letter) => tensor.shape[letters.indexOf(letter)]!);
}

/** A tensor as a batch of matrices, each group of axes merged into one. */
function matrices(named: Named, batch: Letters, rows: Letters, columns: Letters): Tensor {
  const { tensor, letters } = named;
  const order = [...batch, ...rows, ...columns].map((letter) => letters.indexOf(letter));
  const size = (group: Letters) => sizeOf(lengthsOf(named, group));
  return tensor.permute(order).reshape([...lengthsOf(named, batch), size(rows), size(columns)]);
}
