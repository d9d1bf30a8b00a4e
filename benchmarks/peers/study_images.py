"""The images of runs, read from the folders that a check was given. Imported by the checks beside it."""

import numpy as np
import torch

import thetascope_peer as peer

FIRST = 10_000  # no check looks at more images of a part


class StudyImages:
    """Each folder is used for the data set that it is called after; a single one for every data set."""

    def __init__(self, folders):
        self.folders, self.sets = folders, {}

    def of(self, spec, part="test"):
        """All test or `train` images of a run as its network sees them, and their labels."""
        dataset, shape = spec["dataset"], spec["input"]
        count = min(dataset[part], FIRST)
        key = (dataset["name"], part, count, tuple(shape.values()))
        if key not in self.sets:
            raw, labels = peer.raw_images(self.folder_of(dataset["name"]), dataset["name"], part)
            raw, labels = raw[:count], labels[:count]
            images = peer.normalised(raw, dataset["name"], shape["height"], shape["channels"])
            self.sets[key] = images, torch.from_numpy(labels.astype(np.int64))
        return self.sets[key]

    def folder_of(self, dataset):
        known = {"cifar10": ("cifar10", "cifar-10")}.get(dataset, (dataset,))
        for folder in self.folders:
            if len(self.folders) == 1 or any(folder.name.startswith(name) for name in known):
                return folder
        raise SystemExit(f"no --images folder is called after {dataset}: {[str(f) for f in self.folders]}")
