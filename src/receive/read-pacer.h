/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How long to leave packets in the kernel before reading them: what costs is not a packet, but
 * being woken for it. The kernel's time stamps keep every estimate exact meanwhile. Knows no clock;
 * not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain struct to be embedded; zeroed pauses never. All fields are private. */
typedef struct
{
  gint64 since_ns; /* counted since then */
  guint packets;
  gint64 pause_ns;
  gint64 awake_until_ns;
} LecReadPacer;

/* Begins to count. */
void lec_read_pacer_start (LecReadPacer *self, gint64 now_ns);

/**
 * lec_read_pacer_note:
 * @packets: read since the last call
 * @readers: threads that they are handed over to, and that are woken for it after each pause
 * @headroom: [packets] that the smallest receive buffer holds
 * @latency_ns: that packets have until they are shown; a pause takes a small part of it
 */
void lec_read_pacer_note (LecReadPacer *self,
                          guint packets,
                          guint readers,
                          guint headroom,
                          gint64 latency_ns,
                          gint64 now_ns);

/* Notes that the kernel had to drop packets: no pauses for some seconds. */
void lec_read_pacer_note_overflow (LecReadPacer *self, gint64 now_ns);

/* Returns: [ns] how long to sleep now; 0: not at all */
gint64 lec_read_pacer_get (const LecReadPacer *self);

G_END_DECLS
