/** The colours of drawings: told apart with any kind of colour vision, in this order. */

/** A colour, as `#rrggbb`. */
export type Color = `#${string}`;

/** What SVG is drawn in. */
export const ink = {
  paper: "#fffefa",
  text: "#23262d",
  faint: "#676c77",
  grid: "#e9e7df",
  zero: "#b9b6ab",
} as const satisfies Record<string, Color>;

/** For lines and points on paper (after Okabe and Ito). */
export const paperColors: readonly Color[] = [
  "#0072b2",
  "#d55e00",
  "#006b52",
  "#c9709f",
  "#c98a00",
  "#3d9fd6",
  "#5a5f6b",
];

/** The same for a terminal, where the ground may be black as well as white. */
export const terminalColors: readonly Color[] = [
  "#5fafff",
  "#ff875f",
  "#00af87",
  "#d787d7",
  "#d7af00",
  "#5fd7d7",
  "#949494",
];

/** From little to much. */
export const sequential: readonly Color[] = [
  "#f4f6f1",
  "#d3e5ea",
  "#a3cbe0",
  "#6aa8d0",
  "#3a80b5",
  "#1d5a91",
  "#0f3763",
];

/** From below 0 over 0 to above it. */
export const diverging: readonly Color[] = [
  "#9c3d06",
  "#d9722b",
  "#f2b485",
  "#faf8f3",
  "#9ac7e3",
  "#3f8fc4",
  "#0b4f86",
];

/** From paper to ink. */
export const greys: readonly Color[] = ["#fbfaf6", "#16181d"];

/** The colour at a share of a scale, between its colours. */
export function colorAt(scale: readonly Color[], share: number): Color {
  const at = Math.min(Math.max(share, 0), 1) * (scale.length - 1);
  const index = Math.min(Math.floor(at), scale.length - 2);
  return mixed(scale[index]!, scale[index + 1]!, at - index);
}

/** A colour between two. */
export function mixed(from: Color, to: Color, share: number): Color {
  const [a, b] = [channels(from), channels(to)];
  const parts = a.map((x, i) => Math.round(x + (b[i]! - x) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Red, green and blue, from 0 to 255. */
export function channels(color: Color): [red: number, green: number, blue: number] {
  const part = (i: number) => parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16);
  return [part(0), part(1), part(2)];
}

/** Whether dark text is easier to read on a colour than light text. */
export function isLight(color: Color): boolean {
  const [red, green, blue] = channels(color);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140;
}

/** The colours and the share of them for a number in a domain; diverging where 0 is inside. */
export function scaleOf([low, high]: readonly [number, number]): {
  readonly colors: readonly Color[];
  readonly share: (x: number) => number;
} {
  if (low < 0 && high > 0) {
    const most = Math.max(-low, high);
    return { colors: diverging, share: (x) => (x / most + 1) / 2 };
  }
  return { colors: sequential, share: (x) => (x - low) / (high - low) };
}
