/** The notebook's cells before the first chapter. */

// %% [markdown]
// # Fundamentals of deep learning: how a neural network trains
//
// This notebook is the lecture in brief. Each cell computes what it shows: change a number, run the
// cell again, and see what becomes of it. Each chapter stands by itself, so you can begin anywhere.
//
// You need the kernel that Deno brings along: `deno jupyter --install`, once.
// `deno task lecture` tells the lecture at length in a terminal; `deno task site` serves it as pages
// to play with.
//
// The whole calculus is done by [turunan](../README.md). A number made by `value` remembers how it
// was used, and that is enough to derive everything else. Here is what that means:

// %%
import { gradients, value } from "../../../mod.ts";
import { equations } from "../show.ts";

const x = value(3, "x");
const y = x.square().mul(2).add(x);
y;

// %% [markdown]
// `y` knows its number and the call that made it. Its formula and the formula of its derivative are
// read off that memory; nobody typed them in.

// %%
equations({ y, "\\partial y / \\partial x": gradients(y, [x])[0] });
