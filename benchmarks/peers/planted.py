"""Plants truths in pretrained weights, has a running Thetascope train from them, and checks that it finds what was planted.

    pip install torch torchvision numpy scipy safetensors requests
    python benchmarks/peers/planted.py --network resnet18 [--from FILE] [--dataset mnist] [--out DIR] [--url URL] [--images FOLDER]
    python benchmarks/peers/planted.py --network resnet18 --out DIR --files-only

`--from`: a safetensors file as docs/pretrained.md makes it; without it torchvision's own random start. Uploads change what
later studies with `pretrained` start from: use a system of its own.

Causes: five hidden units whose bias (of their BatchNorm, if there is one) is −1,000 (in LeNet's fc1: −100) never light up, so all
that makes them and all that reads them must be data-dead, element for element, in plain SGD without weight decay, and absorbed
with a decay of 1e-6 (10⁻⁸ of a weight a step at a rate of 0.01: less than half a unit in the last place), but for what is 0. In
a ResNet18 nothing else may be data-dead, but in its last two stages, where a weight may read a single pixel that is dark in every
image; in LeNet exactly what PyTorch, trained on the same images from the same start, never sees a gradient of.
Everything else that is unchanged in the downloaded checkpoints must be absorbed or returned.

Symmetries: the API compares what was trained, not what was uploaded. So each copy (permuted, rescaled, its BatchNorm channels
turned, all of that) is trained for one step at a rate of 1e-30, which rounds to nothing for every weight that is not 0 and leaves
1e-30 in those that are; then it must be the same model as the first once the symmetry is taken out: distance / √(‖a‖‖b‖) at
most 1e-6, with as many units moved in each group as were planted.
"""

import argparse
import pathlib
import sys
import time

import numpy as np
import requests
import safetensors.torch
import torch

import measured_facts
import observed_networks
import planted_weights as planted
import thetascope_peer as peer

UNITS = 5
IMAGES = 256
BATCH = 64
RATE = 0.01
NEAR = 1e-6
FAR = 0.05
PATIENCE_SECONDS = 1800
NOTHING = 1e-30
SMALL_MAPS = ("layer3", "layer4")


class Planting:
    def __init__(self, args):
        self.args, self.facts = args, measured_facts.Facts(args.url)
        self.channels = 1 if args.network == "lenet" and args.dataset != "cifar10" else 3
        self.model = observed_networks.built(args.network, self.channels)
        self.state = planted.as_arrays(self.weights())
        self.random = np.random.default_rng(args.seed)
        self.problems = []

    def weights(self):
        if self.args.source is not None:
            return safetensors.torch.load_file(self.args.source)
        torch.manual_seed(self.args.seed)
        return peer.built(self.args.network, self.channels).state_dict() if self.normed() else self.drawn()

    def drawn(self):
        """Drawn as a run would draw it: VGG19 is built without values, and LeNet's should be those of a study."""
        return peer.draw_into(peer.built(self.args.network, self.channels), "kaiming-normal", self.args.seed).state_dict()

    def normed(self):
        return any(isinstance(module, torch.nn.BatchNorm2d) for module in self.model.modules())

    def files(self):
        """Name → weights, and what was planted in them."""
        model, state, random = self.model, self.state, self.random
        permuted, moved = planted.permuted(model, state, random)
        files = {"first": state, "permuted": permuted, "rescaled": planted.rescaled(model, state, random)}
        if self.normed():
            files["turned"] = planted.gauge_flipped(model, state, random)
            turned = planted.gauge_flipped(model, files["rescaled"], random)
        else:
            turned = files["rescaled"]
        files["all"], self.moved_in_all = planted.permuted(model, turned, random)
        files["buried"], self.buried = planted.buried(model, state, UNITS)
        self.moved = moved
        return files

    def written(self):
        self.args.out.mkdir(parents=True, exist_ok=True)
        paths = {}
        for name, arrays in self.files().items():
            paths[name] = self.args.out / f"{self.args.network}-{name}.safetensors"
            safetensors.torch.save_file(planted.as_tensors(arrays), paths[name])
            print(f"wrote {paths[name]}")
        return paths

    def run(self):
        paths = self.written()
        if self.args.files_only:
            return True
        digests = {name: self.uploaded(path) for name, path in paths.items()}
        self.check_causes(digests["buried"])
        self.check_symmetries({name: digest for name, digest in digests.items() if name != "buried"})
        for problem in self.problems:
            print(f"PROBLEM {problem}")
        print("every planted truth was found" if not self.problems else f"{len(self.problems)} problems")
        return not self.problems

    def require(self, holds, what):
        if not holds:
            self.problems.append(what)

    # --- the running system ---

    def answered(self, method, path, **kwargs):
        answer = requests.request(method, self.facts.system.api + path, timeout=600, **kwargs)
        if not answer.ok:
            raise SystemExit(f"{method} {answer.url}: {answer.status_code} {answer.text[:500]}")
        return answer.json()

    def uploaded(self, path):
        with open(path, "rb") as file:
            return self.answered("PUT", f"/pretrained/{self.args.network}", data=file)["digest"]

    def study(self, name, digest, rate, decay, images):
        """Posts a study of one run from these weights; returns its id."""
        network, dataset = self.args.network, self.args.dataset
        settings = {"learningRate": rate, "momentum": 0, "weightDecay": decay, "warmupEpochs": 0}
        spec = {
            "name": f"planted {name}",
            "networks": [network],
            "datasets": [dataset],
            "initializations": ["pretrained"],
            "optimizers": ["sgd"],
            "epochs": 1,
            "train": {"limit": images, "batch": BATCH},
            "test": {"limit": 100},
            "comparisons": "none",
            "overrides": [{"match": {"network": network}, "set": settings}],
            "pretrained": [{"network": network, "dataset": dataset, "from": digest}],
        }
        return self.answered("POST", "/studies", json=spec)["studyId"]

    def awaited(self, what, ready):
        """Asks until there is an answer."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            answer = ready()
            if answer is not None:
                return answer
            time.sleep(1)
        raise SystemExit(f"{what}: nothing after {PATIENCE_SECONDS} s; is a trainer and an analyzer running?")

    def finished_run(self, study):
        def ready():
            row = self.facts.system.items(f"/studies/{study}/runs")[0]
            if row["state"] in ("failed", "diverged", "skipped", "cancelled"):
                raise SystemExit(f"run {row['runId']} of {study} is {row['state']}")
            return row["runId"] if row["state"] == "finished" else None

        return self.awaited(f"the run of {study}", ready)

    # --- causes ---

    def check_causes(self, digest):
        studies = {decay: self.study(f"cause, decay {decay:g}", digest, RATE, decay, IMAGES) for decay in (0, 1e-6)}
        shape = (self.channels, 32, 32)
        living, dead = planted.living(self.buried, self.model, shape)
        for decay, study in studies.items():
            run = self.finished_run(study)
            item = self.awaited(f"movement of {run}", lambda run=run: self.last_movement(run))
            start, end = (self.facts.system.checkpoint(run, step) for step in (0, item["toStep"]))
            masks = self.dark(start, decay) if self.args.network == "lenet" else living
            for layer in item["layers"]:
                self.check_layer(decay, layer, masks, dead, start, end)
            total = item["attribution"]
            self.require(total["unexplained"] == 0, f"decay {decay:g}: {total['unexplained']} unexplained")
            print(f"decay {decay:g}: run {run}: {sum(int(m.sum()) for m in masks.values())} without a gradient, attribution {total}")

    def last_movement(self, run):
        items = self.facts.maybe(f"/runs/{run}/movement")["items"]
        last = self.facts.system.steps(run)[-1]
        return next((item for item in items if item["toStep"] == last), None)

    def dark(self, start, decay):
        """What of LeNet has no gradient but the decay's in a run from these weights, by training it again in PyTorch."""
        raw, labels = (part[:IMAGES] for part in peer.raw_images(self.args.images, self.args.dataset, "train"))
        rule = {"kind": "sgd", "learningRate": RATE, "momentum": 0, "weightDecay": decay, "warmupEpochs": 0}
        spec = {"optimizer": rule, "batch": BATCH, "epochs": 1, "input": {"height": 32, "channels": self.channels}}
        spec |= {"dataset": {"name": self.args.dataset}, "seeds": peer.seeds_of_base(1)}
        model = peer.built("lenet", self.channels)
        model.load_state_dict(start)
        seen = {name: np.zeros(tuple(p.shape), bool) for name, p in model.named_parameters()}
        for _ in peer.train(model, spec, raw, labels):
            for name, parameter in model.named_parameters():
                seen[name] |= (parameter.grad != 0).numpy()
        for name, mask in self.buried.items():
            self.require(not (seen[name] & mask).any(), f"{name}: PyTorch has a gradient where none was planted")
        return {name: ~mask for name, mask in seen.items()}

    def check_layer(self, decay, layer, masks, dead, start, end):
        name, causes = layer["name"], layer["attribution"]
        equal = (start[name] == end[name]).numpy()
        mask, where = masks[name], f"decay {decay:g}, {layer['name']}"
        alive = equal & ~dead[name] if name in dead else equal
        count, others = int(mask.sum()), int((alive & ~mask).sum())
        self.require(bool(equal[mask].all()), f"{where}: a planted parameter changed")
        # a deep ReLU without BatchNorm may stay dark by itself, and so may a pixel of the last stages
        if count > 0 or self.args.network == "lenet" or (self.normed() and not name.startswith(SMALL_MAPS)):
            # a decay pulls at everything but a 0
            dark = int((mask & (start[name] == 0).numpy()).sum()) if decay else count
            self.require(causes["dataDead"] == dark, f"{where}: {causes['dataDead']} data-dead, planted {dark}")
        if decay:
            pulled = int((mask & (start[name] != 0).numpy()).sum())
            self.require(causes["absorbed"] >= pulled, f"{where}: {causes['absorbed']} absorbed of {pulled} planted")
        rest = causes["dataDead"] + causes["absorbed"] + causes["returned"] - count
        self.require(rest == others, f"{where}: {rest} others under a cause, {others} unchanged in the checkpoints")

    # --- symmetries ---

    def check_symmetries(self, digests):
        studies = {n: self.study(f"symmetry {n}", digest, NOTHING, 0, 64) for n, digest in digests.items()}
        runs = {name: self.finished_run(study) for name, study in studies.items()}
        ends = {"permuted": "permuted", "rescaled": "rescaled", "turned": "sign-aware", "all": "permuted"}
        for name, run in runs.items():
            if name != "first":
                result = self.alignment(runs["first"], run)
                stages = {stage["name"]: stage["normalised"] for stage in result["stages"]}
                print(f"{name}: run {run} against {runs['first']}: " + ", ".join(f"{k} {v:.3g}" for k, v in stages.items()))
                self.require(stages["raw"] > FAR, f"{name}: only {stages['raw']} apart before anything is taken out")
                self.require(stages[ends[name]] <= NEAR, f"{name}: {stages[ends[name]]} apart after {ends[name]}")
                self.require(stages["permuted"] <= NEAR, f"{name}: {stages['permuted']} apart at the end")
                self.check_moved(name, result)

    def check_moved(self, name, result):
        planted_moves = {"permuted": self.moved, "all": self.moved_in_all}.get(name, dict.fromkeys(self.moved, 0))
        found = sorted((group["units"], group["moved"]) for group in result["groups"])
        widths = {group.name: planted.width(self.state, group) for group in observed_networks.units(self.model)}
        wanted = sorted((widths[group], count) for group, count in planted_moves.items())
        self.require(found == wanted, f"{name}: (units, moved) are {found}, planted {wanted}")

    def alignment(self, first, other):
        asked = self.answered("POST", f"/runs/{first}/analyses", json={"measures": ["alignment"], "with": other})
        analysis = measured_facts.found(asked, "analysisId")["analysisId"]

        def ready():
            fact = self.facts.maybe(f"/analyses/{analysis}")
            if fact is None or measured_facts.found(fact, "outcome") is None:
                return None
            said = measured_facts.found(fact, "outcome")
            if said["outcome"] in ("refused", "failed", "withheld"):
                raise SystemExit(f"alignment of {first} and {other}: {said['outcome']}, {said.get('reason')}")
            return measured_facts.found(fact, "stages")

        return self.awaited(f"alignment of {first} and {other}", ready)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--network", default="resnet18", choices=["lenet", "resnet18", "resnet18-cifar", "vgg19-small"])
    parser.add_argument("--dataset", default="mnist")
    parser.add_argument("--from", dest="source", type=pathlib.Path)
    parser.add_argument("--images", type=pathlib.Path, help="folder of the data set's files; for lenet")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("planted"))
    parser.add_argument("--files-only", action="store_true")
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    return 0 if Planting(parser.parse_args()).run() else 1


if __name__ == "__main__":
    sys.exit(main())
