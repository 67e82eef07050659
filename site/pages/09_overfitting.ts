/** Overfitting: trendlines of any degree, and a network that learns its examples by heart. */

import { largeNetwork } from "../../examples/lecture/09_overfitting.ts";
import { heading, prose } from "../dom.ts";
import type { Page } from "../page.ts";
import { networkLab, patience } from "./09_overfitting/network_lab.ts";
import { trendLab } from "./09_overfitting/trend_lab.ts";

const page: Page = {
  title: { en: "Overfitting", id: "Overfitting" },
  lead: {
    en: "A model that gets everything right has perhaps learned nothing: it may have learned the " +
      "noise by heart. The only way to know is to ask about something that it has not seen.",
    id:
      "Model yang menjawab semuanya dengan benar barangkali tidak belajar apa-apa: bisa jadi ia " +
      "hanya menghafal derau. Satu-satunya cara untuk tahu adalah bertanya tentang sesuatu yang " +
      "belum dilihatnya.",
  },
  mount(root: HTMLElement): void {
    const weights = largeNetwork(0).parameters().reduce((sum, { size }) => sum + size, 0);
    root.append(
      heading({ en: "Which trendline is better?", id: "Garis tren mana yang lebih baik?" }),
      prose({
        en:
          `Ten measured points, and a curve through them. A polynomial of degree 1 has two weights,
          one of degree 9 has ten, enough to meet every single point. Raise the degree and watch both
          errors: on the points that the curve was fitted to, and on fresh points from the same
          source.`,
        id: `Sepuluh titik hasil pengukuran, dan sebuah kurva yang melaluinya. Polinomial derajat 1
          punya dua bobot, derajat 9 punya sepuluh, cukup untuk mengenai setiap titik. Naikkan
          derajatnya dan perhatikan kedua galat: pada titik-titik yang dicocokkan, dan pada titik baru
          dari sumber yang sama.`,
      }),
      trendLab(),
      prose({
        en: `The error on these points can only fall: every weight more fits them better. The
          other one falls, then climbs. Where they part, fitting has become *overfitting*.
          Drag one point at degree 9 and see how far away the curve is shaken; at degree 1 it
          hardly notices. More points tame the wild curve, too: add some.`,
        id:
          `Galat pada titik-titik ini hanya bisa turun: setiap bobot tambahan membuatnya makin cocok.
          Galat yang lain turun, lalu naik. Di tempat keduanya berpisah, mencocokkan telah menjadi
          *overfitting*. Seret satu titik pada derajat 9 dan lihat seberapa jauh kurvanya terguncang;
          pada derajat 1 hampir tidak terasa. Lebih banyak titik juga menjinakkan kurva liar: tambahkan
          beberapa.`,
      }),
      heading({
        en: "A network that overfits on purpose",
        id: "Jaringan yang sengaja overfitting",
      }),
      prose({
        en: `Two hidden layers of 64 neurons, ${
          weights.toLocaleString("en")
        } weights, and twenty examples around a sine curve.
          Press Train. At first both losses fall, as the network learns what the points have in
          common. Then only the training loss does, and the curve begins to visit each point.`,
        id: `Dua lapisan tersembunyi berisi 64 neuron, ${
          weights.toLocaleString("id")
        } bobot, dan dua puluh contoh di sekitar kurva
          sinus. Tekan Latih. Mula-mula kedua loss turun, selagi jaringan mempelajari kesamaan
          titik-titik itu. Lalu hanya loss latihan yang turun, dan kurvanya mulai mengunjungi titik
          satu per satu.`,
      }),
      networkLab(),
      prose({
        en:
          `*Early stopping* lets the validation loss decide: remember the weights whenever it was never
          smaller, and give up after ${patience} epochs in vain. The other cure is more data: train with 100
          examples instead of twenty, and the two losses stay much closer. The training loss alone would
          never have told you.`,
        id:
          `*Early stopping* membiarkan loss validasi yang memutuskan: simpan bobot setiap kali loss itu
          mencapai nilai terkecil, dan menyerah setelah ${patience} epoch sia-sia. Obat lainnya adalah lebih
          banyak data: latih dengan 100 contoh, bukan dua puluh, dan kedua loss jauh lebih berdekatan.
          Loss latihan saja tidak akan pernah memberi tahu Anda.`,
      }),
    );
  },
};

export default page;
