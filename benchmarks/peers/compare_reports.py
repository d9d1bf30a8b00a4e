"""Compares two reports of one study, made in two homes: every number must be equal to the last bit.

    python benchmarks/peers/compare_reports.py A/report.json B/report.json

Where and when (the section `provenance`) may differ, but the digests of the checkpoints there may not.
"""

import json
import sys

SECTIONS = (
    *("runs", "epochs", "movement", "features", "order", "laziness", "integrity"),
    *("comparisons", "orderAgreement", "alignment", "paths", "symmetries", "barriers", "answers", "deck"),
)


def digests(report):
    return {r["runId"]: [c["artifact"]["sha256"] for c in r["checkpoints"]] for r in report["provenance"]["runs"]}


def main():
    a, b = (json.load(open(path)) for path in sys.argv[1:3])
    equal = {name: a[name] == b[name] for name in SECTIONS}
    equal["checkpoint digests"] = digests(a) == digests(b)
    for name, same in equal.items():
        print(f"{name:20} {'equal' if same else 'DIFFERENT'}")
    print(f"{sum(map(len, digests(a).values()))} checkpoints of {len(a['runs'])} runs")
    return 0 if all(equal.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
