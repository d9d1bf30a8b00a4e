"""What a running system measured, wherever the API lists it. Imported by check_measures.py and check_retraining.py.

Lists are read leniently (a result may lie flat, under `result`, `items` or a name of its own), so that a view can grow.
"""

import hashlib

import requests

import finished_runs


def found(payload, key):
    """The first object, from the outside in, that has this key."""
    level = [payload]
    while level:
        for value in level:
            if isinstance(value, dict) and key in value:
                return value
        inner = [v.values() if isinstance(v, dict) else v for v in level if isinstance(v, (dict, list))]
        level = [item for items in inner for item in items]
    return None


class Facts:
    """Results by run, study and analysis; a path that the gateway does not know gives None, and is named once."""

    def __init__(self, url):
        self.system = finished_runs.System(url)
        self.unknown, self.fetched = set(), {}

    def maybe(self, path):
        answer = requests.get(self.system.api + path, timeout=300)
        if answer.status_code == 404:
            self.unknown.add(path.rpartition("/")[2])
            return None
        if not answer.ok:
            raise SystemExit(f"GET {answer.url}: {answer.status_code} {answer.text[:300]}")
        return answer.json()

    def items(self, path):
        return [] if self.maybe(path) is None else self.system.items(path)

    def result(self, run, view, key):
        """The numbers of a view of one run, or None where there are none."""
        payload = self.maybe(f"/runs/{run}/{view}")
        return None if payload is None else found(payload, key)

    def analyses(self, runs, study, kinds=("alignment", "order-agreement")):
        """Every analysis of these kinds that was measured of these runs: id → kind and fact."""
        ids = {}
        for path in [f"/runs/{run}/analyses" for run in runs] + [f"/studies/{study}/comparisons"]:
            for item in self.items(path):
                name = item.get("analysisId") or item.get("comparisonId")
                if item.get("kind") in kinds and outcome(item) == "measured":
                    ids[name] = item["kind"]
        return {name: (kind, self.fact(name)) for name, kind in ids.items()}

    def fact(self, analysis):
        if analysis not in self.fetched:
            self.fetched[analysis] = self.maybe(f"/analyses/{analysis}")
        return self.fetched[analysis]

    def digest(self, run, step):
        """SHA-256 of a checkpoint as it is downloaded."""
        whole = hashlib.sha256()
        with self.system.get(f"/runs/{run}/checkpoints/{step}", stream=True) as answer:
            for piece in answer.iter_content(finished_runs.PIECE):
                whole.update(piece)
        return whole.hexdigest()


def outcome(item):
    return item.get("outcome") or item.get("state")


def inputs(fact):
    """[(name, run, step)] of a fact's request."""
    request = found(fact, "inputs")
    return [(item["name"], item["runId"], item["step"]) for item in request["inputs"]]
