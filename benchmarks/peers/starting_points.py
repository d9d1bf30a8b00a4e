"""Where a run starts, made a second time and compared with its stored step-0 checkpoint. Imported by the checks beside it."""

import torch

import measured_movement
import perturbed_starts
import thetascope_peer as peer

FRESH_BUFFERS = {"running_mean": 0, "running_var": 1, "num_batches_tracked": 0}


def ulps(a, b):
    """Largest distance of two float32 tensors in units in the last place, on the monotone integer map of floats."""
    ints = [t.contiguous().view(torch.int32).long().ravel() for t in (a, b)]
    ordered = [torch.where(i < 0, -(i & 0x7FFFFFFF), i) for i in ints]
    return int((ordered[0] - ordered[1]).abs().max())


def worst_ulps(made, start):
    """Over all tensors; counts of batches must be equal."""
    for name, tensor in start.items():
        if not tensor.is_floating_point() and not torch.equal(tensor, made[name]):
            raise SystemExit(f"{name} starts at {tensor}, made anew it is {made[name]}")
    return max(ulps(made[name], tensor) for name, tensor in start.items() if tensor.is_floating_point())


def difference(system, spec, model, start, uploaded=None):
    """How the start was made, and units in the last place between it and the same made here (None: it cannot be made)."""
    origin, kind = spec.get("origin"), spec["initialization"]["kind"]
    if origin is not None:
        step = system.steps(origin["parent"])[-1]
        made = system.checkpoint(origin["parent"], step)
        change = origin.get("perturbation")
        if change is None:
            return "twin", worst_ulps(made, start)
        masks = measured_movement.dead_taps(model, tuple(spec["input"].values()))
        kinds = measured_movement.kinds_of(model)
        return change["kind"], worst_ulps(perturbed_starts.made(made, change, origin["parent"], kinds, masks), start)
    if kind != "pretrained":
        return kind, worst_ulps(drawn(kind, spec, start), start)
    donor = spec["initialization"].get("donor")
    if donor is not None:
        uploaded = system.checkpoint(donor, system.steps(donor)[-1])
    if uploaded is None:
        return "pretrained from a file that was not given", None
    return "pretrained", worst_ulps(with_fresh_head(spec, model, start, uploaded), start)


def drawn(kind, spec, start):
    made = {}
    for name, tensor in start.items():
        suffix = name.rpartition(".")[2]
        if suffix in FRESH_BUFFERS:
            made[name] = torch.full_like(tensor, FRESH_BUFFERS[suffix])
        else:
            made[name] = torch.from_numpy(peer.drawn(kind, name, tuple(tensor.shape), spec["seeds"]["init"], spec["format"]))
    return made


def with_fresh_head(spec, model, start, uploaded):
    """The uploaded tensors; the last linear layer is theirs where it is bit-equal, else drawn from the run's init seed."""
    layer = peer.last_layer(model)
    head = next(name for name, module in model.named_modules() if module is layer)
    made = {name: uploaded.get(name) for name in start}
    for name in (f"{head}.weight", f"{head}.bias"):
        if made[name] is None or not torch.equal(made[name], start[name]):
            made |= drawn("kaiming-uniform", spec, {name: start[name]})
    missing = [name for name, tensor in made.items() if tensor is None]
    counts = {name: torch.zeros_like(start[name]) for name in missing if name.endswith("num_batches_tracked")}
    if len(counts) < len(missing):
        raise SystemExit(f"the uploaded weights lack {[name for name in missing if name not in counts]}")
    return made | counts
