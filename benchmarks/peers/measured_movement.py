"""Movement (MEASURES §1, §2) computed a second time in numpy from two, three or four checkpoints, and the taps that never meet
a pixel, by PyTorch. Imported by check_measures.py.

Every sum is taken in double; nothing is shared with the system. Legend: P elements of a tensor.
"""

import collections
import functools
import math

import numpy as np
import torch

TAUS = ("0", "1e-8", "1e-7", "1e-6", "1e-5", "1e-4", "1e-3", "1e-2", "1e-1")
RHOS = ("1e-6", "1e-4", "1e-3", "1e-2", "1e-1")
ULPS = ("0", "1", "16", "256")
PIECE = 1 << 22
KINDS = ("weight", "bias", "norm-weight", "norm-bias")


def kinds_of(model):
    """Parameter name → kind, in the order of the state_dict."""
    kinds = {}
    for name, module in model.named_modules():
        norm = isinstance(module, torch.nn.modules.batchnorm._BatchNorm)
        for parameter, _ in module.named_parameters(recurse=False):
            kinds[f"{name}.{parameter}"] = f"norm-{parameter}" if norm else parameter
    return {name: kinds[name] for name, _ in model.named_parameters()}


def dead_taps(model, shape):
    """By convolution weight: a mask of its shape. A tap is dead when no output position reads a pixel through it: the
    gradient of the sum over a convolution of ones is 0 exactly there, for it counts the pixels that are read."""
    masks, hooks = {}, []

    def counted(name, conv, inputs):
        kernel = torch.ones(1, 1, *conv.kernel_size, dtype=torch.float64, requires_grad=True)
        ones = torch.ones(1, 1, *inputs[0].shape[2:], dtype=torch.float64)
        torch.conv2d(ones, kernel, stride=conv.stride, padding=conv.padding).sum().backward()
        masks[f"{name}.weight"] = (kernel.grad == 0).expand(conv.weight.shape).numpy()

    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Conv2d):
            hook = functools.partial(lambda name, conv, inputs: counted(name, conv, inputs), name)
            hooks.append(module.register_forward_pre_hook(hook))
    model.eval()
    with torch.enable_grad():
        model(torch.zeros(1, *shape))
    for hook in hooks:
        hook.remove()
    return masks


def ordered_bits(values):
    """Float32 as integers such that neighbours are 1 apart; −0 and +0 are both 0."""
    bits = values.view(np.int32).astype(np.int64)
    return np.where(bits < 0, -(bits & 0x7FFFFFFF), bits)


class Tensor:
    """One parameter in the checkpoints of a piece: θ0, θbefore (None in the first piece), θfrom, θto as float32 [P]."""

    def __init__(self, start, before, previous, to, dead=None):
        self.start, self.before, self.previous, self.to = start, before, previous, to
        self.dead = np.zeros(start.shape, bool) if dead is None else dead
        squares = (np.square(start[at : at + PIECE].astype(np.float64)).sum() for at in range(0, len(start), PIECE))
        self.rms = math.sqrt(sum(squares) / len(start))

    def sums(self, live=False):
        """What adds up over elements and over tensors, by name; in pieces, so that VGG19's largest tensor fits."""
        total = collections.Counter()
        for at in range(0, len(self.start), PIECE):
            chosen = ~self.dead[at : at + PIECE] if live else slice(None)
            four = (self.start, self.before, self.previous, self.to)
            total.update(self.piece(*(v if v is None else v[at : at + PIECE][chosen] for v in four)))
        return total

    def piece(self, start, before, previous, to):
        wide, wide_to = start.astype(np.float64), to.astype(np.float64)
        wide_previous = previous.astype(np.float64)
        apart, step = wide_to - wide, wide_to - wide_previous
        found = {
            "parameters": len(start),
            "step²": step @ step,
            "apart²": apart @ apart,
            "to²": wide_to @ wide_to,
            "start²": wide @ wide,
            "to·start": wide_to @ wide,
            "signs": np.count_nonzero(wide_to * wide < 0),
        }
        if before is not None:
            earlier = wide_previous - before.astype(np.float64)
            found |= {"earlier²": earlier @ earlier, "step·earlier": step @ earlier}
        size = np.abs(apart)
        found |= {f"τ {tau}": np.count_nonzero(size > float(tau)) for tau in TAUS}
        ulps = np.abs(ordered_bits(to) - ordered_bits(start))
        found |= {f"ulps {k}": np.count_nonzero(ulps > int(k)) for k in ULPS}
        if self.rms > 0:
            base = np.maximum(np.abs(wide), self.rms)
            found |= {f"ρ {rho}": np.count_nonzero(size > float(rho) * base) for rho in RHOS}
            found["with a base"] = len(start)
        return found

    def attribution(self):
        """What can be said of the causes from checkpoints alone."""
        equal = self.start == self.to
        return {
            "unchanged": int(equal.sum()),
            "geometryDead": int((equal & self.dead).sum()),
            "predictedGeometryDead": int(self.dead.sum()),
            "geometryDeadChanged": int((self.dead & ~equal).sum()),
        }


def moved(sums):
    """Every number of a group, from what adds up: of the whole, a kind, one tensor, or the live elements alone."""
    count, far, start = sums["parameters"], math.sqrt(sums["apart²"]), math.sqrt(sums["start²"])
    based = sums["with a base"]
    return {
        "parameters": count,
        "distance": math.sqrt(sums["step²"]),
        "distanceFromStart": far,
        "rmsFromStart": far / math.sqrt(count),
        "norm": math.sqrt(sums["to²"]),
        "startNorm": start,
        "relative": far / start if start > 0 else None,
        "cosineToStart": cosine(sums["to·start"], sums["to²"], sums["start²"]),
        "cosineToPrevious": cosine(sums["step·earlier"], sums["step²"], sums["earlier²"]),
        "changed": {tau: sums[f"τ {tau}"] / count for tau in TAUS},
        "change": {
            "relative": {rho: sums[f"ρ {rho}"] / based for rho in RHOS} if based else {},
            "ulps": {k: sums[f"ulps {k}"] / count for k in ULPS},
            "signs": sums["signs"] / count,
        },
    }


def cosine(dot, square, other):
    """Absent where a norm is 0."""
    return float(dot / (math.sqrt(square) * math.sqrt(other))) if square > 0 and other > 0 else None


def together(sums):
    total = collections.Counter()
    for one in sums:
        total.update(one)
    return total


def movement(kinds, masks, checkpoints):
    """The movement of a piece. `checkpoints`: θ0, θbefore or None, θfrom, θto, as torch state_dicts.

    Returns the groups {whole, live, each kind, layers: {name: …}} and the attributions {whole, layers}.
    """

    def flat(state, name):
        return None if state is None else state[name].numpy().ravel()

    tensors = {
        name: Tensor(*(flat(state, name) for state in checkpoints), masks[name].ravel() if name in masks else None)
        for name in kinds
    }
    sums = {name: tensor.sums() for name, tensor in tensors.items()}
    live = [tensor.sums(live=True) if tensor.dead.any() else sums[name] for name, tensor in tensors.items()]
    groups = {"whole": moved(together(sums.values())), "live": moved(together(live))}
    for kind in KINDS:
        if kind in kinds.values():
            groups[kind] = moved(together(sums[name] for name in kinds if kinds[name] == kind))
    layers = {name: moved(one) for name, one in sums.items()}
    causes = {name: tensor.attribution() for name, tensor in tensors.items()}
    whole = {key: sum(cause[key] for cause in causes.values()) for key in next(iter(causes.values()))}
    return groups, layers, whole, causes
