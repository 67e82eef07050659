/**
 * The lecture's line: y = m x + b through two points. Its mean squared error is computed once on
 * scalars that remember how they were made; the formulas below are read off that graph, and the
 * derivatives among them are derived by the same reverse pass that then finds m and b.
 *
 *     deno run examples/line.ts
 */

import { formula, gradients, type Value, value } from "../mod.ts";

const m = value(-1, "m");
const b = value(5, "b");
const data = [[1, 3], [2, 5]] as const;

function meanSquaredError(): Value {
  const errors = data.map(([x, y]) => m.mul(x).add(b).sub(y).square());
  return errors.reduce((sum, error) => sum.add(error)).div(data.length);
}

const mse = meanSquaredError();
const [dm, db] = gradients(mse, [m, b]); // values again: they can be derived further
const [dmdm, dmdb] = gradients(dm, [m, b]);

const show = (name: string, result: Value) =>
  console.log(`${name.padEnd(10)} = ${formula(result).padEnd(42)} = ${result.data}`);

console.log(`The line y = mx + b through ${data.map(([x, y]) => `(${x}, ${y})`).join(" and ")},`);
console.log(`its mean squared error, and the derivatives at m = ${m.data}, b = ${b.data}:\n`);
show("MSE", mse);
show("dMSE/dm", dm);
show("dMSE/db", db);
show("d2MSE/dm2", dmdm);
show("d2MSE/dmdb", dmdb);
console.log(`\nThe first of them for LaTeX: ${formula(mse, { style: "latex" })}`);

const learningRate = 0.1;
const shown = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

console.log(`\nGradient descent with learning rate ${learningRate}:\n`);
console.log("step         m         b           MSE");
for (let step = 0; step <= shown.at(-1)!; step++) {
  const error = meanSquaredError(); // a new graph each step, as the numbers have changed
  if (shown.includes(step)) {
    const numbers = [m.data.toFixed(4).padStart(10), b.data.toFixed(4).padStart(10)];
    console.log(
      `${String(step).padStart(4)}${numbers.join("")}${error.data.toFixed(10).padStart(14)}`,
    );
  }
  for (const parameter of [m, b]) parameter.zeroGrad();
  error.backward();
  for (const parameter of [m, b]) parameter.data -= learningRate * parameter.grad;
}
console.log(`\nm = ${m.data.toFixed(3)}, b = ${b.data.toFixed(3)}`);
