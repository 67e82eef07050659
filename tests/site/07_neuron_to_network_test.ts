/** Page 7: linear chains collapse, bends are dragged, XOR is folded, and the playground trains. */

import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { formula, value } from "../../mod.ts";
import { LiveNetwork } from "../../site/model/live_network.ts";
import { pointSet, type PointSetName } from "../../site/model/point_sets.ts";
import { hingesOutput, hingesThrough } from "../../site/pages/07_neuron_to_network/bends.ts";
import { chainOutput, chainSlope } from "../../site/pages/07_neuron_to_network/chain.ts";
import { foldSettings } from "../../site/pages/07_neuron_to_network/fold.ts";
import { firstPoints, firstSettings } from "../../site/pages/07_neuron_to_network/playground.ts";
import { mistakeIn } from "../../site/pages/parts/widths_field.ts";
import { corners, truths } from "../../examples/lecture/07_neuron_to_network.ts";
import { browserTest, numberIn, type Page, withPage } from "./browser.ts";

const path = "07_neuron_to_network.html";

/** What a canvas or an SVG shows, as text. */
async function pictureOf(page: Page, selector: string): Promise<string> {
  return await page.evaluate(`document.querySelector(${JSON.stringify(selector)}).toDataURL()`);
}

browserTest("a chain of linear neurons is one line on page 7, with ReLU it is not", async () => {
  await withPage(path, async (page) => {
    const chain = page.locator("[data-lab=chain]");
    const weights = { w1: 1.5, b1: 1, w2: -0.8, b2: 1 };
    const of = (activation: "linear" | "relu") =>
      formula(chainOutput(value(0, "x"), weights, activation));
    assertEquals(await chain.getAttribute("data-formula"), of("linear"));
    assertEquals(await chain.getAttribute("data-formula"), "-1.2x + 0.2");
    const before = await pictureOf(page, "[data-lab=chain] canvas");
    await chain.getByText("ReLU").click();
    assertEquals(await chain.getAttribute("data-formula"), of("relu"));
    const slopes = JSON.parse((await chain.getAttribute("data-slopes"))!) as number[];
    assertEquals(slopes, [-2, 2].map((at) => chainSlope(at, weights, "relu")));
    assertNotEquals(slopes[0], slopes[1]);
    await page.waitForTimeout(100);
    assertNotEquals(await pictureOf(page, "[data-lab=chain] canvas"), before);
  });
});

browserTest("a bend is moved by the arrow keys on page 7", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator("[data-lab=bends]");
    const of = (second: number, isBent: boolean) =>
      formula(hingesOutput(
        value(0, "x"),
        hingesThrough([
          { x: 0, y: -0.5 },
          { x: 1.2, y: second },
          { x: 2.5, y: -1 },
          { x: 4, y: 1.6 },
        ]),
        isBent,
      ));
    assertEquals(await lab.getAttribute("data-formula"), of(1.8, true));
    await lab.getByRole("slider", { name: "Corner 2" }).press("ArrowUp");
    assertEquals(await lab.getAttribute("data-formula"), of(1.9, true));
    await lab.getByText("without").click();
    assertEquals(await lab.getAttribute("data-formula"), of(1.9, false));
    assert(!of(1.9, false).includes("relu"));
  });
});

browserTest("XOR is folded on page 7 as the engine does it", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator("[data-lab=fold]");
    await lab.scrollIntoViewIfNeeded();
    await lab.getByRole("button", { name: "Train" }).click();
    await lab.getByText("All four corners are right").waitFor({ timeout: 30_000 });
    assertEquals(await numberIn(page, "[data-lab=fold]", "right"), 4);
    const network = new LiveNetwork(foldSettings);
    network.learnFrom(corners.map(([x, y], i) => ({ x, y, label: truths[i]! })), []);
    network.advance(await numberIn(page, "[data-lab=fold]", "steps"));
    assertAlmostEquals(await numberIn(page, "[data-lab=fold]", "loss"), network.view().loss, 1e-3);
    network.dispose();
    await lab.getByText("4", { exact: true }).click();
    await page.waitForSelector("[data-lab=fold][data-steps='0']");
  });
});

browserTest(
  "the playground of page 7 trains while its region moves, as the engine does",
  async () => {
    await withPage(path, async (page) => {
      const lab = page.locator("[data-lab=playground]");
      await lab.scrollIntoViewIfNeeded();
      await page.waitForSelector("[data-lab=playground][data-steps='0']");
      const region = "[data-lab=playground] canvas[role=application]";
      const before = await pictureOf(page, region);
      await lab.getByRole("button", { name: "Train" }).click();
      await page.waitForFunction(
        "Number(document.querySelector('[data-lab=playground]').dataset.steps) > 400",
        undefined,
        { timeout: 30_000 },
      );
      const rate = await numberIn(page, "[data-lab=playground]", "fps");
      await lab.getByRole("button", { name: "Pause" }).click();
      if (Deno.env.has("TURUNAN_SCREENSHOTS")) {
        console.log(`the playground: ${rate} frames a second`);
      }
      assert(rate >= 20, `${rate} frames a second, on a machine that tests other things, too`);
      await page.waitForTimeout(200);
      assertNotEquals(await pictureOf(page, region), before);
      const network = new LiveNetwork(firstSettings);
      const { train, held } = firstPoints();
      network.learnFrom(train, held);
      network.advance(await numberIn(page, "[data-lab=playground]", "steps"));
      const { loss, heldLoss } = network.view();
      assertAlmostEquals(await numberIn(page, "[data-lab=playground]", "loss"), loss, 0.02);
      assertAlmostEquals(await numberIn(page, "[data-lab=playground]", "held"), heldLoss!, 0.2);
      assert(loss < 0.4);
      network.dispose();
    });
  },
);

browserTest("the playground says what is wrong, and goes on", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator("[data-lab=playground]");
    await lab.scrollIntoViewIfNeeded();
    await page.waitForSelector("[data-lab=playground][data-steps='0']");
    await lab.getByLabel("Learning rate").fill("NaN");
    await lab.getByText("“NaN” is not a number.").waitFor();
    await lab.getByLabel("Hidden layers").fill("8, 1000");
    await lab.getByText("A layer of 1000 neurons is too large").waitFor();
    await lab.getByLabel("Hidden layers").fill("4");
    await lab.getByLabel("Learning rate").fill("0.1");
    await lab.getByRole("button", { name: "Take all points away" }).click();
    await lab.getByRole("button", { name: "Train" }).click();
    await lab.getByText("There are no points to learn from").waitFor();

    const region = lab.locator("canvas[role=application]");
    await region.press("0"); // in the middle
    for (let i = 0; i < 5; i++) await region.press("ArrowRight");
    await region.press("1");
    assertEquals(await numberIn(page, "[data-lab=playground]", "points"), 2);
    await lab.getByRole("button", { name: "Train" }).click();
    await page.waitForFunction(
      "Number(document.querySelector('[data-lab=playground]').dataset.loss) < 0.1",
    );
    await lab.getByLabel("Update by").selectOption("sgd");
    await lab.getByLabel("Activation").selectOption("relu");
    await lab.getByLabel("Learning rate").fill("11");
    await lab.getByText("Above 10 the first step").waitFor();
  });
});

Deno.test("mistakeIn() has a sentence for widths that cannot be drawn", () => {
  assertEquals(mistakeIn("8, 8", [8, 8]), null);
  assertEquals(mistakeIn("", []), null);
  for (const widths of [[NaN], [0], [2.5], [13], [1, 1, 1, 1, 1]]) {
    assert(mistakeIn(widths.join(), widths)!.en.endsWith("."));
  }
});

Deno.test("pointSet() gives as many points of each class, inside the square", () => {
  for (const name of ["moons", "xor", "circles", "spirals", "blobs"] satisfies PointSetName[]) {
    const { train, held } = pointSet(name, { count: 80, noise: 0.3, seed: 1 });
    assertEquals([train.length, held.length], [60, 20]);
    assertEquals(train.filter(({ label }) => label === 1).length, 30);
    for (const { x, y } of train) assert(Math.abs(x) < 1 && Math.abs(y) < 1);
  }
});

Deno.test("LiveNetwork learns each shape, waits without points, and says when it is lost", () => {
  for (const name of ["moons", "xor", "circles"] as const) {
    const network = new LiveNetwork({ ...firstSettings, hidden: [8, 8] });
    const { train, held } = pointSet(name, { count: 200, noise: 0.02, seed: 1 });
    network.advance(10);
    assertEquals(network.view().steps, 0);
    network.learnFrom(train, held);
    network.advance(1500);
    const { accuracy, heldAccuracy, isLost } = network.view();
    assert(accuracy > 0.97 && heldAccuracy! > 0.9 && !isLost, `${name}: ${accuracy}`);
    network.adjust({ learningRate: 0, batchSize: 500 });
    network.advance(1);
    assertEquals(network.view().steps, 1501);
    network.dispose();
  }
  const settings = { ...firstSettings, activation: "relu", optimizer: "sgd" } as const;
  const lost = new LiveNetwork({ ...settings, learningRate: 1e30 });
  lost.learnFrom(firstPoints().train, []);
  lost.advance(50);
  assert(lost.view().isLost);
  lost.dispose();
});
