/** Checks of derivatives of higher order: of scalars, Hessians, Jacobians and gradient penalties. */

import { grad, hessian, jacobian, jvp, stack, value, vjp } from "../../src/mod.ts";
import type { Tensor, Value } from "../../src/mod.ts";
import { type Case, type Listed, toTensor } from "./cases.ts";
import { expectNumber, expectTensor, lookUp } from "./compare.ts";
import { type Expression, parse } from "./expression.ts";
import { activate } from "./networks.ts";
import { classics } from "./programs.ts";
import type { Inputs } from "./adapters.ts";

/** A function of one number and its derivatives, of tensors without axes and of `Value`s. */
export function checkScalarDerivatives(test: Case): void {
  const expression = parse(test.function);
  const scalar = expression as Expression<Value>;
  test.points.forEach((point: number, i: number) => {
    let [f, g] = [expression as Expression<Tensor>, scalar];
    test.derivatives[i].forEach((expected: number | string, order: number) => {
      const at = `at ${point}, order ${order}`;
      const x = toTensor({ shape: [], dtype: "float64", data: [point] });
      expectNumber(`derivative of a tensor ${at}`, f(x).item(), expected);
      expectNumber(`derivative of a Value ${at}`, g(value(point)).data, expected);
      f = grad(f);
      g = grad(g);
    });
  });
}

type Constants = Readonly<Record<string, Tensor>>;
type Scalar = (x: Tensor, constants: Constants) => Tensor;

const objectives: Readonly<Record<string, Scalar>> = {
  rosenbrock: (x) => classics["program:rosenbrock"]!([x] as unknown as Inputs, {}) as Tensor,
  logistic_loss: (w, { X, y }) => {
    const z = X!.matmul(w);
    return z.softplus().sub(y!.mul(z)).mean();
  },
  logsumexp: (x) => x.logsumexp(),
  softmax_cross_entropy: (x) => x.logsumexp().sub(x.slice([1])),
  beale: (point) => {
    const [x, y] = point.unbind() as [Tensor, Tensor];
    return [1.5, 2.25, 2.625]
      .map((c, i) => x.neg().add(c).add(x.mul(y.pow(i + 1))).square())
      .reduce((sum, term) => sum.add(term));
  },
};

const mappings: Readonly<Record<string, Scalar>> = {
  softmax: (x) => x.softmax(),
  normalise: (x) => x.div(x.square().sum().sqrt()),
  wide: (x) => {
    const [x0, x1, x2] = x.unbind() as [Tensor, Tensor, Tensor];
    return stack([x.sum(), x.prod(), x0.mul(x1), x1.div(x2), x.max()]);
  },
  scalar_to_vector: (t) => stack([t, t.square(), t.sin()]),
};

/** One of the functions, with its constants put in. */
function functionOf(test: Case, table: Readonly<Record<string, Scalar>>): (x: Tensor) => Tensor {
  const f = lookUp(table, test.function, `${test.kind} of`);
  const listed = Object.entries(test.constants as Record<string, Listed>);
  const constants = Object.fromEntries(listed.map(([name, array]) => [name, toTensor(array)]));
  return (x) => f(x, constants);
}

/** The Hessian, its products with a vector, and one derivative more. */
export function checkHessian(test: Case): void {
  const f = functionOf(test, objectives);
  const x = toTensor(test.x);
  const v = toTensor(test.v);
  const slope = (x: Tensor) => grad(f)(x).mul(v).sum();
  const curvature = (x: Tensor) => grad(slope)(x).mul(v).sum();
  expectNumber("value", f(x).item(), test.value);
  expectTensor("gradient", grad(f)(x), test.gradient);
  expectTensor("hessian", hessian(f)(x), test.hessian);
  expectNumber("directional derivative", jvp(f, [x], [v])[1].item(), test.directional_derivative);
  expectTensor("hvp", grad(slope)(x), test.hvp);
  expectTensor("hvp by jvp", jvp(grad(f), [x], [v])[1], test.hvp);
  expectTensor("third derivative", grad(curvature)(x), test.third_vv);
}

/** The Jacobian and its products from both sides. */
export function checkJacobian(test: Case): void {
  const f = functionOf(test, mappings);
  const x = toTensor(test.x);
  const [output, pullback] = vjp(f, x);
  expectTensor("output", output, test.output);
  expectTensor("jacobian", jacobian(f)(x), test.jacobian);
  expectTensor("jvp", jvp(f, [x], [toTensor(test.v)])[1], test.jvp);
  expectTensor("vjp", pullback(toTensor(test.u)), test.vjp);
}

/** A loss of a gradient, as in the training of critics. */
export function checkGradientPenalty(test: Case): void {
  type Parameters = readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
  const inputs = test.inputs.map((listed: Listed) => toTensor(listed)) as Parameters;
  const critic = (x: Tensor, [, W1, b1, W2, b2]: Parameters) =>
    activate(test.activation, x.matmul(W1, { transposeB: true }).add(b1))
      .matmul(W2, { transposeB: true }).add(b2).sum();
  const slope = (inputs: Parameters) => grad(critic)(inputs[0], inputs);
  const loss = (inputs: Parameters) => slope(inputs).norm(1).sub(1).square().mean();
  expectTensor("input gradient", slope(inputs), test.input_gradient);
  expectNumber("loss", loss(inputs).item(), test.loss);
  const gradients = grad(loss)(inputs);
  test.grads.forEach((listed: Listed, i: number) =>
    expectTensor(`gradient ${i}`, gradients[i]!, listed)
  );
}
