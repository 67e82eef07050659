/** Training in slow motion: where it stands, one phase at a time, forward and back again. */

import {
  type Example,
  forward,
  halfSquaredError,
  initialise,
  type Network,
  parametersOf,
  update,
} from "../../../examples/lecture/08_training_steps/network.ts";
import { xor } from "../../../examples/lecture/08_training_steps.ts";
import { Random } from "../../../mod.ts";

/** What happens, in order; the lecture's steps 0 to 7 are the numbers behind. */
export const phases = [
  ["initialise", 0],
  ["read", 1],
  ["epoch", 2],
  ["forward h1", 3],
  ["forward h2", 3],
  ["forward o1", 3],
  ["loss", 3],
  ["delta o1", 4],
  ["delta h1", 5],
  ["delta h2", 5],
  ["update", 6],
  ["repeat", 7],
] as const;

/** The name of a phase. */
export type PhaseName = (typeof phases)[number][0];

/** A neuron with all that is known of it when an example is through. */
export interface NeuronMoment {
  readonly name: string;
  readonly weights: readonly number[];
  readonly bias: number;
  readonly net: number;
  readonly output: number;
  /** The back-propagated error: the derivative of the loss by the net input. */
  readonly delta: number;
  readonly weightGradients: readonly number[];
  /** The weights and the bias after the update. */
  readonly newWeights: readonly number[];
  readonly newBias: number;
}

/** One example's way through the network. */
export interface Moment {
  readonly phase: PhaseName;
  readonly step: number;
  readonly epoch: number;
  readonly example: Example;
  readonly exampleIndex: number;
  readonly layers: readonly (readonly NeuronMoment[])[];
  readonly loss: number;
}

interface State {
  readonly parameters: readonly number[];
  readonly phase: number;
  readonly epoch: number;
  readonly example: number;
}

/** A network of 2-2-1 neurons with such parameters. */
export function networkWith(parameters: readonly number[]): Network {
  const network = initialise([2, 2, 1], new Random(0));
  parametersOf(network).forEach((parameter, i) => parameter.data = parameters[i]!);
  return network;
}

/** The parameters that a seed gives. */
export function firstParameters(seed: number): number[] {
  return parametersOf(initialise([2, 2, 1], new Random(seed))).map(({ data }) => data);
}

/** Steps through the training of a network of 2-2-1 neurons on XOR. */
export class Stepper {
  learningRate = 2;
  #state: State;
  #past: State[] = [];
  #moment: Moment | null = null;

  /** Starts with the weights that a seed gives. */
  constructor(seed: number) {
    this.#state = { parameters: firstParameters(seed), phase: 0, epoch: 1, example: 1 };
  }

  /** Starts again. */
  restart(seed: number): void {
    this.#past = [];
    this.#set({ parameters: firstParameters(seed), phase: 0, epoch: 1, example: 1 });
  }

  /** Whether there is something to take back. */
  get hasPast(): boolean {
    return this.#past.length > 0;
  }

  /** The weights and biases as they are now. */
  get parameters(): readonly number[] {
    return this.#state.parameters;
  }

  /** Goes on with the weights that a training has reached. */
  continueWith(parameters: readonly number[], epoch: number): void {
    this.#past = [];
    this.#set({ parameters, phase: 2, epoch, example: 0 });
  }

  /** One phase on. */
  next(): void {
    const { phase, epoch, example } = this.#state;
    this.#past.push(this.#state);
    if (phase + 1 < phases.length) {
      this.#set({ ...this.#state, phase: phase + 1 });
      return;
    }
    const isLast = example + 1 === xor.length;
    this.#set({
      parameters: this.#updated(),
      phase: 2,
      epoch: isLast ? epoch + 1 : epoch,
      example: isLast ? 0 : example + 1,
    });
  }

  /** One phase back. */
  back(): void {
    const before = this.#past.pop();
    if (before !== undefined) this.#set(before);
  }

  /** Computes again, with another learning rate for instance. */
  refresh(): void {
    this.#moment = null;
  }

  #set(state: State): void {
    this.#state = state;
    this.#moment = null;
  }

  /** The parameters after the step that the moment shows. */
  #updated(): number[] {
    return this.moment.layers.flat().flatMap(({ newWeights, newBias }) => [...newWeights, newBias]);
  }

  /** All numbers of the example that is looked at, by the engine. */
  get moment(): Moment {
    return this.#moment ??= this.#compute();
  }

  #compute(): Moment {
    const { parameters, phase, epoch, example: index } = this.#state;
    const network = networkWith(parameters);
    const example = xor[index]!;
    const activities = forward(network, example.inputs);
    const loss = halfSquaredError(activities, example.targets);
    loss.backward();
    const before = network.map((layer) =>
      layer.map(({ weights }) => weights.map(({ data, grad }) => ({ data, grad })))
    );
    const biases = network.map((layer) => layer.map(({ bias }) => bias.data));
    update(network, this.learningRate);
    const layers = network.map((layer, depth) =>
      layer.map(({ name, weights, bias }, i): NeuronMoment => {
        const { net, output } = activities[depth]![i]!;
        return {
          name,
          weights: before[depth]![i]!.map(({ data }) => data),
          bias: biases[depth]![i]!,
          net: net.data,
          output: output.data,
          delta: net.grad,
          weightGradients: before[depth]![i]!.map(({ grad }) => grad),
          newWeights: weights.map(({ data }) => data),
          newBias: bias.data,
        };
      })
    );
    const [name, step] = phases[phase]!;
    return { phase: name, step, epoch, example, exampleIndex: index, layers, loss: loss.data };
  }
}

/** Whether a phase has been reached. */
export function isReached(moment: Moment, phase: PhaseName): boolean {
  const place = (name: PhaseName) => phases.findIndex(([known]) => known === name);
  return place(moment.phase) >= place(phase);
}
