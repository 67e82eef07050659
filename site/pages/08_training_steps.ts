/** Training, step by step: the lecture's steps 0 to 7 on a network small enough to read. */

import { parametersOf } from "../../examples/lecture/08_training_steps/network.ts";
import { heading, prose } from "../dom.ts";
import type { Page } from "../page.ts";
import { irisLab, irisNetwork } from "./08_training_steps/iris_lab.ts";
import { stepsLab } from "./08_training_steps/steps_lab.ts";

const page: Page = {
  title: { en: "Training, step by step", id: "Pelatihan, langkah demi langkah" },
  lead: {
    en: "A network learns by a loop of a few plain steps: look, answer, see how wrong, pass the " +
      "blame back, move every weight a little. Here you take them one by one.",
    id: "Jaringan belajar lewat putaran beberapa langkah sederhana: lihat, jawab, ukur salahnya, " +
      "teruskan kesalahan ke belakang, geser setiap bobot sedikit. Di sini Anda menjalaninya satu " +
      "per satu.",
  },
  mount(root: HTMLElement): void {
    const count = parametersOf(irisNetwork(null)).length;
    root.append(
      heading({ en: "Eight steps", id: "Delapan langkah" }),
      prose({
        en: `Two inputs, two hidden neurons and one output, all with the sigmoid: nine numbers to
          learn XOR with. Press *Next step* and follow one example through the network and back.
          The errors that flow back have names, δ: they say how the loss changes with what a neuron
          adds up.`,
        id:
          `Dua masukan, dua neuron tersembunyi dan satu keluaran, semuanya dengan sigmoid: sembilan
          angka untuk belajar XOR. Tekan *Langkah berikut* dan ikuti satu contoh melewati jaringan
          lalu kembali. Galat yang mengalir balik punya nama, δ: ia mengatakan bagaimana loss berubah
          terhadap apa yang dijumlahkan sebuah neuron.`,
      }),
      stepsLab(),
      prose({
        en: `One step changes the answers by a hair. Training is thousands of them: press *Until it
          converges*. Then try the second draw of weights with $λ = 1$: it gets stuck with one half
          as its answer to two of the corners, out of epochs before it is out of the valley.`,
        id: `Satu langkah hanya mengubah jawaban sehelai rambut. Pelatihan berarti ribuan langkah:
          tekan *Sampai konvergen*. Lalu coba undian bobot kedua dengan $λ = 1$: ia macet dengan
          jawaban setengah untuk dua sudut, jatah epoch habis sebelum keluar dari lembahnya.`,
      }),
      heading({ en: "The same steps on flowers", id: "Langkah yang sama pada bunga" }),
      prose({
        en: `Nothing in these steps knows how many neurons there are. Four lengths in, eight hidden
          neurons, three species out: ${count} numbers, trained on four fifths of Fisher's 150 irises. The
          rest is held out, to see what the network makes of flowers that it has never met.

          When training is over, only the weights remain. Using them is called *inference*: forward
          once, no error, no update. Move the sliders, and the network names your flower.`,
        id: `Langkah-langkah ini tidak peduli berapa banyak neuronnya. Empat ukuran masuk, delapan
          neuron tersembunyi, tiga spesies keluar: ${count} angka, dilatih pada empat perlima dari 150 iris
          milik Fisher. Sisanya disisihkan, untuk melihat bagaimana jaringan menghadapi bunga yang
          belum pernah ditemuinya.

          Setelah pelatihan selesai, yang tertinggal hanyalah bobot. Memakainya disebut *inferensi*:
          maju sekali, tanpa galat, tanpa pembaruan. Geser penggesernya, dan jaringan menyebut nama
          bunga Anda.`,
      }),
      irisLab(),
    );
  },
};

export default page;
