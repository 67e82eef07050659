/** The stored model of page 11: how well it reads MNIST, and digits drawn by strokes. */

import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { loadMnist, nn, noGrad, Random, Tensor, tensor } from "../../../mod.ts";
import { centreOfMass, imageOf, side, type Stroke } from "../../../site/model/strokes.ts";
import { activationsOf, restoreModel, storeModel } from "../../../site/model/stored_model.ts";
import { glyphsOf } from "../../../src/data/glyphs.ts";
import { trace } from "../../../src/data/pen.ts";

const directory = Deno.env.get("MNIST_DIR") ??
  fromFileUrl(new URL("../../../../shared/data/mnist", import.meta.url));

const file = await Deno.readFile(new URL("../../../site/model/digit_reader.bin", import.meta.url));

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

Deno.test("the stored model is small", () => {
  assert(file.length < 250_000, `${file.length} bytes`);
});

Deno.test({
  name: "the stored model reads at least 98 % of MNIST's test images " +
    "(needs MNIST in MNIST_DIR or ../shared/data/mnist)",
  ignore: !isThere(directory),
  async fn() {
    const { test } = await loadMnist(directory);
    const { accuracy } = await nn.evaluate(restoreModel(file.buffer), test);
    assert(accuracy! >= 0.98, `${accuracy}`);
  },
});

/** Every way in which the library writes a digit, as strokes of a pen in a pad of 300 pixels. */
function written(): { digit: number; strokes: Stroke[] }[] {
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((digit) =>
    glyphsOf(digit).map((way) => ({
      digit,
      strokes: way.map((stroke) => {
        const pieces: number[] = [];
        trace(stroke, pieces);
        const points = [[pieces[0]!, pieces[1]!] as const];
        for (let k = 2; k < pieces.length; k += 4) points.push([pieces[k]!, pieces[k + 1]!]);
        return points.map(([x, y]) => [140 + 70 * x, 140 + 100 * y] as const);
      }),
    }))
  ).flat();
}

Deno.test("the stored model reads digits drawn by strokes", () => {
  const model = restoreModel(file.buffer);
  const all = written();
  const wrong = all.filter(({ digit, strokes }) => {
    const row = new Tensor({ shape: [1, side * side], dtype: "float32", data: imageOf(strokes) });
    return noGrad(() => model.forward(row)).argmax(1).item() !== digit;
  });
  const share = 1 - wrong.length / all.length;
  assert(share >= 0.95, `${wrong.map(({ digit }) => digit)} of ${all.length} are misread`);
});

Deno.test("imageOf() fits a digit into 20 x 20 pixels with its centre of mass in the middle", () => {
  const stroke: Stroke = [[10, 10], [10, 250], [130, 250]];
  const image = imageOf([stroke]);
  const [x, y] = centreOfMass(image);
  assertAlmostEquals(x, 13.5, 0.1);
  assertAlmostEquals(y, 13.5, 0.1);
  const rows = Array.from(
    { length: side },
    (_, row) => image.subarray(row * side, (row + 1) * side),
  );
  const inked = rows.filter((row) => row.some((grey) => grey > 0.02)).length;
  assert(inked >= 20 && inked <= 22, `${inked} rows hold ink`);
  assertEquals(imageOf([stroke.map(([x, y]) => [4 * x + 100, 4 * y - 70] as const)]), image);
});

Deno.test("imageOf() takes nothing, a dot and a short stroke as they are", () => {
  assertEquals(imageOf([]), new Float32Array(side * side));
  const dot = imageOf([[[5, 5]]], 40);
  assert(dot.reduce((sum, grey) => sum + grey) < 10);
  assert(dot.every(Number.isFinite));
});

Deno.test("storeModel() and restoreModel() keep a model to a byte's precision", () => {
  const model = nn.mlp([5, 4, 3], { random: new Random(1) });
  const back = restoreModel(storeModel(model).buffer);
  const x = tensor([[1, -1, 0.5, 2, 0]]);
  const [before, after] = noGrad(() => [model.forward(x), back.forward(x)]);
  assertAlmostEquals(before!.sub(after!).abs().max().item(), 0, 0.02);
  assertEquals(activationsOf(back, x).at(-1)!.toArray(), after!.toArray());
  assertThrows(() => restoreModel(new ArrayBuffer(100)), Error, "the file holds none");
});
