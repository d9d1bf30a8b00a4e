"""What a perturbation makes of a finished model (contracts/run/Perturbation), made a second time in numpy. Imported by
check_retraining.py and starting_points.py.

Random kinds draw from the stream of ("thetascope/perturbation/v1/" kind "/" seed "/" parent "/" parameter), element by element of
the tensor whatever the scope. Legend: P elements of a tensor, θ float32 [P].
"""

import math

import numpy as np
import torch

import measured_movement
import thetascope_peer as peer


def in_scope(scope, kinds, masks):
    """Parameter name → None where all its elements are meant, else a mask [P]."""
    if scope == "all":
        return dict.fromkeys(kinds)
    if scope == "live":
        return {name: ~masks[name].ravel() if name in masks else None for name in kinds}
    if scope in measured_movement.KINDS:
        chosen = [name for name in kinds if kinds[name] == scope]
    else:
        chosen = [name for name in kinds if name.rpartition(".")[0] == scope]
    if not chosen:
        raise SystemExit(f"scope {scope} means no parameter of {list(kinds)}")
    return dict.fromkeys(chosen)


def stream(change, parent, name):
    return peer.key_of(f"thetascope/perturbation/v1/{change['kind']}/{change['seed']}/{parent}/{name}")


def moved(change, theta, key, at, scale):
    """A piece of one tensor whose first element is number `at`, all of it perturbed."""
    kind, value = change["kind"], change.get("value")
    if kind == "sign-flip":
        return -theta
    if kind == "epsilon":
        return theta + np.float32(value) if value else theta
    if kind == "gaussian":
        return (theta.astype(np.float64) + scale * peer.normal(key, at, len(theta))).astype(np.float32)
    signs = peer.signs(key, at, len(theta))
    if kind == "ulp":
        return np.nextafter(theta, signs * np.float32(np.inf))
    if kind == "random-signs":
        return np.where(signs < 0, -theta, theta) if value is None else theta + np.float32(value) * signs
    raise SystemExit(f"this check cannot make perturbation {kind}")


def pieces(count):
    return [(at, min(at + peer.PIECE, count)) for at in range(0, count, peer.PIECE)]


def made(state, change, parent, kinds, masks):
    """A copy of a state_dict with its parameters perturbed; buffers, and what is out of scope, stay bit for bit."""
    scope, result = in_scope(change["scope"], kinds, masks), dict(state)
    scale = gaussian_scale(state, change, parent, kinds, masks) if change["kind"] == "gaussian" else None
    for name, chosen in scope.items():
        theta = state[name].numpy().ravel()
        key = None if change.get("seed") is None else stream(change, parent, name)
        after = np.concatenate([moved(change, theta[a:b], key, a, scale) for a, b in pieces(len(theta))])
        after = after if chosen is None else np.where(chosen, after, theta)
        result[name] = torch.from_numpy(after.reshape(state[name].shape))
    return result


def gaussian_scale(state, change, parent, kinds, masks):
    """c such that ‖cz‖ over the scope is the norm that is asked for, or that of the perturbation that is matched."""
    scope, square, wanted = in_scope(change["scope"], kinds, masks), 0.0, change.get("value")
    for name, chosen in scope.items():
        key = stream(change, parent, name)
        for a, b in pieces(state[name].numel()):
            z = peer.normal(key, a, b - a)
            z = z if chosen is None else z[chosen[a:b]]
            square += float(z @ z)
    if wanted is None:
        other = made(state, change["matching"], parent, kinds, masks)
        wanted = math.sqrt(sum(apart_squared(state[name], other[name]) for name in scope))
    return wanted / math.sqrt(square)


def outside(state, scope):
    """What a scope leaves alone: other tensors whole, and other elements of its own."""
    rest = {name: tensor for name, tensor in state.items() if name not in scope}
    masked = {name: chosen for name, chosen in scope.items() if chosen is not None}
    return rest | {name: state[name].ravel()[torch.from_numpy(~chosen)] for name, chosen in masked.items()}


def apart_squared(a, b):
    wide = b.numpy().ravel().astype(np.float64) - a.numpy().ravel()
    return float(wide @ wide)


def bits_off(a, b):
    """How many elements of two tensors differ in any bit; −0 is not +0."""
    if a.shape != b.shape or a.dtype != b.dtype:
        return max(a.numel(), b.numel())
    x, y = (np.ascontiguousarray(t.numpy()).reshape(-1).view(np.uint8).reshape(t.numel(), -1) for t in (a, b))
    return int((x != y).any(1).sum())


def all_bits_off(a, b):
    """The same over all tensors of two state_dicts; a name that only one has counts as different."""
    return sum(bits_off(a[name], b[name]) for name in a.keys() & b.keys()) + len(a.keys() ^ b.keys())
