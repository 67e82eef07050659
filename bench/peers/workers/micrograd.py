"""Scalars in Python: a graph of objects with a closure each, as micrograd builds it.

Its garbage collector is off while the clock runs: left on it would multiply the times by about
ten, searching again and again through a graph that nobody has let go of.
"""

import gc
import math
import platform

from measuring import answer, read_job

gc.disable()


class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0
        self._children = children
        self._backward = None

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = backward
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0, (self,))

        def backward():
            self.grad += (out.data > 0) * out.grad

        out._backward = backward
        return out

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            value, is_done = stack.pop()
            if is_done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                stack.append((value, True))
                stack.extend((child, False) for child in value._children)
        self.grad = 1
        for value in reversed(order):
            if value._backward is not None:
                value._backward()


def uniforms(seed):
    state = seed
    while True:
        state = (1664525 * state + 1013904223) & 0xFFFFFFFF
        yield state / 2**32


class Moons:
    """The 2-16-16-1 network of micrograd's demo on a hundred points of two moons."""

    widths = (2, 16, 16, 1)
    nodes = 100 * (16 * 5 + 16 * 33 + 32 + 3) + 99 + 2 * 337 - 1 + 3

    def __init__(self):
        draw = uniforms(7)
        self.points, self.labels = [], []
        for i in range(100):
            angle = math.pi * (i % 50) / 49
            x, y = math.cos(angle), math.sin(angle)
            x, y = (x, y) if i < 50 else (1 - x, 0.5 - y)
            self.points.append((x + 0.1 * (next(draw) - 0.5), y + 0.1 * (next(draw) - 0.5)))
            self.labels.append(1 if i < 50 else -1)
        self.layers = [
            [
                (Value(0.0), [Value(2 * next(draw) - 1) for _ in range(inputs)])
                for _ in range(outputs)
            ]
            for inputs, outputs in zip(self.widths, self.widths[1:])
        ]
        neurons = [neuron for layer in self.layers for neuron in layer]
        self.parameters = [p for bias, weights in neurons for p in (bias, *weights)]

    def score(self, point):
        signals = point
        for layer in self.layers:
            sums = []
            for bias, weights in layer:
                total = bias
                for weight, signal in zip(weights, signals):
                    total = total + weight * signal
                sums.append(total)
            signals = sums if layer is self.layers[-1] else [total.relu() for total in sums]
        return signals[0]

    def step(self):
        total = None
        for point, label in zip(self.points, self.labels):
            loss = (self.score(point) * -label + 1).relu()
            total = loss if total is None else total + loss
        squares = None
        for p in self.parameters:
            squares = p * p if squares is None else squares + p * p
        loss = total * 0.01 + squares * 1e-4
        for p in self.parameters:
            p.grad = 0
        loss.backward()
        for p in self.parameters:
            p.data -= 0.1 * p.grad
        return loss.data


def wide_graph():
    """Eight sums of products side by side, 100,000 nodes in all; the derivative by one of them."""
    factors = [Value(0.5 + 0.001 * i) for i in range(64)]
    sums = [Value(0.1 * i) for i in range(8)]
    for i in range(33307):
        sums[i % 8] = (sums[i % 8] * factors[i % 64] + factors[i * 7 % 64]).relu()
    total = sums[0]
    for other in sums[1:]:
        total = total + other
    total.backward()
    return total.data + factors[0].grad


def prepare(task):
    gc.collect()
    moons = Moons() if task["graph"] == "moons" else None
    take = moons.step if moons else wide_graph

    def run(steps):
        for _ in range(steps):
            last = take()
        return last

    return run, lambda: run(5), moons.nodes if moons else 100000


answer(read_job(), f"Python {platform.python_version()}", prepare)
