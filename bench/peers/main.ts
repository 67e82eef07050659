/** Measures turunan beside its peers: `deno task bench:peers --help`. */

import { disagreements } from "./agreement.ts";
import { writeDigits } from "./digit_files.ts";
import { findParticipants } from "./implementations.ts";
import { OptionError, readOptions, usage } from "./options.ts";
import { recordOf } from "./record.ts";
import { circumstancesOf, writeResults } from "./results.ts";
import { measureRounds } from "./rounds.ts";
import { sectionsOf } from "./tables.ts";
import { groupsOf } from "./tasks.ts";

async function main(): Promise<number> {
  const options = readOptions(Deno.args);
  if (options === null) {
    console.log(usage);
    return 0;
  }
  const participants = await findParticipants(options);
  for (const { text } of participants.leftOut) console.error(text);
  const folder = await Deno.makeTempDir({ prefix: "turunan-peers-" });
  try {
    const digits = await writeDigits(options.data, folder);
    const groups = groupsOf(options.only, options.configs);
    const { implementations } = participants;
    const measured = await measureRounds(groups, {
      ...options,
      implementations,
      digits: digits.files,
    });
    const circumstances = await circumstancesOf(options.rounds, digits.name);
    const records = groups.map((group) => {
      const leftOut = [
        ...participants.leftOut.filter(({ kinds }) => kinds.includes(group.kind))
          .map(({ text }) => text),
        ...measured.leftOut.filter((absence) => absence.group === group.name)
          .map(({ what, why }) => `${what}: ${why}`),
      ];
      const { measurements } = measured;
      return recordOf(group, { measurements, leftOut, circumstances });
    });
    for (const { title, text } of sectionsOf(records)) console.log(`\n## ${title}\n\n${text}`);
    const wrong = disagreements(groups, measured.measurements);
    if (wrong.length > 0) {
      console.error(`\nThey do not compute the same, so no time counts:\n${wrong.join("\n")}`);
      return 1;
    }
    if (options.write) await writeResults(records);
    return 0;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

try {
  Deno.exit(await main());
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  console.error(error.message);
  Deno.exit(1);
}
