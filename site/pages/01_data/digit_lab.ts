/** A digit as grey and as numbers: what is under the pointer, and what is around it. */

import { asArray, someDigits } from "../../../examples/lecture/01_data.ts";
import { button, canvas, element, lab, onKeys, palette, publish } from "../../dom.ts";
import type { Language } from "../../page.ts";
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
    label_: "label",
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
    label_: "label",
    caption:
      "Digit-digit ini digambar oleh turunan sendiri, dalam format MNIST. Bingkai menunjukkan " +
      "angka mana yang diperbesar.",
  },
} as const;

const side = 28;
const reach = 3; // rows and columns of the lens on each side of the pointer

/** The digit with its lens. */
export function digitLab(language: Language): HTMLElement {
  const text = words[language];
  const drawn = someDigits(60);
  let which = 43;
  let [row, column] = [14, 14];
  let grey = asArray(drawn[which]!, 255);

  const image = canvas({
    width: 448,
    height: 448,
    label: text.label,
    draw: (context, { width }) => {
      const colors = palette();
      const cell = width / side;
      context.fillStyle = colors.panel;
      context.fillRect(0, 0, width, width);
      for (const [i, line] of grey.entries()) {
        for (const [j, value] of line.entries()) {
          context.globalAlpha = value / 255;
          context.fillStyle = colors.ink;
          context.fillRect(j * cell, i * cell, cell + 0.3, cell + 0.3);
        }
      }
      context.globalAlpha = 1;
      context.strokeStyle = colors.accent;
      context.lineWidth = 2;
      const span = (2 * reach + 1) * cell;
      context.strokeRect((column - reach) * cell, (row - reach) * cell, span, span);
      context.fillStyle = colors.accent;
      context.globalAlpha = 0.35;
      context.fillRect(column * cell, row * cell, cell, cell);
    },
  });
  image.element.classList.add("framed");
  const cells = Array.from({ length: (2 * reach + 1) ** 2 }, () => element("span", {}));
  const lens = element("div", { class: "lens", "aria-hidden": "true" }, ...cells);
  const numbers = readouts([
    ["row", text.row],
    ["column", text.column],
    ["value", text.value],
    ["place", text.place],
    ["label", text.label_],
  ]);
  const show = () => {
    for (const [k, cell] of cells.entries()) {
      const i = row - reach + Math.floor(k / (2 * reach + 1));
      const j = column - reach + k % (2 * reach + 1);
      const value = grey[i]?.[j];
      cell.textContent = value === undefined ? "" : String(value);
      cell.style.setProperty("--grey", String((value ?? 0) / 255));
      cell.classList.toggle("dark", (value ?? 0) > 127);
      cell.classList.toggle("outside", value === undefined);
    }
    const value = grey[row]![column]!;
    numbers.show({
      row: String(row + 1),
      column: String(column + 1),
      value: String(value),
      place: `${row * side + column + 1} ${text.of}`,
      label: String(drawn[which]!.label),
    });
    area.setAttribute(
      "aria-valuetext",
      `${text.row} ${row + 1}, ${text.column} ${column + 1}: ${value}`,
    );
    publish(root, { row, column, value, digit: drawn[which]!.label, which });
    image.redraw();
  };
  const move = (down: number, right: number) => () => {
    row = Math.min(side - 1, Math.max(0, row + down));
    column = Math.min(side - 1, Math.max(0, column + right));
    show();
  };
  const point = (event: PointerEvent) => {
    const box = image.element.getBoundingClientRect();
    row = Math.floor((event.clientY - box.top) / box.height * side);
    column = Math.floor((event.clientX - box.left) / box.width * side);
    move(0, 0)();
  };
  const area = element("div", {
    role: "slider",
    tabindex: 0,
    "aria-label": text.label,
    "aria-valuenow": 0,
    class: "pointed",
    onpointermove: point,
    onpointerdown: point,
  }, image.element);
  onKeys(area, {
    ArrowUp: move(-1, 0),
    ArrowDown: move(1, 0),
    ArrowLeft: move(0, -1),
    ArrowRight: move(0, 1),
  });
  const root = lab({
    name: "digit",
    picture: [area],
    controls: [
      lens,
      numbers.element,
      button(text.another, () => {
        which = (which + 1) % drawn.length;
        grey = asArray(drawn[which]!, 255);
        show();
      }),
    ],
    caption: text.caption,
  });
  show();
  return root;
}
