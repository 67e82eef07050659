/** One neuron: its weights and bias by hand, then learned example by example. */

import { heading, prose } from "../dom.ts";
import type { Page } from "../page.ts";
import { learningLab } from "./02_one_neuron/learning_lab.ts";
import { neuronLab } from "./02_one_neuron/neuron_lab.ts";

const page: Page = {
  title: { en: "One neuron", id: "Satu neuron" },
  lead: {
    en: "A weighted sum and a threshold: enough for OR and AND, and never enough for XOR.",
    id: "Jumlah berbobot dan sebuah ambang: cukup untuk OR dan AND, tidak pernah cukup untuk XOR.",
  },
  mount(root: HTMLElement): void {
    root.append(
      prose({
        en: `A neuron multiplies each input by a *weight*, adds the products up together with one
          more number, the *bias*, and hands the sum to its activation: $f = w₁x₁ + w₂x₂ + b$ and
          $y = a(f)$. The oldest activation is the *threshold*: the answer is 1 if $f$ is above 0,
          else 0.`,
        id: `Neuron mengalikan setiap masukan dengan sebuah *bobot*, menjumlahkan hasil kalinya
          bersama satu angka lagi, yaitu *bias*, lalu menyerahkan jumlah itu kepada aktivasinya:
          $f = w₁x₁ + w₂x₂ + b$ dan $y = a(f)$. Aktivasi yang tertua adalah *ambang*: jawabannya 1
          bila $f$ di atas 0, selain itu 0.`,
      }),
      heading({ en: "Be the neuron", id: "Jadilah neuronnya" }),
      prose({
        en: `The two inputs are switches, off (0) or on (1), so there are four corners. On the line
          $f$ is 0; the arrow stands upright on it, points to the side that is answered with 1, and
          is the weights themselves. Drag the line, drag the tip of the arrow, or use the sliders,
          until all four corners are right.`,
        id: `Kedua masukannya adalah sakelar, mati (0) atau hidup (1), jadi ada empat titik sudut.
          Di garis itu $f$ bernilai 0; panahnya berdiri tegak lurus di atasnya, menunjuk ke sisi yang
          dijawab 1, dan tidak lain adalah bobotnya sendiri. Geser garisnya, geser ujung panahnya,
          atau pakai penggesernya, sampai keempat titik dijawab benar.`,
      }),
      neuronLab(),
      prose({
        en: `OR and AND take a moment. XOR, which asks for a 1 if exactly one switch is on, does
          not work: three of four is the best. It would need $f(0,1) + f(1,0)$ above 0 and
          $f(0,0) + f(1,1)$ not above 0, but both are $w₁ + w₂ + 2b$, whatever the weights are.`,
        id: `OR dan AND hanya perlu sebentar. XOR, yang meminta jawaban 1 bila tepat satu sakelar
          hidup, tidak akan berhasil: paling banyak tiga dari empat yang benar. Sebab
          $f(0,1) + f(1,0)$ harus di atas 0 dan $f(0,0) + f(1,1)$ tidak boleh di atas 0, padahal
          keduanya sama-sama $w₁ + w₂ + 2b$, berapa pun bobotnya.`,
      }),
      heading({ en: "Let it learn", id: "Biarkan ia belajar" }),
      prose({
        en: `Rosenblatt's rule of 1958 chooses the weights without you. Take one example after the
          other. Where the answer is right, change nothing. Where it is wrong, add to each weight
          the error, target minus answer, times the derivative of $f$ by that weight, which the
          engine finds: it is the input that the weight weighs.`,
        id: `Aturan Rosenblatt dari tahun 1958 memilih bobotnya tanpa bantuan kita. Ambil contohnya
          satu per satu. Kalau jawabannya benar, tidak ada yang diubah. Kalau salah, setiap bobot
          ditambah galatnya, yaitu target dikurangi jawaban, kali turunan $f$ terhadap bobot itu.
          Turunan itu dicari oleh mesinnya: nilainya sama dengan masukan yang dibobot.`,
      }),
      learningLab(),
      prose({
        en: `With XOR the line never comes to rest: the rule goes round in a circle. One straight
          line cannot part these corners. Two can, which takes more neurons, and a rule that knows
          how much each of them is to blame. That rule is the subject of the next chapters.`,
        id: `Dengan XOR garisnya tidak pernah diam: aturannya hanya berputar-putar. Satu garis lurus
          tidak bisa memisahkan keempat titik ini. Dua garis bisa, tetapi itu butuh lebih banyak
          neuron, dan aturan yang tahu seberapa besar andil masing-masing dalam kesalahannya. Aturan
          itulah pokok bahasan bab-bab berikutnya.`,
      }),
    );
  },
};

export default page;
