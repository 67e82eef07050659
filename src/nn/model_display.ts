/** How a model shows itself in a notebook. */

import { isTraced } from "../autodiff/traced.ts";
import { isBranch } from "../autodiff/tree.ts";
import { formatShape } from "../ops/shape.ts";
import { type Display, htmlNote, htmlTable } from "../values/display.ts";
import type { Tensor } from "../values/tensor.ts";

/** What showing asks of a model. */
interface ShownModel {
  parameters(): Tensor[];
}

/** A part of a model and what stands in it itself, not in parts of its own. */
interface Part {
  readonly path: string;
  readonly kind: string;
  readonly parameters: (readonly [name: string, parameter: Tensor])[];
}

/** A model: its layers with what they are made of, and how many parameters there are. */
export function displayModel(model: ShownModel): Display {
  const counted = new Set<Tensor>();
  const rows = partsOf(model).map(({ path, kind, parameters }) => {
    const fresh = parameters.filter(([, parameter]) => !counted.has(parameter));
    for (const [, parameter] of fresh) counted.add(parameter);
    const written = parameters.map(([name, parameter]) =>
      `${name} ${formatShape(parameter.shape)}${
        fresh.some(([, other]) => other === parameter) ? "" : " shared"
      }`
    );
    const count = fresh.reduce((sum, [, { size }]) => sum + size, 0);
    return [path === "" ? "model" : path, kind, written.join(", "), grouped(count)];
  });
  const headers = ["", "layer", "parameters", "count"];
  const text = String(model);
  const [title] = text.split("\n", 1);
  const table = htmlTable(rows, { headers, words: 3 });
  return { "text/plain": text, "text/html": `<div>${htmlNote(title!)}${table}</div>` };
}

const grouped = (count: number) => count.toLocaleString("en-US");

/** The parts of a model in order: those that hold parameters themselves, or no further part. */
function partsOf(model: ShownModel): Part[] {
  const found: Part[] = [];
  const visit = (node: unknown, path: string, owner: Part) => {
    if (isTraced(node)) {
      const name = path.slice(owner.path.length).replace(/^\./, "");
      owner.parameters.push([name, node as Tensor]);
    } else if (isPart(node)) enter(node, path);
    else if (isBranch(node)) visitFields(node, path, owner);
  };
  const visitFields = (node: object, path: string, owner: Part) => {
    for (const [key, child] of Object.entries(node)) {
      const below = Array.isArray(node) ? `[${key}]` : path === "" ? key : `.${key}`;
      visit(child, path + below, owner);
    }
  };
  const enter = (node: object, path: string) => {
    const part: Part = { path, kind: kindOf(node), parameters: [] };
    const place = found.push(part);
    visitFields(node, path, part);
    const isShell = part.parameters.length === 0 && found.length > place;
    if (isShell) found.splice(place - 1, 1);
  };
  enter(model, "");
  return found;
}

/** Whether something inside a model is a model of its own. */
function isPart(node: unknown): node is object {
  return isBranch(node) && "forward" in node && "parameters" in node;
}

/** What a layer is: its class, and the plain fields that set it up, as `Activation relu`. */
function kindOf(layer: object): string {
  const kind = layer.constructor.name;
  const settings = Object.entries(layer)
    .filter(([, setting]) => typeof setting === "string" || typeof setting === "number")
    .map(([name, setting]) => name === kind.toLowerCase() ? setting : `${name} ${setting}`);
  return [kind, settings.join(", ")].join(" ").trim();
}
