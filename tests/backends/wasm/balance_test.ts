import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Balance, balanceBytes } from "../../../src/backends/wasm/balance.ts";
import { whole } from "../../../src/backends/wasm/share.ts";

const lookTime = 5e-7; // milliseconds, as the balance believes

/** A balance of threads that do so much a millisecond, and what runs a program on them. */
function simulated(speeds: readonly number[], address = 64) {
  const threads = speeds.length;
  const buffer = new SharedArrayBuffer(address + balanceBytes(threads));
  const waits = new Int32Array(buffer, address + balanceBytes(threads) - 64 * threads);
  const bounds = new Int32Array(buffer, address, threads + 1);
  const balance = new Balance(buffer, address, threads);
  const run = (work: number, looks = lookTime): void => {
    const busy = speeds.map((speed, i) => work * (bounds[i + 1]! - bounds[i]!) / whole / speed);
    const time = Math.max(...busy);
    busy.forEach((own, i) => waits[16 * i] = (time - own) / looks);
    balance.note(time);
  };
  return { balance, bounds, run };
}

Deno.test("Balance gives equal shares at first, and goes on so while threads are through together", () => {
  const { balance, bounds, run } = simulated([1, 1, 1]);
  assertEquals([...bounds], [0, 21845, 43691, 65536]);
  for (let i = 0; i < 100; i++) run(0.2);
  assertEquals([...bounds], [0, 21845, 43691, 65536]);
  assertEquals(balance.shares, [1 / 3, 1 / 3, 1 / 3]);
});

Deno.test("Balance gives a slow thread less, whatever a look takes in truth", () => {
  for (const looks of [lookTime / 2, lookTime, 2 * lookTime]) {
    const { balance, run } = simulated([1, 0.6, 0.4]);
    for (let i = 0; i < 400; i++) run(1, looks);
    balance.shares.forEach((share, i) => assertAlmostEquals(share, [0.5, 0.3, 0.2][i]!, 0.02));
  }
});

Deno.test("Balance follows in fewer runs where runs are long", () => {
  const { balance, run } = simulated([1, 0.5]);
  for (let i = 0; i < 10; i++) run(60);
  assertAlmostEquals(balance.shares[0]!, 2 / 3, 0.02);
});

Deno.test("Balance keeps shares between 0 and all when a thread has waited for longer than the run", () => {
  const { balance, bounds, run } = simulated([1, 1]);
  for (let i = 0; i < 50; i++) run(1, lookTime / 1000);
  const { balance: other, bounds: otherBounds, run: runOther } = simulated([5, 0.01]);
  for (let i = 0; i < 50; i++) runOther(1, lookTime / 1000);
  for (const each of [bounds, otherBounds]) {
    assert(each[0] === 0 && each[1]! > 0 && each[1]! < whole && each[2] === whole, `${each}`);
  }
  for (const { shares } of [balance, other]) assertAlmostEquals(shares[0]! + shares[1]!, 1, 1e-9);
});
