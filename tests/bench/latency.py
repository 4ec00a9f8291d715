#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What latency.sh has seen, as a table.

  latency.py STATION-LOG STAGES... -- SEEN..."""
import bisect
import statistics
import sys

GOAL = 1.1  # times the pipeline made by hand
MOST = 500000  # [us] later it is another flash
NAMES = {"hand-made": "sdpdemux latency=50 ! decodebin ! videoconvert ! ximagesink", "lectern": "lectern",
         "mpv": "mpv --profile=low-latency --untimed"}
STAGES = [("encode", 0, 1), ("wire, reception, jitter buffer", 1, 2), ("depayloading, parsing, queue", 2, 3), ("decoding", 3, 4),
          ("conversion", 4, 5), ("sink, until it is due", 5, 6), ("painting", 6, 7)]


def read_station(path):
    drawn, sent = {}, {}
    for line in open(path):
        words = line.split()
        if len(words) == 3 and words[0] in ("drawn", "sent"):
            (drawn if words[0] == "drawn" else sent)[words[1]] = int(words[2])
    return sorted((at, sent.get(number, at)) for number, at in drawn.items())


def flash_before(flashes, moment):
    """The flash that is seen at that moment; None: none is."""
    index = bisect.bisect_right(flashes, (moment, moment)) - 1
    return flashes[index] if index >= 0 and moment - flashes[index][0] < MOST else None


def delays(flashes, path):
    seen = [int(line.split()[1]) for line in open(path) if line.startswith("seen ")]
    found = [(moment, flash_before(flashes, moment)) for moment in seen]
    return [(moment - flash[0]) / 1000 for moment, flash in found if flash is not None]


def stages(flashes, paths, seen):
    moments = sorted(int(line.split()[1]) for line in open(seen) if line.startswith("seen "))
    rows = []
    for path in paths:
        for line in open(path):
            times = [int(word) for word in line.split()[1:]]
            flash = flash_before(flashes, times[-1])
            index = bisect.bisect_left(moments, times[-1] - 2000)
            if flash is None or min(times) == 0 or index == len(moments) or moments[index] - times[-1] > 100000:
                continue
            rows.append([*flash, *times, moments[index]])
    return rows


def main():
    split = sys.argv.index("--")
    flashes = read_station(sys.argv[1])
    medians = {}
    for path in sys.argv[split + 1:]:
        name = path.split("seen.")[-1]
        found = delays(flashes, path)
        if not found:
            print(f"{NAMES.get(name, name)}: no flash was seen in time")
            continue
        medians[name] = statistics.median(found)
        print(f"{NAMES.get(name, name)}: {medians[name]:.0f} ms ({len(found)} flashes, {min(found):.0f} to {max(found):.0f})")
        if name == "lectern":
            rows = stages(flashes, sys.argv[2:split], path)
            for title, begin, end in STAGES if rows else []:
                print(f"    {title}: {statistics.median(row[end] - row[begin] for row in rows) / 1000:.1f} ms")
    if "lectern" in medians and "hand-made" in medians:
        ratio = medians["lectern"] / medians["hand-made"]
        print(f"lectern beside the pipeline made by hand: {ratio:.2f} times ({'reached' if ratio <= GOAL else 'NOT REACHED'}: {GOAL})")


main()
