"""Checks the numbers of a finished study against numpy, PyTorch and ONNX Runtime for Python, over HTTP alone.

    pip install torch torchvision numpy safetensors onnx onnxruntime requests
    python benchmarks/peers/check_study.py --study STUDY --images FOLDER [--images FOLDER …] [--pretrained FILE] [--url URL]

Each FOLDER holds the files of one data set, idx (t10k-images-idx3-ubyte, gz or not) or CIFAR-10's binary version; it is
used for the data set that it, or its parent's name, is called after. Every checkpoint of every run is loaded with
strict=True into torchvision's network (LeNet: a plain module). Prints one line a check and fails when a difference is above
its tolerance: starts 1 unit in the last place, movement and triangle 1e-9 relative, features 1e-5 of the largest, logits
1e-4 of the largest (LeNet 1e-5), accuracy 0.1 point, loss 1e-4 relative. Accuracy and loss are those of the last checkpoint
and of the start, over all test images that the run used; `--quick` leaves them out. Needs disk and memory for about four
checkpoints of the largest network.
"""

import argparse
import functools
import math
import pathlib
import sys
import tempfile
import zipfile

import numpy as np
import onnx
import onnxruntime
import safetensors.torch
import torch

import finished_runs
import starting_points
import study_images
import thetascope_peer as peer

TOLERANCE = {
    "start (ulps)": 1,
    "movement": 1e-9,
    "features": 1e-5,
    "logits": 1e-4,
    "lenet logits": 1e-5,
    "onnx": 1e-5,
    "correlation": 1e-6,
    "accuracy": 1e-3,
    "loss": 1e-4,
    "triangle": 1e-9,
}
KEPT = 4


class Worst:
    """The worst difference of each check, and how often it was made; a difference that is no number is infinite."""

    def __init__(self):
        self.values, self.counts = {}, {}

    def note(self, check, value):
        value = float(value) if math.isfinite(value) else math.inf
        self.values[check] = max(self.values.get(check, 0.0), value)
        self.counts[check] = self.counts.get(check, 0) + 1

    def relative(self, check, ours, theirs):
        self.note(check, abs(ours - theirs) / abs(theirs) if theirs else abs(ours))

    def finish(self):
        for check, tolerance in TOLERANCE.items():
            if check in self.values:
                numbers = f"worst difference {self.values[check]:.3g}  tolerance {tolerance:g}"
                print(f"{check:12} {numbers}  comparisons {self.counts[check]}")
            else:
                print(f"{check:12} not checked: the study has nothing of it")
        return 1 if any(value > TOLERANCE[check] for check, value in self.values.items()) else 0


def norm(left, right, names):
    """|left − right| over parameters, or |left| when right is None: in double, tensor by tensor."""
    total = 0.0
    for name in names:
        a = left[name].numpy().astype(np.float64).ravel()
        if right is not None:
            a -= right[name].numpy().ravel()
        total += float(a @ a)
    return math.sqrt(total)


def changed(left, right, names):
    unequal = sum(int((left[name] != right[name]).sum()) for name in names)
    return unequal / sum(left[name].numel() for name in names)


class Study:
    def __init__(self, system, study, folders, uploaded, quick):
        self.system, self.id, self.uploaded, self.quick = system, study, uploaded, quick
        self.worst = Worst()
        self.checkpoint = functools.lru_cache(maxsize=KEPT)(system.checkpoint)
        self.networks, self.test_sets = {}, study_images.StudyImages(folders)

    def check(self):
        runs = [run for run in self.system.items(f"/studies/{self.id}/runs") if run["state"] == "finished"]
        print(f"study {self.id}: {len(runs)} finished runs")
        for run in runs:
            self.check_run(run)
        for item in self.system.items(f"/studies/{self.id}/comparisons"):
            if item["outcome"] == "measured":
                self.check_triangle(item)
        return self.worst.finish()

    def check_run(self, run):
        rid, network = run["runId"], run["network"]
        spec, steps = self.system.spec(rid, self.id), self.system.steps(rid)
        model = peer.built(network, spec["input"]["channels"])
        self.networks[rid] = [name for name, _ in model.named_parameters()]
        model.eval()
        start = self.checkpoint(rid, 0)
        made, apart = starting_points.difference(self.system, spec, model, start, self.uploaded)
        if apart is not None:
            self.worst.note("start (ulps)", apart)
        for item in self.system.items(f"/runs/{rid}/movement"):
            self.check_movement(rid, item)
        test, labels = self.test_sets.of(spec)
        features = {item["step"]: item for item in self.system.items(f"/runs/{rid}/features")}
        epochs = {item["step"]: item["test"] for item in self.system.items(f"/runs/{rid}/epochs")}
        figures = []
        for step in steps:
            model.load_state_dict(self.checkpoint(rid, step), strict=True)
            if step in features:
                self.check_features(rid, network, model, test, features[step], step == steps[-1])
            if step in epochs and step in (0, steps[-1]) and not self.quick:
                figures.append(self.check_figures(model, test, labels, epochs[step]))
        print(f"run {rid} {network} {run['dataset']} {made} {run['optimizer']}: accuracy here {figures}")

    def check_movement(self, rid, item):
        names = self.networks[rid]
        to, before, zero = (self.checkpoint(rid, step) for step in (item["toStep"], item["fromStep"], 0))
        far = norm(to, zero, names)
        pairs = [
            (item["distance"], norm(to, before, names)),
            (item["distanceFromStart"], far),
            (item["norm"], norm(to, None, names)),
            (item["relative"], far / norm(zero, None, names)),
            (item["changed"]["0"], changed(to, zero, names)),
        ]
        for ours, theirs in pairs:
            self.worst.relative("movement", ours, theirs)

    def check_features(self, rid, network, model, test, item, last):
        stored = self.system.tensors(f"/runs/{rid}/features/{item['step']}")
        probe = test[stored["probe_indices"]]
        features, logits = peer.features_and_logits(model, probe)
        self.worst.note("features", (features - stored["features"]).abs().max() / features.abs().max())
        name = "lenet logits" if network == "lenet" else "logits"
        self.worst.note(name, (logits - stored["logits"]).abs().max() / logits.abs().max())
        live = features.double().numpy()
        deviations = live.std(0)
        live = live[:, deviations > 1e-6 * np.median(deviations)]
        rho = np.corrcoef(live, rowvar=False)
        upper = np.abs(rho[np.triu_indices_from(rho, 1)]).mean()
        self.worst.note("correlation", abs(upper - item["meanAbsCorrelation"]))
        if last:
            path = f"/runs/{rid}/checkpoints/{item['step']}/onnx"
            self.worst.note("onnx", onnx_difference(self.system, path, probe, features))

    def check_figures(self, model, test, labels, ours):
        """Accuracy here, after noting how far it and the loss are from what the run reported."""
        _, logits = peer.features_and_logits(model, test)
        accuracy = float((logits.argmax(1) == labels).double().mean())
        loss = float(torch.nn.functional.cross_entropy(logits.double(), labels))
        self.worst.note("accuracy", abs(accuracy - ours["accuracy"]))
        self.worst.relative("loss", ours["loss"], loss)
        return round(accuracy, 4)

    def check_triangle(self, item):
        (left_run, left_step), (right_run, right_step) = ((item[s]["runId"], item[s]["step"]) for s in ("left", "right"))
        names = self.networks.get(left_run)
        if names is None or right_run not in self.networks:
            return
        left, right = self.checkpoint(left_run, left_step), self.checkpoint(right_run, right_step)
        apart = norm(right, left, names)
        pairs = [(item["norm1"], norm(left, None, names)), (item["norm2"], norm(right, None, names))]
        pairs += [(item["distance"], apart)]
        if item["kind"] == "perturbation":
            put = self.checkpoint(right_run, 0)
            displaced, moved = norm(put, left, names), norm(right, put, names)
            pairs += [(item["displaced"], displaced), (item["moved"], moved), (item["departure"], moved / displaced)]
            pairs += [(1 - item["recovery"], apart / displaced)]
        for ours, theirs in pairs:
            self.worst.relative("triangle", ours, theirs)


def onnx_difference(system, path, probe, features):
    with tempfile.TemporaryDirectory() as folder:
        archive = pathlib.Path(folder) / "model.zip"
        with open(archive, "wb") as file, system.get(path, stream=True) as answer:
            for piece in answer.iter_content(finished_runs.PIECE):
                file.write(piece)
        zipfile.ZipFile(archive).extractall(folder)
        archive.unlink()
        model = next(pathlib.Path(folder).glob("*.onnx"))
        onnx.checker.check_model(str(model), full_check=True)
        session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
        pieces = [session.run(["features"], {"images": piece.numpy()})[0] for piece in probe.split(128)]
    return float(np.abs(np.concatenate(pieces) - features.numpy()).max() / features.abs().max())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--study", required=True)
    parser.add_argument("--images", required=True, type=pathlib.Path, action="append")
    parser.add_argument("--pretrained", help="the uploaded safetensors file, for runs that start from one")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    args = parser.parse_args()
    uploaded = None if args.pretrained is None else safetensors.torch.load_file(args.pretrained)
    system = finished_runs.System(args.url)
    return Study(system, args.study, args.images, uploaded, args.quick).check()


if __name__ == "__main__":
    sys.exit(main())
