/** How a trained network does on the test digits: what it takes for what, and its worst mistakes. */

import { type Dataset, nn, noGrad, type Tensor } from "../../mod.ts";
import { paint } from "../terminal/color.ts";
import { columns } from "../terminal/columns.ts";
import { beside, drawImage } from "../terminal/images.ts";

const side = 28;
const margin = 2;
const width = side - 2 * margin; // of an image, in columns
const gap = "  ";

/** The confusion matrix and a few misread digits, as text. */
export function report(model: nn.Model, test: Dataset): string {
  const probabilities = noGrad(() => model.forward(test.inputs).softmax());
  const answers = probabilities.argmax(-1);
  const confusion = nn.confusionMatrix(answers, test.labels, 10).toArray() as number[][];
  const lines = [...confusionTable(confusion), "", ...misread(test, answers, probabilities)];
  return lines.join("\n");
}

/** How often each digit (row) was read as each digit (column). */
function confusionTable(confusion: readonly number[][]): string[] {
  const width = Math.max(4, Math.min(6, Math.floor((columns() - 14) / 10)));
  const cell = (text: string | number) => String(text).padStart(width);
  const heading = confusion.map((_, digit) => cell(digit)).join("");
  const rows = confusion.map((counts, digit) => {
    const total = counts.reduce((sum, count) => sum + count);
    const cells = counts.map((count, answer) =>
      paint(cell(count || "·"), answer === digit ? "green" : count === 0 ? "faint" : "red")
    );
    const share = total === 0 ? "" : `${(100 * counts[digit]! / total).toFixed(1)} %`;
    return `${paint(String(digit).padStart(4), "bold")}${cells.join("")}${share.padStart(10)}`;
  });
  return [
    "What it is (rows) and what the model said (columns):",
    "",
    paint(`    ${heading}${"right".padStart(10)}`, "bold"),
    ...rows,
  ];
}

/** The mistakes that the model was surest of, drawn side by side. */
function misread(test: Dataset, answers: Tensor, probabilities: Tensor): string[] {
  const fitting = Math.floor((columns() + gap.length) / (width + gap.length));
  const sureness = probabilities.max(-1).data;
  const mistakes = Array.from(sureness.keys())
    .filter((i) => answers.data[i] !== test.labels.data[i])
    .sort((i, j) => sureness[j]! - sureness[i]!)
    .slice(0, Math.max(1, Math.min(3, fitting)));
  if (mistakes.length === 0) return ["It made no mistakes."];
  const blocks = mistakes.map((i) => [
    ...drawImage(test.inputs.data.subarray(i * side ** 2, (i + 1) * side ** 2), { side, margin }),
    paint(`it said ${answers.data[i]} (${(100 * sureness[i]!).toFixed(1)} %)`.padEnd(width), "red"),
    paint(`it is ${test.labels.data[i]}`.padEnd(width), "green"),
  ]);
  return ["The mistakes it was surest of:", "", ...beside(blocks, gap)];
}
