/** Functions of tensors made at random, to find what nobody thought of. */

import { type DType, grad, ones, Random, type Tensor, tensor } from "../../src/mod.ts";
import { UsageError, zeros } from "../../src/mod.ts";

/** The named tensors that a random function takes. */
export type State = Readonly<Record<string, Tensor>>;

/** A function that takes named tensors, and gives some by the same names and others in a list. */
export interface RandomFunction {
  readonly f: (state: State) => { state: State; others: readonly Tensor[] };
  readonly start: State;
}

/** What makes one more value of those that are there. */
type Move = (values: readonly Tensor[]) => Tensor;

const shapes = [[3, 3], [3, 3], [3, 3], [3], [1, 3], [3, 1], [], [2, 3], [3, 2], [2, 3, 3], [0, 3]];

/** A function of `length` operations. */
export function randomFunction(
  seed: number,
  { length = 25, dtype = "float64" as DType, differentiated = false } = {},
): RandomFunction {
  const random = new Random(seed);
  const pick = <T>(items: readonly T[]): T => items[random.integer(items.length)]!;
  const inputs = Array.from({ length: 1 + random.integer(4) }, () => {
    const shape = pick(shapes);
    if (random.integer(6) > 0) return random.normal(shape, { dtype });
    return random.normal(shape).mul(2).cast(pick(["int32", "bool"] as const));
  });
  const names = inputs.map((_, i) => `input${i}`);
  const moves: Move[] = [];
  const values = [...inputs];
  const attempt = (move: Move): void => {
    try {
      const value = move(values);
      if (value.size > 100) return;
      values.push(value);
      moves.push(move);
      const last = values.length - 1;
      if (value.isDifferentiable && value.data.some((x) => !(Math.abs(x) < 50))) {
        attempt((v) => v[last]!.where(v[last]!.abs().less(1e9), 0.25).tanh());
      }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error; // shapes or kinds that do not fit
    }
  };
  const recent = () => Math.max(random.integer(values.length), random.integer(values.length));
  while (moves.length < length) attempt(randomMove(random, { recent, dtype, differentiated }));
  const replaced = names.map((name, i) => {
    const fits = values.findLastIndex((x, at) =>
      x.dtype === inputs[i]!.dtype && x.shape.join() === inputs[i]!.shape.join() &&
      (at === i || random.integer(3) > 0)
    );
    return [name, fits] as const;
  });
  const others = Array.from({ length: random.integer(5) }, () => random.integer(values.length));
  others.push(values.length - 1);
  const run = (state: State): Tensor[] => {
    const all = names.map((name) => state[name]!);
    for (const move of moves) all.push(move(all));
    return all;
  };
  const f = (state: State) => {
    const all = run(state);
    return {
      state: Object.fromEntries(replaced.map(([name, at]) => [name, all[at]!])),
      others: others.map((at) => all[at]!),
    };
  };
  const start = Object.fromEntries(names.map((name, i) => [name, inputs[i]!]));
  return { f: differentiated ? differentiate(run, f) : f, start };
}

/** The function with the gradient of a sum of its last values among the results. */
function differentiate(
  run: (state: State) => Tensor[],
  f: RandomFunction["f"],
): RandomFunction["f"] {
  return (state) => {
    const isFloat = ([, x]: [string, Tensor]) => x.isDifferentiable;
    const floats = Object.fromEntries(Object.entries(state).filter(isFloat));
    if (Object.keys(floats).length === 0) return f(state);
    const gradient = grad((own: State) =>
      run({ ...state, ...own }).filter((x) => x.isDifferentiable).slice(-4)
        .map((x) => x.square().sum()).reduce((a, b) => a.add(b), zerosLike(floats))
    )(floats);
    const { others, ...rest } = f(state);
    return { ...rest, others: [...others, ...Object.values(gradient)] };
  };
}

function zerosLike(floats: State): Tensor {
  return zeros([], { dtype: Object.values(floats)[0]!.dtype });
}

/** One operation on values chosen by `recent`; it may turn out not to fit. */
function randomMove(
  random: Random,
  { recent, dtype, differentiated }: {
    recent: () => number;
    dtype: DType;
    differentiated: boolean;
  },
): Move {
  const pick = <T>(items: readonly T[]): T => items[random.integer(items.length)]!;
  const [i, j, k] = [recent(), recent(), recent()];
  const number = random.uniform([]).item() * 4 - 2;
  const flag = () => random.integer(2) === 0;
  const [transposeA, transposeB, keepDims] = [flag(), flag(), flag()];
  const axis = random.integer(3) - 1;
  const unary = pick(["tanh", "neg", "abs", "square", "sigmoid", "relu", "exp", "sin"] as const);
  const binary = pick(["add", "sub", "mul", "maximum", "minimum"] as const);
  const reduction = pick(["sum", "mean", "max", "logsumexp"] as const);
  const kind = pick<DType>(["int32", "bool", dtype, dtype]);
  const shape = pick(shapes);
  const moves: Move[] = [
    (v) => v[i]![unary](),
    (v) => v[i]![unary](),
    (v) => v[i]![binary](v[j]!),
    (v) => v[i]![binary](v[j]!),
    (v) => v[i]![binary](v[j]!),
    (v) => v[i]!.mul(number).add(v[j]!),
    (v) => v[i]!.where(v[j]!.greater(number), v[k]!),
    (v) => v[i]!.matmul(v[j]!, { transposeA, transposeB }),
    (v) => v[i]!.matmul(v[j]!, { transposeA, transposeB }),
    (v) => v[i]!.matmul(v[j]!.transpose()).add(v[k]!).relu(),
    (v) => v[i]![reduction](axis, { keepDims }),
    (v) => v[i]!.softmax(axis),
    (v) => v[i]!.reshape(shape),
    (v) => v[i]!.reshape([v[i]!.size]),
    (v) => v[i]!.transpose(),
    (v) => v[i]!.broadcastTo(shape),
    (v) => v[i]!.concat([v[j]!], { axis: 0 }),
    (v) => v[i]!.cumsum(axis),
    (v) => v[i]!.slice([{ step: -1 }]),
    (v) => v[i]!.take(tensor([1, 0, 1], { dtype: "int32" }), { axis: 0 }),
    (v) => v[i]!.detach(),
    () => ones([3, 3], { dtype }),
    () => tensor([number, 2, 3], { dtype }),
  ];
  const noFloats: Move[] = [
    (v) => v[i]!.cast(kind),
    (v) => v[i]!.greater(number),
    (v) => v[i]!.argmax(axis),
    (v) => v[i]!.isFinite().logicalAnd(v[j]!.less(number)),
  ];
  return pick(differentiated ? moves : [...moves, ...noFloats]);
}
