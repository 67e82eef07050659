/** Page 10: softmax with scores to drag, two losses with their gradients, and two races. */

import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { trainIris } from "../../examples/lecture/10_classification/iris.ts";
import { descend, losses, slopeAt } from "../../examples/lecture/10_classification/losses.ts";
import { nn } from "../../mod.ts";
import { softmaxState } from "../../site/pages/10_classification/softmax_state.ts";
import { browserTest, numberIn, withPage } from "./browser.ts";

const path = "10_classification.html";
const softmax = "[data-lab=softmax]";

browserTest("page 10 has probabilities and both losses of scores that are moved", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator(softmax);
    const check = async (scores: readonly number[], target: number) => {
      const { probabilities, entropy, squared } = softmaxState(scores, target);
      assertEquals(JSON.parse((await lab.getAttribute("data-scores"))!), scores);
      const shown = JSON.parse((await lab.getAttribute("data-probabilities"))!) as number[];
      shown.forEach((p, i) => assertAlmostEquals(p, probabilities[i]!, 1e-12));
      assertAlmostEquals(await numberIn(page, softmax, "entropy"), entropy, 1e-12);
      assertAlmostEquals(await numberIn(page, softmax, "squared"), squared, 1e-12);
    };
    await check([2, 1, -1], 0);
    const score = lab.getByRole("slider", { name: "Score of versicolor" });
    await score.press("ArrowUp");
    await check([2, 1.25, -1], 0);
    await lab.locator("fieldset").getByText("virginica").click();
    await check([2, 1.25, -1], 2);
    const box = (await score.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 60, { steps: 3 });
    await page.mouse.up();
    const scores = JSON.parse((await lab.getAttribute("data-scores"))!) as number[];
    assert(scores[1]! < 0.5);
    await check(scores, 2);
  });
});

browserTest(
  "sure and wrong on page 10: cross-entropy moves, the squared error hardly",
  async () => {
    await withPage(path, async (page) => {
      const lab = page.locator(softmax);
      const wrong = lab.getByRole("button", { name: "Sure, and wrong" });
      const probability = async () =>
        (JSON.parse((await lab.getAttribute("data-probabilities"))!) as number[])[0]!;
      await wrong.click();
      const before = await probability();
      await lab.getByRole("button", { name: "squared error" }).click();
      const bySquares = await probability() - before;
      await wrong.click();
      await lab.getByRole("button", { name: "cross-entropy" }).click();
      const byEntropy = await probability() - before;
      assert(byEntropy > 100 * bySquares && bySquares > 0, `${byEntropy} and ${bySquares}`);
      assertEquals(
        await page.locator("[data-formulas] .math").first().getAttribute("data-formula"),
        "∂loss/∂z_1 = exp(z1) / (exp(z1) + exp(z2) + exp(z3)) - 1",
      );
    });
  },
);

browserTest("the race of page 10 ends as the chapter's", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator("[data-lab=race]");
    const slope = await numberIn(page, "[data-lab=race]", "mse-slope");
    assertAlmostEquals(slope, slopeAt(-6, losses.mse), 1e-12);
    const picture = () =>
      page.evaluate("document.querySelector('[data-lab=race] canvas').toDataURL()");
    const before = await picture();
    await lab.getByRole("button", { name: "Race" }).click();
    await lab.getByText("Past one half").waitFor({ timeout: 30_000 });
    assertNotEquals(await picture(), before);
    const arrival = (path: readonly number[]) => path.findIndex((p) => p > 0.5) + 1;
    for (const [name, loss] of [["entropy", losses.crossEntropy], ["mse", losses.mse]] as const) {
      const arrived = await numberIn(page, "[data-lab=race]", `${name}-arrived`);
      assertEquals(arrived, arrival(descend(-6, loss, 600)));
    }
  });
});

browserTest("page 10 trains Iris with both losses", async () => {
  await withPage(path, async (page) => {
    await page.locator("[data-lab=both]").getByRole("button", { name: "Train both" }).click();
    await page.waitForSelector("[data-lab=both][data-mse]", { timeout: 30_000 });
    const entropy = await numberIn(page, "[data-lab=both]", "cross-entropy");
    assertAlmostEquals(entropy, (await trainIris(nn.crossEntropy, 8)).at(-1)!, 0.04);
    assert(await numberIn(page, "[data-lab=both]", "mse") < 0.6);
  });
});
