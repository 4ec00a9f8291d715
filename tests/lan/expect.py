# SPDX-License-Identifier: LGPL-2.1-or-later
"""What lectern-tune and lectern-guide report, asked in Python by lib.sh; each EXPRESSION is to be true.

expect.py is STATUS EXPRESSION...       of the report tune.json, and the seconds before it in tune.out
expect.py await PROCESS EXPRESSION...   waits until a second's report in tune.out fulfils them all, or
                                        the process has ended
"""
import itertools
import json
import sys
import time


def count(report, kind):
    return sum(track["decoded"] for track in report.get("tracks", []) if track["media"] == kind)


def name(status, report, seconds):
    """What expressions may speak of: `status`, each member of the report, and what lib.sh says."""
    names = dict(status=status, streams=[], network={}, decoded={"video": 0, "audio": 0}, verdict="", message="", channel={}, channels=[], warnings=[])
    names.update(report)
    names["report"] = report
    for kind in ("video", "audio"):
        names[kind] = next((s for s in names["streams"] if s["media"] == kind), {})
    names["ts"] = next((s["ts"] for s in names["streams"] if "ts" in s), {})
    programs = names["ts"].get("programs", [])
    names["program"] = next((p for p in programs if p["number"] == names["ts"].get("program")), {})
    for track, each, kind in (("picture", "pictures", "video"), ("sound", "sounds", "audio")):
        names[track] = next((t for t in report.get("tracks", []) if t["media"] == kind), {})
        grown = [count(b, kind) - count(a, kind) for a, b in zip(seconds[1:], seconds[2:])]
        names[each] = list(itertools.dropwhile(lambda n: n == 0, grown))
    return names


def holds(expression, names):
    try:
        return eval(expression, names)
    except (KeyError, IndexError):
        return False


def read(path):
    """The reports that are there whole."""
    try:
        with open(path) as file:
            return [json.loads(line) for line in file if line.startswith("{") and line.endswith("\n")]
    except FileNotFoundError:
        return []


def runs(process):
    try:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait(process, expressions):
    known = 0
    while runs(process):
        seconds = read("tune.out")
        if len(seconds) > known:
            known = len(seconds)
            names = name(0, seconds[-1], seconds)
            if all(holds(expression, names) for expression in expressions):
                return
        time.sleep(0.05)


def main():
    what, number, *expressions = sys.argv[1:]
    if what == "await":
        wait(number, expressions)
        return 0
    report = (read("tune.json") or [{}])[-1]
    names = name(int(number), report, read("tune.out")[:-1])
    bad = [expression for expression in expressions if not holds(expression, names)]
    for expression in bad:
        print("not so:", expression)
    if bad:
        print(json.dumps(report))
    return bool(bad)


sys.exit(main())
