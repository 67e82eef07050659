/** A simpler model: a line through two points, its error, and the graph that computed it. */

import {
  graphOf,
  lineOf,
  meanSquaredError,
  points,
  predict,
  start,
} from "../../examples/lecture/04_simpler_model.ts";
import { format, heading, prose } from "../dom.ts";
import { GraphStepper } from "../graph_stepper.ts";
import type { Page } from "../page.ts";
import { lineLab } from "./04_simpler_model/line_lab.ts";
import { spotsOf } from "./04_simpler_model/spots.ts";

const page: Page = {
  title: { en: "A simpler model", id: "Model yang lebih sederhana" },
  lead: {
    en:
      "The smallest model that can learn is a line. Its error is one number, computed by a graph.",
    id: "Model terkecil yang bisa belajar adalah garis. Galatnya satu angka, dihitung oleh graf.",
  },
  mount(root: HTMLElement): void {
    const graph = graphOf(start);
    const line = lineOf(start);
    const errors = points.map(([x, y]) => format(predict(line, x).sub(y).data, 0));
    meanSquaredError(line).backward();
    const gradients = [line.m.grad, line.b.grad].map((gradient) => format(gradient, 0));
    const stepper = new GraphStepper(graph, spotsOf(graph));
    root.append(
      prose({
        en: `To see how learning works, take a neuron with one input and no activation:
          $y = mx + b$, the line from school. The weight is called $m$ here, the bias $b$. It is to
          learn from two examples, (1, 3) and (2, 5), and starts at $m = -1$, $b = 5$.`,
        id: `Untuk melihat cara kerja pembelajaran, ambillah neuron dengan satu masukan tanpa
          aktivasi: $y = mx + b$, garis dari pelajaran sekolah. Bobotnya di sini bernama $m$, biasnya
          $b$. Ia harus belajar dari dua contoh, (1, 3) dan (2, 5), dan mulai dari $m = -1$,
          $b = 5$.`,
      }),
      heading({ en: "How wrong is it?", id: "Seberapa salah?" }),
      prose({
        en: `At each point, the error is the distance from the line, up or down. Squared, it is the
          area of a square, and all that counts is their mean: the *mean squared error*, or MSE.
          Drag the line, or one of its two handles. How small can you make the squares?`,
        id: `Di setiap titik, galat adalah jarak tegaknya dari garis, ke atas atau ke bawah. Bila
          dikuadratkan, galat menjadi luas bujur sangkar, dan yang dihitung hanya rata-ratanya:
          *mean squared error*, MSE. Geser garisnya, atau salah satu dari kedua pegangannya.
          Sekecil apa bujur sangkarnya bisa dibuat?`,
      }),
      lineLab(start, (numbers) => stepper.update(graphOf(numbers))),
      prose({
        en: `Adding up plain errors would not do: at the start they are ${
          errors.join(" and ")
        }, and would partly
          cancel. The squares cannot, and one large error counts for more than two small ones.
          A function like the MSE, small where the model is good, is called a *loss*. To learn is to
          make it small.`,
        id: `Menjumlahkan galatnya begitu saja tidak cukup: pada awalnya ${
          errors.join(" dan ")
        }, jadi sebagian
          saling menghapus. Kuadratnya tidak, dan satu galat besar lebih berat daripada dua galat
          kecil. Fungsi seperti MSE, yang kecil bila modelnya bagus, disebut *loss*. Belajar berarti
          membuatnya kecil.`,
      }),
      heading({ en: "The computation is a graph", id: "Perhitungan adalah graf" }),
      prose({
        en: `While it computes the MSE, the engine remembers each step: what went in, what was done,
          what came out. That is a graph, from $m$ and $b$ to the loss. Walk through it: forward,
          each box becomes a number; backward, each box learns how much the loss would change if it
          changed a little. That is its *gradient*, ∂. The numbers are those of the line above.`,
        id: `Selagi menghitung MSE, mesin mengingat setiap langkah: apa yang masuk, apa yang
          dilakukan, apa yang keluar. Itulah graf, dari $m$ dan $b$ sampai ke loss. Telusurilah:
          ketika maju, setiap kotak menjadi angka; ketika mundur, setiap kotak jadi tahu seberapa
          besar loss berubah bila ia berubah sedikit. Itulah *gradien*-nya, ∂. Angkanya diambil dari
          garis di atas.`,
      }),
      stepper.element,
      prose({
        en: `At the start $m$ and $b$ end with ${
          gradients.join(" and ")
        }. Both are negative: the loss shrinks when
          they grow, and $m$ matters more. This walk back is called *backpropagation*,
          and it is all that training needs, here and in a network of millions of weights.`,
        id: `Pada awalnya $m$ dan $b$ berakhir dengan ${
          gradients.join(" dan ")
        }. Keduanya negatif: loss mengecil bila
          mereka membesar, dan pengaruh $m$ lebih kuat. Perjalanan balik ini disebut
          *backpropagation*, dan hanya itulah yang dibutuhkan pelatihan, di sini maupun di jaringan
          dengan jutaan bobot.`,
      }),
    );
  },
};

export default page;
