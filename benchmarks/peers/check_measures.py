"""Checks everything that was measured of a finished study against numpy, scipy, PyTorch and a published CKA, over HTTP alone.

    pip install torch torchvision numpy scipy safetensors requests ckatorch
    python benchmarks/peers/check_measures.py --study STUDY --images FOLDER [--images FOLDER …] [--url URL]

Each FOLDER holds the files of one data set, as check_study.py wants them. Written from the definitions (MEASURES and the records
in contracts/analysis), not from the Java code. For every finished run: movement, whole, by kind, live and by layer; features,
recomputed by PyTorch from the checkpoint, and their measures recomputed from the downloaded file, so that the rounding of
float32 inference is apart from the measure; order of learning; laziness; integrity. For every comparison: norms and feature
similarity. For every order agreement and alignment that was measured: τ-b, and the distance with the reported permutations.
Nulls are random: their mean must lie within 5 standard errors of ours. The published CKA is ckatorch's (its HSIC₁ on whole Gram
matrices), on the first `--published` comparisons. Prints a table and fails when a difference is above its tolerance, or
a finished run has no movement, features, order, integrity or (generation 0) laziness. 20 LeNets take about a minute.
"""

import argparse
import functools
import pathlib
import sys

import numpy as np
import torch

import agreement_table
import check_comparisons
import measured_facts
import measured_features
import measured_laziness
import measured_movement
import measured_order
import observed_networks
import study_images
import thetascope_peer as peer

CHECKPOINTS_KEPT = 4
FEATURES_KEPT = 24
NORMS = ("distance", "distanceFromStart", "rmsFromStart", "norm", "startNorm", "relative")


class Run:
    """A finished run: its network, images and stored tensors."""

    def __init__(self, facts, row, study, images):
        self.facts, self.id, self.row = facts, row["runId"], row
        self.spec = facts.system.spec(self.id, study)
        self.steps = facts.system.steps(self.id)
        self.model = observed_networks.built(self.spec["network"], self.spec["input"]["channels"])
        self.kinds = measured_movement.kinds_of(self.model)
        self.masks = measured_movement.dead_taps(self.model, tuple(self.spec["input"].values()))
        self.images = images
        self.batches = len(peer.batches_of_epoch(self.spec["dataset"]["train"], self.spec["batch"]))


class Store:
    """Downloads, the last few kept."""

    def __init__(self, facts):
        self.checkpoint = functools.lru_cache(CHECKPOINTS_KEPT)(facts.system.checkpoint)
        self.features = functools.lru_cache(FEATURES_KEPT)(
            lambda run, step: {k: v.numpy() for k, v in facts.system.tensors(f"/runs/{run}/features/{step}").items()}
        )


class RunCheck:
    """All that is measured of one run."""

    def __init__(self, run, facts, store, table):
        self.run, self.facts, self.store, self.table = run, facts, store, table

    def check(self):
        self.movement()
        self.features()
        self.order()
        self.laziness()
        self.integrity()

    def missing(self, view):
        """A finished run has no such result, or it is withheld: that is no agreement."""
        self.table.missing.append(f"{view} of run {self.run.id}: ask the analyzer's log and GET /runs/{self.run.id}/analyses")

    # --- movement ---

    def movement(self):
        run, payload = self.run, self.facts.maybe(f"/runs/{self.run.id}/movement")
        paths, ends = {}, {}
        if len(payload["items"]) != len(run.steps) - 1 or any(item.get("live") is None for item in payload["items"]):
            self.missing("movement, version 3, between every two checkpoints,")
            return
        for i, item in enumerate(payload["items"]):
            at, steps = f"{run.id} to {item['toStep']}", run.steps
            places = (0, steps[i - 1] if i else None, steps[i], steps[i + 1])
            self.table.equal("movement: counts", at, (item["fromStep"], item["toStep"]), places[2:])
            states = [None if step is None else self.store.checkpoint(run.id, step) for step in places]
            groups, layers, causes, layer_causes = measured_movement.movement(run.kinds, run.masks, states)
            self.group(at, item, groups["whole"])
            self.attribution(at, item, causes)
            self.table.equal("movement: counts", at, item["live"]["name"], "live")
            self.group(f"{at} live", item["live"], groups["live"])
            names = [k for k in measured_movement.KINDS if k in groups]
            self.table.equal("movement: counts", at, [kind["name"] for kind in item["kinds"]], names)
            for kind in item["kinds"]:
                self.group(f"{at} {kind['name']}", kind, groups[kind["name"]])
            self.table.equal("movement: counts", at, [layer["name"] for layer in item["layers"]], list(layers))
            for layer in item["layers"]:
                self.group(f"{at} {layer['name']}", layer, layers[layer["name"]])
                self.attribution(f"{at} {layer['name']}", layer, layer_causes[layer["name"]])
            for name, numbers in (groups | layers).items():
                paths.setdefault(name, []).append(numbers["distance"])
                ends[name] = numbers["distanceFromStart"]
        self.paths(payload, paths, ends)

    def group(self, where, item, here):
        for name in NORMS:
            self.table.note("movement: norms, paths", f"{where} {name}", item.get(name), here[name])
        for name in ("cosineToStart", "cosineToPrevious"):
            self.table.note("movement: cosines, shares", f"{where} {name}", item.get(name), here[name])
        self.table.equal("movement: counts", f"{where} parameters", item["parameters"], here["parameters"])
        self.shares(f"{where} changed", item["changed"], here["changed"])
        for name in ("relative", "ulps"):
            self.shares(f"{where} {name}", item["change"][name], here["change"][name])
        signs = item["change"]["signs"], here["change"]["signs"]
        self.table.note("movement: cosines, shares", f"{where} signs", *signs)

    def shares(self, where, reported, here):
        self.table.equal("movement: counts", f"{where} thresholds", sorted(reported), sorted(here))
        for key, share in here.items():
            self.table.note("movement: cosines, shares", f"{where} {key}", reported.get(key), share)

    def attribution(self, where, item, here):
        reported = item.get("attribution")
        if reported is None:
            self.table.equal("movement: counts", f"{where} attribution", None, here)
            return
        for name, count in here.items():
            self.table.note("movement: counts", f"{where} {name}", reported[name], count)
        causes = ("geometryDead", "dataDead", "absorbed", "returned", "unexplained")
        self.table.note("movement: counts", f"{where} sum", sum(reported[c] for c in causes), here["unchanged"])
        if reported["evidence"]:
            self.table.note("movement: counts", f"{where} unexplained", reported["unexplained"], 0)

    def paths(self, payload, paths, ends):
        listed = [("whole", payload)] + [(item["name"], item) for item in payload.get("paths") or []]
        for name, item in listed:
            length = sum(paths[name])
            straight = ends[name] / length if length > 0 else None
            where = f"{self.run.id} path of {name}"
            self.table.note("movement: norms, paths", where, item.get("pathLength"), length)
            self.table.note("movement: norms, paths", f"{where}, straightness", item.get("straightness"), straight)

    # --- features ---

    def features(self):
        run, test = self.run, self.run.images.of(self.run.spec)
        items = self.facts.items(f"/runs/{run.id}/features")
        if [item["step"] for item in items] != run.steps:
            self.missing("features at every checkpoint")
        start = None
        for item in items:
            step, at = item["step"], f"{run.id} features at {item['step']}"
            stored = self.store.features(run.id, step)
            chosen = stored["probe_indices"]
            self.table.equal("features: counts", f"{at} labels", stored["labels"].tolist(), test[1][chosen].tolist())
            run.model.load_state_dict(self.store.checkpoint(run.id, step), strict=True)
            self.inference(at, stored, test[0][chosen])
            numbers, rho, within = measured_features.within_model(
                stored["features"], stored["logits"], stored["labels"]
            )
            self.summary(at, item, numbers)
            start = start or numbers
            self.beside_start(at, item, start)
            live = measured_features.live_units(stored["features"].astype(np.float64))
            for name, matrix in (("correlation", rho), ("correlation_within_class", within)):
                if matrix is not None:
                    far = np.abs(stored[name][np.ix_(live, live)] - matrix).max() if name in stored else np.inf
                    self.table.note("features: correlation matrices", f"{at} {name}", float(far), 0)

    def inference(self, at, stored, images):
        """How far float32 inference by PyTorch is from the stored tensors, in parts of the largest element."""
        units, logits, blocks = observed_networks.inferred(self.run.model, images)
        pairs = {"units": (units.numpy(), stored["features"]), "logits": (logits.numpy(), stored["logits"])}
        for name, (here, theirs) in pairs.items():
            far = float(np.abs(here - theirs).max() / np.abs(here).max())
            self.table.note(f"features: {name} against PyTorch", f"{at} {name}", far, 0)
        in_file = sorted(name.removeprefix("block/") for name in stored if name.startswith("block/"))
        self.table.equal("features: counts", f"{at} blocks", in_file, sorted(blocks))
        for name, here in blocks.items():
            theirs = stored.get(f"block/{name}")
            far = np.inf if theirs is None else float(np.abs(here - theirs).max() / max(np.abs(here).max(), 1e-30))
            self.table.note("features: blocks against PyTorch", f"{at} {name}", far, 0)

    def beside_start(self, at, item, start):
        """The numbers at the run's own θ0 that every item repeats."""
        here = {name: start[name] for name in ("meanAbsCorrelation", "participationRatio", "effectiveRank")}
        here["withinClassMeanAbs"] = (start["withinClass"] or {}).get("meanAbsolute")
        for name, value in here.items():
            self.table.note("features: spectrum", f"{at} start.{name}", (item.get("start") or {}).get(name), value)

    def summary(self, at, item, numbers):
        for name in ("images", "units", "deadUnits", "spectrumUnits"):
            self.table.note("features: counts", f"{at} {name}", item.get(name), numbers[name])
        for name in ("meanAbsCorrelation", "meanCorrelation", "rmsCorrelation", "nullMeanAbsCorrelation", "accuracy"):
            self.table.note("features: correlations, shares", f"{at} {name}", item.get(name), numbers[name])
        for name in ("participationRatio", "effectiveRank"):
            self.table.note("features: spectrum", f"{at} {name}", item.get(name), numbers[name])
        reported, here = item.get("withinClass") or {}, numbers["withinClass"] or {}
        for name in reported.keys() | here.keys():
            where = f"{at} withinClass.{name}"
            self.table.note("features: correlations, shares", where, reported.get(name), here.get(name))
        recall = item.get("recall") or []
        self.table.note("features: counts", f"{at} classes", len(recall), len(numbers["recall"]))
        for label, pair in enumerate(zip(recall, numbers["recall"])):
            self.table.note("features: correlations, shares", f"{at} recall of {label}", *pair)

    # --- order ---

    def order(self):
        run, reported = self.run, self.facts.result(self.run.id, "order", "blocks")
        if reported is None:
            self.missing("order")
            return
        files = [self.store.features(run.id, step) for step in run.steps]
        table, at = self.table, f"{run.id} order"
        table.equal("order: steps, counts", f"{at} steps", reported["steps"], run.steps)
        table.note("order: steps, counts", f"{at} images", reported["images"], len(files[0]["labels"]))
        for epoch, step in zip(reported["epochs"], run.steps):
            table.note("order: CKA, recall", f"{at} epoch of {step}", epoch, step / run.batches)
        halves, onsets = [], []
        for block in reported["blocks"]:
            features = [file[f"block/{block['block']}"] for file in files]
            matrix, where = measured_order.time_by_time(features), f"{at} {block['block']}"
            table.note("order: steps, counts", f"{where} units", block["units"], features[0].shape[1])
            for theirs, here in zip(block["ckaToEnd"], matrix[-1]):
                table.note("order: CKA, recall", where, theirs, None if np.isnan(here) else float(here))
            half = measured_order.half_time(matrix[-1], run.steps)
            table.note("order: steps, counts", f"{where} half", block.get("halfStep"), half)
            self.epoch(where, block.get("halfEpoch"), half)
            halves += [] if half is None else [half]
            self.order_matrix(where, block["block"], matrix)
        names = observed_networks.blocks(run.model)
        table.equal("order: steps, counts", at, sorted(b["block"] for b in reported["blocks"]), sorted(names))
        recalls = measured_order.recalls([file["logits"] for file in files], files[0]["labels"])
        table.equal("order: steps, counts", at, [c["label"] for c in reported["classes"]], sorted(recalls))
        for item in reported["classes"]:
            where, here = f"{at} class {item['label']}", recalls[item["label"]]
            for pair in zip(item["recall"], here):
                table.note("order: CKA, recall", where, *pair)
            first = measured_order.onset(here, run.steps)
            table.note("order: steps, counts", f"{where} onset", item.get("onsetStep"), first)
            self.epoch(where, item.get("onsetEpoch"), first)
            onsets += [] if first is None else [first]
        table.note("order: steps, counts", f"{at} halves", reported["distinctHalves"], len(set(halves)))
        table.note("order: steps, counts", f"{at} onsets", reported["distinctOnsets"], len(set(onsets)))

    def epoch(self, where, reported, step):
        self.table.note("order: CKA, recall", f"{where} epoch", reported, None if step is None else step / self.run.batches)

    def order_matrix(self, where, block, matrix):
        """The time × time matrix among the tensors of the analysis, where the API lists it."""
        for item in self.facts.items(f"/runs/{self.run.id}/analyses"):
            if item.get("kind") == "order" and measured_facts.outcome(item) == "measured":
                tensors = self.tensors_of(item["analysisId"])
                if block in tensors:
                    theirs = tensors[block].double().numpy()
                    far = np.where(np.isnan(matrix) & np.isnan(theirs), 0, np.abs(theirs - matrix)).max()
                    self.table.note("order: CKA, recall", f"{where} time × time", float(far), 0)

    @functools.lru_cache(1)
    def tensors_of(self, analysis):
        return self.facts.system.tensors(f"/analyses/{analysis}/tensors")

    # --- laziness ---

    def laziness(self):
        run, reported = self.run, self.facts.result(self.run.id, "laziness", "differenceStep")
        if reported is None:
            if run.spec.get("origin") is None:
                self.missing("laziness")
            return
        start, end = (self.store.checkpoint(run.id, step) for step in (0, reported["step"]))
        chosen = self.store.features(run.id, reported["step"])["probe_indices"]
        images = run.images.of(run.spec)[0][chosen]
        at, table = f"{run.id} laziness", self.table
        table.note("laziness: gates", f"{at} images", reported["images"], len(images))
        switched = measured_laziness.gates(run.model, start, end, images)
        listed = {item["layer"]: item["switched"] for item in reported["gates"]}
        for name, (count, pairs) in switched.items():
            table.note("laziness: gates", f"{at} {name}", listed.get(name), count / pairs)
        whole = sum(count for count, _ in switched.values()) / sum(pairs for _, pairs in switched.values())
        table.note("laziness: gates", f"{at} gates", reported["switchedGates"], whole)
        live = measured_movement.movement(run.kinds, run.masks, (start, None, start, end))[0]["live"]
        table.note("laziness: live norm", f"{at} relativeLive", reported.get("relativeLive"), live["relative"])
        residual = measured_laziness.residual(run.model, start, end, images)
        theirs = reported.get("residual")
        if residual is None or theirs is None:
            table.note("laziness: residual (uncertainties)", f"{at} residual", theirs, residual)
            return
        unit = (reported.get("residualUncertainty") or 0) + 1e-4
        where = f"{at} residual {theirs} ± {reported.get('residualUncertainty')}, here {residual}"
        table.note("laziness: residual (uncertainties)", where, abs(theirs - residual) / unit, 0)

    # --- integrity ---

    def integrity(self):
        run, reported = self.run, self.facts.result(self.run.id, "integrity", "sound")
        if reported is None:
            self.missing("integrity")
            return
        at, table, before = f"{run.id} integrity", self.table, None
        table.equal("integrity: digests, soundness", f"{at} {reported}"[:300], reported["sound"], True)
        table.note("integrity: digests, soundness", f"{at} planned", reported["planned"], len(run.steps))
        table.equal("integrity: digests, soundness", at, [c["step"] for c in reported["checkpoints"]], run.steps)
        for item in reported["checkpoints"]:
            step, here = item["step"], self.facts.digest(run.id, item["step"])
            for name in ("announced", "found"):
                table.equal("integrity: digests, soundness", f"{at} {name} at {step}", item[name], here)
            if before is not None:
                states = [self.store.checkpoint(run.id, s) for s in (before, step)]
                far = check_comparisons.distance(*states, run.kinds) / (step - before)
                table.note("integrity: distance per step", f"{at} at {step}", item.get("distancePerStep"), far)
            before = step


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--study", required=True)
    parser.add_argument("--images", required=True, type=pathlib.Path, action="append")
    parser.add_argument("--published", type=int, default=6, help="comparisons on which ckatorch is asked too")
    parser.add_argument("--permutations", type=int, default=40, help="of ours, for the nulls")
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    args = parser.parse_args()
    torch.set_num_threads(1)
    facts, images = measured_facts.Facts(args.url), study_images.StudyImages(args.images)
    store, table = Store(facts), agreement_table.Table()
    rows = [row for row in facts.system.items(f"/studies/{args.study}/runs") if row["state"] == "finished"]
    if not rows:
        raise SystemExit(f"study {args.study} has no finished run")
    runs = {}
    for row in rows:
        runs[row["runId"]] = Run(facts, row, args.study, images)
        RunCheck(runs[row["runId"]], facts, store, table).check()
        print(f"run {row['runId']} {row['network']} {row['dataset']} {row['role']}: checked", flush=True)
    check_comparisons.Comparisons(runs, facts, store, table, args).check(args.study)
    for name in sorted(facts.unknown):
        print(f"the gateway does not know …/{name}: not checked")
    good = table.finish()
    print("everything compared agrees" if good else "there are differences above their tolerance")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
