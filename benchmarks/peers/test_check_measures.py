"""check_measures.py accepts a made-up system, and none of its numbers may be off: python -m unittest test_check_measures."""

import contextlib
import copy
import io
import pathlib
import re
import unittest

import torch

import agreement_table
import check_comparisons
import check_measures
import made_up_system

RECORDS = pathlib.Path(__file__).parents[2] / "contracts/src/main/java/io/thetascope/contracts/analysis"
READ = {
    "movement": ("MovementResult", "LayerMovement", "GroupMovement", "ChangeMeasures", "Attribution"),
    "features": ("FeaturesResult", "WithinClassCorrelation"),
    "order": ("OrderResult",),
    "laziness": ("LazinessResult",),
    "integrity": ("IntegrityResult",),
    "pair": ("FeatureSimilarity", "NetOfNull"),
    "alignment": ("AlignmentResult",),
    "agreement": ("OrderAgreementResult",),
}
# fields that hold no number of their own, or words
NOT_NUMBERS = {"key", "epoch", "code", "says", "applies", "label", "kind", "name"}
# numbers that say how something was done, of which only bounds are known here
FREE = {"differenceStep", "residualUncertainty", "sweeps", "evidence", "dataDead", "returned", "unexplained", "absorbed"}


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, path + (key,))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from leaves(inner, path + (i,))
    else:
        yield path, value


def keys(value):
    """All names of fields, those of empty lists too."""
    if isinstance(value, list):
        return set().union(*(keys(inner) for inner in value)) if value else set()
    if isinstance(value, dict):
        return set(value) | keys(list(value.values()))
    return set()


def changed(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return value * (1 + 1e-4) + 1e-4 if isinstance(value, float) else f"{value}?"


def components(record):
    """Names of all components of a record and of those inside it."""
    text = re.sub(r"/\*.*?\*/", "", (RECORDS / f"{record}.java").read_text(), flags=re.S)
    found = set()
    for header in re.findall(r"record \w+\((.*?)\)\s*\{", text, flags=re.S):
        found |= set(re.findall(r"(\w+)\s*(?:,|$)", re.sub(r"<[^<>]*(?:<[^<>]*>)?[^<>]*>", "", header.strip())))
    return found


class CheckMeasuresTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(1)
        cls.system = made_up_system.MadeUp()
        cls.parts = {f"{part} of r1": f"/runs/r1/{part}" for part in ("movement", "features", "order", "laziness", "integrity")}
        cls.parts |= {"pair": "/studies/s/comparisons", "agreement": "/analyses/o", "alignment": "/analyses/a"}

    def checked(self, system, part=None):
        """The table after checking a part, or everything; and whether it agrees."""
        table, store, runs = agreement_table.Table(), check_measures.Store(system), {}
        for run in system.specs:
            runs[run] = check_measures.Run(system, {"runId": run}, "s", system)
            check = check_measures.RunCheck(runs[run], system, store, table)
            if part is None:
                check.check()
            elif run == "r1" and part.endswith("of r1"):
                getattr(check, part.partition(" ")[0])()
        comparisons = check_comparisons.Comparisons(runs, system, store, table, made_up_system.arguments())
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            if part is None:
                comparisons.check("s")
            elif part == "pair":
                item = system.items("/studies/s/comparisons")[0]
                comparisons.norms("p", item)
                comparisons.similarity("p", item, True)
            elif part == "agreement":
                comparisons.order_agreement("o", system.answers["/analyses/o"])
            elif part == "alignment":
                comparisons.alignment("a", system.answers["/analyses/a"])
            good = table.finish()
        return table, good, printed.getvalue()

    def test_a_sound_system_agrees_and_every_measure_is_compared(self):
        table, good, printed = self.checked(self.system)
        self.assertTrue(good, printed)
        self.assertEqual(set(agreement_table.TOLERANCES) - set(table.counts), set())

    def test_a_result_that_is_missing_is_no_agreement(self):
        for part in ("order", "laziness", "integrity"):
            broken = copy.copy(self.system)
            broken.system, broken.answers = broken, dict(self.system.answers)
            del broken.answers[f"/runs/r1/{part}"]
            table, good, printed = self.checked(broken, f"{part} of r1")
            self.assertEqual((len(table.missing), good), (1, False), printed)

    def test_every_field_of_the_records_is_in_the_made_up_answers(self):
        for part, records in READ.items():
            path = self.parts.get(part) or self.parts[f"{part} of r1"]
            names = keys(self.system.answers[path])
            for record in records:
                missing = components(record) - names - NOT_NUMBERS
                self.assertEqual(missing, set(), record)

    def test_no_number_may_be_off(self):
        for part, path in self.parts.items():
            self.assertTrue(self.checked(self.system, part)[1], part)
            whole, seen = self.system.answers[path], set()
            for leaf, value in leaves(whole):
                name = tuple(key for key in leaf if isinstance(key, str))
                if name in seen or value is None or name[-1] in FREE or unread(name):
                    continue
                seen.add(name)
                with self.subTest(part=part, field=".".join(name)):
                    broken = copy.copy(self.system)
                    broken.system, broken.answers = broken, self.system.answers | {path: with_leaf(whole, leaf, changed(value))}
                    try:
                        self.assertFalse(self.checked(broken, part)[1])
                    except (KeyError, StopIteration):
                        pass  # names a step or layer that there is not: noticed, too


def unread(name):
    """What names the thing that is checked, rather than being a number of it."""
    return bool({"comparisonId", "outcome", "request"} & set(name)) or name[-1] == "kind" or name[-2:] == ("groups", "name")


def with_leaf(whole, leaf, value):
    made = copy.deepcopy(whole)
    inner = made
    for key in leaf[:-1]:
        inner = inner[key]
    inner[leaf[-1]] = value
    return made


if __name__ == "__main__":
    unittest.main()
