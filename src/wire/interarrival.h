/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Interarrival jitter as everybody reports it (RFC 3550, section 6.4.1), in nanoseconds. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain struct to be embedded; zeroed is empty. jitter_ns may be read. */
typedef struct
{
  gint64 jitter_ns;
  gint64 media, arrival_ns; /* of the packet before */
  gboolean valid;
} LecInterarrival;

/**
 * lec_interarrival_note:
 * @media: extended time stamp, in units of 1/@rate s
 * @rate: [Hz] not 0
 */
void lec_interarrival_note (LecInterarrival *self, gint64 media, guint rate, gint64 arrival_ns);

/* Another epoch begins: the next packet is not compared with the one before. */
void lec_interarrival_break (LecInterarrival *self);

G_END_DECLS
