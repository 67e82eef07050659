/** The steps of a walk through a computation graph, and what is known after each of them. */

import type { ComputationGraph } from "../plot/mod.ts";
import { brief } from "./dom.ts";
import type { Language } from "./page.ts";

/** A step: a node is computed, the result's gradient is 1, or a gradient goes back along an edge. */
export type Step =
  | { readonly kind: "forward"; readonly node: number }
  | { readonly kind: "seed"; readonly node: number }
  | { readonly kind: "backward"; readonly edge: number };

/** How a part of the picture is shown. */
export type Mark = "unknown" | "known" | "now" | "passed";

/** What is known after some steps. */
export interface Picture {
  readonly values: (number | null)[];
  readonly gradients: (number | null)[];
  readonly nodeMarks: Mark[];
  readonly edgeMarks: Mark[];
  /** The local derivative of each edge that a gradient has gone along. */
  readonly shownDerivatives: (number | null)[];
}

/** All steps: the nodes in order, then the edges back from the last node to the first. */
export function graphSteps({ nodes, edges }: ComputationGraph): Step[] {
  const forward = nodes.flatMap(({ op }, node): Step[] =>
    op === null ? [] : [{ kind: "forward", node }]
  );
  const backward = nodes.map((_, i) => nodes.length - 1 - i).flatMap((node) =>
    edges.flatMap(({ from, to, derivative }, edge): Step[] =>
      to === node && derivative !== null && nodes[from]!.gradient !== null
        ? [{ kind: "backward", edge }]
        : []
    )
  );
  return [...forward, { kind: "seed", node: nodes.length - 1 }, ...backward];
}

/** What is known after the first `count` steps. */
export function pictureAt(
  { nodes, edges }: ComputationGraph,
  steps: readonly Step[],
  count: number,
): Picture {
  const values = nodes.map(({ op, value }) => op === null ? value : null);
  const gradients = nodes.map((): number | null => null);
  const nodeMarks = nodes.map(({ op }): Mark => op === null ? "known" : "unknown");
  const edgeMarks = edges.map((): Mark => "unknown");
  const shownDerivatives = edges.map((): number | null => null);
  for (const [i, step] of steps.slice(0, count).entries()) {
    const isNow = i === count - 1;
    if (step.kind === "forward") {
      values[step.node] = nodes[step.node]!.value;
      nodeMarks[step.node] = isNow ? "now" : "known";
      for (const [k, { to }] of edges.entries()) {
        if (to === step.node) edgeMarks[k] = isNow ? "now" : "known";
      }
    } else if (step.kind === "seed") {
      gradients[step.node] = 1;
      nodeMarks[step.node] = isNow ? "now" : "passed";
    } else {
      const { from, to, derivative } = edges[step.edge]!;
      gradients[from] = (gradients[from] ?? 0) + derivative! * gradients[to]!;
      shownDerivatives[step.edge] = derivative;
      edgeMarks[step.edge] = isNow ? "now" : "passed";
      nodeMarks[to] = "passed";
      nodeMarks[from] = isNow ? "now" : "passed";
    }
  }
  return { values, gradients, nodeMarks, edgeMarks, shownDerivatives };
}

/** The words of the stepper. */
export const stepperWords = {
  en: {
    label: "The graph of the computation; arrow keys step through it",
    step: "Step",
    back: "Back",
    next: "Next step",
    play: "Play",
    pause: "Pause",
    start: "Only the numbers that went in are known. Step forward.",
    seed: "The end is reached; now back. If the result grows by 1, the result grows by 1: " +
      "its own gradient ∂ is 1.",
    caption:
      "Grey numbers are given, boxes are computed one after the other. On the way back, each " +
      "arrow multiplies by its local derivative, and where arrows meet, gradients add up. The " +
      "left and right arrow keys step.",
    names: {
      add: "Add",
      sub: "Subtract",
      mul: "Multiply",
      div: "Divide",
      square: "Square",
    } as Readonly<Record<string, string>>,
  },
  id: {
    label: "Graf perhitungan; tombol panah melangkah di dalamnya",
    step: "Langkah",
    back: "Mundur",
    next: "Langkah berikutnya",
    play: "Putar",
    pause: "Jeda",
    start: "Baru angka-angka masukannya yang diketahui. Melangkahlah maju.",
    seed: "Sudah sampai di ujung; sekarang berbalik. Kalau hasilnya naik 1, hasilnya naik 1: " +
      "gradiennya sendiri, ∂, adalah 1.",
    caption: "Angka kelabu sudah diketahui, kotak dihitung satu demi satu. Dalam perjalanan " +
      "balik, setiap panah mengalikan dengan turunan lokalnya, dan di pertemuan panah gradiennya " +
      "dijumlahkan. Tombol panah kiri dan kanan untuk melangkah.",
    names: {
      add: "Jumlahkan",
      sub: "Kurangkan",
      mul: "Kalikan",
      div: "Bagi",
      square: "Kuadratkan",
    } as Readonly<Record<string, string>>,
  },
} as const;

const infix: Readonly<Record<string, string>> = { add: "+", sub: "−", mul: "·", div: "/" };

/** What a step does, in a sentence. */
export function sentenceOf(
  { nodes, edges }: ComputationGraph,
  step: Step | null,
  { picture, language }: { readonly picture: Picture; readonly language: Language },
): string {
  const text = stepperWords[language];
  if (step === null) return text.start;
  if (step.kind === "seed") return text.seed;
  if (step.kind === "forward") {
    const { op, value } = nodes[step.node]!;
    const inputs = edges.filter(({ to }) => to === step.node)
      .map(({ from }) => bracketed(nodes[from]!.value));
    const sign = infix[op ?? ""];
    const computed = op === "square" ? `${inputs[0]}²` : inputs.join(` ${sign ?? op} `);
    return `${text.names[op ?? ""] ?? op}: ${computed} = ${brief(value)}.`;
  }
  const { from, to, derivative } = edges[step.edge]!;
  const above = picture.gradients[to]!;
  const share = derivative! * above;
  const sum = picture.gradients[from]!;
  const product = `${brief(derivative!)} · ${bracketed(above)} = ${brief(share)}`;
  if (language === "en") {
    const rest = sum === share
      ? `the gradient here is ${product}.`
      : `${product} is added to the gradient here, which makes ${brief(sum)}.`;
    return `If this input grew by a little, the next box would grow ${
      brief(derivative!)
    } times as much. So ${rest}`;
  }
  const rest = sum === share
    ? `gradien di sini ${product}.`
    : `gradien di sini ditambah ${product}, menjadi ${brief(sum)}.`;
  return `Kalau masukan ini naik sedikit, kotak berikutnya naik ${
    brief(derivative!)
  } kali lipatnya. Jadi ${rest}`;
}

function bracketed(number: number): string {
  return number < 0 ? `(${brief(number)})` : brief(number);
}
