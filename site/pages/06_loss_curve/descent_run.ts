/** A descent by the reader's settings: its path, computed in a worker, and what became of it. */

import {
  type Numbers,
  type Point,
  points,
  start,
} from "../../../examples/lecture/04_simpler_model.ts";
import { bestLine, lossAt } from "../../../examples/lecture/05_gradient.ts";
import { learningRates, manyPoints } from "../../../examples/lecture/06_loss_curve.ts";
import type { Piece } from "../../tasks/06_loss_curve.ts";
import { runTask, type Task } from "../../worker_task.ts";
import type { Descent, Place } from "./walk.ts";

/** Which points are learned from. */
export type DataName = "two" | "many";

/** How many of them a step looks at. */
export type BatchName = "full" | "mini" | "single";

/** What the reader chooses. */
export interface Settings {
  readonly data: DataName;
  readonly batch: BatchName;
  readonly rate: number;
  readonly epochs: number;
  readonly from: Numbers;
}

/** How a descent fares. */
export type Fate = "arrives" | "crawls" | "stagger" | "diverges" | "walking";

const dataSets: Readonly<Record<DataName, readonly Point[]>> = { two: points, many: manyPoints };

/** The descent that is shown, computed anew whenever a setting changes. */
export class DescentRun {
  /** Where it comes by, as far as it is computed. */
  path: Place[] = [];
  /** Whether all of the path is computed. */
  isWhole = false;
  #settings: Settings = {
    data: "two",
    batch: "full",
    rate: learningRates.arrives,
    epochs: 200,
    from: start,
  };
  #run = 0;
  #task: Task<Descent> | null = null;
  readonly #onPiece: () => void;

  /** `onPiece` is called when more of the path is known. */
  constructor(onPiece: () => void) {
    this.#onPiece = onPiece;
  }

  /** What is chosen. */
  get settings(): Settings {
    return this.#settings;
  }

  /** The points that are learned from. */
  get points(): readonly Point[] {
    return dataSets[this.#settings.data];
  }

  /** Of twelve points four are a mini-batch; of two, one is all that is less than both. */
  get batchSize(): number {
    const count = this.points.length;
    return { full: count, mini: Math.max(1, Math.round(count / 3)), single: 1 }[
      this.#settings.batch
    ];
  }

  /** How many steps go once through all points. */
  get stepsPerEpoch(): number {
    return Math.ceil(this.points.length / this.batchSize);
  }

  /** The error of the best line. */
  get smallestLoss(): number {
    return lossAt(bestLine(this.points), this.points);
  }

  /** Changes settings and has the path computed; only its start is known at once. */
  start(change: Partial<Settings> = {}): void {
    this.#settings = { ...this.#settings, ...change };
    const { from, rate, epochs } = this.#settings;
    this.path = [{ ...from, loss: lossAt(from, this.points) }];
    this.isWhole = false;
    this.#run++;
    const descent: Descent = {
      run: this.#run,
      from,
      learningRate: rate,
      batchSize: this.batchSize,
      epochs,
      data: this.points,
    };
    if (this.#task !== null) return this.#task.send(descent);
    this.#task = runTask("06_loss_curve", descent, (piece: Piece) => this.#receive(piece));
  }

  #receive({ run, places, isLast }: Piece): void {
    if (run !== this.#run) return;
    if (this.path.length === 1) this.path = []; // the start comes again
    this.path.push(...places);
    this.isWhole = isLast;
    this.#onPiece();
  }

  /** How it fares after so many steps. */
  fateAt(step: number): Fate {
    const [first, { loss }] = [this.path[0]!.loss, this.path[step]!];
    if (!(loss < 10 * first + 1)) return "diverges";
    if (!this.isWhole || step < this.path.length - 1) return "walking";
    const best = this.smallestLoss;
    const left = (loss - best) / (first - best);
    const isNoisy = this.#settings.data === "many" && this.batchSize < this.points.length;
    if (isNoisy && left < 0.1) return "stagger";
    return left < 0.01 ? "arrives" : "crawls";
  }
}
