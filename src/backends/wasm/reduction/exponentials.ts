/** Exponentials along lanes, shifted by the largest element so that nothing overflows. */

import type { VectorDType } from "../vector.ts";
import { hold } from "../elementwise/lane_code.ts";
import type { FloatCode, Vector } from "../math/float_code.ts";
import { exp, expOfNegative } from "../math/exponential.ts";
import { log } from "../math/logarithm.ts";
import { extremeOfNumbers } from "./extreme.ts";
import { fold, sum } from "./fold.ts";
import type { LaneGroup } from "./lane_group.ts";

/** log(sum(e^x)) of each lane. */
export function logSumExp(group: LaneGroup): Vector[] {
  const float = floatOf(group);
  const shifts = largest(group).map((x) => {
    const isInfinite = float.equal(float.abs(x), float.number(Infinity));
    return float.hold(float.select(isInfinite, float.number(0), x));
  });
  const totals = sum(
    group,
    float.dtype,
    (element) => exp(float, float.sub(element.value(), shifts[element.slot]!)),
  );
  return totals.map((total, slot) => float.add(shifts[slot]!, log(float, total)));
}

/** Writes e^x divided by its sum along each lane. */
export function writeSoftmax(group: LaneGroup): void {
  const float = floatOf(group);
  const shifts = largest(group);
  const totals = sum(group, float.dtype, (element) => {
    const power = float.hold(
      expOfNegative(float, float.sub(element.value(), shifts[element.slot]!)),
    );
    element.store(power);
    return power;
  });
  const inverses = totals.map((total) => float.hold(float.div(float.number(1), total)));
  group.each((element) => element.store(float.mul(element.stored(), inverses[element.slot]!)));
}

/** Writes x - log(sum(e^x)) along each lane. */
export function writeLogSoftmax(group: LaneGroup): void {
  const float = floatOf(group);
  const shifts = largest(group);
  const totals = sum(group, float.dtype, (element) => {
    const shifted = float.hold(float.sub(element.value(), shifts[element.slot]!));
    element.store(shifted);
    return expOfNegative(float, shifted);
  });
  const logs = totals.map((total) => float.hold(log(float, total)));
  group.each((element) => element.store(float.sub(element.stored(), logs[element.slot]!)));
}

/** The largest element of each lane; one with a NaN makes no difference to the results. */
function largest(group: LaneGroup): Vector[] {
  const { code, dtype } = group.source;
  return fold(group, {
    dtype,
    start: -Infinity,
    combine: extremeOfNumbers(group, "max"),
    term: (element) => element.value(),
  }).map((x) => hold(code, x));
}

function floatOf({ source: { code, dtype } }: LaneGroup): FloatCode {
  return code.float(dtype as VectorDType);
}
