/** Small grey images, drawn with half blocks: two pixels one above the other in a character. */

import { halves } from "./color.ts";

/** A square image as lines of text, without `margin` pixels on each side. */
export function drawImage(
  pixels: ArrayLike<number>,
  { side, margin = 0 }: { readonly side: number; readonly margin?: number },
): string[] {
  const lines: string[] = [];
  for (let row = margin; row < side - margin; row += 2) {
    let line = "";
    for (let column = margin; column < side - margin; column++) {
      const at = row * side + column;
      line += halves(pixels[at]!, row + 1 < side ? pixels[at + side]! : 0);
    }
    lines.push(line);
  }
  return lines;
}

/** Blocks of equally many lines side by side. */
export function beside(blocks: readonly (readonly string[])[], gap: string): string[] {
  return (blocks[0] ?? []).map((_, row) => blocks.map((lines) => lines[row]).join(gap));
}
