/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Do a sender's sequence numbers tell the order of its packets?
 *
 * Some senders give all packets the same number, or count in steps of something else than 1. Then
 * their packets are numbered anew, in the order in which they come: what is lost cannot be known,
 * but all else plays. A network may repeat and lose packets, but not all of them alike.
 *
 * Not thread-safe. */
#pragma once

#include "wire/format.h"
#include "wire/packet.h"

G_BEGIN_DECLS

/* A plain struct to be embedded; zeroed is ready. All fields are private. */
typedef struct
{
  gboolean useless; /* the numbers are */
  guint32 next;     /* that is given then */

  gboolean running; /* there was a packet before */
  guint32 ssrc;
  guint64 sender;
  guint32 sequence;  /* of that, as it was sent... */
  guint32 timestamp; /* ...and its time stamp */
  gint64 arrival_ns;
  gint32 step;  /* from the one before to it */
  guint alike;  /* steps in a row of that size */
  guint moving; /* of those, the ones with another time stamp */
} LecNumberCheck;

/**
 * lec_number_check_apply:
 * @packet: any with a header, parsed
 *
 * Gives a packet another number, in its header too, where that of its sender tells nothing. Who
 * comes between somebody else's packets changes nothing.
 */
void lec_number_check_apply (LecNumberCheck *self, const LecFormat *format, LecPacket *packet);

/* Whether packets are numbered anew. */
static inline gboolean
lec_number_check_is_useless (const LecNumberCheck *self)
{
  return self->useless;
}

G_END_DECLS
