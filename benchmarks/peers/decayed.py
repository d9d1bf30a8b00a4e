"""What weight decay alone does to a float32 weight whose gradient is 0: the optimizers' recursions, element by element.

Imported by check_mystery.py. Every operation is rounded to float32 in the order in which the trainer's optimizers have it
(trainer/optimizer/SgdMomentum, Adam, CoupledDecay); `pytorch` runs torch.optim on the same. The square root is libtorch's, which
with MKL is not always the nearest float32 (one unit in the last place off for a fifth of the numbers, on an AMD EPYC).
"""

import math

import numpy as np
import torch

import thetascope_peer as peer


def rate(spec, step):
    optimizer = spec["optimizer"]
    warmup = optimizer["warmupEpochs"] * len(peer.batches_of_epoch(spec["dataset"]["train"], spec["batch"]))
    full = optimizer["learningRate"]
    return full * step / warmup if step < warmup else full


def scalar(spec, start, steps):
    """The weights after so many steps; start is a float32 vector."""
    return (sgd if spec["optimizer"]["kind"] == "sgd" else adam)(spec, start.copy(), steps)


def sgd(spec, weights, steps):
    momentum, decay = (np.float32(spec["optimizer"][name]) for name in ("momentum", "weightDecay"))
    velocity = np.zeros_like(weights)
    for step in range(1, steps + 1):
        velocity = velocity * momentum + weights * decay
        weights = weights - velocity * np.float32(rate(spec, step))
    return weights


def adam(spec, weights, steps):
    beta1, beta2, epsilon = (spec["optimizer"][name] for name in ("beta1", "beta2", "epsilon"))
    decay = np.float32(spec["optimizer"]["weightDecay"])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        gradient = weights * decay
        first = first + (gradient - first) * np.float32(1 - beta1)
        second = second * np.float32(beta2) + gradient * gradient * np.float32(1 - beta2)
        correction = np.float32(math.sqrt(1 - beta2**step))
        root = torch.from_numpy(second).sqrt().numpy()
        change = first / (root / correction + np.float32(epsilon))
        weights = weights - change * np.float32(rate(spec, step) / (1 - beta1**step))
    return weights


def pytorch(spec, start, steps):
    """The same by torch.optim with gradients of 0."""
    weights = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimizer = peer.optimizer_of(spec["optimizer"], [weights])
    for step in range(1, steps + 1):
        weights.grad = torch.zeros_like(weights)
        for group in optimizer.param_groups:
            group["lr"] = rate(spec, step)
        optimizer.step()
    return weights.detach().numpy()
