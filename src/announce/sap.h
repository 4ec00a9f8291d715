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

G_END_DECLS
