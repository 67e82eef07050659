/** Data: a table of flowers by any two of its columns, and a digit as its numbers. */

import { heading, prose } from "../dom.ts";
import type { Page } from "../page.ts";
import { digitLab } from "./01_data/digit_lab.ts";
import { flowerLab } from "./01_data/flower_lab.ts";

const page: Page = {
  title: { en: "Data", id: "Data" },
  lead: {
    en: "What a network learns from: tables of measurements, and pictures, which are numbers, too.",
    id: "Dari mana jaringan belajar: tabel hasil pengukuran, dan gambar, yang ternyata angka juga.",
  },
  mount(root: HTMLElement): void {
    root.append(
      prose({
        en: `A neural network is not told rules. It is shown *examples*, and each example has two
          parts: what is given, the *input*, and what should be answered, the *label*. Inputs may
          look very different to us. To a network they are all numbers.`,
        id: `Jaringan saraf tidak diberi aturan. Ia diberi *contoh*, dan setiap contoh punya dua
          bagian: yang diketahui, yaitu *masukan*, dan jawaban yang diharapkan, yaitu *label*. Di
          mata kita bentuk masukan bisa sangat berbeda-beda. Bagi jaringan semuanya angka.`,
      }),
      heading({ en: "Structured data: a table", id: "Data terstruktur: sebuah tabel" }),
      prose({
        en: `In 1936 R. A. Fisher published four lengths of each of 150 iris flowers, of three
          species. One flower is one row of the table and one point below. Choose which two of its
          four numbers place it, and run over the points: which two tell the species apart best?`,
        id: `Pada tahun 1936 R. A. Fisher menerbitkan empat ukuran dari 150 bunga iris, yang terdiri
          atas tiga spesies. Satu bunga adalah satu baris tabel dan satu titik di bawah ini. Pilih
          dua dari keempat ukurannya sebagai sumbu, lalu telusuri titik-titiknya: dua ukuran mana
          yang paling jelas membedakan spesiesnya?`,
      }),
      flowerLab(),
      prose({
        en: `Data is called *structured* when, as here, each column has a meaning that you could
          write above it. Setosa stands apart in almost every picture; the other two touch, and no
          single measurement tells all of them apart.`,
        id: `Data disebut *terstruktur* bila, seperti di sini, setiap kolom punya arti yang bisa
          ditulis di atasnya. Setosa terpisah hampir di setiap gambar; dua spesies lainnya saling
          bersinggungan, dan tidak ada satu ukuran pun yang sanggup memisahkan semuanya.`,
      }),
      heading({ en: "Unstructured data: an image", id: "Data tak terstruktur: sebuah gambar" }),
      prose({
        en:
          `A grey image is an array of numbers, 0 where the paper is white and 255 where the ink is
          black. Move over the image, or use the arrow keys: beside it are the numbers around you.
          You read the digit at once. The program has only the numbers.`,
        id: `Gambar abu-abu adalah larik angka: 0 di kertas yang putih, 255 di tinta yang hitam.
          Gerakkan penunjuk di atas gambar, atau pakai tombol panah: di sebelahnya tampak angka-angka
          di sekitar penunjuk. Kita langsung bisa membaca digitnya. Program hanya punya angkanya.`,
      }),
      digitLab(),
      prose({
        en: `Data is called *unstructured* when, as here, a single number means nothing: what is in
          row 15, column 18 says nothing about which digit it is. Only the pattern of all 784 does,
          and the pattern moves about. Nobody can write down the rule. A network can learn it, and
          the rest of this lecture is about how.`,
        id: `Data disebut *tak terstruktur* bila, seperti di sini, satu angka saja tidak berarti
          apa-apa: isi baris 15, kolom 18 tidak memberi tahu digit apa ini. Hanya pola dari ke-784
          angka itu yang bermakna, dan polanya pun bergeser-geser. Tak seorang pun bisa menuliskan
          aturannya. Jaringan bisa mempelajarinya, dan sisa kuliah ini membahas caranya.`,
      }),
    );
  },
};

export default page;
