"""The order of learning and its agreement between runs (MEASURES §4), computed a second time in numpy and scipy.

Imported by check_measures.py. Legend: T checkpoints, N images, C classes.
"""

import math

import numpy as np
import scipy.stats

import measured_features as features


def time_by_time(blocks):
    """Debiased CKA [T, T] of a block's features at every two checkpoints; NaN where all units are dead."""
    alive = []
    for block in blocks:
        wide = block.astype(np.float64)
        alive.append(features.capped(wide[:, features.live_units(wide)]))
    matrix = np.full((len(blocks), len(blocks)), np.nan)
    for i, x in enumerate(alive):
        for j, y in enumerate(alive[: i + 1]):
            value = features.cka(x, y) if x.shape[1] and y.shape[1] else None
            matrix[i, j] = matrix[j, i] = np.nan if value is None else value
    return matrix


def half_time(to_end, steps):
    """First step at which (CKA(t,T) − CKA(0,T)) / (1 − CKA(0,T)) is at least ½."""
    first = to_end[0]
    if math.isnan(first) or first >= 1:
        return None
    reached = [step for step, value in zip(steps, to_end) if (value - first) / (1 - first) >= 0.5]
    return reached[0] if reached else None


def onset(recall, steps):
    """First step from which on the recall stays at half its final value or above; None where that is 0."""
    if recall[-1] == 0:
        return None
    below = [i for i, value in enumerate(recall) if value < recall[-1] / 2]
    return steps[below[-1] + 1 if below else 0]


def recalls(logits, labels):
    """[C][T] from the logits [N, C] of every checkpoint, classes of the probe set alone."""
    return {
        int(c): [float((one[labels == c].argmax(1) == c).mean()) for one in logits] for c in np.unique(labels)
    }


def agreement(left, right):
    """n, τ-b and its interval after Fieller, Hartley and Pearson over what both sides have; {key: step or None}."""
    both = [key for key in left if left[key] is not None and right.get(key) is not None]
    n = len(both)
    a, b = [left[key] for key in both], [right[key] for key in both]
    if n < 2 or len(set(a)) == 1 or len(set(b)) == 1:
        return {"n": n, "tau": None, "low": None, "high": None}
    tau = float(scipy.stats.kendalltau(a, b, variant="b").statistic)
    if n < 5 or abs(tau) > 1 - 1e-12:
        return {"n": n, "tau": tau, "low": None, "high": None}
    wide = 1.96 * math.sqrt(0.437 / (n - 4))
    return {"n": n, "tau": tau, "low": math.tanh(math.atanh(tau) - wide), "high": math.tanh(math.atanh(tau) + wide)}
