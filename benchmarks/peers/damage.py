"""Damages checkpoints of finished runs in the store and checks that the audit names each and that no number of them is published.

    ./thetascope up --home HOME
    python benchmarks/peers/damage.py --home HOME --url URL --study STUDY

Needs a study of at least four runs with four checkpoints each in an embedded object store, and a home of its own: a byte of one
checkpoint is turned, two of another run are swapped, one is removed, one is replaced by a copy of the one before it with the
right name, metadata and digest. Each run is audited again and its movement, features and comparisons are read. Then everything is
put back, but for the copy, whose run's result was changed as well, and the numbers must be published again.
"""

import argparse
import hashlib
import json
import pathlib
import sys

import requests
import safetensors
import safetensors.torch
from kill_trainer import wait


class Store:
    def __init__(self, home):
        self.root = home.resolve() / "s3" / "thetascope"

    def files(self, run):
        return sorted((self.root / "runs" / run / "checkpoints").glob("*.safetensors"))

    def copied(self, run, index):
        """The checkpoint before `index` stored in its place, as whoever wrote the run would have announced it."""
        before, here = self.files(run)[index - 1 : index + 1]
        with safetensors.safe_open(here, "pt") as file:
            metadata = file.metadata()
        content = safetensors.torch.save(safetensors.torch.load_file(before), metadata)
        digest = hashlib.sha256(content).hexdigest()
        target = here.with_name(f"{here.name[:13]}-{digest[:12]}.safetensors")
        target.write_bytes(content)
        result = self.root / "runs" / run / "result.json"
        told = json.loads(result.read_text())
        for checkpoint in told["checkpoints"]:
            if checkpoint["artifact"]["key"].endswith(here.name):
                checkpoint["artifact"] = {
                    "key": str(target.relative_to(self.root)),
                    "sha256": digest,
                    "bytes": len(content),
                }
        result.write_text(json.dumps(told))


class Check:
    def __init__(self, url):
        self.api, self.problems = url + "/api/v1", []

    def get(self, path):
        answer = requests.get(self.api + path, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def audited(self, run):
        """The view of an audit that was made after now."""
        before = self.get(f"/runs/{run}/integrity")
        fact = lambda: self.get(f"/analyses/{before['analysisId']}")
        then = fact()["completedAt"]
        answer = requests.post(f"{self.api}/runs/{run}/analyses", json={"measures": ["integrity"]}, timeout=60)
        answer.raise_for_status()
        wait("another audit", lambda: fact().get("completedAt") not in (None, then))
        return self.get(f"/runs/{run}/integrity")

    def require(self, holds, what):
        print(("   ok  " if holds else "PROBLEM ") + what)
        self.problems += [] if holds else [what]

    def named(self, kind, run, steps, code):
        audit = self.audited(run)
        found = {c["step"]: [d["code"] for d in c["damage"]] for c in audit["checkpoints"] if c["damage"]}
        says = [d["says"] for c in audit["checkpoints"] for d in c["damage"]]
        self.require(found == {step: [code] for step in steps}, f"{kind}: run {run} is damaged at {found}: {says[:1]}")
        self.require(not audit["sound"], f"{kind}: the run is not sound")
        movement = self.get(f"/runs/{run}/movement")
        touched = [i for i in movement["items"] if {i["fromStep"], i["toStep"]} & set(steps)]
        self.require(not touched and movement.get("pathLength") is None, f"{kind}: no movement from or to {steps}")
        features = [i["step"] for i in self.get(f"/runs/{run}/features")["items"]]
        self.require(not set(features) & set(steps), f"{kind}: features at {features} alone")
        for step in steps:
            status = requests.get(f"{self.api}/runs/{run}/features/{step}", timeout=60).status_code
            self.require(status >= 400, f"{kind}: the features file at {step} answers {status}")
        order = self.get(f"/runs/{run}/order")
        self.require(order["outcome"] == "withheld" and "blocks" not in order, f"{kind}: the order of learning is withheld")

    def compared(self, study, run):
        items = [c for c in self.get(f"/studies/{study}/comparisons")["items"] if run in (c["left"]["runId"], c["right"]["runId"])]
        return {c["outcome"] for c in items}, [c for c in items if c.get("distance") is not None]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=pathlib.Path, required=True)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--study", required=True)
    given = parser.parse_args()
    store, check = Store(given.home), Check(given.url)
    runs = [r["runId"] for r in check.get(f"/studies/{given.study}/runs")["items"]][:4]
    corrupted, swapped, missing, copied = runs
    step = lambda run, index: int(store.files(run)[index].name[5:13])

    last = store.files(corrupted)[-1]
    whole = last.read_bytes()
    last.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    check.named("corrupted", corrupted, [step(corrupted, -1)], "damaged")
    outcomes, numbers = check.compared(given.study, corrupted)
    check.require(outcomes == {"withheld"} and not numbers, f"corrupted: its comparisons are {outcomes}")

    one, other = store.files(swapped)[1:3]
    contents = one.read_bytes(), other.read_bytes()
    one.write_bytes(contents[1])
    other.write_bytes(contents[0])
    check.named("swapped", swapped, [step(swapped, 1), step(swapped, 2)], "swapped")

    gone = store.files(missing)[1]
    kept = gone.read_bytes()
    lost = step(missing, 1)
    gone.unlink()
    check.named("missing", missing, [lost], "missing")

    at = step(copied, 2)
    store.copied(copied, 2)
    check.named("duplicated", copied, [at], "duplicate")

    last.write_bytes(whole)
    one.write_bytes(contents[0])
    other.write_bytes(contents[1])
    gone.write_bytes(kept)
    for run in (corrupted, swapped, missing):
        check.require(check.audited(run)["sound"], f"put back: run {run} is sound")
        check.require(check.get(f"/runs/{run}/movement").get("pathLength") is not None, f"put back: {run} moves again")
    print(f"{len(check.problems)} problems" if check.problems else "every damage was named, and nothing of it published")
    sys.exit(bool(check.problems))


if __name__ == "__main__":
    main()
