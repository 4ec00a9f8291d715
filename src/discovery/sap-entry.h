/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An entry of the SAP cache: one announcement of one host, as it was last received, the interval at
 * which it is repeated, and when it is overdue. A plain struct of LecDirectory, which keeps them in
 * its tables. */
#pragma once

#include "announce/sap.h"
#include "channel/channel.h"

G_BEGIN_DECLS

#define LEC_SAP_DIGEST 20 /* [bytes] of SHA-1 */

/* Of packet and sender: finds a repetition without reading it. */
typedef struct
{
  guint8 bytes[LEC_SAP_DIGEST];
} LecSapDigest;

/* What a packet says comes first: it is replaced as a whole. Thousands are kept: what many have
 * alike is there once, and they are found by what they are, not by texts made of it. */
typedef struct
{
  LecSapDigest digest;
  guint16 hash;       /* message identifier; 0: none */
  GRefString *from;   /* numeric address of its sender */
  GRefString *source; /* the announcing host as the packet says, which may be relayed */
  GRefString *group;  /* the SAP group that it was sent to */
  GRefString *origin; /* o= line without version; "" without one */
  guint64 version;    /* of the session, 0: not said */
  LecChannel *channel;

  /* its history */
  guint64 number;           /* never used again */
  LecSapDigest *superseded; /* (nullable): of another identity whose place it took */
  guint64 lower_version;    /* received once, and 1; 0: none */
  gint64 received_ms;
  gint64 interval_ms;      /* measured; 0: received once */
  gint64 last_interval_ms; /* the newest one */
  gboolean slows_down;     /* it was twice as long as the one before, or longer */
  guint n_intervals;
  gint64 withdrawn_ms; /* 0: it is not */
  gboolean silent;
  gboolean published; /* it has been in an answer of lec_directory_take_changes() */
} LecSapEntry;

/**
 * lec_sap_entry_new:
 * @message: an announcement
 * @from: numeric address of its sender
 * @group: the SAP group that it was sent to
 * @digest: as the field
 * @error: #LEC_ERROR: why nothing can be played that is described like this
 *
 * Returns: (nullable): without history
 */
LecSapEntry *lec_sap_entry_new (const LecSapMessage *message,
                                const char *from,
                                const char *group,
                                const LecSapDigest *digest,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lec_sap_entry_free (LecSapEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSapEntry, lec_sap_entry_free)

/* For hash tables of entries: by their digest, which may stand for an entry; by sender and channel;
 * and by the place: sender, title, group and port. Some programs describe a session again under
 * another identity when they know more of it, and never take the first one back: then the place is
 * the same. */
guint lec_sap_entry_hash_digest (gconstpointer entry);
gboolean lec_sap_entry_has_same_digest (gconstpointer a, gconstpointer b);
guint lec_sap_entry_hash_id (gconstpointer entry);
gboolean lec_sap_entry_has_same_id (gconstpointer a, gconstpointer b);
guint lec_sap_entry_hash_place (gconstpointer entry);
gboolean lec_sap_entry_has_same_place (gconstpointer a, gconstpointer b);

/**
 * lec_sap_entry_read_origin:
 * @sdp: a description, or the o= line of one
 * @version: (out): of the session; 0: not said
 *
 * Returns: (transfer full): what names the session (RFC 8866, section 5.2), "" where nothing does
 */
char *lec_sap_entry_read_origin (const char *sdp, guint64 *version);

/* Another version of @before, which is of no use then: its history is that of @self now. */
void lec_sap_entry_inherit (LecSapEntry *self, LecSapEntry *before);

/* Received again: the interval between its announcements is measured. Returns: whether it was
 * silent or withdrawn and no longer is. */
gboolean lec_sap_entry_renew (LecSapEntry *self, gint64 now_ms);

/**
 * lec_sap_entry_is_outdated:
 *
 * An older version that comes late must not replace a newer one; but a station that was restarted
 * and counts from the beginning says so twice.
 */
gboolean lec_sap_entry_is_outdated (LecSapEntry *self, guint64 version);

/**
 * lec_sap_entry_matches_deletion:
 * @origin: of lec_sap_entry_read_origin() for @message
 *
 * Hashes clash, and many programs give all sessions of a host one origin: where @message has both,
 * both must match.
 *
 * Returns: whether the deletion @message that came from @from means this entry
 */
gboolean lec_sap_entry_matches_deletion (const LecSapEntry *self,
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

/* [ms] When it is overdue. */
gint64 lec_sap_entry_silent_at (const LecSapEntry *self);

/* [ms] When it expires (RFC 2974, section 4). */
gint64 lec_sap_entry_expires_at (const LecSapEntry *self);

G_END_DECLS
