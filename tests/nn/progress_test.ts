import { assert, assertEquals } from "@std/assert";
import { consoleProgress, type EpochRecord, formatEpoch } from "../../src/nn/progress.ts";

const record: EpochRecord = {
  epoch: 2,
  loss: 0.34821,
  accuracy: 0.90123,
  validationLoss: null,
  validationAccuracy: null,
  seconds: 2.06,
};

/** What `f` prints, line by line. */
function printed(f: () => void): string[] {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => lines.push(line);
  try {
    f();
  } finally {
    console.log = log;
  }
  return lines;
}

Deno.test("formatEpoch() leaves out what there is not", () => {
  assertEquals(formatEpoch(record, 5), "epoch 2/5  loss 0.3482  accuracy 90.12 %  2.1 s");
  assertEquals(formatEpoch({ ...record, accuracy: null }, 5), "epoch 2/5  loss 0.3482  2.1 s");
  assertEquals(
    formatEpoch({ ...record, validationLoss: 0.5, validationAccuracy: 1 }, 10),
    "epoch  2/10  loss 0.3482  accuracy 90.12 %  validation 0.5000  100.00 %  2.1 s",
  );
});

Deno.test("consoleProgress() prints one line for each epoch where there is no terminal", () => {
  const { isTerminal, writeSync } = Deno.stdout;
  Deno.stdout.isTerminal = () => false;
  try {
    const lines = printed(() => {
      const reporter = consoleProgress();
      reporter.onBatch!({ epoch: 2, epochs: 5, batch: 1, batches: 3, loss: 1 });
      reporter.onEpoch!(record, 5);
    });
    assertEquals(lines, [formatEpoch(record, 5)]);
  } finally {
    Object.assign(Deno.stdout, { isTerminal, writeSync });
  }
});

Deno.test("consoleProgress() redraws a bar on a terminal and clears it before the line", () => {
  const { isTerminal, writeSync } = Deno.stdout;
  let drawn = "";
  Deno.stdout.isTerminal = () => true;
  Deno.stdout.writeSync = (bytes) => {
    drawn += new TextDecoder().decode(bytes);
    return bytes.length;
  };
  try {
    const lines = printed(() => {
      const reporter = consoleProgress();
      reporter.onBatch!({ epoch: 2, epochs: 5, batch: 3, batches: 3, loss: 0.25 });
      reporter.onEpoch!(record, 5);
    });
    assertEquals(lines, [formatEpoch(record, 5)]);
  } finally {
    Object.assign(Deno.stdout, { isTerminal, writeSync });
  }
  assert(drawn.includes(`epoch 2/5 ${"█".repeat(24)} 3/3  loss 0.2500`), drawn);
  assert(drawn.endsWith("\r\x1b[K"));
});

Deno.test("consoleProgress() keeps its bar within one line of a narrow terminal", () => {
  const { isTerminal, writeSync } = Deno.stdout, { consoleSize } = Deno;
  const drawn: string[] = [];
  Deno.stdout.isTerminal = () => true;
  Deno.stdout.writeSync = (bytes) => {
    drawn.push(new TextDecoder().decode(bytes).replace("\r\x1b[K", ""));
    return bytes.length;
  };
  const place = { epoch: 2, epochs: 5, batch: 1719, batches: 1719, loss: 0.25 };
  try {
    for (const columns of [45, 20]) {
      Deno.consoleSize = () => ({ columns, rows: 24 });
      consoleProgress().onBatch!(place);
    }
  } finally {
    Object.assign(Deno.stdout, { isTerminal, writeSync });
    Deno.consoleSize = consoleSize;
  }
  assertEquals(drawn, ["epoch 2/5 ███████████ 1719/1719  loss 0.2500", "epoch 2/5  1719/171"]);
});
