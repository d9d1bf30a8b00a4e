"""Checks why parameters never moved: a finished study (preset resnet-mystery, or any) over HTTP alone.

    pip install torch torchvision numpy safetensors requests
    python benchmarks/peers/check_mystery.py --study STUDY [--url URL]

For each run the kernel taps that only ever meet padding are found here by PyTorch: the gradient of a convolution of ones is
0 exactly there. Without weight decay every weight at such a tap must be bit-equal in every checkpoint. With it, every such
weight must follow the optimizer's float32 recursion bit for bit (decayed.py; how far torch.optim's own rounding is from that
is printed). The other parameters that equal their start are counted: at the end of a ResNet18 at most 0.1 % of all. The counts
must be those of the movement API's `attribution`, whole and for each layer that has one, none of them unexplained, and of
GET /networks/{name}, where there is one.
"""

import argparse
import sys

import numpy as np
import requests
import torch

import decayed
import finished_runs
import starting_points
import thetascope_peer as peer

OTHERS_AT_MOST = 1e-3
ELEMENT_STEPS = 1 << 31


def dead_taps(model, spec):
    """By parameter name: a boolean mask in the parameter's shape, for every convolution."""
    shape, masks, hooks = spec["input"], {}, []

    def record(name, conv):
        def hook(module, inputs):
            side = inputs[0].shape[2:]
            kernel = torch.ones(1, 1, *conv.kernel_size, requires_grad=True)
            ones = torch.ones(1, 1, *side)
            torch.conv2d(ones, kernel, stride=conv.stride, padding=conv.padding).sum().backward()
            masks[f"{name}.weight"] = (kernel.grad == 0).expand(conv.weight.shape)

        return conv.register_forward_pre_hook(hook)

    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Conv2d):
            hooks.append(record(name, module))
    model.eval()
    model(torch.zeros(1, *shape.values()))
    for hook in hooks:
        hook.remove()
    return masks


def bits(tensor):
    return tensor.contiguous().view(torch.int32)


class Run:
    def __init__(self, system, row, study):
        self.system, self.id = system, row["runId"]
        self.spec = system.spec(self.id, study)
        model = peer.built(self.spec["network"], self.spec["input"]["channels"])
        self.names = [name for name, _ in model.named_parameters()]
        self.size = sum(parameter.numel() for parameter in model.parameters())
        self.masks = dead_taps(model, self.spec)
        self.predicted = {name: int(mask.sum()) for name, mask in self.masks.items()}
        self.problems = []
        optimizer = self.spec["optimizer"]
        decay = f", weight decay {optimizer['weightDecay']:g}" if optimizer["weightDecay"] else ""
        data = self.spec["dataset"]["name"]
        self.title = f"{self.spec['network']} {data} {row['initialization']} {optimizer['kind']}{decay}"

    def require(self, holds, what):
        if not holds:
            self.problems.append(what)

    def check(self):
        total = sum(self.predicted.values())
        print(f"run {self.id} {self.title}: {total} of {self.size} geometry-dead ({total / self.size:.2%})")
        self.check_description(total)
        movement = {item["toStep"]: item for item in self.system.items(f"/runs/{self.id}/movement")}
        start = self.system.checkpoint(self.id, 0)
        steps = self.system.steps(self.id)[1:]
        for step in steps:
            others = self.check_step(step, start, self.system.checkpoint(self.id, step), movement.get(step))
        if self.spec["network"].startswith("resnet18"):
            self.require(others <= OTHERS_AT_MOST * self.size, f"at the end {others} other parameters are unchanged")
        for problem in self.problems:
            print(f"  PROBLEM {problem}")
        return not self.problems

    def check_description(self, total):
        shape = "x".join(str(n) for n in self.spec["input"].values())
        answer = requests.get(f"{self.system.api}/networks/{self.spec['network']}", params={"input": shape}, timeout=60)
        if answer.status_code == 404:
            print("  the API describes no networks: its prediction is not checked")
            return
        described = answer.json()["geometryDead"]
        self.require(described == total, f"GET /networks says {described} geometry-dead, here {total}")

    def check_step(self, step, start, now, item):
        """Returns how many parameters are unchanged that are not geometry-dead."""
        dead = {name: (bits(now[name]) != bits(start[name]))[mask] for name, mask in self.masks.items()}
        moved_dead = sum(int(changed.sum()) for changed in dead.values())
        equal = {name: now[name] == start[name] for name in self.names}
        same = {name: int(e.sum()) for name, e in equal.items()}
        same_dead = {name: int((equal[name] & mask).sum()) for name, mask in self.masks.items()}
        unchanged, unchanged_dead = sum(same.values()), sum(same_dead.values())
        others = unchanged - unchanged_dead
        print(f"  step {step}: {moved_dead} geometry-dead with other bits, {others} others unchanged ({others / self.size:.4%})")
        if self.spec["optimizer"]["weightDecay"]:
            self.check_decay(step, start, now)
        else:
            self.require(moved_dead == 0, f"step {step}: {moved_dead} geometry-dead weights have other bits")
        if item is None or item.get("attribution") is None:
            self.require(False, f"step {step}: the API attributes nothing")
            return others
        wanted = {"unchanged": unchanged, "geometryDead": unchanged_dead}
        wanted["geometryDeadChanged"] = sum(self.predicted.values()) - unchanged_dead
        self.check_attribution(f"step {step}", item["attribution"], wanted)
        for layer in item["layers"]:
            if layer.get("attribution") is not None and layer["name"] in same:
                wanted = {"unchanged": same[layer["name"]], "geometryDead": same_dead.get(layer["name"], 0)}
                self.check_attribution(f"step {step} {layer['name']}", layer["attribution"], wanted)
        return others

    def check_attribution(self, where, ours, wanted):
        for name, count in wanted.items():
            self.require(ours[name] == count, f"{where}: attribution.{name} is {ours[name]}, here {count}")
        causes = ("geometryDead", "dataDead", "absorbed", "returned", "unexplained")
        self.require(sum(ours[c] for c in causes) == wanted["unchanged"], f"{where}: the causes do not add up: {ours}")
        self.require(ours["unexplained"] == 0, f"{where}: {ours['unexplained']} unexplained")
        if " " not in where.removeprefix("step "):
            print("    attribution: " + ", ".join(f"{c} {ours[c]}" for c in causes))

    def check_decay(self, step, start, now):
        before, after = (torch.cat([s[n][m] for n, m in self.masks.items()]).numpy() for s in (start, now))
        if not len(before):
            return
        stride = max(1, len(before) * step // ELEMENT_STEPS)
        before, after = before[::stride], after[::stride]
        recursion = decayed.scalar(self.spec, before, step)
        other = int((recursion.view(np.int32) != after.view(np.int32)).sum())
        theirs = starting_points.ulps(torch.from_numpy(decayed.pytorch(self.spec, before, step)), torch.from_numpy(after))
        print(f"    recursion: {other} of {len(after)} with other bits; torch.optim at most {theirs} ulps away")
        self.require(other == 0, f"step {step}: {other} decayed weights are not where the recursion puts them")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--study", required=True)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    args = parser.parse_args()
    system = finished_runs.System(args.url)
    rows = [row for row in system.items(f"/studies/{args.study}/runs") if row["state"] == "finished"]
    if not rows:
        raise SystemExit(f"study {args.study} has no finished run")
    results = [Run(system, row, args.study).check() for row in rows]
    print(f"{sum(results)} of {len(results)} runs without a problem")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
