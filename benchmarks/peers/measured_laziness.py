"""Laziness (MEASURES §7) computed a second time by PyTorch: an exact Jacobian–vector product in float64, and gates by hooks.

Imported by check_measures.py. The system takes JΔ by central differences in float32; here it is forward-mode differentiation.
"""

import torch

import observed_networks as networks


def with_buffers_of(parameters, end, names):
    """A state_dict with these parameters and everything else of the end."""
    return {name: parameters[name] if name in names else value for name, value in end.items()}


def residual(model, start, end, images, batch=250):
    """‖f(θT) − f(θ0) − JΔ‖ / ‖f(θT) − f(θ0)‖ over all logits; None where the function did not change."""
    names = [name for name, _ in model.named_parameters()]
    model = model.double().eval()
    model.load_state_dict(end)
    first = {name: start[name].double() for name in names}
    last = {name: end[name].double() for name in names}
    delta = {name: last[name] - first[name] for name in names}
    off, far = 0.0, 0.0
    for piece in images.double().split(batch):

        def logits(parameters, piece=piece):
            return torch.func.functional_call(model, parameters, (piece,))

        with torch.no_grad():
            before, slope = torch.func.jvp(logits, (first,), (delta,))
            moved = logits(last) - before
            off += float(((moved - slope) ** 2).sum())
            far += float((moved**2).sum())
    model.float()
    return (off / far) ** 0.5 if far > 0 else None


def gates(model, start, end, images):
    """ReLU → (switched, all) pairs of image and unit, BatchNorm with the end's statistics at both ends."""
    names = {name for name, _ in model.named_parameters()}
    layers = networks.relus(model)
    switched, all_pairs = dict.fromkeys(layers, 0), dict.fromkeys(layers, 0)
    for piece in images.split(500):
        ends = []
        for state in (with_buffers_of(start, end, names), end):
            model.load_state_dict(state)
            ends.append([found for _, found, _ in networks.outputs(model, piece, layers)])
        for one, other in zip(*ends):
            for name in layers:
                switched[name] += int(((one[name] > 0) != (other[name] > 0)).sum())
                all_pairs[name] += one[name].numel()
    return {name: (switched[name], all_pairs[name]) for name in layers}
