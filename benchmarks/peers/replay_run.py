"""Trains a finished run a second time in PyTorch, on the same batches, and compares every stored checkpoint.

    pip install torch torchvision numpy safetensors requests
    python benchmarks/peers/replay_run.py --run RUN --images FOLDER [--study STUDY] [--steps N] [--nudged K]
        [--pretrained FILE] [--url URL]

FOLDER holds the files of the run's data set (idx, gz or not, or CIFAR-10's binary version). Over HTTP alone. From the
step-0 checkpoint, loaded with strict=True, torch.optim trains torchvision's network twice, with one thread and with two,
with the run's order of images and its dropout masks (thetascope_peer.py). At each checkpoint up to step N the distance
|ours − theirs| / |theirs − start| must be at most ten times what the two PyTorch runs differ by, or 1e-6: over all
parameters, and over the running means and over the running variances of BatchNorm. `num_batches_tracked` must be equal.
A ReLU gate that rounding tips makes one such difference a thousand times larger, in PyTorch as in ours, at a step that chance
picks. --nudged K shows how often: K more PyTorch runs from starts moved by one unit in the last place, whose distances from
the first are printed beside the verdict and do not change it.

The start itself is drawn anew where it was drawn (at most one unit in the last place apart), and made anew from the
parent's end where the run is a retraining.
"""

import argparse
import sys

import numpy as np
import safetensors.torch
import torch

import finished_runs
import starting_points
import thetascope_peer as peer

FACTOR, FLOOR = 10, 1e-6
KINDS = ("parameters", "running_mean", "running_var")


def kind_of(name):
    suffix = name.rpartition(".")[2]
    return suffix if suffix.startswith("running_") or suffix == "num_batches_tracked" else "parameters"


def distance(a, b, kind):
    """|a − b| over all tensors of a kind, summed in double tensor by tensor."""
    squares = [float((a[n].double() - b[n].double()).square().sum()) for n in b if kind_of(n) == kind]
    return float(np.sqrt(sum(squares)))


def nudged(state, number):
    """The state with every parameter one unit in the last place up or down."""
    generator = torch.Generator().manual_seed(number)
    moved = dict(state)
    for name, tensor in state.items():
        if kind_of(name) == "parameters":
            up = torch.randint(0, 2, tensor.shape, generator=generator).bool()
            moved[name] = torch.nextafter(tensor, torch.where(up, torch.inf, -torch.inf))
    return moved


def compare(step, ours, one, two, start):
    """Prints a line a kind; returns whether the rule holds."""
    good = True
    for kind in KINDS:
        moved = distance(one, start, kind)
        if moved == 0:
            continue
        mine, theirs = distance(ours, one, kind) / moved, distance(two, one, kind) / moved
        bound = max(FACTOR * theirs, FLOOR)
        ratio = f"{mine / theirs:.3g}" if theirs else "-"
        good &= mine <= bound
        print(f"step {step:6} {kind:13} ours {mine:.3g}  1 against 2 threads {theirs:.3g}  ratio {ratio}  bound {bound:.3g}")
    counts = [n for n in one if kind_of(n) == "num_batches_tracked"]
    if any(int(ours[n]) != int(one[n]) for n in counts):
        print(f"step {step:6} num_batches_tracked differs")
        good = False
    return good


def uploaded(path):
    return None if path is None else safetensors.torch.load_file(path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", required=True)
    parser.add_argument("--study")
    parser.add_argument("--images", required=True)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--nudged", type=int, default=0)
    parser.add_argument("--pretrained", help="the uploaded safetensors file, for a run that starts from one")
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    args = parser.parse_args()
    system = finished_runs.System(args.url)
    spec = system.spec(args.run, args.study)
    steps = [s for s in system.steps(args.run) if args.steps is None or s <= args.steps]
    if len(steps) < 2:
        raise SystemExit(f"run {args.run} has no checkpoint within step {args.steps} but its start; ask for log-spaced ones")
    raw, labels = peer.raw_images(args.images, spec["dataset"]["name"], "train")
    raw, labels = raw[: spec["dataset"]["train"]], labels[: spec["dataset"]["train"]]
    start = system.checkpoint(args.run, 0)
    models = []
    for number in range(2 + args.nudged):
        model = peer.built(spec["network"], spec["input"]["channels"], spec["seeds"]["dropout"])
        model.load_state_dict(start if number < 2 else nudged(start, number), strict=True)
        models.append(model)
    made, apart = starting_points.difference(system, spec, models[0], start, uploaded(args.pretrained))
    print(f"start: {made}, " + ("not made here" if apart is None else f"{apart} units in the last place apart (at most 1)"))
    good = apart is None or apart <= 1
    trainings = [peer.train(model, spec, raw, labels, steps[-1]) for model in models]
    for step in range(1, steps[-1] + 1):
        for threads, training in zip([1, 2] + [1] * args.nudged, trainings):
            torch.set_num_threads(threads)
            done, loss = next(training)
            assert done == step and np.isfinite(loss), f"step {step}: PyTorch's loss is {loss}"
        if step in steps:
            states = [model.state_dict() for model in models]
            good &= compare(step, system.checkpoint(args.run, step), states[0], states[1], start)
            if args.nudged:
                moved = distance(states[0], start, "parameters")
                others = [f"{distance(state, states[0], 'parameters') / moved:.3g}" for state in states[2:]]
                print(f"step {step:6} PyTorch from starts one unit in the last place away: {' '.join(others)}")
    print("all within bounds" if good else "OUT OF BOUNDS")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
