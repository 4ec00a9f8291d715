/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Counts what this program, and every library in it, asks of the heap. */
#pragma once

#include <glib.h>

/* Returns: calls of malloc() and its kin so far, free() included; 0 for ever where a sanitizer has
 *   its own. Of threads that run meanwhile it may miss the last few. */
guint64 heap_calls (void);
