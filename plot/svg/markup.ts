/** SVG as text. */

/** What an attribute may be; undefined leaves it out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its attributes around markup. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => {
    return value === undefined ? "" : ` ${key}="${escaped(attribute(value))}"`;
  }).join("");
  return children.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${children.join("")}</${name}>`;
}

function attribute(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
}

/** Text as markup, without characters that XML has no place for. */
export function escaped(text: string): string {
  // deno-lint-ignore no-control-regex
  const clean = text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "").toWellFormed();
  return clean.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A line of text at a place. */
export function textAt(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escaped(text));
}

/** About how many pixels text is wide, rather too many than too few. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const character of text) {
    if (/[ijltfrI.,:;'|!()[\] ]/.test(character)) width += 0.36;
    else if (/[mwMW@%→]/.test(character)) width += 0.92;
    else if (/[A-Z\d_+−=<>]/.test(character)) width += 0.66;
    else width += character.codePointAt(0)! > 0x2e80 ? 1.05 : 0.58;
  }
  return width * size;
}

/** Text cut to a width in pixels, with an ellipsis where something is missing. */
export function fittedText(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && widthOf(`${characters.join("")}…`, size) > width) {
    characters.pop();
  }
  return `${characters.join("").trimEnd()}…`;
}

/** A number as it reads in SVG, with a true minus. */
export function minus(text: string): string {
  return text.replaceAll("-", "−");
}
