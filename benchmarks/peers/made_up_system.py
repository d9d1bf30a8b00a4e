"""A made-up system in memory: two LeNets trained by PyTorch on made-up images, and answers as the gateway gives them.

Imported by test_check_measures.py. The numbers are this folder's own, so nothing here proves a measure; what is proved with it is
that check_measures.py reads every field, and that none of them may be off.
"""

import hashlib
import types

import numpy as np
import safetensors.torch
import torch

import check_comparisons
import measured_alignment as alignment
import measured_features as features
import measured_laziness as laziness
import measured_movement as movement
import measured_order as order
import observed_networks as networks
import thetascope_peer as peer

IMAGES, STEPS, CLASSES = 60, (0, 4, 8, 12), 10
RATE, BATCH = 0.003, 15


def spec_of(seed):
    return {
        "network": "lenet",
        "input": {"channels": 1, "height": 32, "width": 32},
        "dataset": {"name": "made-up", "train": IMAGES, "test": IMAGES},
        "optimizer": {"kind": "sgd", "learningRate": RATE, "momentum": 0.9, "weightDecay": 0, "warmupEpochs": 0},
        "batch": BATCH,
        "epochs": 3,
        "seeds": peer.seeds_of_base(seed),
    }


def images():
    random = np.random.default_rng(9)
    labels = np.arange(IMAGES) % CLASSES
    patterns = random.normal(size=(CLASSES, 1, 32, 32))
    pixels = patterns[labels] + 0.5 * random.normal(size=(IMAGES, 1, 32, 32))
    return torch.from_numpy(pixels.astype(np.float32)), torch.from_numpy(labels)


def trained(spec, pixels, labels, start=None):
    """Checkpoints by step, from a start or else from the seed's."""
    model = peer.built("lenet", 1)
    if start is None:
        peer.draw_into(model, "kaiming-uniform", spec["seeds"]["init"])
    else:
        model.load_state_dict(start)
    optimizer, step, kept = peer.optimizer_of(spec["optimizer"], model.parameters()), 0, {}
    kept[0] = {name: value.clone() for name, value in model.state_dict().items()}
    for epoch in range(1, spec["epochs"] + 1):
        shuffled = peer.order_of_epoch(spec["seeds"]["order"], epoch, IMAGES)
        for start, end in peer.batches_of_epoch(IMAGES, BATCH):
            chosen = shuffled[start:end]
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(pixels[chosen]), labels[chosen]).backward()
            optimizer.step()
            step += 1
            if step in STEPS:
                kept[step] = {name: value.clone() for name, value in model.state_dict().items()}
    return kept


def digest(state):
    return hashlib.sha256(safetensors.torch.save(state)).hexdigest()


class MadeUp:
    """Answers by path, tensors by path; a test may change either."""

    def __init__(self):
        self.pixels, self.labels = images()
        self.specs = {f"r{seed}": spec_of(seed) for seed in (1, 2)}
        self.states = {run: trained(spec, self.pixels, self.labels) for run, spec in self.specs.items()}
        self.answers, self.files = {}, {}
        for run in self.specs:
            self.add_run(run)
        self.add_pair()
        self.unknown, self.system = set(), self

    # --- what Facts and System offer ---

    def spec(self, run, study=None):
        return self.specs[run]

    def steps(self, run):
        return list(STEPS)

    def checkpoint(self, run, step):
        return self.states[run][step]

    def tensors(self, path):
        return self.files[path]

    def maybe(self, path):
        return self.answers.get(path)

    def items(self, path):
        return self.answers[path]["items"]

    def result(self, run, view, key):
        return self.maybe(f"/runs/{run}/{view}")

    def analyses(self, runs, study):
        return {name: (kind, self.answers[f"/analyses/{name}"]) for name, kind in (("o", "order-agreement"), ("a", "alignment"))}

    def digest(self, run, step):
        return digest(self.states[run][step])

    # --- what the study's images are ---

    def of(self, spec):
        return self.pixels, self.labels

    # --- what it answers ---

    def add_run(self, run):
        model = networks.built("lenet", 1)
        self.kinds, self.masks = movement.kinds_of(model), movement.dead_taps(model, (1, 32, 32))
        self.add_movement(run)
        self.add_features(run, model)
        self.add_order(run)
        self.add_laziness(run, model)
        self.add_integrity(run)

    def add_movement(self, run):
        items, paths, ends = [], {}, {}
        for i, step in enumerate(STEPS[1:]):
            places = (0, STEPS[i - 1] if i else None, STEPS[i], step)
            states = [None if place is None else self.states[run][place] for place in places]
            groups, layers, whole, causes = movement.movement(self.kinds, self.masks, states)
            kinds = [{"name": name} | groups[name] for name in movement.KINDS if name in groups]
            listed = [
                {"name": n, "kind": self.kinds[n], "attribution": attributed(causes[n])} | numbers
                for n, numbers in layers.items()
            ]
            item = {"fromStep": places[2], "toStep": step, "attribution": attributed(whole), "layers": listed}
            items.append(item | groups["whole"] | {"kinds": kinds, "live": {"name": "live"} | groups["live"]})
            for name, numbers in (groups | layers).items():
                paths[name] = paths.get(name, 0) + numbers["distance"]
                ends[name] = numbers["distanceFromStart"]
        listed = [{"name": n, "pathLength": p, "straightness": ends[n] / p} for n, p in paths.items()]
        self.answers[f"/runs/{run}/movement"] = {"items": items, "paths": listed} | {
            key: listed[0][key] for key in ("pathLength", "straightness")
        }

    def add_features(self, run, model):
        items = []
        for step in STEPS:
            model.load_state_dict(self.states[run][step])
            units, logits, blocks = networks.inferred(model, self.pixels)
            numbers, rho, within = features.within_model(units.numpy(), logits.numpy(), self.labels.numpy())
            live = features.live_units(units.double().numpy())
            file = {"features": units, "logits": logits, "labels": self.labels, "probe_indices": torch.arange(IMAGES)}
            for name, matrix in (("correlation", rho), ("correlation_within_class", within)):
                whole = np.full((len(live), len(live)), np.nan, np.float32)
                whole[np.ix_(live, live)] = matrix
                file[name] = torch.from_numpy(whole)
            for name, block in blocks.items():
                file[f"block/{name}"] = torch.from_numpy(block.astype(np.float32))
            self.files[f"/runs/{run}/features/{step}"] = file
            items.append({"step": step} | numbers)
            first = {name: items[0][name] for name in ("meanAbsCorrelation", "participationRatio", "effectiveRank")}
            items[-1]["start"] = first | {"withinClassMeanAbs": items[0]["withinClass"]["meanAbsolute"]}
        self.answers[f"/runs/{run}/features"] = {"items": items}

    def add_order(self, run):
        files = [self.files[f"/runs/{run}/features/{step}"] for step in STEPS]
        matrices = {
            name.removeprefix("block/"): order.time_by_time([file[name].numpy() for file in files])
            for name in files[0]
            if name.startswith("block/")
        }
        blocks = []
        for name, matrix in matrices.items():
            half = order.half_time(matrix[-1], STEPS)
            shown = {"ckaToEnd": matrix[-1].tolist(), "halfStep": half, "halfEpoch": None if half is None else half / 4}
            blocks.append({"block": name, "units": files[0][f"block/{name}"].shape[1]} | shown)
        recalls = order.recalls([file["logits"].numpy() for file in files], self.labels.numpy())
        classes = []
        for label, recall in recalls.items():
            first = order.onset(recall, STEPS)
            epoch = None if first is None else first / 4
            classes.append({"label": label, "recall": recall, "onsetStep": first, "onsetEpoch": epoch})
        self.answers[f"/runs/{run}/order"] = {
            "steps": list(STEPS),
            "epochs": [step / 4 for step in STEPS],
            "images": IMAGES,
            "blocks": blocks,
            "classes": classes,
            "distinctHalves": len({b["halfStep"] for b in blocks} - {None}),
            "distinctOnsets": len({c["onsetStep"] for c in classes} - {None}),
            "tooCoarse": None,
        }
        self.answers[f"/runs/{run}/analyses"] = {"items": [{"analysisId": f"t{run}", "kind": "order", "outcome": "measured"}]}
        self.files[f"/analyses/t{run}/tensors"] = {name: torch.from_numpy(m) for name, m in matrices.items()}

    def add_laziness(self, run, model):
        start, end = self.states[run][0], self.states[run][STEPS[-1]]
        switched = laziness.gates(model, start, end, self.pixels)
        live = movement.movement(self.kinds, self.masks, (start, None, start, end))[0]["live"]["relative"]
        pairs = [sum(values) for values in zip(*switched.values())]
        self.answers[f"/runs/{run}/laziness"] = {
            "step": STEPS[-1],
            "images": IMAGES,
            "residual": laziness.residual(model, start, end, self.pixels),
            "differenceStep": 1e-3,
            "residualUncertainty": 1e-5,
            "switchedGates": pairs[0] / pairs[1],
            "gates": [{"layer": name, "switched": count / of} for name, (count, of) in switched.items()],
            "relativeLive": live,
        }

    def add_integrity(self, run):
        checkpoints, states = [], self.states[run]
        for i, step in enumerate(STEPS):
            names = dict.fromkeys(("announced", "found"), digest(states[step]))
            per_step = None
            if i:
                before = STEPS[i - 1]
                per_step = check_comparisons.distance(states[before], states[step], self.kinds) / (step - before)
            checkpoints.append({"step": step, "distancePerStep": per_step, "damage": [], "warnings": []} | names)
        audit = {"sound": True, "planned": len(STEPS), "checkpoints": checkpoints, "damage": []}
        self.answers[f"/runs/{run}/integrity"] = audit

    def add_pair(self):
        sides = {"left": {"runId": "r1", "step": STEPS[-1]}, "right": {"runId": "r2", "step": STEPS[-1]}}
        states = [self.states[side["runId"]][side["step"]] for side in sides.values()]
        a, b = (torch.cat([state[name].double().ravel() for name in self.kinds]) for state in states)
        files = [self.files[f"/runs/{side['runId']}/features/{side['step']}"] for side in sides.values()]
        pair = features.Pair(*({name: value.numpy() for name, value in file.items()} for file in files))
        numbers = pair.numbers() | {"unitCorrelationLabel": check_comparisons.DIFFERENT_STARTS}
        found = features.nulls(pair.x, pair.y, self.labels.numpy(), 20, np.random.default_rng(77))
        for name, values in found.items():
            mean, spread = float(values.mean()), float(values.std(ddof=1))
            net = numbers["cka" if name == "ckaNet" else "matchedCorrelation"] - mean
            interval = {"net": net, "low": net - 1.96 * spread, "high": net + 1.96 * spread}
            numbers[name] = {"permutations": 20, "nullMean": mean, "nullDeviation": spread} | interval
        norms = {"norm1": float(a.norm()), "norm2": float(b.norm()), "distance": float((b - a).norm())}
        norms["cosine"] = float(a @ b) / norms["norm1"] / norms["norm2"]
        item = {"comparisonId": "p", "kind": "pair", "outcome": "measured", "features": numbers} | sides | norms
        self.answers["/studies/s/comparisons"] = {"items": [item]}
        self.add_agreement()
        self.add_alignment(*states)

    def add_agreement(self):
        orders = [self.answers[f"/runs/{run}/order"] for run in ("r1", "r2")]
        named = {"classes": ("label", "onsetStep"), "blocks": ("block", "halfStep")}
        result = {"tooCoarse": None}
        for part, (what, when) in named.items():
            result[part] = order.agreement(*({item[what]: item[when] for item in one[part]} for one in orders))
        inputs = [{"name": f"{side}-{s}", "runId": run, "step": s} for side, run in (("left", "r1"), ("right", "r2")) for s in STEPS]
        self.answers["/analyses/o"] = {"request": {"inputs": inputs}, "result": result}

    def add_alignment(self, left, right):
        model = networks.built("lenet", 1)
        left, right = (alignment.prepared(state, self.kinds, self.masks) for state in (left, right))
        stages = [stage("raw", left, right)]
        left, right = (alignment.rescaled(state, model, self.kinds) for state in (left, right))
        stages += [stage(name, left, right) for name in ("rescaled", "sign-aware")]
        groups = networks.units(model)
        found, orders = alignment.own_matching(left, right, groups)
        stages.append(stage("permuted", left, found))
        for before, after in zip(stages, stages[1:]):
            after["removed"] = before["normalised"] - after["normalised"]
        moved = [int((orders[g.name] != np.arange(len(orders[g.name]))).sum()) for g in groups]
        listed = [{"name": g.name, "units": len(orders[g.name]), "moved": m} for g, m in zip(groups, moved)]
        count = sum(value.size for value in left.values())
        result = {"parameters": count, "geometryDead": 0, "stages": stages, "groups": listed, "sweeps": 3}
        inputs = [{"name": side, "runId": run, "step": STEPS[-1]} for side, run in (("left", "r1"), ("right", "r2"))]
        self.answers["/analyses/a"] = {"request": {"inputs": inputs}, "result": result}
        self.files["/analyses/a/tensors"] = {name: torch.from_numpy(value) for name, value in orders.items()}


def stage(name, left, right):
    apart, norms = alignment.distance(left, right), (alignment.norm(left), alignment.norm(right))
    scaled = apart / (norms[0] * norms[1]) ** 0.5
    return {"name": name, "distance": apart, "leftNorm": norms[0], "rightNorm": norms[1], "normalised": scaled}


def attributed(counts):
    """Everything unchanged that is not geometry-dead was absorbed, in a made-up system."""
    rest = {"absorbed": counts["unchanged"] - counts["geometryDead"]}
    return {"evidence": True, "dataDead": 0, "returned": 0, "unexplained": 0} | counts | rest


def arguments():
    return types.SimpleNamespace(permutations=40, published=6)
