/** Iris: Fisher's measurements of 150 flowers, kept in this file. */

import { optionsOf } from "../ops/options.ts";
import { fromData } from "../values/creation.ts";
import { Random } from "../values/random.ts";
import type { Dataset } from "./dataset.ts";
import { DataError } from "./error.ts";

/** Fifty flowers of each kind; a flower is four lengths of two digits each, in millimetres. */
const flowers = {
  setosa: `
    51351402 49301402 47321302 46311502 50361402 54391704 46341403 50341502 44291402 49311501
    54371502 48341602 48301401 43301101 58401202 57441504 54391304 51351403 57381703 51381503
    54341702 51371504 46361002 51331705 48341902 50301602 50341604 52351502 52341402 47321602
    48311602 54341504 52411501 55421402 49311502 50321202 55351302 49361401 44301302 51341502
    50351303 45231303 44321302 50351606 51381904 48301403 51381602 46321402 53371502 50331402
  `,
  versicolor: `
    70324714 64324515 69314915 55234013 65284615 57284513 63334716 49243310 66294613 52273914
    50203510 59304215 60224010 61294714 56293613 67314414 56304515 58274110 62224515 56253911
    59324818 61284013 63254915 61284712 64294313 66304414 68284814 67305017 60294515 57263510
    55243811 55243710 58273912 60275116 54304515 60344516 67314715 63234413 56304113 55254013
    55264412 61304614 58264012 50233310 56274213 57304212 57294213 62294313 51253011 57284113
  `,
  virginica: `
    63336025 58275119 71305921 63295618 65305822 76306621 49254517 73296318 67255818 72366125
    65325120 64275319 68305521 57255020 58285124 64325323 65305518 77386722 77266923 60225015
    69325723 56284920 77286720 63274918 67335721 72326018 62284818 61304918 64285621 72305816
    74286119 79386420 64285622 63285115 61265614 77306123 63345624 64315518 60304818 69315421
    67315624 69315123 58275119 68325923 67335725 67305223 63255019 65305220 62345423 59305118
  `,
} as const;

const flowersPerClass = 50;

/** What `iris` returns. */
export interface Iris {
  /** The flowers to learn from. */
  readonly train: Dataset;
  /** The flowers to judge by. */
  readonly test: Dataset;
  /** What the four columns of `inputs` measure. */
  readonly featureNames: readonly string[];
  /** The species that the labels 0, 1 and 2 stand for. */
  readonly classNames: readonly string[];
}

/** How `iris` splits the flowers. */
export interface IrisOptions {
  /** Decides which flowers are for testing, and the order of all. */
  readonly seed?: number | undefined;
  /** The fraction of each species that is for testing, 0.2 unless given. */
  readonly test?: number | undefined;
}

/**
 * The 150 iris flowers of R. A. Fisher, "The use of multiple measurements in taxonomic problems",
 * Annals of Eugenics 7 (1936): the lengths and widths of their sepals and petals, 50 flowers of each
 * of three species. `inputs` are float32 `[n, 4]` in centimetres, `labels` int32 `[n]`. The same
 * fraction of every species is drawn for testing; the rows come shuffled.
 *
 * Throws a `DataError` when `test` leaves no flower of a species on either side.
 *
 * @example A fifth of the flowers of each species for testing
 * ```ts
 * import { iris } from "@turunan/turunan";
 * import { assertEquals } from "@std/assert";
 *
 * const { train, test, classNames } = iris({ seed: 1 });
 * assertEquals([train.inputs.shape, test.inputs.shape], [[120, 4], [30, 4]]);
 * assertEquals(classNames, ["setosa", "versicolor", "virginica"]);
 * ```
 */
export function iris(options: IrisOptions = {}): Iris {
  const { seed = 0, test = 0.2 } = optionsOf("load iris", options, { test: "0.3", seed: null });
  const testPerClass = Math.round(flowersPerClass * test);
  if (!(testPerClass >= 1 && testPerClass < flowersPerClass)) {
    throw new DataError(
      `Cannot keep ${test} of the iris flowers for testing: expected a fraction between 0 and 1 ` +
        `that leaves at least one of ${flowersPerClass} on each side`,
    );
  }
  const random = new Random(seed);
  const trainRows: number[] = [];
  const testRows: number[] = [];
  for (let label = 0; label < 3; label++) {
    for (const [rank, flower] of random.permutation(flowersPerClass).entries()) {
      (rank < testPerClass ? testRows : trainRows).push(label * flowersPerClass + flower);
    }
  }
  return {
    train: select(trainRows, random),
    test: select(testRows, random),
    featureNames: ["sepal length", "sepal width", "petal length", "petal width"],
    classNames: Object.keys(flowers),
  };
}

/** The flowers of the given rows, shuffled. */
function select(rows: readonly number[], random: Random): Dataset {
  const all = Object.values(flowers).flatMap((species) => species.trim().split(/\s+/));
  const inputs = new Float32Array(rows.length * 4);
  const labels = new Int32Array(rows.length);
  for (const [to, from] of random.permutation(rows.length).entries()) {
    const row = rows[from]!;
    const millimetres = all[row]!.match(/../g)!;
    inputs.set(millimetres.map((length) => Number(length) / 10), to * 4);
    labels[to] = Math.floor(row / flowersPerClass);
  }
  return {
    inputs: fromData(inputs, [rows.length, 4], "float32"),
    labels: fromData(labels, [rows.length], "int32"),
  };
}
