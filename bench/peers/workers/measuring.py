"""What the workers in Python do alike, as measuring.ts and starting_point.ts do it."""

import gc
import json
import statistics
import sys
import time


def read_job():
    return json.loads(sys.argv[1])


def uniforms(seed, size):
    """Numbers from 0 below 1, the same in every language: a linear congruential generator."""
    import numpy as np

    states = np.empty(size, np.uint64)
    factor, summand, mask = 1664525, 1013904223, 2**32 - 1
    if size:
        states[0] = (factor * seed + summand) & mask
    known = 1  # so many steps at once: state -> factor * state + summand
    while known < size:
        more = min(known, size - known)
        states[known : known + more] = (states[:more] * factor + summand) & mask
        factor, summand = factor * factor & mask, (factor * summand + summand) & mask
        known += more
    return states / 2**32


def uniform_array(seed, size, low=-1, high=1):
    return (low + (high - low) * uniforms(seed, size)).astype("float32")


def timed(run, timing):
    """Milliseconds a step: the median, the least and the most of some repeats."""
    now = started = time.perf_counter()
    steps, per_step = 1, 0
    while (now - started) * 1e3 < timing["warmUpMs"] or per_step == 0:
        run(steps)
        end = time.perf_counter()
        per_step, now, steps = (end - now) / steps * 1e3, end, steps * 2
    steps = max(1, -int(-timing["repeatMs"] // max(per_step, 1e-6)))
    times = []
    for _ in range(timing["repeats"]):
        if not gc.isenabled():
            gc.collect()  # not while the clock runs
        start = time.perf_counter()
        run(steps)
        times.append((time.perf_counter() - start) / steps * 1e3)
    return {"ms": statistics.median(times), "least": min(times), "most": max(times)}


def answer(job, version, prepare):
    """Does all tasks of a job and prints an answer to each."""
    for task in job["tasks"]:
        try:
            run, check, *nodes = prepare(task)
            line = {"key": task["key"], "check": check(), "version": version}
            line.update(timed(run, job["timing"]))
            if nodes:
                line["nodes"] = nodes[0]
        except Exception as error:
            line = {"key": task["key"], "refused": str(error)}
        print(json.dumps(line), flush=True)
