/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The envelope in which announcements are multicast (RFC 2974). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_SAP_PORT 9875

/**
 * LecSapKind:
 * @LEC_SAP_ANNOUNCE: the channel is on the air
 * @LEC_SAP_DELETE: it is no more
 */
typedef enum {
  LEC_SAP_ANNOUNCE,
  LEC_SAP_DELETE,
} LecSapKind;

/* One datagram, understood. */
typedef struct
{
  LecSapKind kind;
  guint16 hash; /* message identifier; 0: not to be used */
  char *source; /* numeric address of the announcing host, as it says itself */
  char *sdp;    /* the announcement; of a deletion at least its o= line, or empty */
} LecSapMessage;

void lec_sap_message_free (LecSapMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecSapMessage, lec_sap_message_free)

/**
 * lec_sap_parse:
 * @bytes: a datagram
 * @error: #LEC_ERROR_MALFORMED, or #LEC_ERROR_UNSUPPORTED for what is encrypted or describes
 *   something else than a session
 *
 * RFC 2974, section 6. What authenticates it is passed over unread: nobody has the keys. Compressed
 * announcements are unpacked up to #LEC_MAX_SDP bytes.
 *
 * Returns: (nullable) (transfer full)
 */
LecSapMessage *
lec_sap_parse (const guint8 *bytes, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_sap_print:
 * @source: numeric IPv4 or IPv6 address of the announcing host
 * @sdp: the announcement
 *
 * The message identifier is a hash of @sdp: it stays the same while the text does, also
 * in the deletion, and never is 0.
 *
 * Returns: (nullable) (transfer full): the datagram; NULL where @source is no numeric address
 */
GBytes *
lec_sap_print (LecSapKind kind, const char *source, const char *sdp) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_sap_dup_group:
 * @group: the group that is announced
 *
 * Returns: (transfer full): the group on which announcements of that scope are heard
 */
char *lec_sap_dup_group (const char *group) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_sap_get_interval:
 * @size: [bytes] of the announcement
 * @count: of announcements on @group
 * @group: of lec_sap_dup_group()
 *
 * The bandwidth rule of RFC 2974, section 3.1: all announcements of a group share 4000 bit/s, so
 * the more there are the rarer each is sent.
 *
 * Returns: [ms] the mean interval, up to an hour
 */
guint lec_sap_get_interval (gsize size, guint count, const char *group);

/**
 * lec_sap_dup_scope_group:
 * @group: a group that is announced
 *
 * A network may have scopes of its own making in 239.0.0.0/8 (RFC 2365, sections 6 and 9), which
 * mostly are of 16 bits.
 *
 * Returns: (transfer full) (nullable): where a station in such a scope announces; NULL where @group
 *   is in no such scope
 */
char *lec_sap_dup_scope_group (const char *group) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
