/** MNIST: draw a digit and watch a trained network read it, then train one. */

import { heading, prose } from "../dom.ts";
import type { Page } from "../page.ts";
import { drawLab } from "./11_mnist/draw_lab.ts";
import { trainLab } from "./11_mnist/train_lab.ts";

const page: Page = {
  title: { en: "Reading handwriting", id: "Membaca tulisan tangan" },
  lead: {
    en: "Everything so far, put together: 784 pixels go in, ten probabilities come out, and in " +
      "between are weights that nobody wrote down. Draw a digit.",
    id:
      "Semua yang sudah dipelajari, digabung: 784 piksel masuk, sepuluh probabilitas keluar, dan " +
      "di antaranya bobot-bobot yang tidak ditulis siapa pun. Gambarlah sebuah angka.",
  },
  mount(root: HTMLElement): void {
    const draw = drawLab();
    root.append(
      heading({ en: "Draw a digit", id: "Gambar sebuah angka" }),
      prose({
        en: `This network of 784-256-64-10 neurons has seen 55,000 digits of MNIST, written by
          hundreds of people, each turned, stretched and shifted a little anew in every epoch, and
          some that a program wrote. It has never seen yours. It answers while you draw, so watch it change its mind: a 1 grows
          into a 7, a 3 closes to an 8.`,
        id:
          `Jaringan 784-256-64-10 ini telah melihat 55.000 angka MNIST, ditulis ratusan orang, yang
          setiap epoch diputar, diregang dan digeser sedikit, ditambah beberapa yang ditulis sebuah
          program. Tulisan Anda belum pernah dilihatnya.
          Ia menjawab selagi Anda menggambar, jadi perhatikan ia berubah pikiran: 1 tumbuh menjadi 7,
          3 menutup menjadi 8.`,
      }),
      draw.figure,
      prose({
        en:
          `What you see between the pixels and the answer is all there is: each cell is one neuron,
          lit as strongly as its ReLU lets through. Try to fool it. Draw something that is no digit:
          it has to choose one of ten, and often it is sure. A network knows nothing of what it
          was never asked.`,
        id:
          `Yang terlihat di antara piksel dan jawaban adalah semuanya: setiap sel satu neuron, menyala
          sekuat yang diloloskan ReLU-nya. Coba kelabui. Gambar sesuatu yang bukan angka: ia harus
          memilih satu dari sepuluh, dan sering kali yakin. Jaringan tidak tahu apa-apa tentang hal
          yang tidak pernah ditanyakan kepadanya.`,
      }),
      heading({ en: "Train one yourself", id: "Latih sendiri" }),
      prose({
        en:
          `MNIST itself is too large for a page, so here a pen made of arithmetic writes 6,500 digits.
          Before training the guesses are worthless. Press Train: the loss falls, the guesses turn
          green, and in the weights of the hidden neurons, noise at first, pieces of strokes appear.
          When it is done, look at what it still confuses, then let it read your own drawings above.`,
        id:
          `MNIST sendiri terlalu besar untuk satu halaman, jadi di sini sebuah pena yang terbuat dari
          aritmetika menulis 6.500 angka. Sebelum dilatih, tebakannya tidak berarti. Tekan Latih: loss
          turun, tebakan menjadi hijau, dan pada bobot neuron tersembunyi, yang mula-mula hanya derau,
          muncul potongan-potongan goresan. Setelah selesai, lihat apa yang masih tertukar, lalu
          biarkan ia membaca gambar Anda di atas.`,
      }),
      trainLab((model) => draw.offer(model)),
    );
  },
};

export default page;
