/** The gradient: which way is down, as a formula, as numbers and as an arrow. */

import { lineOf, start } from "../../examples/lecture/04_simpler_model.ts";
import {
  derive,
  hessianOf,
  onSlides,
  slidePoints,
  step,
} from "../../examples/lecture/05_gradient.ts";
import { eigenvalues } from "../../examples/lecture/two_unknowns.ts";
import { formula } from "../../mod.ts";
import { brief, heading, prose } from "../dom.ts";
import type { Page } from "../page.ts";
import { boundLab } from "./05_gradient/bound_lab.ts";
import { gradientLab } from "./05_gradient/gradient_lab.ts";

const page: Page = {
  title: { en: "The gradient", id: "Gradien" },
  lead: {
    en:
      "Every m and b is a place on a surface. The gradient says which way is up, so go the other.",
    id:
      "Setiap m dan b adalah tempat di permukaan. Gradien menunjuk ke atas, jadi ambil arah balik.",
  },
  mount(root: HTMLElement): void {
    const { mse, gradient: [dm, db], hessian } = derive(start);
    root.append(
      prose({
        en: `For the two points (1, 3) and (2, 5), the error of the line $y = mx + b$ depends on
          nothing but $m$ and $b$. The engine reads it off its graph, multiplied out:
          $MSE = ${formula(mse)}$. And it derives it, by $m$ and by $b$:
          $${formula(dm)}$ and $${formula(db)}$. Nobody typed these formulas in.`,
        id: `Untuk kedua titik (1, 3) dan (2, 5), galat garis $y = mx + b$ hanya bergantung pada $m$
          dan $b$. Mesin membacanya dari grafnya, setelah dijabarkan: $MSE = ${formula(mse)}$. Mesin
          pula yang menurunkannya, terhadap $m$ dan terhadap $b$: $${formula(dm)}$ dan
          $${formula(db)}$. Tidak ada yang mengetikkan rumus-rumus ini.`,
      }),
      heading({ en: "Stand on the surface", id: "Berdiri di permukaan" }),
      prose({
        en: `Each place on this map is a line, its height the MSE: the bluer, the higher. Drag the
          point and watch the formulas. One arrow is the *gradient*: it points uphill, and the
          steeper it is, the longer. The orange one is the next step of *gradient descent*, −λ times the
          gradient. Take some.`,
        id: `Setiap tempat di peta ini adalah sebuah garis, ketinggiannya adalah MSE: makin biru
          makin tinggi. Geser titiknya dan perhatikan rumusnya. Satu panah adalah *gradien*: ia
          menunjuk ke arah naik, makin curam makin panjang. Panah jingga adalah langkah *gradient
          descent* berikutnya, −λ kali gradien. Cobalah melangkah.`,
      }),
      gradientLab(),
      heading({ en: "A correction to the slides", id: "Koreksi untuk salindia" }),
      prose(correction()),
      heading({ en: "How far may a step go?", id: "Sejauh apa boleh melangkah?" }),
      prose({
        en: `The gradient can be derived again. Its four derivatives, the *Hessian*, are the numbers
          ${hessian.flat().map((second) => formula(second)).join(", ")}: the same everywhere, so the
          surface is a bowl. Its largest and smallest curvature are the eigenvalues,
          ${eigenvalues(hessianOf()).map((number) => number.toFixed(3)).join(" and ")}: a narrow
          valley. A step multiplies the distance to the bottom by 1 − λ · curvature, once across
          the valley and once along it. Drag λ.`,
        id: `Gradien bisa diturunkan lagi. Keempat turunannya, *Hessian*, adalah
          ${hessian.flat().map((second) => formula(second)).join(", ")}: sama di mana-mana, jadi
          permukaannya berbentuk mangkuk. Kelengkungan terbesar dan terkecilnya adalah nilai eigen,
          ${eigenvalues(hessianOf()).map((number) => number.toFixed(3)).join(" dan ")}: sebuah
          lembah yang sempit. Satu langkah mengalikan jarak ke dasar dengan 1 − λ · kelengkungan,
          melintang dan menyusuri lembah. Geser λ.`,
      }),
      boundLab(),
    );
  },
};

/** What the slides go on with, and what follows instead. */
function correction(): { en: string; id: string } {
  const rate = 0.1;
  const { m, b } = lineOf(start);
  const right = derive(start).gradient.map(({ data }) => brief(data));
  const after = step(start, rate);
  const [slideM, slideB] = onSlides.gradient.map(brief);
  const fitting = slidePoints.map(([x, y]) => `(${x}, ${y})`);
  const onFitting = step(start, rate, slidePoints);
  const place = `$m = ${m.data}$, $b = ${b.data}$`;
  return {
    en: `The slides derive the same formulas, then go on with a gradient of ${slideM} and
      ${slideB}, and with one step of λ = ${rate} to $m = ${onSlides.m}$, $b = ${onSlides.b}$. That
      does not follow: at ${place} the formulas give ${right.join(" and ")}, and the step ends at
      $m = ${brief(after.m)}$, $b = ${
      brief(after.b)
    }$. The numbers ${slideM} and ${slideB} would fit
      the points ${fitting.join(" and ")}; choose them above and see. Even then $b$ would step to
      ${brief(onFitting.b)}: against a negative slope is up.`,
    id: `Salindia menurunkan rumus yang sama, lalu melanjutkan dengan gradien ${slideM} dan
      ${slideB}, dan satu langkah dengan λ = ${rate} ke $m = ${onSlides.m}$, $b = ${onSlides.b}$.
      Itu tidak cocok: di ${place} rumusnya menghasilkan ${right.join(" dan ")}, dan langkahnya
      berakhir di $m = ${brief(after.m)}$, $b = ${brief(after.b)}$. Angka ${slideM} dan ${slideB}
      akan cocok untuk titik ${fitting.join(" dan ")}; pilih di atas dan lihat sendiri. Itu pun $b$
      akan melangkah ke ${brief(onFitting.b)}: melawan kemiringan negatif berarti naik.`,
  };
}

export default page;
