/** The notebook's cells of chapter 11. */

// %% [markdown]
// # 11. MNIST
//
// A network reads handwritten digits. The ones here are drawn by a program, so that nothing has to be
// downloaded; with the folder of the four MNIST files, `loadDigits(folder)` gives the real ones. The
// data is **split** in three: to learn from, to watch the training, and to judge by, once, at the end.

// %%
import { nn, noGrad } from "../../../mod.ts";
import { confusionChart, imageGrid } from "../../../plot/mod.ts";
import { loadDigits, trainDigits, untrained } from "../../lecture/11_mnist.ts";
import { cropped, digitImage, firstWeights } from "../../lecture/11_mnist/digit_image.ts";
import { table } from "../show.ts";

const parts = await loadDigits();
const { train, validation, test } = parts;
table(
  ["part", "digits"],
  Object.entries({ train, validation, test }).map(([name, { labels }]) => [name, labels.size]),
);

// %%
const model = untrained();
model;

// %% [markdown]
// Its weights are random. It has an answer for every image, and is sure of none:

// %% tags=["approximate"]
const answersOf = (title: string) => {
  const few = test.inputs.slice([{ start: 0, stop: 6 }]);
  const probabilities = noGrad(() => model.forward(few).softmax());
  const sureness = probabilities.max(1).data;
  const images = Array.from(
    probabilities.argmax(1).data,
    (answer, i) => digitImage(test, i, `says ${answer}, ${(100 * sureness[i]!).toFixed(0)} % sure`),
  );
  return imageGrid({ title, images, columns: 3 });
};
answersOf("The untrained network");

// %% tags=["approximate"]
const before = await nn.evaluate(model, test);
table(["", "loss", "share read right"], [["before training", before.loss, before.accuracy!]]);

// %% [markdown]
// Training, and after each epoch a look at the validation part:

// %% tags=["approximate"]
const weightsBefore = firstWeights(model);
const history = await trainDigits(model, parts);
history;

// %% [markdown]
// The same six digits, the same network, other weights:

// %% tags=["approximate"]
answersOf("The trained network");

// %% tags=["approximate"]
const after = await nn.evaluate(model, test);
table(["", "loss", "share read right"], [
  ["before training", before.loss, before.accuracy!],
  ["after training", after.loss, after.accuracy!],
]);

// %% [markdown]
// Which digit was taken for which? The **confusion matrix** has a row for each digit as it was written
// and a column for each as it was read.

// %% tags=["approximate"]
const counts = nn.confusionMatrix(nn.predict(model, test), test.labels, 10).toArray();
confusionChart({ title: "Which digit was taken for which", counts });

// %% [markdown]
// A neuron of the first layer has a weight for each pixel, so its weights are an image, too. This is what
// training has added to the six that changed most: one colour where ink speaks for the neuron, the
// other where it speaks against it.

// %% tags=["approximate"]
const changes = firstWeights(model).map((weights, neuron) => {
  const change = weights.map((weight, i) => weight - weightsBefore[neuron]![i]!);
  return { neuron, change, size: Math.hypot(...change) };
});
const most = changes.sort((a, b) => b.size - a.size).slice(0, 6);
imageGrid({
  title: "What six neurons have learned",
  images: most.map(({ neuron, change }) => cropped(change, `neuron ${neuron + 1}`)),
  columns: 3,
  domain: [-0.5, 0.5],
});

// %% [markdown]
// Nobody has told the network what a stroke is. It had numbers, a loss, and the derivative of the one by
// the other. That is how a neural network trains.
