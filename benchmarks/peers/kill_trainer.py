"""Kills the trainer of a run again and again, each time after a new resume point, and stops it once with SIGTERM.

    ./thetascope up --home HOME
    python benchmarks/peers/kill_trainer.py --home HOME --url URL --run RUN [--kills 10] [--terms 1]

Reads the embedded object store's folder in HOME. Ends only the process that says that it owns the run, found by the worker name
on its command line. Prints a line a kill and the steps from which the run went on; fails when the run does not finish.
"""

import argparse
import json
import os
import pathlib
import re
import signal
import sys
import time

import requests

PATIENCE = 900


def resume_steps(run):
    return sorted(int(re.search(r"step-(\d{8})", p.name)[1]) for p in run.glob("resume/step-*.json"))


def wait(what, condition):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    sys.exit(f"waited {PATIENCE} s in vain for {what}")


def owner(run):
    try:
        return json.loads((run / "owner.json").read_text())["worker"]
    except (OSError, ValueError):
        return None


def process_of(worker, home):
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if f"-Dthetascope.trainer.worker={worker}" in command and any(str(home) in part for part in command):
            return int(entry.name)
    return None


def end_once(run, home, done, sign):
    """Waits for a resume point beyond the step, then ends the owner; returns the point's step."""
    step = wait("a new resume point", lambda: next((s for s in reversed(resume_steps(run)) if s > done), None))
    pid = wait("the owner's process", lambda: (worker := owner(run)) and process_of(worker, home))
    os.kill(pid, sign)
    print(f"{sign.name} to {pid} after the resume point at step {step}", flush=True)
    wait("the end of the process", lambda: not pathlib.Path(f"/proc/{pid}").exists())
    return step


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=pathlib.Path, required=True)
    parser.add_argument("--url", default="http://127.0.0.1:8080")
    parser.add_argument("--run", required=True)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--terms", type=int, default=1)
    given = parser.parse_args()
    home = given.home.resolve()
    run = home / "s3" / "thetascope" / "runs" / given.run
    done = max(resume_steps(run), default=0)
    for sign in [signal.SIGKILL] * given.kills + [signal.SIGTERM] * given.terms:
        done = end_once(run, home, done, sign)
    state = lambda: requests.get(f"{given.url}/api/v1/runs/{given.run}", timeout=30).json()["state"]
    ended = wait("the end of the run", lambda: (s := state()) in ("finished", "diverged", "failed", "cancelled") and s)
    print(f"run {given.run} {ended}; resume points left: {len(resume_steps(run))}")
    sys.exit(ended != "finished")


if __name__ == "__main__":
    main()
