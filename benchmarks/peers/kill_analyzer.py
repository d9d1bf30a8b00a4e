"""Kills the analyzer while it holds an analysis, again and again, in the middle of a study.

    ./thetascope up --home HOME
    python benchmarks/peers/kill_analyzer.py --home HOME --url URL --study STUDY [--kills 2]

Reads the embedded object store's folder in HOME. Ends only the process that says that it owns an analysis. Prints a line a kill,
then how the study ended; fails when an analysis is missing. Compare the report with that of another home: compare_reports.py.
"""

import argparse
import json
import os
import pathlib
import signal
import sys

import requests
from kill_trainer import wait


def is_analyzer_of(home, pid):
    try:
        command = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return False
    return "analyzer-service" in command and str(home) in command


def held(home):
    """(analysis, process) of an analysis that is being worked on now; its owner is named after host and process."""
    for owner in (home / "s3" / "thetascope" / "analyses").glob("*/owner.json"):
        try:
            pid = int(json.loads(owner.read_text())["worker"].rsplit("-", 1)[1])
        except (OSError, ValueError):
            continue
        if is_analyzer_of(home, pid):
            return owner.parent.name, pid
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=pathlib.Path, required=True)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--study", required=True)
    parser.add_argument("--kills", type=int, default=2)
    given = parser.parse_args()
    home = given.home.resolve()
    study = lambda: requests.get(f"{given.url}/api/v1/studies/{given.study}", timeout=30).json()
    measured = 0
    for _ in range(given.kills):
        wait("more measured analyses", lambda: study()["analyses"]["measured"] > measured)
        analysis, pid = wait("an analysis that is held", lambda: held(home))
        os.kill(pid, signal.SIGKILL)
        wait("the end of the process", lambda: not pathlib.Path(f"/proc/{pid}").exists())
        measured = study()["analyses"]["measured"]
        print(f"SIGKILL to {pid} while it held {analysis}, {measured} analyses measured", flush=True)
    ended = wait("the end of the study", lambda: (s := study())["state"] == "completed" and s)
    print(f"study {given.study} completed: runs {ended['runs']}, analyses {ended['analyses']}")
    sys.exit(ended["analyses"]["measured"] != ended["analyses"]["planned"])


if __name__ == "__main__":
    main()
