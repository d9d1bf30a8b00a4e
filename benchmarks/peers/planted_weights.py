"""Weights in which a truth is planted, as state_dicts that PUT /api/v1/pretrained/{network} takes. Imported by planted.py.

The head is drawn anew by whoever starts from them, from the run's seed, so units that the head reads stay where they are.
"""

import numpy as np
import torch

import measured_movement
import observed_networks as networks

BURIED = -1000.0
BURIED_IN_LENET = "fc1", -100.0


def as_arrays(state):
    return {name: value.numpy().copy() for name, value in state.items()}


def as_tensors(arrays):
    return {name: torch.from_numpy(value.copy()) for name, value in arrays.items()}


def hidden(model):
    """The groups of units that the head does not read."""
    head = networks.peer.last_layer(model)
    name = next(name for name, module in model.named_modules() if module is head)
    return [group for group in networks.units(model) if all(layer != name for layer, _ in group.columns)]


def width(state, group):
    return len(state[f"{group.rows[0]}.weight"])


def permuted(model, state, random):
    """Every hidden group permuted; returns it and how many units moved, by group (0 where the head reads)."""
    made, moved = dict(state), {group.name: 0 for group in networks.units(model)}
    for group in hidden(model):
        order = random.permutation(width(state, group))
        made = networks.permuted(made, group, order)
        moved[group.name] = int((order != np.arange(len(order))).sum())
    return made, moved


def rescaled(model, state, random):
    """Each hidden unit by a factor from ¼ to 4: before a BatchNorm the filter alone, else taken back by what reads it."""
    made, normed = dict(state), any(isinstance(m, torch.nn.BatchNorm2d) for m in model.modules())
    groups = networks.units(model) if normed else hidden(model)
    for group in groups:
        for layer in (name for name in group.rows if made[f"{name}.weight"].ndim > 1):
            factors = np.exp2(random.uniform(-2, 2, width(state, group))).astype(np.float32)
            weight = made[f"{layer}.weight"]
            made[f"{layer}.weight"] = weight * factors.reshape(-1, *[1] * (weight.ndim - 1))
            if not normed:
                made[f"{layer}.bias"] = made[f"{layer}.bias"] * factors
                for reader, block in group.columns:
                    read = made[f"{reader}.weight"]
                    back = np.repeat(factors, block).reshape(1, -1, *[1] * (read.ndim - 2))
                    made[f"{reader}.weight"] = read / back
    return made


def gauge_flipped(model, state, random):
    """Half of all BatchNorm channels turned: filter, γ and running mean negated, β as it is. The function is the same."""
    made = dict(state)
    for norm, module in model.named_modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            sign = np.where(random.random(module.num_features) < 0.5, -1, 1).astype(np.float32)
            convolution = norm.replace("downsample.1", "downsample.0").replace("bn", "conv")
            made[f"{convolution}.weight"] = made[f"{convolution}.weight"] * sign[:, None, None, None]
            for part in ("weight", "running_mean"):
                made[f"{norm}.{part}"] = made[f"{norm}.{part}"] * sign
    return made


def buried(model, state, count):
    """A hidden group with `count` units that no image lights: what feeds their ReLU is lowered by 1,000.

    It is the first one; in LeNet, whose first has six units, that of fc1, and 100 are enough.

    Returns the weights and by parameter a mask of those that can have no gradient but the decay's: all that makes such a unit
    and all that reads it.
    """
    plain = isinstance(model, networks.LeNet)
    layer, depth = BURIED_IN_LENET if plain else (None, BURIED)
    groups = (g for g in hidden(model) if len([r for r in g.rows if "downsample" not in r]) <= 2)
    group = next(g for g in groups if layer is None or g.rows[-1] == layer)
    made = dict(state)
    lowered = f"{group.rows[-1]}.bias"  # of the BatchNorm, or of the convolution itself
    made[lowered] = made[lowered].copy()
    made[lowered][:count] = depth
    masks = {name: np.zeros(tuple(p.shape), bool) for name, p in model.named_parameters()}
    for layer in group.rows:
        for part in ("weight", "bias"):
            if f"{layer}.{part}" in masks:
                masks[f"{layer}.{part}"][:count] = True
    for layer, block in group.columns:
        masks[f"{layer}.weight"][:, : count * block] = True
    return made, masks


def living(masks, model, shape):
    """The masks without what never meets a pixel, which is another cause."""
    dead = measured_movement.dead_taps(model, shape)
    return {name: mask & ~dead[name] if name in dead else mask for name, mask in masks.items()}, dead
