/** Grey images side by side. */

import { displayed } from "./display.ts";
import { drawingError } from "./error.ts";
import { checkedDomain } from "./heat_map.ts";
import { checkedOptions } from "./options.ts";

/** A grey image: its pixels row by row from the top left. */
export interface Image {
  /** One number for each pixel: 0 is paper, 1 is ink unless a domain is given. */
  readonly pixels: ArrayLike<number>;
  /** How many pixels stand in a row. */
  readonly width: number;
  /** How many rows there are. */
  readonly height: number;
  /** What stands below it. */
  readonly caption?: string;
}

/** What a grid of images is made of. */
export interface ImageGridOptions {
  /** What stands above it. */
  readonly title?: string;
  /** The images, in reading order. */
  readonly images: readonly Image[];
  /** How many stand side by side, where there is room for them; chosen by itself by default. */
  readonly columns?: number;
  /** The numbers that are paper and ink; where 0 is inside, colours diverge from it. */
  readonly domain?: readonly [number, number];
}

/** Images side by side, as plain data. */
export interface ImageGrid extends ImageGridOptions {
  /** Which drawing it is. */
  readonly kind: "imageGrid";
  /** The numbers that are paper and ink. */
  readonly domain: readonly [number, number];
}

/**
 * Grey images side by side, each with a caption. 0 is paper and 1 is ink unless a domain is given;
 * where 0 lies inside the domain, as with weights, the colours diverge from it.
 *
 * Throws a `UsageError` where there are no images, or an image has too few or too many pixels.
 *
 * @example A pixel of ink and one of paper
 * ```ts
 * import { imageGrid, toText } from "@turunan/turunan/plot";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const images = [{ pixels: [1, 0], width: 1, height: 2, caption: "up" }];
 * assertStringIncludes(toText(imageGrid({ images })), "up");
 * ```
 */
export function imageGrid(options: ImageGridOptions): ImageGrid {
  const { title, images, columns, domain } = checkedOptions("Cannot draw an image grid", options, {
    title: true,
    images: true,
    columns: true,
    domain: true,
  });
  if (images.length === 0) throw drawingError("Cannot draw an image grid: there are no images");
  images.forEach(({ pixels, width, height }, i) => {
    const isSize = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
    if (isSize && pixels.length === width * height) return;
    throw drawingError(
      `Cannot draw an image grid: image ${i} has ${pixels.length} pixels for ${width} x ${height}`,
    );
  });
  if (columns !== undefined && !(Number.isInteger(columns) && columns > 0)) {
    throw drawingError(`Cannot draw an image grid in ${columns} columns`);
  }
  return displayed({
    kind: "imageGrid",
    ...(title !== undefined && { title }),
    images: images.map((image) => ({ ...image, pixels: Array.from(image.pixels) })),
    ...(columns !== undefined && { columns }),
    domain: checkedDomain("an image grid", domain ?? [0, 1]),
  });
}
