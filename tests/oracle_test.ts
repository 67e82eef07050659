/**
 * The oracle: values and derivatives that another engine (PyTorch) computed, case by case, against
 * the public API in float64. `ORACLE_DIR` names the folder; by default it is `../shared/oracle`.
 */

import { type Case, type CaseFile, oracleFolder, readCaseFiles } from "./oracle/cases.ts";
import { lookUp, Missing } from "./oracle/compare.ts";
import { checkGradientPenalty, checkHessian, checkJacobian } from "./oracle/derivatives.ts";
import { checkScalarDerivatives } from "./oracle/derivatives.ts";
import { checkFan, checkGain, checkInitializer } from "./oracle/initializers.ts";
import { checkOp, checkSecondOrder } from "./oracle/ops.ts";
import { checkOptimizer } from "./oracle/optimizers.ts";

const checks: Readonly<Record<string, (test: Case) => void>> = {
  op: checkOp,
  second_order: checkSecondOrder,
  scalar_derivatives: checkScalarDerivatives,
  hessian: checkHessian,
  jacobian: checkJacobian,
  gradient_penalty: checkGradientPenalty,
  optimizer: checkOptimizer,
  optimizer_groups: checkOptimizer,
  gain: checkGain,
  fan: checkFan,
  init: checkInitializer,
};

/** How the cases of a category went. */
interface Report {
  readonly category: string;
  readonly passed: number;
  /** For each failed case its name, its tags and what was wrong. */
  readonly failed: readonly string[];
  /** What the library does not have, and how many cases ask for it. */
  readonly missing: ReadonlyMap<string, number>;
}

function run({ category, cases }: CaseFile): Report {
  const failed: string[] = [];
  const missing = new Map<string, number>();
  for (const test of cases) {
    const kind = test.kind ?? "op";
    try {
      lookUp(checks, kind)(test);
    } catch (error) {
      const { message } = error as Error;
      if (error instanceof Missing) missing.set(message, (missing.get(message) ?? 0) + 1);
      else failed.push(`${test.name} (${[test.op ?? kind, ...test.tags].join(", ")}): ${message}`);
    }
  }
  const without = [...missing.values()].reduce((sum, count) => sum + count, 0);
  return { category, passed: cases.length - failed.length - without, failed, missing };
}

/** The reports as a table, a category a line, and what is missing below. */
function table(reports: readonly Report[]): string {
  const line = (category: string, ...cells: (string | number)[]) =>
    `${category.padEnd(20)}${cells.map((cell) => String(cell).padStart(8)).join("")}`;
  const countMissing = ({ missing }: Report) => [...missing.values()].reduce((a, b) => a + b, 0);
  const total = (count: (report: Report) => number) =>
    reports.map(count).reduce((sum, n) => sum + n, 0);
  const names = new Set(reports.flatMap(({ missing }) => [...missing.keys()]));
  return [
    line("category", "passed", "failed", "missing"),
    ...reports.map((report) =>
      line(report.category, report.passed, report.failed.length, countMissing(report))
    ),
    line("total", total((r) => r.passed), total((r) => r.failed.length), total(countMissing)),
    ...(names.size === 0 ? [] : [`not built yet: ${[...names].sort().join(", ")}`]),
  ].join("\n");
}

const files = readCaseFiles();
if (files.length === 0) console.log(`No oracle in ${oracleFolder.pathname}: its test is ignored`);

Deno.test({
  name: "every case of the oracle agrees in float64",
  ignore: files.length === 0,
  fn: () => {
    const reports = files.map(run);
    console.log(table(reports));
    const failed = reports.flatMap((report) => report.failed);
    if (failed.length === 0) return;
    const shown = failed.slice(0, Number(Deno.env.get("ORACLE_SHOW") ?? 12));
    throw new Error(`${failed.length} cases of the oracle fail:\n${shown.join("\n")}`);
  },
});
