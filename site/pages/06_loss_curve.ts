/** The loss curve: the path of gradient descent over the surface, and the loss after each step. */

import { manyPoints } from "../../examples/lecture/06_loss_curve.ts";
import { element, heading, prose } from "../dom.ts";
import { inline } from "../prose.ts";
import type { Language, Page } from "../page.ts";
import { descentLab } from "./06_loss_curve/descent_lab.ts";

const terms = {
  en: [
    ["step", "one update of $m$ and $b$, by the gradient of one batch"],
    ["batch", "the examples that one step looks at"],
    ["epoch", "once through all the examples, each batch once"],
  ],
  id: [
    ["langkah", "satu pembaruan $m$ dan $b$, menurut gradien satu batch"],
    ["batch", "contoh-contoh yang dilihat oleh satu langkah"],
    ["epoch", "satu kali melewati semua contoh, setiap batch satu kali"],
  ],
} as const;

const page: Page = {
  title: { en: "The loss curve", id: "Kurva loss" },
  lead: {
    en: "Step after step downhill: too short and it crawls, too long and it flies away.",
    id:
      "Menuruni lereng selangkah demi selangkah: terlalu pendek merangkak, terlalu panjang terpental.",
  },
  mount(root: HTMLElement, language: Language): void {
    root.append(
      prose({
        en:
          `Think of a walker in fog on this landscape, who feels the slope below the feet and takes
          a step downhill, over and over. How long the steps are is up to you: that is the learning
          rate λ, perhaps the most important number of all training.`,
        id: `Bayangkan seorang pejalan di tengah kabut, yang meraba kemiringan di bawah kakinya dan
          melangkah ke arah turun, berulang-ulang. Panjang langkahnya terserah kita: itulah laju
          pembelajaran λ, barangkali angka terpenting dalam pelatihan.`,
      }),
      heading({ en: "Walk", id: "Berjalan" }),
      prose({
        en:
          `Choose λ and watch the path on the map, and below it the *loss curve*, which can still be
          drawn when there are millions of parameters and no map. Drag the start. Then take the twelve
          points, and let each step look at a part of them only.`,
        id: `Pilih λ dan ikuti jalurnya di peta, dan di bawahnya *kurva loss*, yang tetap bisa
          digambar ketika parameternya jutaan dan tidak ada peta. Geser titik awalnya. Lalu pilih dua
          belas titik, dan biarkan setiap langkah hanya melihat sebagian dari titik-titik itu.`,
      }),
      descentLab(),
      heading({ en: "Epoch, batch, step", id: "Epoch, batch, langkah" }),
      prose({
        en: `With two examples, each step may look at both. With a million, that would be a million
          predictions for one small step. So the examples are shuffled and divided into batches, and
          a step is taken after each. Three words to tell apart:`,
        id: `Dengan dua contoh, setiap langkah bisa melihat keduanya. Dengan sejuta contoh, itu
          berarti sejuta prediksi untuk satu langkah kecil. Maka contoh-contohnya dikocok dan dibagi
          menjadi batch, dan satu langkah diambil setelah setiap batch. Tiga kata yang perlu
          dibedakan:`,
      }),
      element(
        "dl",
        { class: "terms" },
        ...terms[language].flatMap(([word, meaning]) => [
          element("dt", {}, word),
          element("dd", {}, ...inline(meaning)),
        ]),
      ),
      prose({
        en: `Of ${manyPoints.length} points, an epoch is one step if each step looks at all of them,
          and ${manyPoints.length} steps if it looks at one. All walkers see each point equally often, but
          who looks at fewer at a time is further along, and staggers. At the bottom only the *mean*
          of the gradients is 0: each batch still pulls its own way. That is why training often ends
          with a smaller λ.`,
        id:
          `Dengan ${manyPoints.length} titik, satu epoch adalah satu langkah bila setiap langkah melihat
          semuanya, dan ${manyPoints.length} langkah bila hanya melihat satu. Semua pejalan melihat setiap
          titik sama seringnya, tetapi yang melihat lebih sedikit sekaligus sudah lebih jauh
          berjalan, walau terhuyung. Di dasar hanya *rata-rata* gradien yang 0: setiap batch masih
          menarik ke arahnya sendiri. Karena itu pelatihan sering diakhiri dengan λ yang lebih kecil.`,
      }),
    );
  },
};

export default page;
