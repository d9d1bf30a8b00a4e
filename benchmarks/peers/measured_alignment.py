"""The distance that knows symmetry (MEASURES §6), computed a second time in numpy, and a weight matching of our own by scipy.

Imported by check_measures.py. States are dicts of float64 arrays by parameter name, taps that never meet a pixel at 0.
"""

import numpy as np
import scipy.optimize

import observed_networks as networks

SWEEPS = 100


def prepared(state, kinds, masks):
    """Parameters alone, in double, geometry-dead ones at 0."""
    made = {name: state[name].numpy().astype(np.float64) for name in kinds}
    for name, mask in masks.items():
        made[name][mask] = 0
    return made


def has_batch_norm(kinds):
    return "norm-weight" in kinds.values()


def unit_norms(weight):
    return np.linalg.norm(weight.reshape(len(weight), -1), axis=1)


def rescaled(state, model, kinds):
    """Before a BatchNorm each filter to norm 1; without BatchNorm each hidden unit's (w, b) to norm 1, its scale pushed on."""
    made = dict(state)
    if has_batch_norm(kinds):
        for name in kinds:
            if made[name].ndim == 4:
                norms = unit_norms(made[name])
                made[name] = made[name] / np.where(norms > 0, norms, 1)[:, None, None, None]
        return made
    for group in networks.units(model):
        (layer,), ((reader, block),) = group.rows, group.columns
        weight, bias = made[f"{layer}.weight"], made[f"{layer}.bias"]
        norms = np.hypot(unit_norms(weight), np.abs(bias))
        norms = np.where(norms > 0, norms, 1)
        made[f"{layer}.weight"] = weight / norms.reshape(-1, *[1] * (weight.ndim - 1))
        made[f"{layer}.bias"] = bias / norms
        read = made[f"{reader}.weight"]
        made[f"{reader}.weight"] = read * np.repeat(norms, block).reshape(1, -1, *[1] * (read.ndim - 2))
    return made


def sign_aware(state, kinds):
    """Each BatchNorm channel with γ < 0 turned: its filter and γ negated, β as it is."""
    made = dict(state)
    for name, kind in kinds.items():
        if kind == "norm-weight":
            sign = np.where(made[name] < 0, -1.0, 1.0)
            made[name] = made[name] * sign
            filters = f"{normalised_layer(name.removesuffix('.weight'))}.weight"
            made[filters] = made[filters] * sign[:, None, None, None]
    return made


def normalised_layer(norm):
    """The convolution before a BatchNorm of torchvision's ResNet."""
    return norm.replace("downsample.1", "downsample.0").replace("bn", "conv")


def all_permuted(state, groups, orders):
    for group in groups:
        state = networks.permuted(state, group, orders[group.name])
    return state


def distance(a, b):
    return float(np.sqrt(sum(np.sum((a[name] - b[name]) ** 2) for name in a)))


def norm(a):
    return float(np.sqrt(sum(np.sum(value**2) for value in a.values())))


def similarity(left, right, group, count):
    """Σ over every axis the group acts on of ⟨left's unit i, right's unit j⟩, [units, units]."""
    total = np.zeros((count, count))
    for layer in group.rows:
        for part in ("weight", "bias"):
            if f"{layer}.{part}" in left:
                total += left[f"{layer}.{part}"].reshape(count, -1) @ right[f"{layer}.{part}"].reshape(count, -1).T
    for layer, block in group.columns:

        def by_unit(weight):
            split = weight.reshape(weight.shape[0], count, block, -1)
            return np.moveaxis(split, 1, 0).reshape(count, -1)

        total += by_unit(left[f"{layer}.weight"]) @ by_unit(right[f"{layer}.weight"]).T
    return total


def own_matching(left, right, groups):
    """Coordinate descent from the units as they stand, until a sweep gains nothing: the right so permuted, and the orders."""
    orders = {group.name: np.arange(len(left[f"{group.rows[0]}.weight"])) for group in groups}
    for _ in range(SWEEPS):
        gained = False
        for group in groups:
            gain = similarity(left, right, group, len(orders[group.name]))
            rows, columns = scipy.optimize.linear_sum_assignment(gain, maximize=True)
            now, best = np.trace(gain), gain[rows, columns].sum()
            if best > now + 1e-9 * abs(now):
                right, gained = networks.permuted(right, group, columns), True
                orders[group.name] = orders[group.name][columns]
        if not gained:
            break
    return right, orders


def orders_of(tensors, groups):
    """Group name → permutation. A tensor is called after its group: a layer in it, or one that carries its units on."""
    found, left = {}, dict(tensors)
    for group in groups:
        for name in list(left):
            layer = name.removeprefix("permutation/").removesuffix(".weight")
            if layer in group.rows:
                found[group.name] = left.pop(name).numpy().astype(np.int64)
                break
    if len(found) == len(groups):
        return found
    if len(tensors) == len(groups):  # other names, the same order
        return {group.name: value.numpy().astype(np.int64) for group, value in zip(groups, tensors.values())}
    raise SystemExit(f"permutations {sorted(tensors)} are not those of the groups {[g.name for g in groups]}")


def inverse(order):
    return np.argsort(order)
