"""check_claims.py accepts a made-up study of three seeds, and nothing in it may be off: python -m unittest test_check_claims.

The study: parents with seeds 1–3, each perturbed by ε of 1e-6, 1e-4 and 1e-2 and by a flip, and three runs of another optimizer.
N = 1 and the drift is 1 throughout, so E/N and the ratio to the drift are the planned E and distance.
"""

import contextlib
import copy
import io
import types
import unittest

import numpy as np
import scipy.stats

import agreement_table
import check_claims
import judged_numbers
import retraining_families
from test_check_measures import changed, leaves, with_leaf

CELL = {"network": "lenet", "dataset": "made-up", "initialization": "kaiming-uniform"}
SIZES = (1e-6, 1e-4, 1e-2)
EFFECTS = {1e-6: (0.5, 0.52, 0.54), 1e-4: (0.6, 0.7, 0.8), 1e-2: (1.4, 1.3, 1.2)}
RECOVERIES = {1e-6: None, 1e-4: (0.9, 0.8, 0.7), 1e-2: (0.1, 0.2, 0.3)}
FLIPPED = (4.0, 5.0, 6.0)
NORMS = {"sgd": (1.0, 2.0, 3.0), "adam": (14.0, 16.0, 18.0)}
SEEDS = (1, 2, 3)


def interval(values):
    low, high = scipy.stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=scipy.stats.sem(values))
    return {"mean": float(np.mean(values)), "low": float(low), "high": float(high), "n": len(values)}


class Study:
    """The parts of check_retraining.Check that are read, and the answers."""

    def __init__(self):
        self.runs, self.families, self.numbers, self.changes, self.epochs = [], [], {}, {}, {}
        for i, seed in enumerate(SEEDS):
            self.base(seed, "sgd", NORMS["sgd"][i])
            self.base(seed, "adam", NORMS["adam"][i])
            self.family(i, retraining_families.Family(f"sgd{seed}"))
        self.report = {"study": {"spec": {"gates": {"made-up": 0.5}}}, "runs": self.runs, "features": {}}
        self.report |= {"escape": [self.escape()], "factors": [self.factors()]}
        self.verdicts = {"items": [self.small(), self.flip()]}

    def base(self, seed, optimizer, norm):
        row = CELL | {"runId": f"{optimizer}{seed}", "role": "base", "optimizer": optimizer, "seed": seed, "state": "finished"}
        self.runs.append(row | {"accuracy": 0.8, "endNorm": norm})

    def family(self, i, family):
        family.same, family.new = f"same{i}", [f"new{i}"]
        self.families.append(family)
        self.epochs[family.parent] = (10, 80)
        for name, change in [(f"eps{s}", {"kind": "epsilon", "value": s, "scope": "all"}) for s in SIZES] + [
            ("flip", {"kind": "sign-flip", "scope": "all"})
        ]:
            run = f"{name}-{i}"
            family.children.append(run)
            row = CELL | {"runId": run, "role": "perturbed", "optimizer": "sgd", "seed": SEEDS[i], "state": "finished", "accuracy": 0.8}
            self.runs.append(row | {"retraining": {"regained": {"epochs": 2}}})
            size, self.changes[run], self.epochs[run] = change.get("value"), change, (10, 79, 80)
            back = RECOVERIES.get(size)
            self.numbers[run] = {
                "displaced": 2.0,
                "departure": 0.25,
                "recovery": back[i] if back else 0.0,
                "ratioToDrift": FLIPPED[i] if size is None else 1.5,
                "belowDrift": size == SIZES[0],
                "moduloSign": None,
                "effect": EFFECTS[size][i] if size else 9.0,
            }
        for run in family.twins():
            self.runs.append({"runId": run, "role": "twin", "retraining": {"regained": {"epochs": None}}})
            self.epochs[run] = (10, 79, 79)

    # --- what Check and Facts offer ---

    def effect_of(self, family, child):
        return self.numbers[child]["effect"], 1.0, self.numbers[child]["effect"]

    def of(self, child):
        return self.numbers[child]

    def change(self, child):
        return self.changes[child]

    def run(self, run):
        return types.SimpleNamespace(spec={"dataset": {"test": 100}})

    @property
    def facts(self):
        return self

    def items(self, path):
        if path.endswith("/verdicts"):
            return self.verdicts["items"]
        if path.endswith("/comparisons"):
            return [self.similar(kind, f.parent, r) for f in self.families for kind, r in self.pairs(f)]
        counts = self.epochs[path.split("/")[2]]
        return [{"epoch": epoch, "test": {"accuracy": count / 100}} for epoch, count in enumerate(counts)]

    def pairs(self, family):
        return [("perturbation", child) for child in family.children] + [("twin", family.same)]

    def similar(self, kind, left, right):
        """The child's matched correlation is that of the twin, and 0.001 · seed."""
        more = 0.001 * int(left[-1]) if kind == "perturbation" else 0
        return {"kind": kind, "left": {"runId": left}, "right": {"runId": right}, "matchedCorrelation": 0.7 + more}

    # --- what it answers ---

    def cell(self, values, beyond):
        seeds = [{"seed": str(seed), "value": value} for seed, value in zip(SEEDS, values)]
        return {"cell": "made up", "beyond": beyond, "perSeed": seeds} | interval(values)

    def small(self):
        """Supported: E/N is about a half, and the features are as near as the twin's."""
        values = [self.cell(EFFECTS[1e-6], True), self.cell([0.001, 0.002, 0.003], True)]
        return {"number": 7, "verdict": "supported", "values": values}

    def flip(self):
        """Mean 5, half width 2.48: wholly beyond 2."""
        return {"number": 8, "verdict": "supported", "values": [self.cell(FLIPPED, True)]}

    def escape(self):
        sweep = CELL | {"optimizer": "sgd", "kind": "epsilon", "scope": "all", "drawSeed": None}
        values = []
        for size in SIZES:
            constant = {"displaced": [2.0] * 3, "nullDistance": [1.0] * 3, "ratioToDrift": [1.5] * 3}
            over = [e / 2 for e in EFFECTS[size]]
            varying = {"effect": EFFECTS[size], "effectToNull": EFFECTS[size], "effectToDisplaced": over}
            if RECOVERIES[size]:
                varying |= {"departure": [0.25] * 3, "recovery": RECOVERIES[size]}
            spreads = {name: spread(numbers) for name, numbers in (constant | varying).items()}
            values.append({"value": size, "belowDrift": 0 if RECOVERIES[size] else 3} | spreads)
        # on the line over the logarithm from 1e-4 to 1e-2: E/N passes 1 at the halves 0.4/0.8, 0.3/0.6 and 0.2/0.4 of the way,
        # R falls below 0.5 at the halves 0.4/0.8, 0.3/0.6 and 0.2/0.4
        turns = {"overNull": self.turn(3), "notBack": self.turn(2)}
        return {"sweep": sweep, "values": values} | turns

    def turn(self, points):
        seeds = [{"parentRunId": f"sgd{s}", "seed": s, "side": "within", "value": 1e-3, "points": points} for s in SEEDS]
        return {"value": 1e-3, "low": 1e-3, "high": 1e-3, "seeds": seeds}

    def factors(self):
        """One factor, balanced: the closed form of test_retraining_peers.py."""
        low, high = judged_numbers.noncentral(294 / 2.5, 1, 4, 6)
        omega = (294 - 2.5) / (304 + 2.5)
        effect = {"name": "optimizer", "df": 1, "sumOfSquares": 294.0, "f": 294 / 2.5, "p": float(scipy.stats.f.sf(294 / 2.5, 1, 4))}
        effect |= {"omegaSquared": omega, "partial": omega, "partialLow": low, "partialHigh": high}
        residual = {"df": 4, "sumOfSquares": 10.0, "share": 15 / (304 + 2.5)}
        row = {"dataset": "made-up", "measure": "endNorm", "factors": ["optimizer"], "n": 6, "refused": None}
        return row | {"effects": [effect], "residual": residual}


def spread(values):
    return {"mean": float(values[0]), "low": float(values[0]), "high": float(values[0]), "n": 3} if len(set(values)) == 1 else interval(values)


class CheckClaimsTest(unittest.TestCase):
    def checked(self, study):
        table = agreement_table.Table(check_claims.TOLERANCES)
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            check_claims.Claims(study, study.report, table).all(study, "s")
            good = table.finish()
        return table, good, printed.getvalue()

    def test_a_sound_study_agrees_and_every_measure_is_compared(self):
        table, good, printed = self.checked(Study())
        self.assertTrue(good, printed)
        self.assertEqual(set(check_claims.TOLERANCES) - set(table.counts), set())

    def test_nothing_may_be_off(self):
        for part in ("escape", "factors", "verdicts"):
            whole = Study().verdicts if part == "verdicts" else Study().report[part]
            for leaf, value in leaves(whole):
                if leaf[-1] == "cell" or leaf[-1] == "seed" and part == "escape" or leaf[-1] in ("kind", "drawSeed"):
                    continue
                with self.subTest(part=part, leaf=leaf):
                    study, wrong = Study(), 0.5 if value is None else changed(value)
                    if part == "verdicts":
                        study.verdicts = with_leaf(whole, leaf, wrong)
                    else:
                        study.report = study.report | {part: with_leaf(whole, leaf, wrong)}
                    self.assertFalse(self.checked(study)[1])

    def test_an_epoch_that_is_off_is_found_and_so_is_one_where_there_is_none(self):
        for run, epochs in (("flip-1", 1), ("flip-1", None), ("same1", 2)):
            study = Study()
            row = next(row for row in study.runs if row["runId"] == run)
            row["retraining"] = {"regained": {"epochs": epochs}}
            self.assertFalse(self.checked(study)[1], (run, epochs))

    def test_half_a_point_is_counted_in_images(self):
        study = Study()
        for run, counts in ((f"flip-{i}", (10, 79, 80)) for i in range(3)):
            study.epochs[run] = counts
        study.run = lambda run: types.SimpleNamespace(spec={"dataset": {"test": 200}})
        study.items = lambda path: [
            {"epoch": e, "test": {"accuracy": c / 200}} for e, c in enumerate(study.epochs[path.split("/")[2]])
        ]
        table = agreement_table.Table(check_claims.TOLERANCES)
        check_claims.Claims(study, study.report, table).regained()
        self.assertIn("here 1", table.where["regained: epochs"])  # 79 of 200 is 80 of 200 less half a point

    def test_runs_below_the_gate_support_nothing(self):
        study = Study()
        for row in study.runs:
            row["accuracy"] = 0.1
        table, good, _ = self.checked(study)
        self.assertFalse(good)
        claims = check_claims.Claims(study, study.report, table)
        cell = claims.cell(["flip-0", "flip-1"], lambda child: 9.0, ">", 2)
        self.assertEqual((cell["n"], cell["beyond"], cell["gated"]), (0, None, True))
        self.assertEqual(judged_numbers.outcome([(cell["beyond"], cell["gated"])]), "gate-not-met")

    def test_a_section_that_is_missing_is_found(self):
        for part in ("escape", "factors"):
            study = Study()
            study.report = {name: value for name, value in study.report.items() if name != part}
            self.assertFalse(self.checked(study)[1], part)
        study = Study()
        study.verdicts = {"items": study.verdicts["items"][:1]}
        self.assertFalse(self.checked(study)[1])


if __name__ == "__main__":
    unittest.main()
