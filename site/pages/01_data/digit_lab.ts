/** A digit as grey and as numbers: what is under the pointer, and what is around it. */

import { asArray, someDigits } from "../../../examples/lecture/01_data.ts";
import { button, canvas, element, lab, onKeys, palette, publish } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import { readouts } from "../../readout.ts";

const words = {
  en: {
    label: "A digit of 28 rows of 28 grey values",
    another: "Another digit",
    row: "row",
    column: "column",
    value: "grey value",
    place: "number",
    of: "of 784",
    answer: "label",
    caption:
      "The digits are drawn by turunan itself, in the format of MNIST. The frame shows which " +
      "numbers are enlarged.",
  },
  id: {
    label: "Sebuah digit: 28 baris berisi 28 nilai abu-abu",
    another: "Digit lain",
    row: "baris",
    column: "kolom",
    value: "nilai abu-abu",
    place: "angka ke-",
    of: "dari 784",
    answer: "label",
    caption:
      "Digit-digit ini digambar oleh turunan sendiri, dalam format MNIST. Bingkai menunjukkan " +
      "angka mana yang diperbesar.",
  },
} as const;

const side = 28;
const reach = 3; // rows and columns of the lens on each side of the pointer
const span = 2 * reach + 1;

/** The digit with its lens. */
export function digitLab(): HTMLElement {
  return new DigitPanel().element;
}

class DigitPanel {
  readonly #text = words[pageLanguage()];
  readonly #drawn = someDigits(60);
  #which = 43;
  #grey = asArray(this.#drawn[this.#which]!, 255);
  #row = 14;
  #column = 14;

  readonly #image = canvas({
    width: 448,
    height: 448,
    label: this.#text.label,
    draw: (context, { width }) => this.#draw(context, width),
  });
  readonly #cells = Array.from({ length: span ** 2 }, () => element("span", {}));
  readonly #numbers = readouts([
    ["row", this.#text.row],
    ["column", this.#text.column],
    ["value", this.#text.value],
    ["place", this.#text.place],
    ["label", this.#text.answer],
  ]);
  readonly #area = element("div", {
    role: "slider",
    tabindex: 0,
    "aria-label": this.#text.label,
    "aria-valuenow": 0,
    class: "pointed",
    onpointermove: (event) => this.#point(event),
    onpointerdown: (event) => this.#point(event),
  }, this.#image.element);
  readonly element = lab({
    name: "digit",
    picture: [this.#area],
    controls: [
      element("div", { class: "lens", "aria-hidden": "true" }, ...this.#cells),
      this.#numbers.element,
      button(this.#text.another, () => this.#takeNext()),
    ],
    caption: this.#text.caption,
  });

  constructor() {
    this.#image.element.classList.add("framed");
    onKeys(this.#area, {
      ArrowUp: () => this.#moveTo(this.#row - 1, this.#column),
      ArrowDown: () => this.#moveTo(this.#row + 1, this.#column),
      ArrowLeft: () => this.#moveTo(this.#row, this.#column - 1),
      ArrowRight: () => this.#moveTo(this.#row, this.#column + 1),
    });
    this.#show();
  }

  #takeNext(): void {
    this.#which = (this.#which + 1) % this.#drawn.length;
    this.#grey = asArray(this.#drawn[this.#which]!, 255);
    this.#show();
  }

  #point(event: PointerEvent): void {
    const { left, top, width, height } = this.#image.element.getBoundingClientRect();
    const row = Math.floor((event.clientY - top) / height * side);
    this.#moveTo(row, Math.floor((event.clientX - left) / width * side));
  }

  #moveTo(row: number, column: number): void {
    this.#row = Math.min(side - 1, Math.max(0, row));
    this.#column = Math.min(side - 1, Math.max(0, column));
    this.#show();
  }

  #show(): void {
    const [row, column] = [this.#row, this.#column];
    const value = this.#grey[row]![column]!;
    const { label } = this.#drawn[this.#which]!;
    for (const [k, cell] of this.#cells.entries()) {
      const i = row - reach + Math.floor(k / span);
      showGrey(cell, this.#grey[i]?.[column - reach + k % span]);
    }
    this.#numbers.show({
      row: String(row + 1),
      column: String(column + 1),
      value: String(value),
      place: `${row * side + column + 1} ${this.#text.of}`,
      label: String(label),
    });
    const spoken = `${this.#text.row} ${row + 1}, ${this.#text.column} ${column + 1}: ${value}`;
    this.#area.setAttribute("aria-valuetext", spoken);
    publish(this.element, { row, column, value, digit: label, which: this.#which });
    this.#image.redraw();
  }

  #draw(context: CanvasRenderingContext2D, width: number): void {
    const colors = palette();
    const cell = width / side;
    context.fillStyle = colors.panel;
    context.fillRect(0, 0, width, width);
    context.fillStyle = colors.ink;
    for (const [i, line] of this.#grey.entries()) {
      for (const [j, value] of line.entries()) {
        context.globalAlpha = value / 255;
        context.fillRect(j * cell, i * cell, cell + 0.3, cell + 0.3);
      }
    }
    context.globalAlpha = 1;
    context.strokeStyle = colors.accent;
    context.lineWidth = 2;
    const [x, y] = [(this.#column - reach) * cell, (this.#row - reach) * cell];
    context.strokeRect(x, y, span * cell, span * cell);
    context.fillStyle = colors.accent;
    context.globalAlpha = 0.35;
    context.fillRect(this.#column * cell, this.#row * cell, cell, cell);
  }
}

/** Shows a grey value in a cell of the lens, or that there is none. */
function showGrey(cell: HTMLElement, value: number | undefined): void {
  cell.textContent = value === undefined ? "" : String(value);
  cell.style.setProperty("--grey", String((value ?? 0) / 255));
  cell.classList.toggle("dark", (value ?? 0) > 127);
  cell.classList.toggle("outside", value === undefined);
}
