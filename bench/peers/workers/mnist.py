"""PyTorch's script of the main job: reads MNIST, trains 784-128-10, validates each epoch, tests.

Usage: mnist.py DIR EPOCHS. Prints the seconds of each epoch (shuffling and batching included, the
validation apart), and the accuracy on the test images.
"""

import gzip
import os
import sys
import time

import numpy as np
import torch

directory, epochs = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
torch.manual_seed(0)


def read(name, header):
    with gzip.open(f"{directory}/{name}.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def images(name):
    pixels = torch.from_numpy(read(name, 16).astype(np.float32))
    return (pixels / 255).reshape(-1, 784)


def labels(name):
    return torch.from_numpy(read(name, 8).astype(np.int64))


all_images, all_labels = images("train-images-idx3-ubyte"), labels("train-labels-idx1-ubyte")
inputs, targets = all_images[:55000], all_labels[:55000]
validation = all_images[55000:], all_labels[55000:]
test = images("t10k-images-idx3-ubyte"), labels("t10k-labels-idx1-ubyte")

network = torch.nn.Sequential(
    torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10)
)
criterion = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)


def accuracy(pixels, classes):
    with torch.no_grad():
        return (network(pixels).argmax(1) == classes).float().mean().item()


for epoch in range(epochs):
    start = time.perf_counter()
    for batch in torch.randperm(len(inputs)).split(128):
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(network(inputs[batch]), targets[batch])
        loss.backward()
        optimizer.step()
    seconds = time.perf_counter() - start
    print(f"epoch {seconds:.4f} validation {accuracy(*validation):.4f}")
print(f"test accuracy: {100 * accuracy(*test):.2f}%")
