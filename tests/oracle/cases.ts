/** The oracle's cases: where they are found and how they are laid out. */

import { resolve, toFileUrl } from "@std/path";
import { tensor } from "../../src/mod.ts";
import type { DType, Tensor } from "../../src/mod.ts";

/** An array as the oracle writes it: flat, row-major, infinities and NaN as strings. */
export interface Listed {
  readonly shape: readonly number[];
  readonly dtype: "float64" | "int64" | "bool";
  readonly data: readonly (number | string)[];
  readonly requires_grad?: boolean;
}

/** One line of a case file; which fields it has follows from its `kind`, as its README says. */
export interface Case {
  readonly name: string;
  readonly kind?: string;
  readonly op?: string;
  readonly tags: readonly string[];
  // deno-lint-ignore no-explicit-any -- read from JSON, field by field where they are used
  readonly [field: string]: any;
}

/** All cases of a category. */
export interface CaseFile {
  readonly category: string;
  readonly cases: readonly Case[];
}

const asked = Deno.env.get("ORACLE_DIR");

/** The folder of the oracle: `ORACLE_DIR`, or `shared/oracle` beside the repository. */
export const oracleFolder: URL = asked === undefined
  ? new URL("../../../shared/oracle/", import.meta.url)
  : toFileUrl(`${resolve(asked)}/`);

/** Every case file of the oracle, in `cases` or in the folder itself; none where there is none. */
export function readCaseFiles(): CaseFile[] {
  return ["cases/", "./"].flatMap((place) => {
    const folder = new URL(place, oracleFolder);
    return jsonFilesIn(folder).map((name): CaseFile => readJson(new URL(name, folder)));
  }).filter((file) => Array.isArray(file.cases));
}

/** What a JSON file holds. */
// deno-lint-ignore no-explicit-any -- whatever it is
export function readJson(file: URL): any {
  return JSON.parse(Deno.readTextFileSync(file));
}

/** The names of the JSON files in a folder, in order; none where there is no such folder. */
export function jsonFilesIn(folder: URL): string[] {
  try {
    return [...Deno.readDirSync(folder)].map((entry) => entry.name)
      .filter((name) => name.endsWith(".json")).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

const numbers: Readonly<Record<string, number>> = { inf: Infinity, "-inf": -Infinity, nan: NaN };
const dtypes = { float64: "float64", int64: "int32", bool: "bool" } as const satisfies Record<
  Listed["dtype"],
  DType
>;

/** A number that may be written as `"inf"`, `"-inf"` or `"nan"`. */
export function toNumber(written: number | string): number {
  return typeof written === "string" ? numbers[written]! : written;
}

/** The kind of number that stands for one of the oracle's. */
export function toDType(dtype: Listed["dtype"]): DType {
  return dtypes[dtype];
}

/** The tensor of an array. */
export function toTensor(
  { shape, dtype, data }: Listed,
  options: { requiresGrad?: boolean } = {},
): Tensor {
  return tensor(data.map(toNumber), { shape, dtype: toDType(dtype), ...options });
}
