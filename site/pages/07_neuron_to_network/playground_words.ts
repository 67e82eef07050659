/** What the playground says, in both languages. */

import type { Language } from "../../page.ts";

const english = {
  region: "What the network says in the plane; arrow keys move a cursor, 0 and 1 place a point, " +
    "Delete takes one away",
  diagram: "The network: each neuron, and what it says where",
  chart: "The loss after each step",
  steps: "steps",
  step: "step",
  epoch: "epoch",
  train: "training",
  held: "held out",
  right: "right",
  heldRight: "right, held out",
  start: "Train",
  pause: "Pause",
  once: "One step",
  again: "Start again",
  data: "Points",
  sets: {
    moons: "moons",
    xor: "XOR",
    circles: "circles",
    spirals: "spirals",
    blobs: "blobs",
    own: "my own",
  },
  noise: "Noise",
  press: "Pressing the square",
  presses: { "0": "adds ● blue", "1": "adds ■ orange", erase: "takes away" },
  clear: "Take all points away",
  layers: "Hidden layers (widths)",
  activation: "Activation",
  optimizer: "Update by",
  optimizers: { sgd: "gradient descent", adam: "Adam" },
  rate: "Learning rate λ",
  batch: "Batch size",
  speed: "Steps per frame",
  rateTooLarge: "Above 10 the first step already throws every weight away.",
  nothing: "There are no points to learn from: press the square to place some.",
  oneClass:
    "All points are of one class, so there is nothing to tell apart: place some of the other.",
  lost: "The numbers have grown beyond all bounds: take a smaller learning rate, and start again.",
  caption: "Full marks are points to learn from, hollow ones are held out. The line is where " +
    "the network is undecided. With the keyboard: arrow keys move in the square, 0 and 1 place a " +
    "point, Delete takes the nearest away.",
};

/** All sentences of the playground. */
export type PlaygroundWords = typeof english;

const indonesian: PlaygroundWords = {
  region: "Apa kata jaringan di bidang; tombol panah menggerakkan kursor, 0 dan 1 menaruh titik, " +
    "Delete menghapusnya",
  diagram: "Jaringannya: setiap neuron, dan apa yang dikatakannya di mana",
  chart: "Loss setelah setiap langkah",
  steps: "langkah",
  step: "langkah",
  epoch: "epoch",
  train: "latihan",
  held: "disisihkan",
  right: "benar",
  heldRight: "benar, disisihkan",
  start: "Latih",
  pause: "Jeda",
  once: "Satu langkah",
  again: "Mulai lagi",
  data: "Titik-titik",
  sets: {
    moons: "bulan sabit",
    xor: "XOR",
    circles: "lingkaran",
    spirals: "spiral",
    blobs: "gumpalan",
    own: "titik saya",
  },
  noise: "Derau",
  press: "Menekan bidang",
  presses: { "0": "menaruh ● biru", "1": "menaruh ■ jingga", erase: "menghapus" },
  clear: "Hapus semua titik",
  layers: "Lapisan tersembunyi (lebar)",
  activation: "Aktivasi",
  optimizer: "Pembaruan dengan",
  optimizers: { sgd: "penurunan gradien", adam: "Adam" },
  rate: "Laju belajar λ",
  batch: "Ukuran batch",
  speed: "Langkah per bingkai",
  rateTooLarge: "Di atas 10, langkah pertama saja sudah melempar semua bobot.",
  nothing: "Belum ada titik untuk dipelajari: tekan bidangnya untuk menaruh beberapa.",
  oneClass:
    "Semua titik dari satu kelas, jadi tidak ada yang dibedakan: taruh beberapa dari kelas " +
    "lain.",
  lost: "Angka-angkanya tumbuh tanpa batas: pakai laju belajar yang lebih kecil, lalu mulai lagi.",
  caption: "Tanda penuh adalah titik untuk belajar, yang berongga disisihkan. Garisnya adalah " +
    "tempat jaringan ragu-ragu. Dengan papan ketik: tombol panah bergerak di bidang, 0 dan 1 " +
    "menaruh titik, Delete menghapus yang terdekat.",
};

/** The sentences by language. */
export const playgroundWords: Readonly<Record<Language, PlaygroundWords>> = {
  en: english,
  id: indonesian,
};
