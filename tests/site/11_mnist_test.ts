/** Page 11: a digit drawn by mouse or keys is read as it is drawn, and a network is trained. */

import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { noGrad, Tensor } from "../../mod.ts";
import { restoreModel } from "../../site/model/stored_model.ts";
import { imageOf } from "../../site/model/strokes.ts";
import { writing } from "../../site/pages/11_mnist/draw_lab.ts";
import { padSide } from "../../site/pages/11_mnist/pad.ts";
import { evidence, readStrokes } from "../../site/pages/11_mnist/reader.ts";
import { networkOf } from "../../site/pages/11_mnist/train_lab.ts";
import { browserTest, numberIn, type Page, withPage } from "./browser.ts";

const path = "11_mnist.html";
const draw = "[data-lab=draw]";
const train = "[data-lab=train]";

const model = restoreModel(
  (await Deno.readFile(new URL("../../site/model/digit_reader.bin", import.meta.url))).buffer,
);

async function whenReady(page: Page): Promise<void> {
  await page.waitForSelector(`${draw}[data-model=ready]`);
  await page.waitForSelector(`${draw}[data-answer="4"]`); // what the page writes as an example
  await page.waitForTimeout(500);
}

/** Draws with the mouse, places as parts of the pad. */
async function drawLine(page: Page, places: readonly (readonly [number, number])[]): Promise<void> {
  const { x, y, width, height } = (await page.locator(`${draw} canvas`).first().boundingBox())!;
  for (const [i, [right, down]] of places.entries()) {
    await page.mouse.move(x + right * width, y + down * height, { steps: i === 0 ? 1 : 12 });
    if (i === 0) await page.mouse.down();
  }
  await page.mouse.up();
  await page.waitForTimeout(100);
}

browserTest("page 11 reads a digit as it is drawn, in less than 5 ms", async () => {
  await withPage(path, async (page) => {
    await whenReady(page);
    const lit = `document.querySelectorAll("${draw} canvas")[2].toDataURL()`;
    const before = await page.evaluate(lit);
    await drawLine(page, [[0.3, 0.25], [0.7, 0.25], [0.45, 0.8]]);
    assertEquals(await numberIn(page, draw, "answer"), 7);
    assertNotEquals(await page.evaluate(lit), before);
    assert(await numberIn(page, draw, "answers") > 20, "one answer for each movement");
    const median = await numberIn(page, draw, "median");
    if (Deno.env.has("TURUNAN_SCREENSHOTS")) console.log(`an answer takes ${median.toFixed(2)} ms`);
    assert(median < 5, `${median} ms`);

    const stroke = [[0.3, 0.25], [0.7, 0.25], [0.45, 0.8]]
      .map(([x, y]) => [x! * padSide, y! * padSide] as const);
    const { answer, probabilities } = readStrokes(model, [stroke], padSide * 0.15);
    assertEquals(answer, 7);
    const shown = JSON.parse(
      (await page.locator(draw).getAttribute("data-probabilities"))!,
    ) as number[];
    assertAlmostEquals(shown[7]!, probabilities[7]!, 0.05);
  });
});

browserTest("page 11 is drawn on by keys, and writes digits by itself", async () => {
  await withPage(path, async (page) => {
    await whenReady(page);
    const pad = page.locator(`${draw} canvas`).first();
    await pad.focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Space"); // the pen is down
    for (let i = 0; i < 15; i++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.waitForTimeout(100);
    assertEquals(await numberIn(page, draw, "answer"), 1);
    await page.keyboard.press("Delete");
    await page.waitForSelector(`${draw}[data-answer=""]`);
    await page.keyboard.press("3");
    await page.waitForSelector(`${draw}[data-answer="3"]`);
    await page.locator(draw).getByText("trained below, by you").click();
    await page.locator(draw).getByText("There is no network of yours yet").waitFor();
    await page.locator(draw).getByText("trained on MNIST").click();
    await page.locator(draw).getByRole("button", { name: "0", exact: true }).click();
    await page.waitForSelector(`${draw}[data-answer="0"]`);
  });
});

browserTest("page 11 trains a network that reads the reader's drawing, too", async () => {
  await withPage(path, async (page) => {
    await whenReady(page);
    const lab = page.locator(train);
    await lab.getByRole("textbox", { name: "Hidden neurons" }).fill("100000");
    await lab.getByText("at most 256 here").waitFor();
    await lab.getByLabel("Learning rate").fill("NaN");
    await lab.getByText("“NaN” is not a number.").waitFor();
    await lab.getByRole("textbox", { name: "Hidden neurons" }).fill("32");
    await lab.getByLabel("Learning rate").fill("0.004");
    await lab.getByLabel("Epochs").fill("4");
    await lab.getByRole("button", { name: "Train" }).click();
    await lab.getByText("confusion matrix").waitFor({ timeout: 60_000 });
    assert(await numberIn(page, train, "test") > 0.85);
    assertEquals(await numberIn(page, train, "steps"), 400);
    await page.locator(draw).getByText("trained below, by you").click();
    await page.locator(draw).getByRole("button", { name: "0", exact: true }).click();
    await page.waitForSelector(`${draw}[data-answer="0"]`);
  });
});

Deno.test("evidence() adds up to what the ink says, by the derivative along it", () => {
  const reading = readStrokes(model, writing(3, 0), 1);
  const score = (size: number) => {
    const data = reading.image.map((ink) => size * ink);
    const row = new Tensor({ shape: [1, 784], dtype: "float32", data });
    return noGrad(() => model.forward(row)).data[reading.answer]!;
  };
  const sum = evidence(model, reading).reduce((sum, each) => sum + each, 0);
  const h = 1e-3;
  assertAlmostEquals(sum, (score(1 + h) - score(1 - h)) / (2 * h), 0.05 * Math.abs(sum) + 0.05);
});

Deno.test("networkOf() is the network that the numbers were taken from", () => {
  const layers = model.layers.flatMap((layer) =>
    "weight" in layer ? [layer as unknown as { weight: Tensor; bias: Tensor }] : []
  ).map(({ weight, bias }) => ({
    weight: weight.data as Float32Array<ArrayBuffer>,
    bias: bias.data as Float32Array<ArrayBuffer>,
  }));
  const strokes = writing(5, 1);
  const [one, other] = [model, networkOf(layers)].map((each) => readStrokes(each, strokes, 1));
  assertEquals(one!.probabilities, other!.probabilities);
  assertEquals(one!.image, imageOf(strokes, 1));
});
