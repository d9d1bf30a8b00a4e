"""The part of check_retraining.py that runs networks forward: what a perturbation does to the function, and barriers."""

import torch

import measured_facts
import perturbed_function
from compared_records import COUNTS, WORDS, finite, walk

LOSS, ROUNDING = 1e-4, 1e-5  # of inference in float32: relative, and in parts of what is measured
FEW = 2  # images whose class may turn with the rounding
SMALL = 50_000_000  # above so many parameters no barrier is planned

TOLERANCES = {
    "symmetry: prediction, counts": ("absolute", 0),
    "symmetry: losses": ("relative", LOSS),
    "symmetry: accuracies, agreement (images)": ("absolute", FEW),
    "symmetry: changes (roundings)": ("absolute", 1),
    "symmetry: shifts": ("relative", 1e-6),
    "barrier: counts": ("absolute", 0),
    "barrier: losses": ("relative", LOSS),
    "barrier: heights of the reported losses": ("absolute", 1e-9),
    "barrier: ends of the aligned line": ("relative", LOSS),
}


class Functions:
    """`barriers`: so many are recomputed at most; None: all."""

    def __init__(self, check, dtype, barriers):
        self.check, self.store, self.table = check, check.store, check.table
        self.dtype, self.barriers, self.kept = dtype, barriers, None

    def network_of(self, run):
        """The network of a run on its images; only the last is kept."""
        run = self.check.run(run)
        chosen = torch.from_numpy(self.store.features(run.id, run.steps[-1])["probe_indices"]).long()
        key = (run.spec["network"], str(run.spec["dataset"]), str(run.spec["input"]), str(chosen.tolist()))
        if self.kept is None or self.kept[0] != key:
            pixels, labels = run.images.of(run.spec)
            train = tuple(part[: run.spec["dataset"]["train"]] for part in run.images.of(run.spec, "train"))
            sets = {"probe": (pixels[chosen], labels[chosen]), "train": train}
            made = perturbed_function.Functions(run.spec["network"], run.spec["input"]["channels"], sets, self.dtype)
            self.kept = key, made
        return self.kept[1]

    def places(self, fact):
        return {label: (run, step) for label, run, step in measured_facts.inputs(fact)}

    # --- symmetry ---

    def symmetries(self, measured):
        seen = set()
        for name, fact in measured:
            places = self.places(fact)
            child = places["perturbed"][0]
            if child not in self.check.runs:
                continue
            seen.add(child)
            change = self.check.run(child).spec["origin"]["perturbation"]
            states = [self.store.checkpoint(*places[side]) for side in ("left", "perturbed")]
            network = self.network_of(places["left"][0])
            here = network.symmetry(change, *states, said=fact["result"]["prediction"])
            walk(self.symmetric(here["images"]), f"symmetry {name} of {child}", fact["result"], here)
        for child in [child for family in self.check.families for child in family.children if child not in seen]:
            self.check.missing(f"symmetry of {child}")

    def symmetric(self, images):
        def note(name, where, reported, here):
            if name in ("accuracy", "agreement"):
                counts = [None if value is None else value * images for value in (reported, here)]
                self.table.note("symmetry: accuracies, agreement (images)", where, *counts)
            elif name == "loss":
                self.table.note("symmetry: losses", where, reported, finite(here))
            elif name in ("biasShift", "meanShift"):
                self.table.note("symmetry: shifts", where, reported, here)
            elif name in COUNTS | WORDS:
                self.table.equal("symmetry: prediction, counts", where, reported, here)
            elif reported is None or here is None:
                self.table.note("symmetry: changes (roundings)", where, reported, here)
            else:
                unit = LOSS * abs(here) + ROUNDING
                says = f"{where}: {reported}, here {here}"
                self.table.note("symmetry: changes (roundings)", says, abs(reported - here) / unit, 0)

        return note

    # --- barriers ---

    def all_barriers(self, measured):
        seen, recomputed = set(), 0
        for name, fact in measured:
            places = self.places(fact)
            if not {run for run, _ in places.values()} <= self.check.runs.keys():
                continue
            seen.add(frozenset(run for run, _ in places.values()))
            self.lines(name, fact["result"])
            if self.barriers is None or recomputed < self.barriers:
                states = [self.store.checkpoint(*places[side]) for side in ("left", "right")]
                here = self.network_of(places["left"][0]).barrier(*states)
                walk(self.barred, f"barrier {name}", fact["result"], here)
                recomputed += 1
        print(f"{len(seen)} barriers, {recomputed} of them recomputed", flush=True)
        self.needed_barriers(seen)

    def barred(self, name, where, reported, here):
        if name in COUNTS:
            self.table.equal("barrier: counts", where, reported, here)
        elif name in ("trainLoss", "probeLoss"):
            self.table.note("barrier: losses", where, reported, finite(here))

    def lines(self, name, result):
        """What a barrier says of its own losses."""
        raw, aligned = result["raw"], result.get("aligned")
        self.table.equal("barrier: counts", f"{name}: aligned, or why not", aligned is None, bool(result.get("alignedAbsent")))
        for label, line in (("raw", raw), ("aligned", aligned)):
            for part in ("train", "probe") if line is not None else ():
                losses, where = line[f"{part}Loss"], f"barrier {name} {label} {part}"
                self.table.note("barrier: counts", f"{where} points", len(losses), perturbed_function.ALPHAS)
                here = perturbed_function.above_chord(losses)
                self.table.note("barrier: heights of the reported losses", where, line.get(f"{part}Barrier"), here)
                for end in (0, -1) if label == "aligned" else ():
                    ends = losses[end], raw[f"{part}Loss"][end]
                    self.table.note("barrier: ends of the aligned line", f"{where}, end {end}", *ends)

    def needed_barriers(self, seen):
        for family in self.check.families:
            model = self.check.run(family.parent).model
            if sum(parameter.numel() for parameter in model.parameters()) > SMALL:
                continue
            needed = [(family.parent, run) for run in family.children]
            if family.same is not None:
                needed += [(family.parent, family.same)] + [(family.same, twin) for twin in family.new]
            for pair in needed:
                if frozenset(pair) not in seen:
                    self.check.missing("barrier between {} and {}".format(*pair))
