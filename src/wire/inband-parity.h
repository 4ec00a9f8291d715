/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which numbers among the media's own were parity, where parity is sent in-band, counted with them
 * (RFC 5109, section 14.2): of those that are missing nobody misses anything.
 *
 * A packet that is lost says not what it was; but parity stands where a frame ends, or at even
 * distances. Not thread-safe. */
#pragma once

#include "wire/sequence-window.h"

G_BEGIN_DECLS

#define LEC_INBAND_PARITY_RUN 64 /* numbers in a row; frames have fewer parity packets */

/* A plain struct to be embedded. */
typedef struct
{
  LecSequenceWindow numbers; /* that are missing, but not of media */

  /* of parity that stands at even distances */
  gint64 newest; /* number of the newest one */
  gint64 every;  /* numbers from one to the next; 0: not known */
  guint steady;  /* how often it was so, in a row */
} LecInbandParity;

/* Another sender: nothing is known of the distances. */
void lec_inband_parity_init (LecInbandParity *self);

/* The media begin, or begin anew, with @number. */
void lec_inband_parity_begin (LecInbandParity *self, gint64 number);

/* Parity has come that has @number. */
void lec_inband_parity_note (LecInbandParity *self, gint64 number);

/* What is missing from @first to before @end stands where only parity does. */
void lec_inband_parity_mark (LecInbandParity *self, gint64 first, gint64 end);

/* Returns: whether all from @first to before @end were parity: they were marked, or stand at the
 *   distance from other parity at which that always comes */
gboolean lec_inband_parity_had (const LecInbandParity *self, gint64 first, gint64 end);

G_END_DECLS
