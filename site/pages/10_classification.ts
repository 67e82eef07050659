/** From regression to classification: softmax, cross-entropy, and why not the squared error. */

import { formula, gradients } from "../../mod.ts";
import {
  crossEntropy,
  scoresOf,
  softmax,
} from "../../examples/lecture/10_classification/losses.ts";
import { element, heading, math, prose } from "../dom.ts";
import type { Page } from "../page.ts";
import { irisRace } from "./10_classification/iris_race.ts";
import { raceLab } from "./10_classification/race_lab.ts";
import { softmaxLab } from "./10_classification/softmax_lab.ts";

/** The derivative of the cross-entropy by each score, as the engine prints it. */
function derivatives(): HTMLElement {
  const scores = scoresOf([2, 1, -1]);
  const all = gradients(crossEntropy(softmax(scores), [1, 0, 0]), scores);
  const lines = all.map((each, i) => {
    const line = math(`∂loss/∂z_${i + 1} = ${formula(each)}`);
    line.classList.add("long");
    return element("p", { class: "formula-line" }, line);
  });
  return element("div", { class: "prose", "data-formulas": String(all.length) }, ...lines);
}

const page: Page = {
  title: { en: "From regression to classification", id: "Dari regresi ke klasifikasi" },
  lead: {
    en: "Not how much, but which one. Softmax turns scores into probabilities, and cross-entropy " +
      "charges for confidence in the wrong place: the two are made for each other.",
    id: "Bukan berapa, tetapi yang mana. Softmax mengubah skor menjadi probabilitas, dan " +
      "cross-entropy menagih keyakinan yang salah tempat: keduanya memang berjodoh.",
  },
  mount(root: HTMLElement): void {
    root.append(
      heading({ en: "Scores become probabilities", id: "Skor menjadi probabilitas" }),
      prose({
        en: `A class is not a quantity: between setosa and virginica there is no middle. So the
          network gets one output for each class, a *score*, and the target is *one-hot*: 1 for the
          right class, 0 for the others. Softmax makes probabilities of the scores. Drag the scores.
          Only their differences count, and the loss looks only at the right class.`,
        id:
          `Kelas bukan besaran: di antara setosa dan virginica tidak ada nilai tengah. Jadi jaringan
          mendapat satu keluaran untuk setiap kelas, sebuah *skor*, dan targetnya *one-hot*: 1 untuk
          kelas yang benar, 0 untuk yang lain. Softmax mengubah skor menjadi probabilitas. Seret
          skornya. Hanya selisihnya yang berarti, dan loss hanya melihat kelas yang benar.`,
      }),
      softmaxLab(),
      prose({
        en: `Look at the table: the gradient of the cross-entropy is $p - y$, always. The engine has
          derived it, and the exponentials and the logarithm have cancelled:`,
        id: `Lihat tabelnya: gradien cross-entropy selalu $p - y$. Mesin yang menurunkannya, dan
          eksponensial serta logaritmanya saling meniadakan:`,
      }),
      derivatives(),
      prose({
        en:
          `Now press *Sure, and wrong*. The squared error's arrows all but vanish: it passes through
          the slope of softmax, and where softmax is flat nothing is left to learn from.`,
        id: `Sekarang tekan *Yakin, tetapi salah*. Panah galat kuadrat hampir lenyap: ia melewati
          kemiringan softmax, dan di tempat softmax datar tidak ada lagi yang bisa dipelajari.`,
      }),
      heading({ en: "Why not the squared error?", id: "Mengapa bukan galat kuadrat?" }),
      prose({
        en: `One neuron is enough to see it. It should say 1, but its net input z is far below zero,
          so it says almost 0. Let it go downhill twice, once on each loss. One hill is steep where
          the neuron is most wrong; the other is a plateau.`,
        id:
          `Satu neuron sudah cukup untuk melihatnya. Mestinya ia menjawab 1, tetapi masukannya z jauh
          di bawah nol, jadi jawabannya hampir 0. Biarkan ia turun dua kali, sekali di setiap loss.
          Bukit yang satu curam justru di tempat neuron paling salah; yang lain dataran tinggi.`,
      }),
      raceLab(),
      heading({ en: "Both losses on Iris", id: "Kedua loss pada Iris" }),
      prose({
        en: `Does it matter for a whole network? From small first weights the squared error is only
          slower. From large ones, sure of everything before it has seen anything, it may never
          recover.`,
        id: `Apakah ini penting untuk jaringan utuh? Dari bobot awal yang kecil, galat kuadrat hanya
          lebih lambat. Dari bobot besar, yang yakin akan segalanya sebelum melihat apa pun, ia bisa
          tidak pernah pulih.`,
      }),
      irisRace(),
      prose({
        en: `For numbers, then, the mean squared error. For classes, softmax and cross-entropy.`,
        id: `Jadi untuk angka: galat kuadrat rata-rata. Untuk kelas: softmax dan cross-entropy.`,
      }),
    );
  },
};

export default page;
