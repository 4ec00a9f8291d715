/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads many datagrams with one system call, straight into packets.
 *
 * Its packets are refilled from the owner only as they are taken, so nothing is allocated or copied
 * on the way but for datagrams larger than a slot. Used by one thread. */
#pragma once

#include <netinet/in.h>

#include "net/stamp-thinning.h"
#include "wire/packet.h"

G_BEGIN_DECLS

#define LEC_BATCH_MAX 64 /* datagrams at once */

typedef struct _LecBatch LecBatch;

typedef LecPacket *(*LecBatchAcquire) (gsize capacity, gpointer data);

/* What came with one datagram. */
typedef struct
{
  const struct sockaddr_storage *from;
  const guint8 *bytes; /* the first #LEC_PACKET_SLOT of them at most */
  gsize size;          /* of the whole datagram */
  guint interface;     /* index; 0: not told */
  guint ttl;           /* hops that it may still have gone; 0: not told */
  gint64 real_ns;      /* CLOCK_REALTIME when it arrived; 0: not known */
  gboolean is_vague;   /* that may have been some time later, or earlier */
  guint32 dropped;     /* by the kernel on this socket so far; 0: not told */
} LecDatagram;

/**
 * lec_datagram_get_arrival:
 * @now_ns, @real_ns: one moment after the arrival, by the clock that is asked for and by
 *   CLOCK_REALTIME
 * @empty_ns: when nothing was waiting to be read, by the clock of @now_ns
 *
 * Returns: when it arrived, by the clock of @now_ns; @now_ns itself where the kernel's time stamp
 * is missing, or the wall clock was set in between, so that it seems to be from long before
 * @empty_ns
 */
gint64
lec_datagram_get_arrival (const LecDatagram *self, gint64 now_ns, gint64 real_ns, gint64 empty_ns);

/* Returns: a number that stands for its sender's address (upper 48 bits) and port; never 0 */
guint64 lec_datagram_get_sender (const LecDatagram *self);

/* The same of any address. */
guint64 lec_address_get_sender (const struct sockaddr_storage *address);

LecBatch *lec_batch_new (LecBatchAcquire acquire, gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void lec_batch_free (LecBatch *self);

/**
 * lec_batch_receive:
 * @thinning: (nullable): of @fd. NULL: the kernel tells of each; else it may tell of some only, and
 *   of the others interface, hops and drops are not told, and the time of arrival is what lies
 *   between those of its neighbours
 *
 * Returns: how many datagrams were read from @fd without waiting, at most #LEC_BATCH_MAX
 */
guint lec_batch_receive (LecBatch *self, int fd, LecStampThinning *thinning);

/* Whether the kernel has to tell of each, whatever lec_batch_receive() is given: for who writes
 * down when they came. */
void lec_batch_tell_of_each (LecBatch *self, gboolean each);

/* Forgets what was read: for who puts in what comes from elsewhere. */
void lec_batch_begin (LecBatch *self);

/**
 * lec_batch_put:
 * @bytes: copied
 * @size: [bytes] at most #LEC_PACKET_MAX
 * @real_ns: when it arrived, by CLOCK_REALTIME
 *
 * Adds one, as if it had been read; at most #LEC_BATCH_MAX after lec_batch_begin().
 */
void lec_batch_put (LecBatch *self,
                    const guint8 *bytes,
                    gsize size,
                    const struct sockaddr_storage *from,
                    gint64 real_ns);

/* Describes datagram @index of those, until the next ones. */
LecDatagram lec_batch_peek (LecBatch *self, guint index);

/* Returns: (transfer full): its packet with data and size set; at most once for each index. */
LecPacket *lec_batch_take (LecBatch *self, guint index);

G_END_DECLS
