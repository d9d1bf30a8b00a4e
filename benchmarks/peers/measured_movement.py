"""Movement (MEASURES §1, §2) computed a second time in numpy from two, three or four checkpoints, and the taps that never meet
a pixel, by PyTorch. Imported by check_measures.py.

Every sum is taken in double over whole vectors: nothing here streams, and nothing is shared with the system. Legend: P elements
of a tensor or of a group of tensors.
"""

import functools

import numpy as np
import torch

TAUS = ("0", "1e-8", "1e-7", "1e-6", "1e-5", "1e-4", "1e-3", "1e-2", "1e-1")
RHOS = ("1e-6", "1e-4", "1e-3", "1e-2", "1e-1")
ULPS = ("0", "1", "16", "256")
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


def cosine(a, b):
    """Absent where a norm is 0."""
    scale = np.linalg.norm(a) * np.linalg.norm(b)
    return float(a @ b / scale) if scale > 0 else None


class Tensor:
    """One parameter in the checkpoints of a piece: θ0, θbefore (None in the first piece), θfrom, θto as float32 [P]."""

    def __init__(self, start, before, previous, to, dead=None):
        self.start, self.before, self.previous, self.to = start, before, previous, to
        self.dead = np.zeros(start.shape, bool) if dead is None else dead
        self.rms = float(np.sqrt(np.mean(np.square(start.astype(np.float64)))))

    def base(self):
        """max(|θ0|, RMS of the whole tensor at θ0) per element; NaN in a tensor that starts at 0, which has no such base."""
        if self.rms == 0:
            return np.full(self.start.shape, np.nan)
        return np.maximum(np.abs(self.start.astype(np.float64)), self.rms)

    def attribution(self):
        """What can be said of the causes from checkpoints alone."""
        equal = self.start == self.to
        return {
            "unchanged": int(equal.sum()),
            "geometryDead": int((equal & self.dead).sum()),
            "predictedGeometryDead": int(self.dead.sum()),
            "geometryDeadChanged": int((self.dead & ~equal).sum()),
        }


def moved(tensors, live=False):
    """Every number of a group of tensors: the whole, a kind, one tensor, or the live elements alone."""

    def joined(of):
        return np.concatenate([of(t)[~t.dead] if live else of(t) for t in tensors])

    start, previous, to = (joined(of) for of in (lambda t: t.start, lambda t: t.previous, lambda t: t.to))
    wide_start, wide_previous, wide_to = (v.astype(np.float64) for v in (start, previous, to))
    apart, piece = wide_to - wide_start, wide_to - wide_previous
    count, far = len(start), float(np.linalg.norm(apart))
    turned = None
    if tensors[0].before is not None:
        turned = cosine(piece, wide_previous - joined(lambda t: t.before).astype(np.float64))
    start_norm = float(np.linalg.norm(wide_start))
    base = joined(Tensor.base)
    known = ~np.isnan(base)
    distance_ulps = np.abs(ordered_bits(to) - ordered_bits(start))
    relative = {}
    if known.any():
        relative = {rho: float(np.mean(np.abs(apart[known]) > float(rho) * base[known])) for rho in RHOS}
    return {
        "parameters": count,
        "distance": float(np.linalg.norm(piece)),
        "distanceFromStart": far,
        "rmsFromStart": far / np.sqrt(count),
        "norm": float(np.linalg.norm(wide_to)),
        "startNorm": start_norm,
        "relative": far / start_norm if start_norm > 0 else None,
        "cosineToStart": cosine(wide_to, wide_start),
        "cosineToPrevious": turned,
        "changed": {tau: float(np.mean(np.abs(apart) > float(tau))) for tau in TAUS},
        "change": {
            "relative": relative,
            "ulps": {k: float(np.mean(distance_ulps > int(k))) for k in ULPS},
            "signs": float(np.mean(wide_to * wide_start < 0)),
        },
    }


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
    groups = {"whole": moved(list(tensors.values())), "live": moved(list(tensors.values()), live=True)}
    for kind in KINDS:
        of_kind = [tensors[name] for name in kinds if kinds[name] == kind]
        if of_kind:
            groups[kind] = moved(of_kind)
    layers = {name: moved([tensor]) for name, tensor in tensors.items()}
    causes = {name: tensor.attribution() for name, tensor in tensors.items()}
    whole = {key: sum(cause[key] for cause in causes.values()) for key in next(iter(causes.values()))}
    return groups, layers, whole, causes
