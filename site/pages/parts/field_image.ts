/** Numbers on a grid as a picture: each cell between two colours. */

/** A colour as red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

const known = new Map<string, Rgb>();
let dropper: CanvasRenderingContext2D | null = null;

/** Any colour that CSS knows, as numbers. */
export function rgbOf(color: string): Rgb {
  const found = known.get(color);
  if (found !== undefined) return found;
  if (dropper === null) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    dropper = canvas.getContext("2d", { willReadFrequently: true })!;
  }
  dropper.fillStyle = color;
  dropper.fillRect(0, 0, 1, 1);
  const [red, green, blue] = dropper.getImageData(0, 0, 1, 1).data;
  const rgb: Rgb = [red!, green!, blue!];
  known.set(color, rgb);
  return rgb;
}

/** The colours of -1, 0 and 1; what lies between is mixed. */
export interface Scale {
  readonly low: string;
  readonly middle: string;
  readonly high: string;
}

const shades = 256;

/** The colours from -1 to 1 in `shades` steps, as red, green and blue one after the other. */
function tableOf({ low, middle, high }: Scale): Uint8ClampedArray {
  const [a, b, c] = [rgbOf(low), rgbOf(middle), rgbOf(high)];
  const table = new Uint8ClampedArray(3 * shades);
  for (let shade = 0; shade < shades; shade++) {
    const t = 2 * shade / (shades - 1) - 1;
    const [from, to, part] = t < 0 ? [b, a, -t] : [b, c, t];
    for (let k = 0; k < 3; k++) table[3 * shade + k] = from[k]! + part * (to[k]! - from[k]!);
  }
  return table;
}

/** A picture of a grid that can be painted anew. */
export class FieldImage {
  /** What to draw on another canvas; as many pixels as the grid has cells. */
  readonly canvas: HTMLCanvasElement = document.createElement("canvas");
  readonly #context: CanvasRenderingContext2D;
  readonly #image: ImageData;

  /** Makes a picture of `columns` by `rows` cells. */
  constructor(columns: number, rows: number = columns) {
    this.canvas.width = columns;
    this.canvas.height = rows;
    this.#context = this.canvas.getContext("2d")!;
    this.#image = this.#context.createImageData(columns, rows);
  }

  /** Paints numbers, row by row; those from -1 to 1 after `shift` and `factor` are told apart. */
  paint(field: ArrayLike<number>, scale: Scale, factor = 1, shift = 0): void {
    const table = tableOf(scale);
    const { data } = this.#image;
    for (let k = 0; k < field.length; k++) {
      const t = Math.min(1, Math.max(-1, factor * (field[k]! + shift)));
      const from = 3 * Math.round((t + 1) / 2 * (shades - 1));
      data[4 * k] = table[from]!;
      data[4 * k + 1] = table[from + 1]!;
      data[4 * k + 2] = table[from + 2]!;
      data[4 * k + 3] = 255;
    }
    this.#context.putImageData(this.#image, 0, 0);
  }
}

/** The largest size among numbers, or 1 where all are 0. */
export function largestOf(numbers: ArrayLike<number>): number {
  let largest = 0;
  for (let k = 0; k < numbers.length; k++) largest = Math.max(largest, Math.abs(numbers[k]!));
  return largest || 1;
}

type Line = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * Where a field on a square grid crosses a level, as short lines in units of the grid's width: 0 is
 * its left or upper edge, 1 its right or lower one.
 */
export function levelLines(field: ArrayLike<number>, side: number, level: number): Line[] {
  const lines: Line[] = [];
  const at = (column: number, row: number) => field[row * side + column]! - level;
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const corners = [
        at(column, row),
        at(column + 1, row),
        at(column + 1, row + 1),
        at(column, row + 1),
      ];
      const crossings = crossingsOf(corners).map(([x, y]) =>
        [(column + x + 0.5) / side, (row + y + 0.5) / side] as const
      );
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        lines.push([...crossings[k]!, ...crossings[k + 1]!]);
      }
    }
  }
  return lines;
}

/** Where the sides of a cell, around it, are crossed. */
function crossingsOf(corners: readonly number[]): [number, number][] {
  const places = [[0, 0], [1, 0], [1, 1], [0, 1]] as const;
  return places.flatMap(([x, y], k): [number, number][] => {
    const [a, b] = [corners[k]!, corners[(k + 1) % 4]!];
    if (a < 0 === b < 0) return [];
    const [nextX, nextY] = places[(k + 1) % 4]!;
    const part = a / (a - b);
    return [[x + part * (nextX - x), y + part * (nextY - y)]];
  });
}
