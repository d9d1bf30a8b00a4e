"""A record as it is reported against the same computed here, field by field. Imported by check_retraining.py and check_functions.py."""

COUNTS = {"parameters", "name", "length", "images", "statisticsImages", "trainImages", "probeImages", "units", "layer"}
WORDS = {"label", "belowDrift", "prediction", "step"}
COSINES = {"cosine", "cosineToParent"}


def walk(note, where, reported, here, name=None):
    """Hands every leaf of `here` to note(name, where, reported, here) with what is reported in its place."""
    if isinstance(here, dict):
        for key, value in here.items():
            walk(note, f"{where} {key}", reported.get(key) if isinstance(reported, dict) else None, value, key)
    elif isinstance(here, list):
        listed = reported if isinstance(reported, list) else []
        note("length", f"{where} length", len(listed), len(here))
        for i, value in enumerate(here):
            walk(note, f"{where} {i}", listed[i] if i < len(listed) else None, value, name)
    else:
        note(name, where, reported, here)


def finite(value):
    """What is not finite is reported as absent."""
    return value if value is not None and abs(value) < float("inf") else None
