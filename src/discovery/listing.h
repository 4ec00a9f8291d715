/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One announcement of one host, as it was last heard: its version, its rhythm, and when it has been
 * silent for too long. A plain struct of LecDirectory, which keeps them in its tables. */
#pragma once

#include "announce/sap.h"
#include "channel/channel.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 number;   /* never used again */
  char *from;       /* who sent it */
  char *source;     /* the announcing host as the packet says, which may be relayed */
  char *on;         /* SAP group */
  char *text;       /* digest of packet and sender: finds a repetition without reading it */
  char *id;         /* of sender and channel */
  char *place;      /* of sender, title, group and port */
  char *superseded; /* (nullable): text of another identity whose place it took */
  char *origin;     /* o= line without version; "" without one */
  guint64 version;
  guint64 lower_version; /* heard once, and 1; 0: none */
  guint16 hash;          /* message identifier; 0: none */
  LecChannel *channel;
  gint64 heard_ms;
  gint64 interval_ms; /* measured; 0: heard once */
  guint n_intervals;
  gint64 withdrawn_ms; /* 0: it is not */
  gboolean silent;
} LecSapEntry;

void lec_sap_entry_free (LecSapEntry *self);

/**
 * lec_sap_entry_read_origin:
 * @sdp: a description, or the o= line of one
 * @version: (out): of the session; 0: not said
 *
 * Returns: (transfer full): what names the session (RFC 8866, section 5.2), "" where nothing does
 */
char *lec_sap_entry_read_origin (const char *sdp, guint64 *version);

/* Heard again: what measures the interval between its announcements. Returns: whether it was silent
 * or withdrawn and no longer is. */
gboolean lec_sap_entry_process (LecSapEntry *self, gint64 now_ms);

/**
 * lec_sap_entry_is_outdated:
 *
 * An older version that comes late must not replace a newer one; but a station that was started
 * anew and counts from the beginning says so twice.
 */
gboolean lec_sap_entry_is_outdated (LecSapEntry *self, guint64 version);

/**
 * lec_sap_entry_is_meant:
 * @origin: of lec_sap_entry_read_origin() for @message
 *
 * Hashes clash, and many programs give all sessions of a host one origin: where @message has both,
 * both must be right.
 *
 * Returns: whether the deletion @message that came from @from means this listing
 */
gboolean lec_sap_entry_is_meant (const LecSapEntry *self,
                                 const LecSapMessage *message,
                                 const char *from,
                                 const char *origin);

/* Whether it is of that host and session, whatever its hash is. */
gboolean lec_sap_entry_has_origin (const LecSapEntry *self,
                                   const LecSapMessage *message,
                                   const char *from,
                                   const char *origin);

/* Whether @self would be missed less than @other. */
gboolean lec_sap_entry_is_worse (const LecSapEntry *self, const LecSapEntry *other);

/* [ms] When it should have been heard again. */
gint64 lec_sap_entry_silent_at (const LecSapEntry *self);

/* [ms] When it is known no longer (RFC 2974, section 4). */
gint64 lec_sap_entry_forgotten_at (const LecSapEntry *self);

G_END_DECLS
