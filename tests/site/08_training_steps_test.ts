/** Page 8: the eight steps with the engine's errors by name, convergence, and Iris. */

import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  forward,
  halfSquaredError,
  infer,
  textbookDeltas,
  train,
} from "../../examples/lecture/08_training_steps/network.ts";
import { xor } from "../../examples/lecture/08_training_steps.ts";
import { classOf, irisExamples, trainIris } from "../../examples/lecture/08_training_steps/iris.ts";
import { irisNetwork, standardise } from "../../site/pages/08_training_steps/iris_lab.ts";
import { answersOf } from "../../site/pages/08_training_steps/iris_plane.ts";
import { sentenceOf } from "../../site/pages/08_training_steps/sentences.ts";
import {
  firstParameters,
  networkWith,
  phases,
  Stepper,
} from "../../site/pages/08_training_steps/stepper.ts";
import { tensor } from "../../mod.ts";
import { browserTest, numberIn, withPage } from "./browser.ts";

const path = "08_training_steps.html";

browserTest("page 8 steps through an example with the textbook's errors, and back", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator("[data-lab=steps]");
    const phase = () => lab.getAttribute("data-phase");
    assertEquals(await phase(), "initialise");
    for (const [name, step] of phases.slice(1)) {
      await lab.getByRole("button", { name: "Next step" }).click();
      assertEquals(await phase(), name);
      assertEquals(await numberIn(page, "[data-lab=steps]", "step"), step);
    }
    const network = networkWith(firstParameters(0));
    const { inputs, targets } = xor[1]!;
    const activities = forward(network, inputs);
    const rule = textbookDeltas(network, activities, targets).flat();
    const shown = JSON.parse((await lab.getAttribute("data-deltas"))!) as number[];
    shown.forEach((delta, i) => assertAlmostEquals(delta, rule[i]!, 1e-12));
    const loss = halfSquaredError(activities, targets).data;
    assertAlmostEquals(await numberIn(page, "[data-lab=steps]", "loss"), loss, 1e-12);
    await lab.getByRole("button", { name: "Back" }).press("Enter");
    assertEquals(await phase(), "update");
  });
});

browserTest("page 8 trains until it converges, or says that it has not", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator("[data-lab=steps]");
    await lab.getByRole("button", { name: "Until it converges" }).click();
    await lab.getByText("Converged").waitFor({ timeout: 30_000 });
    const network = networkWith(firstParameters(0));
    const losses = train(network, xor, { learningRate: 2, stop: { loss: 0.005, epochs: 5000 } });
    assertEquals(await numberIn(page, "[data-lab=steps]", "epochs"), losses.length);
    assertAlmostEquals(await numberIn(page, "[data-lab=steps]", "mean"), losses.at(-1)!, 1e-6);
    await lab.getByLabel("Learning rate").fill("NaN");
    await lab.getByText("“NaN” is not a number.").waitFor();
    await lab.getByRole("button", { name: "Start again" }).click();
    await lab.getByRole("button", { name: "A whole epoch" }).click();
    await page.waitForSelector("[data-lab=steps][data-epochs='1']");
  });
});

browserTest("page 8 learns Iris and names a flower", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator("[data-lab=iris]");
    await lab.getByLabel("Epochs").fill("0");
    await lab.getByText("0 is out of range").waitFor();
    await lab.getByLabel("Epochs").fill("50");
    await lab.getByRole("button", { name: "Train on Iris" }).click();
    await page.waitForSelector("[data-lab=iris][data-epochs='50']", { timeout: 30_000 });
    assert(await numberIn(page, "[data-lab=iris]", "right") >= 0.95);
    const { network, losses, data } = trainIris(1);
    assertAlmostEquals(await numberIn(page, "[data-lab=iris]", "loss"), losses.at(-1)!, 1e-6);
    await lab.getByRole("slider", { name: "petal length" }).fill("1.4");
    await lab.getByRole("slider", { name: "petal width" }).fill("0.2");
    const answer = infer(network, standardise([5.8, 3, 1.4, 0.2]));
    assertEquals(await lab.getAttribute("data-species"), data.species[classOf(answer)]!);
    assertEquals(await lab.getAttribute("data-species"), "setosa");
  });
});

Deno.test("Stepper goes through every example of an epoch, and back to the start", () => {
  const stepper = new Stepper(0);
  for (let i = 0; i < 200; i++) {
    stepper.next();
    for (const language of ["en", "id"] as const) {
      const sentence = sentenceOf(stepper.moment, 2, language);
      assert(/[.]$/.test(sentence) && !sentence.includes("NaN"), sentence);
    }
  }
  assert(stepper.moment.epoch > 3);
  while (stepper.hasPast) stepper.back();
  assertEquals(stepper.moment.phase, "initialise");
  assertEquals(stepper.parameters, firstParameters(0));
});

Deno.test("answersOf() says of many flowers what infer() says of each", () => {
  const network = irisNetwork(null);
  const flowers = irisExamples(1).test.slice(0, 5).map(({ inputs }) => inputs);
  const answers = answersOf(network, tensor(flowers)).toArray() as number[][];
  flowers.forEach((flower, i) =>
    infer(network, flower).forEach((x, k) => assertAlmostEquals(answers[i]![k]!, x, 1e-5))
  );
});
