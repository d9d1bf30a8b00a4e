"""Finished runs over HTTP: what was asked for, and the stored tensors. Imported by the checks beside it.

The API shows no run's whole spec, but a run's id is the hash of it: the spec is put together from the study's report, and
is right when its RFC 8785 text has the run's id (contracts/identity/RunId). Needs requests and safetensors.
"""

import hashlib
import itertools
import json
import tempfile

import requests
import safetensors.torch

import thetascope_peer as peer

PIECE = 1 << 20


def canonical(value):
    """RFC 8785 text of what a RunSpec holds: ASCII names, and numbers of ordinary size."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{canonical(value[k])}" for k in sorted(value)) + "}"
    if isinstance(value, float):
        return number(value)
    return json.dumps(value)


def number(value):
    """A double as ECMAScript writes it, between 1e-300 and 1e20."""
    if value == 0:
        return "0"
    for digits in range(17):
        mantissa, _, exponent = format(value, f".{digits}e").partition("e")
        if float(f"{mantissa}e{exponent}") == value:
            break
    exponent = int(exponent)
    if -7 < exponent < 21:
        return format(value, f".{max(digits - exponent, 0)}f")
    return f"{mantissa}e{'+' if exponent > 0 else ''}{exponent}"


def run_id(spec):
    return "r" + hashlib.sha256(canonical(spec).encode()).hexdigest()[:20]


class System:
    """One running Thetascope, read only."""

    def __init__(self, url):
        self.api = url.rstrip("/") + "/api/v1"
        self.reports = {}

    def get(self, path, **kwargs):
        answer = requests.get(self.api + path, timeout=300, **kwargs)
        if not answer.ok:
            raise SystemExit(f"GET {answer.url}: {answer.status_code} {answer.text[:300]}")
        return answer

    def items(self, path, **params):
        """All items of a list, page after page."""
        items, after = [], None
        while True:
            query = params | ({} if after is None else {"after": after})
            page = self.get(path, params=query).json()
            items += page["items"]
            after = page.get("next")
            if after is None:
                return items

    def steps(self, run):
        return [item["step"] for item in self.items(f"/runs/{run}/checkpoints")]

    def tensors(self, path):
        """A safetensors file as tensors, memory-mapped from a file that is gone when the tensors are."""
        with tempfile.NamedTemporaryFile(suffix=".safetensors") as file:
            with self.get(path, stream=True) as answer:
                for piece in answer.iter_content(PIECE):
                    file.write(piece)
            file.flush()
            return safetensors.torch.load_file(file.name)

    def checkpoint(self, run, step):
        return self.tensors(f"/runs/{run}/checkpoints/{step}")

    def report(self, study):
        if study not in self.reports:
            self.reports[study] = self.get(f"/studies/{study}/report", headers={"Accept": "application/json"}).json()
        return self.reports[study]

    def spec(self, run, study=None):
        """The spec of a run, its id checked; looks through the studies when none is named."""
        studies = [study] if study else [item["studyId"] for item in self.items("/studies")]
        for candidate_study in studies:
            report = self.report(candidate_study)
            row = next((row for row in report["runs"] if row["runId"] == run), None)
            if row is not None:
                for spec in candidates(report, row):
                    if run_id(spec) == run:
                        return spec
                raise SystemExit(
                    f"run {run}: no spec made from the report of {candidate_study} hashes to its id; "
                    "the RunSpec has grown: mend candidates() in finished_runs.py"
                )
        raise SystemExit(f"run {run} is in none of the studies {studies}")


def candidates(report, row):
    """Every spec that a row of the report may have had: what the study used, in all combinations."""
    study, used, provenance = report["study"]["spec"], report["study"]["used"], report["provenance"]
    dataset = next(item for item in provenance["datasets"] if item["name"] == row["dataset"])
    environment = next(item for item in provenance["runs"] if item["runId"] == row["runId"])["environment"]
    threads = environment["threads"] if environment else study["train"]["threads"]
    origin = {}
    if row["generation"] == 1:
        made = {"twin": row["twin"]} if row["perturbation"] is None else {"perturbation": dense(row["perturbation"])}
        origin = {"origin": {"parent": row["parentRunId"]} | made}
        same_seed = row["twin"] is None or row["twin"]["kind"] == "same-seed"
        seeds = peer.seeds_of_retraining(row["parentRunId"], 0 if same_seed else row["twin"]["index"])
    else:
        seeds = peer.seeds_of_base(row["seed"])
    optimizers = [item for item in used["optimizers"] if item["kind"] == row["optimizer"]]
    for form, channels, start, optimizer, batch, train, validation, test, checkpoints, evidence in itertools.product(
        (2, 1),
        (3, 1),
        initializations(report, row),
        optimizers,
        used["batches"],
        used["trainImages"],
        used["validationImages"],
        used["testImages"],
        used["checkpoints"],
        (True, False),
    ):
        yield {
            "format": form,
            "network": row["network"],
            "input": {"channels": channels, "height": study["inputSize"], "width": study["inputSize"]},
            "dataset": {
                "name": row["dataset"],
                "digest": dataset["digest"],
                "train": train,
                "validation": validation,
                "test": test,
            },
            "initialization": start,
            "optimizer": dense(optimizer),
            "batch": batch,
            "epochs": row["epochs"],
            "checkpoints": checkpoints,
            "seeds": seeds,
            "threads": threads,
            "evidence": evidence,
        } | origin


def initializations(report, row):
    if row["initialization"] != "pretrained":
        return [{"kind": row["initialization"]}]
    named = [str(item.get("from", "")) for item in report["study"]["spec"]["pretrained"]]
    digests = [name.removeprefix("sha256:") for name in named if name and not name.startswith("run:")]
    runs = [name.removeprefix("run:") for name in named if name.startswith("run:")]
    runs += [item["runId"] for item in report["runs"] if item["generation"] == 0]
    starts = [{"kind": "pretrained", "weights": digest} for digest in digests]
    return starts + [{"kind": "pretrained", "donor": run} for run in runs]


def dense(fields):
    """Without what is absent, within what is nested too."""
    return {name: dense(value) if isinstance(value, dict) else value for name, value in fields.items() if value is not None}
