/**
 * A program of its own, without a `deno.json`, that imports turunan by path: a URL would do as well.
 * It finds the lowest point of a function by Newton's method, f' / f'', both derived.
 *
 *     deno run main.ts
 */

import { formula, gradients, value } from "../../mod.ts";

let x = value(1, "x");
for (let step = 0; step <= 4; step++) {
  const y = x.exp().sub(x.mul(3)); // lowest where e^x = 3
  const [slope] = gradients(y, [x]);
  const [curvature] = gradients(slope, [x]);
  if (step === 0) {
    console.log(`f = ${formula(y)}, f' = ${formula(slope)}, f'' = ${formula(curvature)}`);
  }
  console.log(`step ${step}: x = ${x.data.toFixed(12)}, f' = ${slope.data.toExponential(1)}`);
  x = value(x.data - slope.data / curvature.data, "x");
}
console.log(`log 3 = ${Math.log(3).toFixed(12)}`);
