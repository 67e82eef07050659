/** The notebook's cells of chapter 1. */

// %% [markdown]
// # 1. Data: what a network learns from
//
// A network is shown examples. Each has an input and a label, the answer that is wanted. In
// **structured** data each column has a meaning of its own: here are the first rows of R. A. Fisher's
// table of iris flowers (1936), in centimetres.

// %%
import { oneHot } from "../../../mod.ts";
import { imageGrid } from "../../../plot/mod.ts";
import {
  allFlowers,
  asArray,
  firstFlowers,
  meansBySpecies,
  petalChart,
  someDigits,
} from "../../lecture/01_data.ts";
import { table } from "../show.ts";

const flowers = allFlowers();
table(flowers.featureNames, firstFlowers);

// %% [markdown]
// To a network the table is an array of 150 rows and 4 columns, a tensor; the species are numbers, too.

// %%
flowers.inputs;

// %%
oneHot(flowers.labels, 3).sum(0); // how many flowers of each species

// %%
const means = meansBySpecies(flowers).toArray() as number[][];
table(
  ["species", ...flowers.featureNames],
  means.map((row, i) => [flowers.classNames[i]!, ...row]),
);

// %%
petalChart(flowers);

// %% [markdown]
// In **unstructured** data a single column means nothing. An image of a digit is 28 × 28 numbers.
// Below, 0 is paper and 9 is ink. What do you read?

// %%
const digit = someDigits(200)[43]!;
console.log(asArray(digit, 9).map((row) => row.join("")).join("\n"));

// %%
imageGrid({
  title: "The same numbers as grey",
  images: [{ pixels: digit.pixels, width: 28, height: 28, caption: `a ${digit.label}` }],
});
