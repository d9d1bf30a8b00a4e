"""Checks what was perturbed and retrained in a finished study against numpy, scipy, PyTorch and statsmodels, over HTTP alone.

    pip install torch torchvision numpy scipy statsmodels safetensors requests ckatorch
    python benchmarks/peers/check_retraining.py URL STUDY --images FOLDER [--images FOLDER …]

Each FOLDER holds the files of one data set, as check_study.py wants them. Written from the definitions (MEASURES and the records
in contracts), not from the Java code. Every start of a retraining is made anew from its parent and must be equal bit for bit
(gaussian: one unit in the last place); a child with ε = 0 must be its same-seed twin at every checkpoint. Comparisons with all
their parts, paths, E, N and E/N are recomputed in double from the checkpoints; the symmetry predictor's numbers and the raw line
of every barrier by forward passes; the line with matched units must end where the raw one does. From these numbers, epochs to
regain the parent's accuracy, the verdicts on claims 7 and 8, sweeps and their turns, and the factors (statsmodels). Prints a
table and fails when a difference is above its tolerance, or something that must be there is not. A LeNet's barrier takes about
ten seconds, a ResNet's minutes: `--barriers` says how many are recomputed at most, `--single` infers in float32.
"""

import argparse
import collections
import pathlib
import sys

import torch

import agreement_table
import check_claims
import check_functions
import check_measures
import measured_facts
import perturbed_starts
import retraining_families
import retraining_geometry
import starting_points
import study_images
from compared_records import COSINES, COUNTS, WORDS, walk

COMPARED = ("perturbation", "twin", "effect", "null", "pair")
CORNERS = ("left", "right", "perturbed", "twin")

TOLERANCES = {
    "starts: elements of other bits": ("absolute", 0),
    "starts: gaussian (ulps)": ("absolute", 1),
    "ε = 0 and its twin: elements of other bits": ("absolute", 0),
    "comparison: norms, ratios": ("relative", 1e-9),
    "comparison: cosines": ("absolute", 1e-9),
    "comparison: counts, names, labels": ("absolute", 0),
    "report: E, N, E/N": ("relative", 1e-9),
    "path: norms": ("relative", 1e-9),
    "path: cosines": ("absolute", 1e-9),
    "path: steps": ("absolute", 0),
} | check_functions.TOLERANCES | check_claims.TOLERANCES


class Check:
    """A study's retrainings: `runs` the finished runs by id (check_measures.Run), `families` what belongs together."""

    def __init__(self, facts, store, images, study, table):
        self.facts, self.store, self.images, self.table = facts, store, images, table
        rows = facts.items(f"/studies/{study}/runs")
        finished = [row for row in rows if row["state"] == "finished"]
        self.runs = {row["runId"]: check_measures.Run(facts, row, study, images) for row in finished}
        self.families = retraining_families.of(rows)
        for family in self.families:
            self.run(family.parent)
        self.numbers = {}  # by kind, left and right: a ComparisonResult made here

    def run(self, run):
        """A run of this study, or a parent that it was given."""
        if run not in self.runs:
            self.runs[run] = check_measures.Run(self.facts, {"runId": run}, None, self.images)
        return self.runs[run]

    def change(self, child):
        """What was done to the parent of a run; None for a twin."""
        return self.run(child).spec["origin"].get("perturbation")

    def missing(self, what):
        self.table.missing.append(f"{what}: ask GET /runs/…/analyses for the reason, and the analyzer's log")

    # --- starts ---

    def starts(self):
        for family in self.families:
            for child in family.descendants():
                self.start(self.run(family.parent), child)
            for child in family.children:
                change = self.change(child)
                if change["kind"] == "epsilon" and change["value"] == 0 and family.same is not None:
                    self.undisturbed(child, family.same)

    def start(self, parent, child):
        change, made = self.change(child), self.store.checkpoint(parent.id, parent.steps[-1])
        after, where = self.store.checkpoint(child, 0), f"{child}, {self.change(child) or 'twin'}"
        if change is not None:
            made = perturbed_starts.made(made, change, parent.id, parent.kinds, parent.masks)
        if change is None or change["kind"] != "gaussian":
            self.table.note("starts: elements of other bits", where, perturbed_starts.all_bits_off(made, after), 0)
            return
        scope, rounded = perturbed_starts.in_scope(change["scope"], parent.kinds, parent.masks), 0
        off = perturbed_starts.all_bits_off(*(perturbed_starts.outside(state, scope) for state in (made, after)))
        self.table.note("starts: elements of other bits", f"{where}, outside the scope", off, 0)
        for name in scope:
            ulps = starting_points.ulps(made[name], after[name])
            self.table.note("starts: gaussian (ulps)", f"{where} {name}", ulps, 0)
            rounded += perturbed_starts.bits_off(made[name], after[name])
        print(f"{where}: {rounded} elements differ in their last place")

    def undisturbed(self, child, twin):
        measure = "ε = 0 and its twin: elements of other bits"
        steps = [self.run(run).steps for run in (child, twin)]
        self.table.equal(measure, f"steps of {child} and {twin}", *steps)
        for step in steps[0]:
            off = perturbed_starts.all_bits_off(*(self.store.checkpoint(run, step) for run in (child, twin)))
            self.table.note(measure, f"{child} and {twin} at {step}", off, 0)

    # --- comparisons ---

    def comparisons(self, study):
        for item in self.facts.items(f"/studies/{study}/comparisons"):
            if item["kind"] not in COMPARED or measured_facts.outcome(item) != "measured":
                continue
            inputs = measured_facts.inputs(self.facts.fact(item["comparisonId"]))
            places = {name: (run, step) for name, run, step in inputs}
            if all(run in self.runs for run, _ in places.values()):
                self.comparison(item, places)
        for key in self.needed_comparisons():
            if key not in self.numbers:
                self.missing("comparison {} of {} and {}".format(*key))

    def comparison(self, item, places):
        run = self.run(places["left"][0])
        corners = [self.store.checkpoint(*places[name]) if name in places else None for name in CORNERS]
        here = retraining_geometry.comparison(run.kinds, run.masks, *corners)
        self.numbers[item["kind"], places["left"][0], places["right"][0]] = here
        walk(self.compared("comparison"), f"{item['kind']} {item['comparisonId']}", item, here)

    def compared(self, group):
        """Notes one number of a triangle or a path under the measure that its name belongs to."""
        words, norms = ("path: steps", "path: norms") if group == "path" else (
            "comparison: counts, names, labels",
            "comparison: norms, ratios",
        )

        def note(name, where, reported, here):
            if name in COSINES:
                self.table.note(f"{group}: cosines", where, reported, here)
            elif name in COUNTS | WORDS:
                self.table.equal(words, where, reported, here)
            elif name == "recovery":
                self.table.note(norms, f"{where}, 1 −", *(None if v is None else 1 - v for v in (reported, here)))
            else:
                self.table.note(norms, where, reported, here)

        return note

    def needed_comparisons(self):
        for family in self.families:
            yield from (("perturbation", family.parent, child) for child in family.children)
            yield from (("twin", family.parent, twin) for twin in family.twins())
            if family.same is not None:
                yield from (("effect", family.same, child) for child in family.children)
                yield from (("null", family.same, twin) for twin in family.new)

    def against_twins(self, report):
        """E, N and E/N of every child in the report."""
        rows = {row["runId"]: row.get("retraining") or {} for row in report["runs"]}
        for family in self.families:
            for child in family.children:
                for name, value in zip(("effect", "nullDistance", "effectToNull"), self.effect_of(family, child)):
                    self.table.note("report: E, N, E/N", f"{child} {name}", rows[child].get(name), value)

    def effect_of(self, family, child):
        """E, N (the mean over the twins with a new seed, absent while one of them is not there) and E/N."""
        effect = self.distance("effect", family.same, child)
        nulls = [self.distance("null", family.same, twin) for twin in family.new]
        null = None if not nulls or None in nulls or family.unfinished else sum(nulls) / len(nulls)
        return effect, null, effect / null if effect is not None and null else None

    def distance(self, *key):
        return self.numbers[key]["distance"] if key in self.numbers else None

    def of(self, child):
        """What was recomputed of a perturbed child and its parent."""
        return self.numbers["perturbation", self.run(child).spec["origin"]["parent"], child]

    # --- paths ---

    def paths(self, measured):
        seen = set()
        for name, fact in measured:
            places = measured_facts.inputs(fact)
            parent = next((run, step) for label, run, step in places if label == "left")
            run = next(run for label, run, _ in places if label != "left")
            if run not in self.runs:
                continue
            seen.add(run)
            states = ((step, self.store.checkpoint(run, step)) for step in self.run(run).steps)
            here = retraining_geometry.path(self.run(run).kinds, self.store.checkpoint(*parent), states)
            walk(self.compared("path"), f"path {name} of {run}", fact["result"], here)
        for run in [run for family in self.families for run in family.descendants() if run not in seen]:
            self.missing(f"path of {run}")


def checked(facts, store, images, study, table, dtype=torch.float64, barriers=None):
    """Everything, group after group."""
    check = Check(facts, store, images, study, table)
    if not check.families:
        raise SystemExit(f"study {study} has no finished retraining")
    print(f"study {study}: {len(check.runs)} finished runs, {len(check.families)} families", flush=True)
    check.starts()
    check.comparisons(study)
    report = facts.system.report(study)
    check.against_twins(report)
    measured = collections.defaultdict(list)
    for name, (kind, fact) in facts.analyses(check.runs, study, ("path", "symmetry", "barrier")).items():
        measured[kind].append((name, fact))
    check.paths(measured["path"])
    functions = check_functions.Functions(check, dtype, barriers)
    functions.symmetries(measured["symmetry"])
    functions.all_barriers(measured["barrier"])
    if all(("perturbation", family.parent, child) in check.numbers for family in check.families for child in family.children):
        check_claims.Claims(check, report, table).all(facts, study)
    else:
        print("epochs to regain, verdicts, sweeps and factors are not checked: comparisons are missing")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("study")
    parser.add_argument("--images", required=True, type=pathlib.Path, action="append")
    parser.add_argument("--barriers", type=int, help="recompute so many at most; the others are held against themselves")
    parser.add_argument("--single", action="store_true", help="forward passes in float32")
    args = parser.parse_args()
    torch.set_num_threads(1)
    facts, images = measured_facts.Facts(args.url), study_images.StudyImages(args.images)
    table = agreement_table.Table(TOLERANCES)
    dtype = torch.float32 if args.single else torch.float64
    checked(facts, check_measures.Store(facts), images, args.study, table, dtype, args.barriers)
    for name in sorted(facts.unknown):
        print(f"the gateway does not know …/{name}: not checked")
    good = table.finish()
    print("everything compared agrees" if good else "there are differences above their tolerance")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
