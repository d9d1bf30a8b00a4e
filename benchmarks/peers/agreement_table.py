"""A table of how far reported numbers are from those computed here. Imported by check_measures.py and check_retraining.py."""

import math

# measure → how a difference counts, and how large it may be
TOLERANCES = {
    "movement: norms, paths": ("relative", 1e-9),
    "movement: cosines, shares": ("absolute", 1e-9),
    "movement: counts": ("absolute", 0),
    "features: units against PyTorch": ("absolute", 1e-5),  # of the largest
    "features: logits against PyTorch": ("absolute", 1e-4),
    "features: blocks against PyTorch": ("absolute", 1e-5),
    "features: correlations, shares": ("absolute", 1e-9),
    "features: correlation matrices": ("absolute", 1e-7),  # stored as float32
    "features: spectrum": ("relative", 1e-6),
    "features: counts": ("absolute", 0),
    "comparison: norms": ("relative", 1e-9),
    "comparison: cosine": ("absolute", 1e-9),
    "similarity: correlations, CKA, agreement": ("absolute", 1e-9),
    "similarity: CKA against ckatorch": ("absolute", 1e-9),
    "similarity: Procrustes": ("absolute", 1e-6),
    "similarity: counts, labels": ("absolute", 0),
    "similarity: null means (standard errors)": ("absolute", 5),
    "similarity: null deviations (factor)": ("absolute", 3),
    "similarity: net, interval": ("absolute", 1e-9),
    "order: CKA, recall": ("absolute", 1e-9),
    "order: steps, counts": ("absolute", 0),
    "agreement: tau, interval": ("absolute", 1e-9),
    "agreement: counts": ("absolute", 0),
    "alignment: raw stage": ("relative", 1e-9),
    "alignment: later stages": ("relative", 1e-6),  # of the raw distance; weights are held as float32
    "alignment: quotients": ("absolute", 1e-9),
    "alignment: units, counts": ("absolute", 0),
    "alignment: worse than our matching": ("absolute", 0.02),
    "laziness: residual (uncertainties)": ("absolute", 3),
    "laziness: gates": ("absolute", 1e-5),
    "laziness: live norm": ("relative", 1e-9),
    "integrity: digests, soundness": ("absolute", 0),
    "integrity: distance per step": ("relative", 1e-9),
}


class Table:
    """The worst difference of each measure, how many numbers were compared, and where the worst one is."""

    def __init__(self, tolerances=TOLERANCES):
        self.tolerances = tolerances
        self.counts, self.absolute, self.relative, self.where = {}, {}, {}, {}
        self.missing = []

    def note(self, measure, where, reported, here):
        """One number, or None where it is absent; a number against None is an infinite difference."""
        how, _ = self.tolerances[measure]
        self.counts[measure] = self.counts.get(measure, 0) + 1
        apart, relative = differences(reported, here)
        counted = relative if how == "relative" else apart
        if measure not in self.where or counted > self.counted(measure):
            self.where[measure] = f"{where}: reported {reported}, here {here}"
        self.absolute[measure] = max(self.absolute.get(measure, 0.0), apart)
        self.relative[measure] = max(self.relative.get(measure, 0.0), relative)

    def equal(self, measure, where, reported, here):
        """Two values of any kind that must be the same."""
        self.note(measure, where, 0 if reported == here else f"{reported}", 0 if reported == here else f"{here}")

    def counted(self, measure):
        return (self.relative if self.tolerances[measure][0] == "relative" else self.absolute)[measure]

    def finish(self):
        """Prints the table; returns whether everything that was compared agrees, and something was."""
        good = bool(self.counts) and not self.missing
        print(f"{'measure':42} {'numbers':>8} {'max |Δ|':>10} {'max rel':>10} {'tolerance':>16}  ok")
        for measure, (how, tolerance) in self.tolerances.items():
            if measure not in self.counts:
                print(f"{measure:42} {'none':>8}")
                continue
            ok = self.counted(measure) <= tolerance
            good = good and ok
            shown = f"{tolerance:g} {'rel' if how == 'relative' else 'abs'}"
            numbers = f"{self.counts[measure]:8} {self.absolute[measure]:10.2e} {self.relative[measure]:10.2e}"
            print(f"{measure:42} {numbers} {shown:>16}  {'yes' if ok else 'NO'}")
            if not ok:
                print(f"    {self.where[measure]}")
        for what in self.missing:
            print(f"MISSING {what}")
        return good


def differences(reported, here):
    """Absolute and relative difference; infinite where only one side has a number, or one is not finite."""
    if reported is None and here is None:
        return 0.0, 0.0
    if any(not isinstance(v, (int, float)) or not math.isfinite(v) for v in (reported, here)):
        return math.inf, math.inf
    apart = abs(reported - here)
    return float(apart), float(apart / abs(here) if here else apart)
