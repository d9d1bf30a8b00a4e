"""Writes the small files that safetensors for Python makes, and checks those that this module made.

    python make_fixtures.py write ../resources/peer
    python make_fixtures.py check FILE      # prints name, dtype, shape and sum of every tensor

Needs numpy and safetensors (the committed files were made with safetensors 0.8.0, numpy 2.4).
"""

import pathlib
import pickle
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file


def write(folder: pathlib.Path) -> None:
    save_file(
        {
            "conv1.weight": (np.arange(12, dtype=np.float32) / 8 - 0.5).reshape(2, 3, 2),
            "conv1.bias": np.array([np.inf, -0.0], dtype=np.float32),
            "bn1.num_batches_tracked": np.array(7, dtype=np.int64),
            "images": np.arange(5, dtype=np.uint8),
            "double": np.array([np.pi], dtype=np.float64),
            "empty": np.zeros((0, 4), dtype=np.float32),
        },
        folder / "mixed.safetensors",
        metadata={"run": "r0", "ünïcode": "θ → −θ"},
    )
    save_file({"w": np.array([1.5, -2.25, 3.0], dtype=np.float32)}, folder / "plain.safetensors")
    (folder / "not-tensors.pickle").write_bytes(pickle.dumps({"w": [1.5]}, protocol=2))


def check(path: pathlib.Path) -> None:
    with safe_open(path, framework="numpy") as file:
        print("metadata", dict(sorted((file.metadata() or {}).items())))
        for name in file.keys():
            tensor = file.get_tensor(name)
            print(name, tensor.dtype, list(tensor.shape), float(tensor.sum()))


if __name__ == "__main__":
    {"write": write, "check": check}[sys.argv[1]](pathlib.Path(sys.argv[2]))
