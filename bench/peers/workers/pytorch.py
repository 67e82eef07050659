"""The worker of PyTorch: training steps, products and functions of arrays."""

import math

import numpy as np
import torch

from measuring import answer, read_job, uniform_array, uniforms

CHECKED_STEPS = 20

job = read_job()
torch.set_num_threads(job["threads"])


def first_parameters(widths):
    """The first parameters of a network, evenly spread between ±1/sqrt(inputs), in double."""
    sizes = [(inputs, outputs) for inputs, outputs in zip(widths, widths[1:])]
    numbers = uniforms(1, sum(inputs * outputs + outputs for inputs, outputs in sizes))
    at = 0
    for inputs, outputs in sizes:
        for shape in ((outputs, inputs), (outputs,)):
            size = math.prod(shape)
            drawn = (2 * numbers[at : at + size] - 1) * (1 / math.sqrt(inputs))
            yield torch.from_numpy(drawn.astype(np.float32).reshape(shape))
            at += size


def batches_of(task):
    """The batches of a task, in turn: images as floats from 0 to 1, or random numbers."""
    size, width, classes = task["batchSize"], task["widths"][0], task["widths"][-1]
    if task["data"] == "digits":
        files = job["digits"]
        count = min(task["batches"], files["count"] // size)
        pixels = np.fromfile(files["images"], np.uint8, count * size * width)
        images = (pixels / 255).astype(np.float32)
        labels = np.fromfile(files["labels"], np.uint8, count * size)
    else:
        count = task["batches"]
        images = uniform_array(2, count * size * width, -0.5, 0.5)
        labels = np.floor(classes * uniforms(3, count * size))
    images = torch.from_numpy(images.reshape(count, size, width))
    labels = torch.from_numpy(labels.astype(np.int64).reshape(count, size))
    return [(x.clone(), y.clone()) for x, y in zip(images, labels)]


def prepare_step(task):
    widths = task["widths"]
    layers = []
    for i in range(1, len(widths)):
        layers += [torch.nn.Linear(widths[i - 1], widths[i]), torch.nn.ReLU()]
    network = torch.nn.Sequential(*layers[:-1])
    with torch.no_grad():
        for parameter, first in zip(network.parameters(), first_parameters(widths)):
            parameter.copy_(first)
    batches = batches_of(task)
    criterion = torch.nn.CrossEntropyLoss()
    if task["optimizer"] == "sgd":
        optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    else:
        optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    taken = 0

    def run(steps):
        nonlocal taken
        for _ in range(steps):
            x, y = batches[taken % len(batches)]
            taken += 1
            optimizer.zero_grad(set_to_none=True)
            loss = criterion(network(x), y)
            loss.backward()
            optimizer.step()
        return loss

    return run, lambda: run(CHECKED_STEPS).item()


def prepare_call(call):
    def run(steps):
        for _ in range(steps):
            call()

    return run, lambda: call().double().abs().sum().item()


def prepare_product(task):
    size = task["size"]
    a, b = (torch.from_numpy(uniform_array(s, size * size).reshape(size, size)) for s in (4, 5))
    a = a.t() if task["transposeA"] else a
    b = b.t() if task["transposeB"] else b

    def multiply():
        product = a
        for _ in range(task["inARow"]):
            product = product @ b
        return product

    return prepare_call(multiply)


def prepare_array(task):
    shape = task["shape"]
    x = torch.from_numpy(uniform_array(6, math.prod(shape)).reshape(shape))
    if task["function"] == "softmax":
        return prepare_call(lambda: torch.softmax(x, -1))
    return prepare_call(lambda: (x * 1.5).add_(0.5).relu_())  # the fastest way to write it


def prepare(task):
    if task["kind"] == "mlp":
        return prepare_step(task)
    with torch.no_grad():
        return prepare_product(task) if task["kind"] == "matmul" else prepare_array(task)


if any(task["kind"] != "mlp" for task in job["tasks"]):
    torch.set_grad_enabled(False)
answer(job, torch.__version__, prepare)
