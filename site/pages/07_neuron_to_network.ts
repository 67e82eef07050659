/** From neuron to network: why layers need activation functions, XOR folded, and a playground. */

import { heading, prose } from "../dom.ts";
import type { Page } from "../page.ts";
import { bendsLab } from "./07_neuron_to_network/bends.ts";
import { chainLab } from "./07_neuron_to_network/chain.ts";
import { foldLab } from "./07_neuron_to_network/fold.ts";
import { playground } from "./07_neuron_to_network/playground.ts";

const page: Page = {
  title: { en: "From neuron to network", id: "Dari neuron ke jaringan" },
  lead: {
    en:
      "One neuron draws one straight line. Put neurons behind each other, let each bend what it " +
      "sees a little, and there is hardly a shape that they cannot draw.",
    id:
      "Satu neuron menggambar satu garis lurus. Susun neuron berlapis-lapis, biarkan masing-masing " +
      "menekuk sedikit apa yang dilihatnya, dan hampir semua bentuk dapat digambarnya.",
  },
  mount(root: HTMLElement): void {
    root.append(
      heading({ en: "One neuron after another", id: "Satu neuron di belakang yang lain" }),
      prose({
        en: `The output of one neuron can be the input of the next: $h = w₁x + b₁$ goes into
          $y = w₂h + b₂$. That makes four knobs instead of two, so the line should be able to do
          more. Turn them, and watch what the engine makes of the formula.`,
        id: `Keluaran satu neuron dapat menjadi masukan neuron berikutnya: $h = w₁x + b₁$ masuk ke
          $y = w₂h + b₂$. Sekarang ada empat tombol, bukan dua, jadi mestinya garis itu bisa berbuat
          lebih banyak. Putar tombolnya, dan lihat menjadi apa rumusnya di tangan mesin turunan.`,
      }),
      chainLab(),
      prose({
        en: `With no activation function in between, the formula *collapses*: $w₂w₁$ is one number
          and $w₂b₁ + b₂$ is another. Two neurons say no more than one, nor would a hundred. Choose
          ReLU or tanh, and the slope is no longer the same everywhere. That is all it takes.`,
        id: `Tanpa fungsi aktivasi di antaranya, rumusnya *runtuh*: $w₂w₁$ hanyalah satu angka dan
          $w₂b₁ + b₂$ satu angka lagi. Dua neuron tidak mengatakan lebih dari satu neuron; seratus
          pun tidak. Pilih ReLU atau tanh, dan kemiringannya tidak lagi sama di mana-mana. Cukup itu
          saja syaratnya.`,
      }),
      heading({ en: "Every neuron adds a bend", id: "Setiap neuron menambah satu tekukan" }),
      prose({
        en:
          `Three hidden neurons beside each other, each a hinge: flat up to its bend, then a slope.
          The output neuron adds them up. Drag the corners of the curve: the engine's formula tells
          which weights that takes. Then take ReLU away, with the very same weights.`,
        id: `Tiga neuron tersembunyi berdampingan, masing-masing sebuah engsel: datar sampai titik
          tekuknya, lalu miring. Neuron keluaran menjumlahkannya. Seret sudut-sudut kurva: rumus dari
          mesin menunjukkan bobot mana yang diperlukan. Lalu buang ReLU-nya, dengan bobot yang persis
          sama.`,
      }),
      bendsLab(),
      heading({ en: "XOR, by folding the plane", id: "XOR, dengan melipat bidang" }),
      prose({
        en: `No line parts the corners of XOR, as chapter 2 has shown. Two hidden neurons need not
          part them: they only have to *move* them. Each corner becomes a new point, what the
          two neurons say about it, and for those new points a line will do. Press Train and watch
          the grid on the right fold until it does.`,
        id: `Tidak ada garis yang memisahkan sudut-sudut XOR, seperti terlihat di bab 2. Dua neuron
          tersembunyi tidak perlu memisahkannya: mereka cukup *memindahkannya*. Setiap sudut menjadi
          titik baru, yaitu apa yang dikatakan kedua neuron tentangnya, dan untuk titik-titik baru itu
          satu garis sudah cukup. Tekan Latih, dan lihat kisi di sebelah kanan terlipat sampai bisa.`,
      }),
      foldLab(),
      prose({
        en: `Not every start finds the fold: some get stuck with three corners right. Try another
          start, or give the network a third and a fourth neuron: with room to spare, nearly every
          start finds a way.`,
        id: `Tidak setiap titik awal menemukan lipatan itu: ada yang macet dengan tiga sudut benar.
          Coba titik awal lain, atau beri jaringan neuron ketiga dan keempat: dengan ruang lebih,
          hampir setiap titik awal menemukan jalannya.`,
      }),
      heading({ en: "Playground", id: "Taman bermain" }),
      prose({
        en: `Now build your own. Choose points or place them, lay out the layers, and train. Each
          small square is a neuron, coloured by what it says in each part of the plane; the wires
          are the weights, warm where positive and blue where negative.`,
        id: `Sekarang buat sendiri. Pilih atau letakkan titik, susun lapisannya, lalu latih. Setiap
          kotak kecil adalah satu neuron, diwarnai menurut apa yang dikatakannya di setiap bagian
          bidang; kabelnya adalah bobot, hangat bila positif dan biru bila negatif.`,
      }),
      playground(),
      prose({
        en: `Things to try: *linear* on any data but the blobs. One hidden layer of two neurons on
          the moons, then of eight. The spirals with hardly any noise and two layers of eight; with
          ReLU some neurons fall silent for good. A learning rate of 3.`,
        id: `Yang bisa dicoba: *linear* pada data apa pun selain gumpalan. Satu lapisan berisi dua
          neuron pada bulan sabit, lalu delapan. Spiral hampir tanpa derau dengan dua lapisan
          delapan neuron; dengan ReLU sebagian neuron bungkam selamanya. Laju belajar 3.`,
      }),
    );
  },
};

export default page;
