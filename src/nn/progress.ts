/** Showing how training goes: a bar on a terminal, plain lines elsewhere. */

/** What happened in an epoch. */
export interface EpochRecord {
  /** The epoch, counted from 1. */
  readonly epoch: number;
  /** The mean loss over the epoch's training examples, each before the step it took part in. */
  readonly loss: number;
  /** The share of these examples whose class was right, or null where labels are no classes. */
  readonly accuracy: number | null;
  /** The mean loss on the validation data after the epoch, or null without such data. */
  readonly validationLoss: number | null;
  /** The accuracy on the validation data after the epoch, or null without such data. */
  readonly validationAccuracy: number | null;
  /** How long the epoch took, validation included. */
  readonly seconds: number;
}

/** Where training stands in an epoch. */
export interface BatchReport {
  /** The epoch, counted from 1. */
  readonly epoch: number;
  /** The number of epochs. */
  readonly epochs: number;
  /** The batch, counted from 1. */
  readonly batch: number;
  /** The number of batches of an epoch. */
  readonly batches: number;
  /** The loss of this batch. */
  readonly loss: number;
}

/** Whom training tells how it goes. */
export interface ProgressReporter {
  /** Called after each batch. */
  onBatch?(report: BatchReport): void;
  /** Called after each epoch. */
  onEpoch?(record: EpochRecord, epochs: number): void;
}

/**
 * One epoch as a line that fits 80 columns: `epoch 1/5  loss 0.3482  accuracy 90.12 %  2.1 s`, with
 * `validation 0.2954  91.50 %`, its loss and accuracy, before the time where there is such data.
 */
export function formatEpoch(record: EpochRecord, epochs: number): string {
  const percent = (share: number | null, name = "") =>
    share === null ? "" : `  ${name}${(100 * share).toFixed(2)} %`;
  const validation = record.validationLoss === null
    ? ""
    : `  validation ${record.validationLoss.toFixed(4)}${percent(record.validationAccuracy)}`;
  const epoch = String(record.epoch).padStart(String(epochs).length);
  const training = `loss ${record.loss.toFixed(4)}${percent(record.accuracy, "accuracy ")}`;
  return `epoch ${epoch}/${epochs}  ${training}${validation}  ${record.seconds.toFixed(1)} s`;
}

/** The part of Deno's standard output that a progress bar needs. */
interface Output {
  isTerminal(): boolean;
  writeSync(bytes: Uint8Array): number;
}

/** How many columns the terminal has; 80 where nobody knows. */
function columnsOfTerminal(): number {
  const { Deno } = globalThis as { Deno?: { consoleSize?: () => { columns: number } } };
  try {
    return Deno?.consoleSize?.().columns || 80; // it has none where it was told of none
  } catch {
    return 80;
  }
}

/** Deno's standard output where it is a terminal. */
function terminal(): Output | null {
  const { Deno } = globalThis as { Deno?: { stdout?: Output } };
  return Deno?.stdout?.isTerminal() ? Deno.stdout : null;
}

/** A bar that is redrawn on a terminal, and a line for each epoch everywhere. */
export function consoleProgress(): ProgressReporter {
  const output = terminal();
  const encoder = new TextEncoder();
  const clear = "\r\x1b[K";
  let drawn = 0;
  return {
    onBatch({ epoch, epochs, batch, batches, loss }) {
      if (output === null || (batch < batches && performance.now() - drawn < 50)) return;
      drawn = performance.now();
      const [before, after] = [`epoch ${epoch}/${epochs} `, ` ${batch}/${batches}`];
      const tail = `  loss ${loss.toFixed(4)}`;
      const columns = columnsOfTerminal() - 1; // a line that is full would go on in the next one
      const room = columns - before.length - after.length - tail.length;
      const width = Math.max(0, Math.min(24, room));
      const filled = Math.round(width * batch / batches);
      const bar = "█".repeat(filled) + "░".repeat(width - filled);
      output.writeSync(encoder.encode(clear + (before + bar + after + tail).slice(0, columns)));
    },
    onEpoch(record, epochs) {
      if (output !== null) output.writeSync(encoder.encode(clear));
      console.log(formatEpoch(record, epochs));
    },
  };
}
