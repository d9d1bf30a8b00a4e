"""A made-up study of retrainings in memory: a LeNet, its children and twins, and answers as the gateway gives them.

Imported by test_check_retraining.py. As in made_up_system.py the numbers are this folder's own: what is proved with them is that
check_retraining.py reads every field, and that none of them may be off.
"""

import torch

import made_up_system
import measured_movement as movement
import observed_networks as networks
import perturbed_function
import perturbed_starts
import retraining_geometry as geometry
import thetascope_peer as peer

PARENT, SAME, NEW = "r1", "rsame", ("rnew1", "rnew2")
STEPS, LAST = made_up_system.STEPS, made_up_system.STEPS[-1]
CHANGES = {
    "rflip": {"kind": "sign-flip", "scope": "all"},
    "rhead": {"kind": "sign-flip", "scope": "fc3"},
    "rnothing": {"kind": "epsilon", "value": 0.0, "scope": "all"},
    "rulp": {"kind": "ulp", "scope": "live", "seed": 1},
    "rsigns": {"kind": "random-signs", "value": 0.01, "scope": "bias", "seed": 2},
    "rnormal": {"kind": "gaussian", "scope": "weight", "seed": 1, "matching": {"kind": "sign-flip", "scope": "weight"}},
}


class MadeUp:
    """What Facts, System and StudyImages offer, from memory; a test may change answers and states."""

    def __init__(self):
        self.pixels, self.labels = made_up_system.images()
        model = networks.built("lenet", 1)
        self.kinds, self.masks = movement.kinds_of(model), movement.dead_taps(model, (1, 32, 32))
        base = made_up_system.spec_of(1)
        self.specs, self.states = {PARENT: base}, {PARENT: made_up_system.trained(base, self.pixels, self.labels)}
        end = self.states[PARENT][LAST]
        for run, change in CHANGES.items():
            self.retrain(run, {"perturbation": change}, 0, perturbed_starts.made(end, change, PARENT, self.kinds, self.masks))
        for index, run in enumerate((SAME, *NEW)):
            kind = "new-seed" if index else "same-seed"
            self.retrain(run, {"twin": {"kind": kind, "index": index}}, index, end)
        self.answers, self.facts, self.unknown, self.system = {}, {}, set(), self
        self.answers["/studies/s/runs"] = {"items": [self.row(run) for run in self.specs]}
        self.answers["/studies/s/comparisons"] = {"items": []}
        self.add_comparisons()
        images = {"probe": (self.pixels, self.labels), "train": (self.pixels, self.labels)}
        self.functions = perturbed_function.Functions("lenet", 1, images)
        self.add_paths()
        self.add_symmetries()
        self.add_barriers()

    def retrain(self, run, origin, twin, start):
        seeds = peer.seeds_of_retraining(PARENT, twin)
        self.specs[run] = self.specs[PARENT] | {"seeds": seeds, "origin": {"parent": PARENT} | origin}
        self.states[run] = made_up_system.trained(self.specs[run], self.pixels, self.labels, start)

    def row(self, run):
        origin = self.specs[run].get("origin", {})
        twin = origin.get("twin", {}).get("kind")
        role = f"twin-{twin}" if twin else "perturbed" if origin else "base"
        generation = {"generation": 1 if origin else 0, "parentRunId": origin.get("parent")}
        return {"runId": run, "state": "finished", "role": role} | generation

    # --- what Facts, System and StudyImages offer ---

    def spec(self, run, study=None):
        return self.specs[run]

    def steps(self, run):
        return list(STEPS)

    def checkpoint(self, run, step):
        return self.states[run][step]

    def tensors(self, path):
        return {"probe_indices": torch.arange(made_up_system.IMAGES)}

    def items(self, path):
        return self.answers[path]["items"]

    def fact(self, name):
        return self.facts[name]

    def analyses(self, runs, study, kinds):
        return {name: (f["kind"], f) for name, f in self.facts.items() if f["kind"] in kinds}

    def report(self, study):
        return self.answers["report"]

    def of(self, spec, part="test"):
        return self.pixels, self.labels

    # --- what it answers ---

    def add(self, name, kind, places, result):
        inputs = [{"name": label, "runId": run, "step": step} for label, run, step in places]
        self.facts[name] = {"kind": kind, "request": {"inputs": inputs}, "result": result}

    def add_comparisons(self):
        pairs = [("perturbation", PARENT, run) for run in CHANGES] + [("twin", PARENT, run) for run in (SAME, *NEW)]
        pairs += [("effect", SAME, run) for run in CHANGES] + [("null", SAME, run) for run in NEW]
        distances = {}
        for kind, left, right in pairs:
            places = [("left", left, LAST), ("right", right, LAST)]
            if kind == "perturbation":
                places += [("perturbed", right, 0), ("twin", SAME, LAST)]
            corners = [self.states[run][step] for _, run, step in places]
            numbers = geometry.comparison(self.kinds, self.masks, *corners)
            distances[kind, right] = numbers["distance"]
            name = f"{kind}-{right}"
            self.add(name, kind, places, numbers)
            item = {"comparisonId": name, "kind": kind, "outcome": "measured"} | numbers
            item |= {"left": {"runId": left, "step": LAST}, "right": {"runId": right, "step": LAST}}
            self.answers["/studies/s/comparisons"]["items"].append(item)
        null = sum(distances["null", run] for run in NEW) / len(NEW)
        ratio = distances["perturbation", "rflip"] / distances["twin", SAME]
        self.add_report(distances, null)
        self.add_verdicts(ratio)

    def add_report(self, distances, null):
        """One seed: nothing to analyse, no sweep. Every retraining regains the 48 of 60 images, less half a point, in epoch 2."""
        rows = []
        for run in self.specs:
            cell = {"network": "lenet", "dataset": "made-up", "initialization": "kaiming-uniform", "optimizer": "sgd", "seed": 1}
            rows.append(self.row(run) | cell | {"accuracy": 0.8})
            if run in CHANGES:
                effect = distances["effect", run]
                rows[-1]["retraining"] = {"effect": effect, "nullDistance": null, "effectToNull": effect / null}
            if run != PARENT:
                rows[-1].setdefault("retraining", {})["regained"] = {"epochs": 2}
            right = [10, 47, 48, 48]
            items = [{"epoch": epoch, "test": {"accuracy": count / 60}} for epoch, count in enumerate(right)]
            self.answers[f"/runs/{run}/epochs"] = {"items": items}
        study = {"spec": {"gates": {"made-up": 0.5}}}
        self.answers["report"] = {"study": study, "runs": rows, "features": {}, "escape": [], "factors": []}

    def add_verdicts(self, ratio):
        value = {"cell": "lenet", "n": 1, "mean": ratio, "low": None, "high": None, "beyond": None}
        items = [
            {"number": 7, "verdict": "not-applicable", "values": []},
            {"number": 8, "verdict": "underpowered", "values": [value | {"perSeed": [{"seed": "1", "value": ratio}]}]},
        ]
        self.answers["/studies/s/verdicts"] = {"items": items}

    def add_paths(self):
        for run in self.specs.keys() - {PARENT}:
            places = [("left", PARENT, LAST)] + [(f"at-{step}", run, step) for step in STEPS]
            result = geometry.path(self.kinds, self.states[PARENT][LAST], self.states[run].items())
            self.add(f"path-{run}", "path", places, result)

    def add_symmetries(self):
        for run, change in CHANGES.items():
            left, put = self.states[PARENT][LAST], self.states[run][0]
            result = self.functions.symmetry(change, left, put, perturbed_function.NONE)
            self.add(f"symmetry-{run}", "symmetry", [("left", PARENT, LAST), ("perturbed", run, 0)], result)

    def add_barriers(self):
        pairs = [(PARENT, run) for run in (*CHANGES, SAME)] + [(SAME, run) for run in NEW]
        for left, right in pairs:
            result = self.functions.barrier(self.states[left][LAST], self.states[right][LAST])
            aligned = dict(result["raw"]) if right == "rflip" else None
            absent = None if aligned else "none was made"
            places = [("left", left, LAST), ("right", right, LAST)]
            self.add(f"barrier-{right}", "barrier", places, result | {"aligned": aligned, "alignedAbsent": absent})
