/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Traces of what came over a real wire, as tests/data/trace/ keeps them. */
#pragma once

#include "support/station.h"

/**
 * trace_read:
 * @path: a file that tests/data/trace/from-pcap has made
 *
 * Numbers are those of the sequence, whose holes count as sent. The truth is taken to be what the
 * least delayed packet of all says: good for one whose clock does not drift. Aborts when the file
 * is none.
 */
void trace_read (Trace *trace, const char *path);
