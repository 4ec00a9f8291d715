/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Knows when all other threads of this process wait for something.
 *
 * In virtual time nothing happens by itself: once every thread sleeps, only the one that moves the
 * clock can wake them, and the answer to what it did last is complete. */
#pragma once

#include <glib.h>

typedef struct _Parked Parked;

/* Watches the threads that are there now, the calling one excluded. */
Parked *parked_new (void);
void parked_free (Parked *self);
/* Returns when all of them sleep and none can be on its way to wake another one. */
void parked_wait (Parked *self);
