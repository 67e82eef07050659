/** Activation functions: each curve, its derivative, and the tangent at a place of your choice. */

import { heading, prose } from "../dom.ts";
import type { Page } from "../page.ts";
import { chainLab } from "./03_activation_functions/chain_lab.ts";
import { tangentLab } from "./03_activation_functions/tangent_lab.ts";

const page: Page = {
  title: { en: "Activation functions", id: "Fungsi aktivasi" },
  lead: {
    en: "Four curves, and the slopes that learning will go by. The engine derives them.",
    id: "Empat kurva, dan kemiringan yang kelak menuntun pembelajaran. Mesin yang menurunkannya.",
  },
  mount(root: HTMLElement): void {
    root.append(
      prose({
        en:
          `A threshold knows only yes and no. Its slope is 0 everywhere, so it cannot say whether a
          slightly larger weight would be a slightly better one. To learn in small steps, a neuron
          needs an activation with a slope that says something.`,
        id: `Ambang hanya tahu ya dan tidak. Kemiringannya 0 di mana-mana, sehingga ia tidak bisa
          memberi tahu apakah bobot yang sedikit lebih besar akan sedikit lebih baik. Supaya bisa
          belajar sedikit demi sedikit, neuron butuh aktivasi yang kemiringannya bermakna.`,
      }),
      heading({ en: "The curve, the tangent, the slope", id: "Kurva, garis singgung, kemiringan" }),
      prose({
        en: `Drag the point along the curve. The straight line through it is the tangent, and its
          slope is the derivative $a'(f)$: how much the answer changes when the sum $f$ changes a
          little. The thin curve below collects these slopes for every $f$. Nobody typed the
          derivatives in.`,
        id: `Geser titik itu sepanjang kurva. Garis lurus yang melaluinya adalah garis singgung, dan
          kemiringannya adalah turunan $a'(f)$: seberapa besar jawaban berubah bila jumlah $f$
          berubah sedikit. Kurva tipis mengumpulkan kemiringan itu untuk setiap $f$. Tidak ada yang
          mengetikkan rumus turunannya.`,
      }),
      tangentLab(),
      heading({ en: "Why slopes matter", id: "Mengapa kemiringan penting" }),
      prose({
        en:
          `In a deep network, neurons feed neurons, and the slope of the whole is the product of all
          slopes on the way. Here they stand in a row, each with weight 1 and bias 0, and the first
          one is fed 0.5. How much does the last one notice of a small change at the first?`,
        id: `Dalam jaringan yang dalam, neuron memberi masukan kepada neuron lain, dan kemiringan
          keseluruhannya adalah hasil kali semua kemiringan di sepanjang jalan. Di sini neuron-neuron
          itu berjajar, masing-masing dengan bobot 1 dan bias 0, dan yang pertama diberi 0.5.
          Seberapa terasa perubahan kecil di neuron pertama oleh neuron terakhir?`,
      }),
      chainLab(),
      prose({
        en: `Behind a few sigmoids next to nothing is left: the gradient *vanishes*, and the first
          neurons do not learn. ReLU passes it on whole. That, more than anything, made deep networks
          trainable.`,
        id:
          `Di balik beberapa sigmoid hampir tidak ada yang tersisa: gradiennya *lenyap*, dan neuron
          yang pertama tidak belajar. ReLU meneruskannya utuh. Itulah yang terutama membuat jaringan
          dalam bisa dilatih.`,
      }),
    );
  },
};

export default page;
