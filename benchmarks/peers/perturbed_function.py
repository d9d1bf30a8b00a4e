"""What a perturbation does to the function, and the loss between two models (MEASURES §5, contracts/analysis/SymmetryResult,
BarrierResult), by PyTorch. Imported by check_retraining.py.

BatchNorm's statistics are recomputed by torch.optim.swa_utils.update_bn. Legend: N images, P penultimate units, C classes.
"""

import numpy as np
import torch

import observed_networks
import thetascope_peer as peer

SAME_FEATURES, MIRRORED_BIASES, NONE = "same-features", "mirrored-biases", "none"
STATISTICS_BATCH = 200
ENOUGH = 7000
ALPHAS = 11
INFERENCE_BATCH = 500


def split(images, batch_norm):
    """(how many images the loss is taken on, the range of those that statistics are recomputed from) of so many training images."""
    if not batch_norm:
        return min(5000, images), range(0)
    return (5000, range(5000, 7000)) if images >= ENOUGH else (5 * images // 7, range(5 * images // 7, images))


class Functions:
    """A network of one shape, given weights one after the other. `images`: those of the run, {probe, train}: (pixels, labels)."""

    def __init__(self, network, channels, images, dtype=torch.float64):
        self.model = observed_networks.built(network, channels).to(dtype)
        self.probe, self.train = ((pixels.to(dtype), labels) for pixels, labels in (images["probe"], images["train"]))
        self.norms = {n: m for n, m in self.model.named_modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm)}
        self.loss_images, self.statistics = split(len(self.train[1]), bool(self.norms))
        last = peer.last_layer(self.model)
        self.last = next(name for name, module in self.model.named_modules() if module is last)

    def load(self, state, recomputed=False):
        self.model.load_state_dict(state, strict=True)
        if recomputed:
            pixels = self.train[0][self.statistics.start : self.statistics.stop]
            batches = [pixels[a:b] for a, b in peer.batches_of_epoch(len(pixels), STATISTICS_BATCH)]
            torch.optim.swa_utils.update_bn(batches, self.model)
        self.model.eval()

    def outputs(self, state, recomputed=False, sign=1):
        """Features [N, P] and logits [N, C] on the probe images, the logits times `sign`."""
        self.load(state, recomputed)
        features, logits = peer.features_and_logits(self.model, self.probe[0], INFERENCE_BATCH)
        return features.double(), sign * logits.double()

    def loss(self, images):
        pixels, labels = images
        _, logits = peer.features_and_logits(self.model, pixels, INFERENCE_BATCH)
        return figures(logits.double(), labels)["loss"]

    # --- symmetry ---

    def symmetry(self, change, left, put, said=None):
        """A SymmetryResult but its reason, from θ1 and θp. Where nothing is changed at all, both what is `said` and nothing hold."""
        kind, sign = predicted(change, bool(self.norms), self.last)
        kind = kind or (NONE if said == NONE else SAME_FEATURES)
        before = self.outputs(left)
        result = {
            "prediction": kind,
            "images": len(self.probe[1]),
            "statisticsImages": len(self.statistics),
            "before": figures(before[1], self.probe[1]),
            "beforeRecomputed": None,
            "stored": self.change(kind, sign, left, put, before, False),
            "recomputed": None,
            "shifts": [shift(name, norm, left) for name, norm in self.norms.items()],
        }
        if self.norms:
            again = self.outputs(left, recomputed=True)
            result["beforeRecomputed"] = figures(again[1], self.probe[1])
            result["recomputed"] = self.change(kind, sign, left, put, again, True)
        return result

    def change(self, kind, sign, left, put, before, recomputed):
        after, said = self.outputs(put, recomputed), None
        if kind == MIRRORED_BIASES:
            said = self.outputs(self.mirrored(left), recomputed, sign)
        elif kind != NONE:
            said = before[0], sign * before[1]
        return function_change(before, after, said, self.probe[1])

    def mirrored(self, state):
        """−β for β, and −μ for μ, which recomputing does away with."""
        names = {f"{norm}.{tensor}" for norm in self.norms for tensor in ("bias", "running_mean")}
        return {name: -value if name in names else value for name, value in state.items()}

    # --- barrier ---

    def barrier(self, left, right):
        """A BarrierResult, its raw line alone."""
        lines = {"trainLoss": [], "probeLoss": []}
        train = tuple(part[: self.loss_images] for part in self.train)
        for i in range(ALPHAS):
            self.load(between(left, right, i / (ALPHAS - 1)), recomputed=bool(self.norms))
            lines["trainLoss"].append(self.loss(train))
            lines["probeLoss"].append(self.loss(self.probe))
        return {
            "trainImages": self.loss_images,
            "probeImages": len(self.probe[1]),
            "statisticsImages": len(self.statistics),
            "raw": lines | {"trainBarrier": above_chord(lines["trainLoss"]), "probeBarrier": above_chord(lines["probeLoss"])},
        }


def predicted(change, batch_norm, last):
    """(what the symmetries say, the sign that the logits take). From MEASURES §5, with x ↦ −x before every BatchNorm:

    all parameters negated: (−γ)(−ẑ) + (−β) = γẑ − β, every unit's, so the network is that with −β, and the last layer, negated,
    negates its logits. Dead taps meet padding alone, so `live` is `all`. The last layer alone: its logits are negated, whatever
    the network. Anything else that is negated leaves a ReLU with −z where z was, or a BatchNorm with its sign and not the other.
    """
    kind, scope, value = change["kind"], change["scope"], change.get("value")
    if value == 0:
        return None, 1
    if kind == "sign-flip" and scope == last:
        return SAME_FEATURES, -1
    if kind == "sign-flip" and scope in ("all", "live") and batch_norm:
        return MIRRORED_BIASES, -1
    return NONE, 1


def figures(logits, labels):
    loss = float(torch.nn.functional.cross_entropy(logits, labels))
    return {"loss": loss, "accuracy": float((logits.argmax(1) == labels).double().mean())}


def function_change(before, after, said, labels):
    """A FunctionChange; each of the three is (features, logits), the last None where nothing is predicted."""

    def apart(of, base):
        return float((of - base).norm() / base.norm())

    return {
        "measured": figures(after[1], labels),
        "predicted": None if said is None else figures(said[1], labels),
        "featureChange": apart(after[0], before[0]),
        "predictedFeatureChange": None if said is None else apart(said[0], before[0]),
        "logitChange": apart(after[1], before[1]),
        "predictedLogitChange": None if said is None else apart(said[1], before[1]),
        "agreement": float((after[1].argmax(1) == before[1].argmax(1)).double().mean()),
        "predictionError": None if said is None else apart(said[1], after[1]),
    }


def shift(name, norm, state):
    gamma, beta, mean, variance = (
        state[f"{name}.{tensor}"].double().numpy() for tensor in ("weight", "bias", "running_mean", "running_var")
    )
    off = 2 * gamma * mean / np.sqrt(variance + norm.eps)
    root_mean_square = [float(np.sqrt(np.mean(v**2))) for v in (2 * beta, off)]
    return {"layer": name, "units": len(gamma), "biasShift": root_mean_square[0], "meanShift": root_mean_square[1]}


def between(left, right, alpha):
    """(1−α)·left + α·right in double; what is no parameter is left's, and recomputed by whoever needs it."""
    buffers = ("running_mean", "running_var", "num_batches_tracked")
    return {
        name: value if name.endswith(buffers) else (1 - alpha) * value.double() + alpha * right[name].double()
        for name, value in left.items()
    }


def above_chord(losses):
    """max over α of L less the chord between the ends; None where a loss is not finite."""
    if any(loss is None or not np.isfinite(loss) for loss in losses):
        return None
    last = len(losses) - 1
    return max(loss - ((1 - i / last) * losses[0] + i / last * losses[-1]) for i, loss in enumerate(losses))
