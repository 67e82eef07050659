/** Micrograd's demonstration on Values: two moons, a network of 2-16-16-1 neurons, a hinge loss. */

import { type Random, type Value, value } from "../../src/mod.ts";

const widths = [2, 16, 16, 1];

/** The network and the points it separates. */
export class Moons {
  readonly #layers: readonly (readonly Value[][])[];
  readonly #points: readonly (readonly number[])[];
  readonly #labels: readonly number[];

  /** Makes the network and so many points. */
  constructor(random: Random, count: number) {
    this.#layers = widths.slice(1).map((outputs, layer) =>
      Array.from(
        { length: outputs },
        () => Array.from({ length: widths[layer]! + 1 }, () => value(random.next() - 0.5)),
      )
    );
    this.#labels = Array.from({ length: count }, (_, i) => i % 2 === 0 ? 1 : -1);
    this.#points = this.#labels.map((label) => {
      const angle = Math.PI * random.next();
      const [x, y] = [Math.cos(angle), Math.sin(angle)];
      return label === 1 ? [x, y] : [1 - x, 0.5 - y];
    });
  }

  /** Weights and biases. */
  get parameters(): Value[] {
    return this.#layers.flat(2);
  }

  /** How sure the network is that a point is of the first moon. */
  score(point: readonly number[]): Value {
    let signals: readonly (Value | number)[] = point;
    for (const [i, layer] of this.#layers.entries()) {
      signals = layer.map(([bias, ...weights]) => {
        let sum = bias!;
        for (const [k, weight] of weights.entries()) sum = sum.add(weight.mul(signals[k]!));
        return i === this.#layers.length - 1 ? sum : sum.relu();
      });
    }
    return signals[0] as Value;
  }

  /** The mean hinge loss and a penalty on large weights. */
  loss(): Value {
    const add = (a: Value, b: Value) => a.add(b);
    const hinges = this.#points.map((point, i) =>
      this.score(point).mul(-this.#labels[i]!).add(1).relu()
    );
    const squares = this.parameters.map((parameter) => parameter.square());
    return hinges.reduce(add).div(hinges.length).add(squares.reduce(add).mul(1e-4));
  }
}
