"""Checks the numbers of a finished study against numpy, PyTorch and ONNX Runtime for Python, over HTTP alone.

    pip install torch numpy safetensors onnx onnxruntime requests
    python benchmarks/peers/check_study.py --study STUDY --images FOLDER [--url URL]

FOLDER holds the idx files of the study's data set (t10k-images-idx3-ubyte.gz …). Prints one line a check and fails when
a difference is above its tolerance: movement 1e-9 relative, features 1e-5 of the largest.
"""

import argparse
import gzip
import io
import pathlib
import sys
import tempfile
import zipfile

import numpy as np
import onnx
import onnxruntime
import requests
import safetensors.torch
import torch

NORMALISATION = {"mnist": (0.1307, 0.3081), "fashion-mnist": (0.2860, 0.3530)}


class LeNet(torch.nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(channels, 6, 5)
        self.conv2 = torch.nn.Conv2d(6, 16, 5)
        self.fc1 = torch.nn.Linear(400, 120)
        self.fc2 = torch.nn.Linear(120, 84)
        self.fc3 = torch.nn.Linear(84, 10)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = torch.max_pool2d(torch.relu(self.conv2(x)), 2)
        x = torch.relu(self.fc1(x.flatten(1)))
        features = torch.relu(self.fc2(x))
        return features, self.fc3(features)


def idx(path):
    with gzip.open(path) as f:
        data = f.read()
    dims = data[3]
    shape = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(dims)]
    return np.frombuffer(data, np.uint8, offset=4 + 4 * dims).reshape(shape)


def images(folder, dataset):
    mean, std = NORMALISATION[dataset]
    raw = np.pad(idx(folder / "t10k-images-idx3-ubyte.gz"), ((0, 0), (2, 2), (2, 2)))
    return torch.from_numpy((raw.astype(np.float32) / 255 - np.float32(mean)) / np.float32(std)).unsqueeze(1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--study", required=True)
    parser.add_argument("--images", required=True, type=pathlib.Path)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    args = parser.parse_args()
    api = args.url + "/api/v1"
    worst = {"movement": 0.0, "features": 0.0, "logits": 0.0, "onnx": 0.0, "triangle": 0.0, "correlation": 0.0}
    finals, starts = {}, {}

    def get(path, **kwargs):
        answer = requests.get(api + path, timeout=60, **kwargs)
        answer.raise_for_status()
        return answer

    def vector(state):
        return np.concatenate([t.numpy().astype(np.float64).ravel() for _, t in sorted(state.items())])

    runs = get(f"/studies/{args.study}/runs").json()["items"]
    for run in runs:
        rid = run["runId"]
        x = images(args.images, run["dataset"])
        steps = [c["step"] for c in get(f"/runs/{rid}/checkpoints").json()["items"]]
        states = {s: safetensors.torch.load(get(f"/runs/{rid}/checkpoints/{s}").content) for s in steps}
        vectors = {s: vector(state) for s, state in states.items()}
        starts[rid], finals[rid] = vectors[steps[0]], vectors[steps[-1]]
        for item in get(f"/runs/{rid}/movement").json()["items"]:
            to, frm, zero = vectors[item["toStep"]], vectors[item["fromStep"]], vectors[0]
            ours = [item["distance"], item["distanceFromStart"], item["norm"], item["relative"], item["changed"]["0"]]
            theirs = [
                np.linalg.norm(to - frm),
                np.linalg.norm(to - zero),
                np.linalg.norm(to),
                np.linalg.norm(to - zero) / np.linalg.norm(zero),
                np.mean(to != zero),
            ]
            for a, b in zip(ours, theirs):
                worst["movement"] = max(worst["movement"], abs(a - b) / abs(b))
        for item in get(f"/runs/{rid}/features").json()["items"]:
            step = item["step"]
            stored = safetensors.torch.load(get(f"/runs/{rid}/features/{step}").content)
            model = LeNet(1)
            model.load_state_dict(states[step], strict=True)
            probe = x[stored["probe_indices"]]
            with torch.no_grad():
                features, logits = model(probe)
            difference = (features - stored["features"]).abs().max() / features.abs().max()
            worst["features"] = max(worst["features"], float(difference))
            worst["logits"] = max(worst["logits"], float((logits - stored["logits"]).abs().max() / logits.abs().max()))
            live = features.double().numpy()
            live = live[:, live.std(0) > 1e-6 * np.median(live.std(0))]
            rho = np.corrcoef(live, rowvar=False)
            upper = np.abs(rho[np.triu_indices_from(rho, 1)]).mean()
            worst["correlation"] = max(worst["correlation"], abs(upper - item["meanAbsCorrelation"]))
            if step == steps[-1]:
                worst["onnx"] = max(worst["onnx"], onnx_difference(get(f"/runs/{rid}/checkpoints/{step}/onnx"), probe, features))
    comparisons = get(f"/studies/{args.study}/comparisons", params={"limit": 1000}).json()["items"]
    for item in comparisons:
        left, right = finals[item["left"]["runId"]], finals[item["right"]["runId"]]
        pairs = [(item["norm1"], np.linalg.norm(left)), (item["norm2"], np.linalg.norm(right))]
        pairs += [(item["distance"], np.linalg.norm(right - left))]
        if item["kind"] == "perturbation":
            put = starts[item["right"]["runId"]]
            displaced, moved = np.linalg.norm(put - left), np.linalg.norm(right - put)
            pairs += [(item["displaced"], displaced), (item["moved"], moved), (item["departure"], moved / displaced)]
            pairs += [(1 - item["recovery"], np.linalg.norm(right - left) / displaced)]
        for a, b in pairs:
            worst["triangle"] = max(worst["triangle"], abs(a - b) / abs(b) if b else abs(a))
    tolerance = {"movement": 1e-9, "features": 1e-5, "logits": 1e-5, "onnx": 1e-5, "triangle": 1e-9, "correlation": 1e-6}
    if not comparisons:
        del worst["triangle"]
        print("triangle     not checked: the study has no comparisons")
    for name, value in worst.items():
        print(f"{name:12} worst difference {value:.3g}  tolerance {tolerance[name]:g}  runs {len(runs)}")
    return 1 if any(value > tolerance[name] for name, value in worst.items()) else 0


def onnx_difference(answer, probe, features):
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(answer.content)).extractall(folder)
        path = next(pathlib.Path(folder).glob("*.onnx"))
        onnx.checker.check_model(str(path), full_check=True)
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        ours = session.run(["features"], {"images": probe.numpy()})[0]
    return float(np.abs(ours - features.numpy()).max() / features.abs().max())


if __name__ == "__main__":
    sys.exit(main())
