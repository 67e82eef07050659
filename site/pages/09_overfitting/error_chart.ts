/** The errors of trendlines against their degree, on both kinds of points. */

import { canvas, type Drawn } from "../../dom.ts";
import { pageLanguage } from "../../page.ts";
import type { TrendUpdate } from "../../tasks/09_trendlines.ts";
import { Chart } from "../parts/chart.ts";

/** The chart; the present degree is marked. */
export class ErrorChart {
  readonly element: HTMLCanvasElement;
  readonly #drawn: Drawn;
  #errors: TrendUpdate = { training: [], validation: [] };
  #degree = 1;

  /** Makes an empty chart. */
  constructor() {
    const isEnglish = pageLanguage() === "en";
    this.#drawn = canvas({
      width: 640,
      height: 210,
      label: isEnglish ? "Errors against the degree" : "Galat terhadap derajat",
      draw: (context, area) => {
        const chart = new Chart(context, area, {
          x: { domain: [-0.3, 9.3], label: isEnglish ? "degree" : "derajat", isWhole: true },
          y: {
            domain: [0.01, 100],
            isLog: true,
            label: isEnglish ? "mean squared error" : "galat kuadrat rata-rata",
          },
          margins: { top: 22 },
        });
        chart.axes();
        chart.mark(this.#degree, "muted");
        const { training, validation } = this.#errors;
        const points = (errors: readonly number[]) => errors.map((e, i) => [i, e] as const);
        chart.curves([
          { color: "ink", points: points(training) },
          { color: "third", points: points(validation) },
        ]);
        for (const [errors, color] of [[training, "ink"], [validation, "third"]] as const) {
          errors.forEach((error, degree) => {
            const isHere = degree === this.#degree;
            const isInside = error >= 0.01 && error <= 100;
            if (isInside) chart.dot(degree, error, color, isHere ? 6 : 3.5);
          });
        }
        const top = chart.y(55);
        chart.text(
          isEnglish ? "on fresh points" : "pada titik baru",
          chart.x(2.4),
          top,
          "third",
          "left",
        );
        const low = chart.y(0.028);
        chart.text(
          isEnglish ? "on these points" : "pada titik ini",
          chart.x(2.4),
          low,
          "ink",
          "left",
        );
      },
    });
    this.element = this.#drawn.element;
    this.element.style.minHeight = "180px";
  }

  /** Shows other errors. */
  show(errors: TrendUpdate): void {
    this.#errors = errors;
    this.#drawn.redraw();
  }

  /** Marks the present degree. */
  mark(degree: number): void {
    this.#degree = degree;
    this.#drawn.redraw();
  }
}
