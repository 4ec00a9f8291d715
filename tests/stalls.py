#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Whether this computer stood still while a test that has failed ran: then that test is to run again.

What plays by the clock cannot play while a virtual machine is halted or moved, and says nothing of the
code then. Nothing else is run twice.

stalls.py watch STALLS           notes when this computer stands still, until it is killed
stalls.py held-up RESULTS STALLS prints the names of the tests that failed and were held up so
stalls.py amend RESULTS AGAIN    puts the results of those that ran again in the place of the first ones
                                 RESULTS, AGAIN: test logs that Meson has written as JSON
stalls.py                        whether all this is noticed (a test of its own)
"""
import json
import pathlib
import sys
import tempfile
import time

TICK = 0.05  # [s]
STALL = 0.5  # [s] later than it was to come, a tick tells of a stall
GOOD = ("OK", "EXPECTEDFAIL", "SKIP")


def watch(path):
    with open(path, "a") as file:
        before = time.time()
        while True:
            time.sleep(TICK)
            now = time.time()
            if now - before > TICK + STALL:
                print(before, now, file=file, flush=True)
            before = now


def read_stalls(path):
    return [tuple(map(float, line.split())) for line in pathlib.Path(path).read_text().splitlines()]


def read_results(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]


def find_held_up(results, stalls):
    for result in results:
        begun, ended = result["starttime"], result["starttime"] + result["duration"]
        if result["result"] not in GOOD and any(begin < ended and end > begun for begin, end in stalls):
            yield result["name"].split(" / ", 1)[-1]


def amend(first, again):
    new = {result["name"]: result for result in again}
    return [new.get(result["name"], result) for result in first]


def check():
    def result(name, begun, lasted, how):
        return {"name": "lectern:lan / " + name, "starttime": begun, "duration": lasted, "result": how}

    first = [
        result("good", 100, 10, "OK"),
        result("within", 100, 10, "FAIL"),
        result("before", 90, 9, "FAIL"),
        result("after", 106, 9, "ERROR"),
        result("at its end", 90, 11, "TIMEOUT"),
        result("left out", 100, 10, "SKIP"),
    ]
    held_up = list(find_held_up(first, [(100.5, 105)]))
    assert held_up == ["within", "at its end"], held_up
    assert not list(find_held_up(first, []))
    again = [result("within", 200, 10, "OK"), result("at its end", 200, 10, "FAIL")]
    assert [r["result"] for r in amend(first, again)] == ["OK", "OK", "FAIL", "ERROR", "FAIL", "SKIP"]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "stalls"
        path.write_text("1.5 2.5\n3 4\n")
        assert read_stalls(path) == [(1.5, 2.5), (3, 4)]


def main():
    what, *paths = sys.argv[1:] or ["check"]
    if what == "watch":
        watch(paths[0])
    elif what == "held-up":
        print(*find_held_up(read_results(paths[0]), read_stalls(paths[1])), sep="\n", end="")
    elif what == "amend":
        results = amend(read_results(paths[0]), read_results(paths[1]))
        pathlib.Path(paths[0]).write_text("".join(json.dumps(result) + "\n" for result in results))
        return any(result["result"] not in GOOD for result in results)
    else:
        check()
    return 0


sys.exit(main())
