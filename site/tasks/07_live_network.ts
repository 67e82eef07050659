/** Trains a small network beside the page: some steps, then a view of it, for each frame. */

import { LiveNetwork, type LiveSettings, type LiveView } from "../model/live_network.ts";
import type { LabelledPoint } from "../model/point_sets.ts";
import { serveTask } from "../task_host.ts";

/** What a page may tell a training, at its start or while it runs. */
export interface LiveMessage {
  /** A new network. */
  readonly settings?: LiveSettings;
  /** What to learn from, and what to judge by. */
  readonly points?: {
    readonly train: readonly LabelledPoint[];
    readonly held: readonly LabelledPoint[];
  };
  /** Another learning rate or batch size for the network as it is. */
  readonly adjust?: Pick<LiveSettings, "learningRate" | "batchSize">;
  readonly isRunning?: boolean;
  readonly stepsPerFrame?: number;
  /** Steps to take at once. */
  readonly steps?: number;
}

/** How a training starts. */
export type LiveInput = Required<Pick<LiveMessage, "settings" | "points">> & LiveMessage;

/** How long the steps of one frame may take, in milliseconds. */
const budget = 8;

async function* train(
  { settings, points, isRunning = false, stepsPerFrame = 1 }: LiveInput,
  messages: () => readonly LiveMessage[],
): AsyncIterable<LiveView> {
  let network = new LiveNetwork(settings);
  network.learnFrom(points.train, points.held);
  yield network.view();
  while (true) {
    const news = messages();
    for (const message of news) {
      if (message.points) points = message.points;
      if (message.settings) {
        network.dispose();
        network = new LiveNetwork(message.settings);
      }
      if (message.settings || message.points) network.learnFrom(points.train, points.held);
      if (message.adjust) network.adjust(message.adjust);
      if (message.steps) network.advance(message.steps);
      isRunning = message.isRunning ?? isRunning;
      stepsPerFrame = message.stepsPerFrame ?? stepsPerFrame;
    }
    if (isRunning) network.advance(stepsPerFrame, budget);
    if (isRunning || news.length > 0) yield network.view();
    else await new Promise((resolve) => setTimeout(resolve, 25)); // nothing to do
  }
}

serveTask<LiveInput, LiveView, LiveMessage>(train);
