/**
 * The whole lecture: "Fundamentals of Deep Learning: how a neural network trains", chapter after
 * chapter, each of which checks its own numbers.
 *
 *     deno task lecture
 */

import { present, type Presenter, type Tell } from "./present.ts";

/** The chapters by name, in order, each loaded when its turn comes. */
export type Chapters = Readonly<Record<string, () => Promise<{ readonly tell: Tell }>>>;

/** The chapters of the lecture. */
export const chapters: Chapters = {
  "01_data": () => import("./01_data.ts"),
  "02_one_neuron": () => import("./02_one_neuron.ts"),
  "03_activation_functions": () => import("./03_activation_functions.ts"),
  "04_simpler_model": () => import("./04_simpler_model.ts"),
  "05_gradient": () => import("./05_gradient.ts"),
  "06_loss_curve": () => import("./06_loss_curve.ts"),
  "07_neuron_to_network": () => import("./07_neuron_to_network.ts"),
  "08_training_steps": () => import("./08_training_steps.ts"),
  "09_overfitting": () => import("./09_overfitting.ts"),
  "10_classification": () => import("./10_classification.ts"),
  "11_mnist": () => import("./11_mnist.ts"),
};

/** Tells chapters one after the other. One that fails ends the lecture, and is named. */
export async function tellAll(presenter: Presenter, of: Chapters = chapters): Promise<void> {
  const start = performance.now();
  const count = Object.keys(of).length;
  presenter.title("Fundamentals of Deep Learning: how a neural network trains");
  presenter.say(
    `A lecture in ${count} chapters. Nothing here is a recording: each number is computed
    as you read, each derivative derived, each network trained, and each chapter checks what it
    says. A single one runs as, for example,`,
  );
  presenter.print(`  deno run examples/lecture/${Object.keys(of)[0]}.ts`);
  for (const [name, load] of Object.entries(of)) {
    try {
      const { tell } = await load();
      await tell(presenter);
    } catch (cause) {
      throw new Error(`Chapter ${name} failed`, { cause });
    }
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  presenter.title("The end");
  presenter.say(`All ${count} chapters ran, and their checks held. It took ${seconds} s.`);
}

if (import.meta.main) await present((presenter) => tellAll(presenter), { data: true });
