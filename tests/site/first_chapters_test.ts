/** The pages of chapters 1 to 6: what the reader does changes the picture; numbers are the engine's. */

import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { allFlowers, asArray, someDigits } from "../../examples/lecture/01_data.ts";
import {
  answersOf,
  learn,
  rightAnswers,
  startWeights,
  type Weights,
} from "../../examples/lecture/02_one_neuron.ts";
import {
  activations,
  derivativeOfChain,
  slopeAt,
} from "../../examples/lecture/03_activation_functions.ts";
import {
  graphOf,
  lineOf,
  meanSquaredError,
  type Numbers,
  start,
} from "../../examples/lecture/04_simpler_model.ts";
import {
  derive,
  descend,
  largestLearningRate,
  slidePoints,
  step,
} from "../../examples/lecture/05_gradient.ts";
import { descendInBatches, learningRates } from "../../examples/lecture/06_loss_curve.ts";
import { formula } from "../../mod.ts";
import { changing, dataOf, drag, numberOf, type } from "./actions.ts";
import { browserTest, type Page, withPage } from "./browser.ts";

browserTest(
  "01: axes are chosen, a flower is named, a digit is read number by number",
  async () => {
    await withPage("01_data.html", async (page) => {
      const { inputs } = allFlowers();
      const rows = inputs.toArray() as number[][];
      await changing(page, "flowers", () => page.locator("select").first().selectOption("0"));
      await page.locator("[data-lab=flowers] input[type=range]").press("ArrowRight");
      const flower = await numberOf(page, "flowers", "flower");
      assertEquals(flower, 1);
      assertEquals(await numberOf(page, "flowers", "x"), rows[flower]![0]!);
      assertEquals(await numberOf(page, "flowers", "y"), rows[flower]![3]!);

      await changing(page, "digit", () => page.locator("[data-lab=digit] canvas").hover());
      const which = await numberOf(page, "digit", "which");
      const [row, column] = [
        await numberOf(page, "digit", "row"),
        await numberOf(page, "digit", "column"),
      ];
      const digit = someDigits(60)[which]!;
      assertEquals(await numberOf(page, "digit", "value"), asArray(digit, 255)[row]![column]!);
      assertEquals(await numberOf(page, "digit", "digit"), digit.label);
      await page.locator("[data-lab=digit] .pointed").press("ArrowDown");
      assertEquals(await numberOf(page, "digit", "row"), row + 1);
      await changing(page, "digit", () => page.locator("[data-lab=digit] button").click());
    });
  },
);

async function weightsOf(page: Page, lab: string): Promise<Weights> {
  return [
    await numberOf(page, lab, "w1"),
    await numberOf(page, lab, "w2"),
    await numberOf(page, lab, "b"),
  ];
}

browserTest(
  "02: the line is dragged, by pointer and by keys; the answers are the engine's",
  async () => {
    await withPage("02_one_neuron.html", async (page) => {
      const handle = "[data-lab=neuron] .handle >> nth=0";
      const before = await weightsOf(page, "neuron");
      await changing(page, "neuron", () => drag(page, handle, [-60, 40]));
      const dragged = await weightsOf(page, "neuron");
      assertEquals(dragged.slice(0, 2), before.slice(0, 2), "a shift leaves the weights");
      assertNotEquals(dragged[2], before[2]);
      assertEquals(await dataOf(page, "neuron", "answers"), answersOf(dragged).join(""));
      await page.locator("[data-lab=neuron] .handle >> nth=1").press("ArrowUp");
      const turned = await weightsOf(page, "neuron");
      assertAlmostEquals(turned[1], dragged[1] + 0.05, 1e-9);
      await page.locator("[data-lab=neuron] >> text=XOR").click();
      assertEquals(await numberOf(page, "neuron", "right"), rightAnswers(turned, "XOR"));
      assertEquals(await page.locator("[data-lab=neuron] tbody tr").count(), 4);
    });
  },
);

browserTest("02: a perceptron learns OR example by example, as the chapter does", async () => {
  await withPage("id/02_one_neuron.html", async (page) => {
    const history = learn("OR");
    assertEquals(await weightsOf(page, "learning"), startWeights);
    const next = page.locator("[data-lab=learning] button >> nth=1");
    await changing(page, "learning", () => next.click());
    for (let i = 1; i < 4 * (history.length - 1); i++) await next.click();
    assertEquals(await weightsOf(page, "learning"), history.at(-1)!);
    assertEquals(await numberOf(page, "learning", "right"), 4);
    assert(await next.isDisabled(), "there is nothing left to learn");
  });
});

browserTest("03: the tangent follows the pointer; a bad number gets a sentence", async () => {
  await withPage("03_activation_functions.html", async (page) => {
    const isRight = async (name: keyof typeof activations) => {
      const f = await numberOf(page, "tangent", "f");
      const { y, derivative } = slopeAt(activations[name], f);
      assertEquals(await dataOf(page, "tangent", "name"), name);
      assertAlmostEquals(await numberOf(page, "tangent", "y"), y, 1e-12);
      assertAlmostEquals(await numberOf(page, "tangent", "derivative"), derivative, 1e-12);
      return f;
    };
    const before = await isRight("sigmoid");
    await changing(page, "tangent", () => drag(page, "[data-lab=tangent] .handle", [-120, 0]));
    assert(await isRight("sigmoid") < before);
    await page.locator("[data-lab=tangent] >> text=tanh").click();
    await isRight("tanh");
    const field = "[data-lab=tangent] .field";
    for (
      const [text, sentence] of [
        ["abc", "“abc” is not a number."],
        ["NaN", "“NaN” is not a number."],
        ["", "A number is missing here."],
        ["99", "99 is out of range: from -5 to 5."],
      ] as const
    ) {
      assertEquals(await type(page, field, text), sentence);
    }
    assertEquals(await type(page, field, "-1,5"), "");
    assertEquals(await isRight("tanh"), -1.5);
    await page.locator("[data-lab=chain] input").press("ArrowRight");
    const length = await numberOf(page, "chain", "length");
    assertEquals(await numberOf(page, "chain", "sigmoid"), derivativeOfChain("sigmoid", length));
  });
});

browserTest("04: the line is dragged; its squares and its graph follow", async () => {
  await withPage("04_simpler_model.html", async (page) => {
    const shown = async (): Promise<Numbers> => ({
      m: await numberOf(page, "line", "m"),
      b: await numberOf(page, "line", "b"),
    });
    assertEquals(await shown(), start);
    assertEquals(await dataOf(page, "line", "predictions"), "4 3");
    assertEquals(await dataOf(page, "line", "squares"), "1 4");
    assertEquals(await numberOf(page, "line", "mse"), 2.5);
    assertEquals((await numberOf(page, "line", "rmse")).toFixed(2), "1.58");
    await changing(page, "line", () => drag(page, "[data-lab=line] .handle >> nth=0", [0, 50]));
    const dragged = await shown();
    assert(dragged.b < start.b && dragged.m === start.m);
    assertEquals(await numberOf(page, "line", "mse"), meanSquaredError(lineOf(dragged)).data);
    await changing(page, "graph", async () => {
      await type(page, "[data-lab=line] .field >> nth=0", "0.5");
      await page.locator("[data-lab=graph] [tabindex]").press("End");
    });
    const { nodes } = graphOf({ m: 0.5, b: dragged.b });
    const drawn = page.locator("[data-lab=graph] .node");
    for (const [i, { value, gradient }] of nodes.entries()) {
      const own = (name: string) => drawn.nth(i).getAttribute(`data-${name}`);
      assertAlmostEquals(Number(await own("value")), value, 1e-12);
      const text = await own("gradient");
      if (gradient === null) assertEquals(text, "");
      else assertAlmostEquals(Number(text), gradient, 1e-12);
    }
    assert((await type(page, "[data-lab=line] .field >> nth=1", "1e9")).includes("from -10 to 10"));
    assertEquals(await shown(), { m: 0.5, b: dragged.b }, "the last good number stays");
  });
});

browserTest("04: the graph is walked by keys, forward and back", async () => {
  await withPage("id/04_simpler_model.html", async (page) => {
    const area = page.locator("[data-lab=graph] [tabindex]");
    const said = page.locator("[data-lab=graph] .said");
    const sentences = [await said.innerText()];
    const steps = await numberOf(page, "graph", "steps");
    for (let i = 1; i <= steps; i++) {
      await area.press("ArrowRight");
      sentences.push(await said.innerText());
    }
    assert(new Set(sentences).size > steps / 2);
    assertEquals(await numberOf(page, "graph", "step"), steps);
    await changing(page, "graph", () => area.press("ArrowLeft"));
    await area.press("Home");
    assertEquals(await said.innerText(), sentences[0]);
  });
});

browserTest("05: the place is dragged; formulas, gradient and steps are the engine's", async () => {
  await withPage("05_gradient.html", async (page) => {
    const check = async (data?: typeof slidePoints) => {
      const at = {
        m: await numberOf(page, "gradient", "m"),
        b: await numberOf(page, "gradient", "b"),
      };
      const { mse, gradient: [dm, db] } = derive(at, data);
      assertAlmostEquals(await numberOf(page, "gradient", "mse"), mse.data, 1e-12);
      assertAlmostEquals(await numberOf(page, "gradient", "dm"), dm.data, 1e-12);
      assertAlmostEquals(await numberOf(page, "gradient", "db"), db.data, 1e-12);
      assertEquals(await dataOf(page, "gradient", "formula"), formula(dm));
      return at;
    };
    assertEquals(await check(), start);
    assertEquals(await numberOf(page, "gradient", "dm"), -3);
    assertEquals(await numberOf(page, "gradient", "db"), -1);
    await changing(page, "gradient", () => page.locator("[data-lab=gradient] button.main").click());
    assertEquals(await check(), step(start, 0.1));
    assertEquals(await type(page, "[data-lab=gradient] .field", "NaN"), "“NaN” is not a number.");
    await changing(page, "gradient", () => drag(page, "[data-lab=gradient] .handle", [70, 30]));
    assertNotEquals(await check(), start);
    await page.locator("[data-lab=gradient] button >> text=Back").click();
    await page.locator("[data-lab=gradient] >> text=(1, 3) (2, 7)").click();
    await check(slidePoints);
    assertEquals(await numberOf(page, "gradient", "dm"), -7);
    assertAlmostEquals(await numberOf(page, "bound", "bound"), largestLearningRate(), 1e-12);
    await page.locator("[data-lab=bound] .handle").press("ArrowRight");
    assertAlmostEquals(await numberOf(page, "bound", "rate"), 0.11, 1e-9);
  });
});

/** Waits until the worker has computed the whole path. */
async function whole(page: Page): Promise<void> {
  await page.waitForSelector("[data-lab=descent][data-whole=true]");
}

browserTest(
  "06: the paths of .1, .005 and .6 are the chapter's; bad numbers get sentences",
  async () => {
    await withPage("06_loss_curve.html", async (page) => {
      await whole(page);
      for (const [i, rate] of [...Object.values(learningRates)].toSorted().entries()) {
        if (i !== 1) {
          await changing(page, "descent", () => page.locator(".tries button").nth(i).click());
        } else await page.locator(".tries button").nth(i).click();
        await page.waitForSelector(`[data-lab=descent][data-rate="${rate}"][data-whole=true]`);
        const steps = await numberOf(page, "descent", "steps");
        const end = descend(start, { learningRate: rate, steps }).at(-1)!;
        const isNear = (a: number, b: number) =>
          assertAlmostEquals(a, b, 1e-9 * Math.max(1, Math.abs(b)));
        isNear(await numberOf(page, "descent", "m"), end.m);
        isNear(await numberOf(page, "descent", "b"), end.b);
        const words = await page.locator("[data-lab=descent] .said").innerText();
        assert(words.includes(["crawls", "arrives", "diverges"][i]!), words);
      }
      const rate = "[data-lab=descent] .field >> nth=0";
      assertEquals(await type(page, rate, "NaN"), "“NaN” is not a number.");
      assert((await type(page, rate, "-1")).includes("from 0 to 2"));
      const epochs = "[data-lab=descent] .field >> nth=1";
      assert((await type(page, epochs, "1e9")).includes("from 1 to 2000"));
      assertEquals(await type(page, epochs, "2.5"), "Only whole numbers fit here.");
      assertEquals(await numberOf(page, "descent", "rate"), learningRates.diverges);
    });
  },
);

browserTest("06: twelve points in batches; the start is dragged, the path plays", async () => {
  await withPage("id/06_loss_curve.html", async (page) => {
    await type(page, "[data-lab=descent] .field >> nth=0", "0.05");
    await type(page, "[data-lab=descent] .field >> nth=1", "12");
    await page.locator("[data-lab=descent] .toggle >> nth=0").locator("label >> nth=1").click();
    await page.locator("[data-lab=descent] .toggle >> nth=1").locator("label >> nth=1").click();
    await page.waitForSelector("[data-lab=descent][data-batch='4'][data-whole=true]");
    const options = { batchSize: 4, epochs: 12, learningRate: 0.05 };
    const end = descendInBatches(start, options).at(-1)!;
    assertAlmostEquals(await numberOf(page, "descent", "m"), end.m, 1e-9);
    assertAlmostEquals(await numberOf(page, "descent", "b"), end.b, 1e-9);
    await changing(page, "descent", () => drag(page, "[data-lab=descent] .handle", [120, 60]));
    await whole(page);
    assertNotEquals(await numberOf(page, "descent", "m"), end.m);
    const steps = await numberOf(page, "descent", "steps");
    await changing(page, "descent", async () => {
      await page.locator("[data-lab=descent] button.main").click();
      await page.waitForFunction(
        `{ const { step } = document.querySelector("[data-lab=descent]").dataset;
           Number(step) > 0 && Number(step) < ${steps}; }`,
      ); // it plays from the start
    });
  });
});
