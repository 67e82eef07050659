/** Data: a table of flowers, and a digit as its numbers. */

import { prose } from "../dom.ts";
import type { Language, Page } from "../page.ts";

const page: Page = {
  title: { en: "Data", id: "Data" },
  lead: {
    en: "What a network learns from: tables of measurements, and pictures that are numbers, too.",
    id: "Dari mana jaringan belajar: tabel hasil pengukuran, dan gambar yang ternyata juga angka.",
  },
  mount(root: HTMLElement, _language: Language): void {
    root.append(prose({ en: "A table.", id: "Sebuah tabel." }));
  },
};

export default page;
