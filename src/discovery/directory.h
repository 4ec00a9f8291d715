/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The cache of what is announced on the network, the receiving side of RFC 2974.
 *
 * Knows no socket and no clock: it is handed datagrams and the time. Bounded: at most
 * #LEC_MAX_ANNOUNCED channels, of which no flood of one host can take those of another. Used by one
 * thread. */
#pragma once

#include "discovery/advertisement.h"

G_BEGIN_DECLS

#define LEC_MAX_ANNOUNCED 4096

typedef struct _LecDirectory LecDirectory;

LecDirectory *lec_directory_new (void) G_GNUC_WARN_UNUSED_RESULT;
void lec_directory_free (LecDirectory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecDirectory, lec_directory_free)

/**
 * lec_directory_process:
 * @bytes: a SAP datagram
 * @from: numeric address of its sender
 * @group: the one it was sent to
 * @now_ms: [ms] of a clock that only goes forward
 *
 * Takes an announcement or a deletion for what it is worth: a deletion counts only from the address
 * that announced, a lower version only when it is repeated. What cannot be understood is noted for
 * lec_directory_dup_notes().
 */
void lec_directory_process (LecDirectory *self,
                            const guint8 *bytes,
                            gsize length,
                            const char *from,
                            const char *group,
                            gint64 now_ms);

/**
 * lec_directory_age:
 *
 * Marks what is overdue: not received for three of its intervals. Forgets what was not received for
 * ten of them and an hour (RFC 2974, section 4), and what was withdrawn a minute ago.
 *
 * Returns: [ms] when to ask again; G_MAXINT64 when nothing is known
 */
gint64 lec_directory_age (LecDirectory *self, gint64 now_ms);

/**
 * lec_directory_take_changes:
 *
 * Returns: (transfer full) (element-type LecAdvertisement): what is different since the last
 *   call, each announcement once
 */
GPtrArray *lec_directory_take_changes (LecDirectory *self) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type utf8 guint*): how many channels are announced on each SAP
 * group, for the bandwidth rule of RFC 2974, section 3.1 */
GHashTable *lec_directory_count (const LecDirectory *self) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): sentences about what could not be understood, for a technician */
GStrv lec_directory_dup_notes (const LecDirectory *self);

G_END_DECLS
