"""Triangles, parts and paths of retrainings (MEASURES §5, contracts/analysis/ComparisonResult, Triangle, RetrainingPathResult),
computed a second time in numpy, in double. Imported by check_retraining.py.

A corner is a state_dict: left θ1, right θ2, put θp, twin θ2 of the same-seed twin; the last two may be None. Whatever is
returned has the names of the records, and None where they say absent.
"""

import collections
import math

import numpy as np

import measured_alignment
import thetascope_peer as peer

BELOW_DRIFT, DRIFT_UNKNOWN = "displacement below drift", "drift unknown"


def sums(corners, dead=None):
    """What adds up over the elements of one tensor: squares of norms and of sides, and the product of left and right."""
    total, count = collections.Counter(), corners[0].size
    flat = [None if corner is None else corner.ravel() for corner in corners]
    for at in range(0, count, peer.PIECE):
        chosen = slice(None) if dead is None else ~dead.ravel()[at : at + peer.PIECE]
        wide = [None if v is None else v[at : at + peer.PIECE][chosen].astype(np.float64) for v in flat]
        left, right, put, twin = wide
        found = {"parameters": len(left), "left": left @ left, "right": right @ right, "dot": left @ right}
        sides = {"distance": (left, right), "displaced": (left, put), "moved": (put, right), "drift": (left, twin)}
        for name, (a, b) in sides.items():
            if a is not None and b is not None:
                found[name] = (b - a) @ (b - a)
        total.update(found)
    return total


def together(parts):
    total = collections.Counter()
    for part in parts:
        total.update(part)
    return total


def triangle(total):
    """The numbers that the whole and every part have."""
    norm1, norm2, distance = (math.sqrt(total[name]) for name in ("left", "right", "distance"))
    displaced, moved, drift = (math.sqrt(total[n]) if n in total else None for n in ("displaced", "moved", "drift"))
    return {
        "norm1": norm1,
        "norm2": norm2,
        "distance": distance,
        "cosine": total["dot"] / (norm1 * norm2) if norm1 * norm2 > 0 else None,
        "displaced": displaced,
        "moved": moved,
        "departure": moved / displaced if displaced else None,
        "recovery": 1 - distance / displaced if displaced else None,
        "drift": drift,
        "ratioToDrift": distance / drift if drift else None,
    }


def part(name, total):
    return {"name": name, "parameters": int(total["parameters"])} | triangle(total)


def arrays(state, kinds):
    return None if state is None else {name: state[name].numpy() for name in kinds}


def turned(state, kinds):
    """Every unit before a BatchNorm to γ > 0."""
    if state is None:
        return None
    return measured_alignment.sign_aware({name: value.astype(np.float64) for name, value in state.items()}, kinds)


def by_tensor(corners, kinds, masks=None):
    return {
        name: sums([None if c is None else c[name] for c in corners], None if masks is None else masks.get(name))
        for name in kinds
    }


def comparison(kinds, masks, left, right, put=None, twin=None):
    """Everything of a ComparisonResult but the features."""
    corners = [arrays(state, kinds) for state in (left, right, put, twin)]
    tensors = by_tensor(corners, kinds)
    whole = triangle(together(tensors.values()))
    drift, displaced = whole["drift"], whole["displaced"]
    below = displaced < 0.1 * drift if drift is not None and displaced is not None else None
    live = part("live", together(by_tensor(corners, kinds, masks).values()))
    modulo = None
    if measured_alignment.has_batch_norm(kinds):
        modulo = part("modulo-sign", together(by_tensor([turned(c, kinds) for c in corners], kinds).values()))
    return whole | {
        "belowDrift": below,
        "label": BELOW_DRIFT if below else DRIFT_UNKNOWN if drift is None and displaced is not None else None,
        "live": live,
        "moduloSign": modulo,
        "layers": [part(name, total) for name, total in tensors.items()],
    }


def path(kinds, parent, states):
    """A RetrainingPathResult; `states`: (step, state_dict) ascending, step 0 first, taken one after the other."""
    points, one = [], arrays(parent, kinds)
    signed = turned(one, kinds) if measured_alignment.has_batch_norm(kinds) else None
    start = norm = None
    for step, state in states:
        at = arrays(state, kinds)
        start = at if start is None else start
        found = triangle(together(by_tensor([one, at, start, None], kinds).values()))
        modulo = measured_alignment.distance(signed, turned(at, kinds)) if signed is not None else None
        norm, displaced = found["norm1"], found["displaced"]
        points.append(
            {
                "step": step,
                "norm": found["norm2"],
                "distanceToParent": found["distance"],
                "distanceToStart": found["moved"],
                "cosineToParent": found["cosine"],
                "distanceToParentModuloSign": modulo,
            }
        )
    return {"parentNorm": norm, "displaced": displaced, "points": points}
