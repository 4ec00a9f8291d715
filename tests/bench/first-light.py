#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What first-light.sh has seen, as a table.

  first-light.py SENDER..."""
import os
import statistics
import sys

BEYOND, TIMES_MPV, TIMES_CELLULOID = 120, 0.5, 0.8


def rounds(path):
    """Each from its start on: what happened, and when [us]."""
    found = []
    for line in open(path) if os.path.exists(path) else []:
        what, at = line.split()
        if what == "started":
            found.append({})
        found[-1][what] = int(at)
    return found


def median_ms(all_rounds, what):
    times = [(one[what] - one["started"]) / 1000 for one in all_rounds if what in one]
    return statistics.median(times) if times else None


def beyond_key(one, keys):
    """How long after a key frame since the join, and the window, the picture was there [ms]."""
    joins = [at for what, at in keys if what == "joined" and one["started"] <= at <= one.get("picture", 0)]
    if not joins:
        return None
    complete = [at for what, at in keys if what == "key" and joins[0] <= at <= one["picture"]]
    return (one["picture"] - max(complete[0], one["window"])) / 1000 if complete else None


def goal(is_reached, what):
    return f"{'reached' if is_reached else 'NOT REACHED'}: {what}"


def show_sender(sender):
    ours, mpv = rounds(f"{sender}-lectern.light"), rounds(f"{sender}-mpv.light")
    keys = [(line.split()[0], int(line.split()[1])) for line in open(f"{sender}.keys") if len(line.split()) == 2]
    beyond = [found for found in (beyond_key(one, keys) for one in ours) if found is not None]
    if beyond:
        print(f"{sender}: {statistics.median(beyond):.0f} ms beyond the first complete key frame "
              f"({', '.join(f'{one:.0f}' for one in sorted(beyond))}; {goal(statistics.median(beyond) <= BEYOND, BEYOND)})")
    else:
        print(f"{sender}: no picture, or none of a key frame after the join")
    cold, peer = median_ms(ours, "picture"), median_ms(mpv, "picture")
    if cold is not None and peer is not None:
        print(f"    from a cold start {cold:.0f} ms, mpv {peer:.0f} ms: {cold / peer:.2f} times ({goal(cold / peer <= TIMES_MPV, TIMES_MPV)})")


def main():
    for sender in sys.argv[1:]:
        show_sender(sender)
    ours, peer = median_ms(rounds("empty-lectern.light"), "window"), median_ms(rounds("empty-celluloid.light"), "window")
    if ours is not None and peer is not None:
        print(f"window: {ours:.0f} ms, Celluloid {peer:.0f} ms: {ours / peer:.2f} times ({goal(ours / peer <= TIMES_CELLULOID, TIMES_CELLULOID)})")


main()
