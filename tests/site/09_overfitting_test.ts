/** Page 9: trendlines of every degree through points that move, and a network that overfits. */

import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { largeNetwork, noisyLine, noisySine } from "../../examples/lecture/09_overfitting.ts";
import {
  errorOn,
  fitTrendline,
  type Point,
} from "../../examples/lecture/09_overfitting/trendline.ts";
import { trainWatched } from "../../examples/lecture/09_overfitting/watched_training.ts";
import { possibleDegree } from "../../site/pages/09_overfitting/trend_lab.ts";
import { browserTest, numberIn, withPage } from "./browser.ts";

const path = "09_overfitting.html";
const trend = "[data-lab=trend]";
const overfit = "[data-lab=overfit]";

browserTest("page 9 fits any degree, and points are moved, added and taken away", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator(trend);
    const { known, fresh } = noisyLine(1);
    await lab.getByRole("slider", { name: "Degree" }).fill("9");
    const line = fitTrendline(known, 9);
    assertAlmostEquals(await numberIn(page, trend, "training"), errorOn(known, line), 1e-9);
    assertAlmostEquals(await numberIn(page, trend, "validation"), errorOn(fresh, line), 1e-6);
    await page.waitForFunction(
      `JSON.parse(document.querySelector("${trend}").dataset.validations).length === 10`,
    );

    await lab.getByRole("slider", { name: "Point 3" }).press("ArrowUp");
    const moved = known.map(([x, y], i): Point =>
      i === 2 ? [x, Math.round(100 * (y + 0.25)) / 100] : [x, y]
    );
    const validation = errorOn(fresh, fitTrendline(moved, 9));
    assertAlmostEquals(await numberIn(page, trend, "validation"), validation, 1e-6);
    await page.waitForFunction( // the worker has heard of it, too
      `Math.abs(JSON.parse(document.querySelector("${trend}").dataset.validations)[9]
        - ${validation}) < 1e-6`,
    );
    const curve = lab.locator("path.curve");
    const before = await curve.getAttribute("d");
    await lab.getByRole("slider", { name: "Point 3" }).press("Delete");
    assertEquals(await numberIn(page, trend, "points"), 9);
    assertNotEquals(await curve.getAttribute("d"), before);
    await lab.getByText("Degree 9 takes 10 points").waitFor();
    await lab.locator("svg.plane").click({ position: { x: 200, y: 60 } });
    assertEquals(await numberIn(page, trend, "points"), 10);
    assertEquals(await numberIn(page, trend, "degree"), 9);
    await lab.getByRole("button", { name: "Take all away" }).click();
    await lab.getByText("There are no points").waitFor();
    await lab.getByRole("button", { name: "Add a point" }).click();
    assertEquals(await numberIn(page, trend, "degree"), 0);
  });
});

browserTest("the large network of page 9 stops where the chapter's does", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator(overfit);
    await lab.getByLabel("Neurons").fill("5000");
    await lab.getByText("too many to train while you watch").waitFor();
    await lab.getByLabel("Learning rate").fill("-1");
    await lab.getByText("-1 is out of range").waitFor();
    await lab.getByText("early", { exact: true }).click();
    const picture = () =>
      page.evaluate(`document.querySelector("${overfit} canvas").toDataURL()`) as Promise<string>;
    const before = await picture();
    await lab.getByRole("button", { name: "Train" }).click();
    await page.waitForSelector(`${overfit}[data-end=early]`, { timeout: 60_000 });
    await page.waitForTimeout(100);
    assert(await picture() !== before);
    const { train, validation } = noisySine(2);
    const { best, history } = trainWatched(largeNetwork(2), train, {
      validation,
      epochs: 3000,
      patience: 100,
    });
    assertAlmostEquals(await numberIn(page, overfit, "epoch"), history.length, 5);
    assertAlmostEquals(
      await numberIn(page, overfit, "best-validation"),
      best.losses.validation,
      1e-3,
    );
    await lab.getByText("Stopped: 100 epochs").waitFor();
  });
});

browserTest("a small network with many examples hardly overfits on page 9", async () => {
  await withPage(path, async (page) => {
    const lab = page.locator(overfit);
    await lab.getByLabel("Neurons").fill("4");
    await lab.getByRole("slider", { name: "Examples" }).fill("100");
    await lab.getByLabel("Learning rate").fill("NaN");
    await lab.getByText("“NaN” is not a number.").waitFor();
    await lab.getByLabel("Learning rate").fill("0.01");
    await lab.getByRole("button", { name: "Train" }).click();
    await page.waitForFunction(
      `Number(document.querySelector("${overfit}").dataset.epoch) > 300`,
    );
    await lab.getByRole("button", { name: "Pause" }).click();
    const { training, validation } = {
      training: await numberIn(page, overfit, "training"),
      validation: await numberIn(page, overfit, "validation"),
    };
    assert(validation - training < 0.1, "more data closes the gap");
  });
});

Deno.test("possibleDegree() counts places, not points", () => {
  assertEquals(possibleDegree([]), -1);
  assertEquals(possibleDegree([[1, 2], [1, 3]]), 0);
  assertEquals(possibleDegree(noisyLine(1).known), 9);
});
