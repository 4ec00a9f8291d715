/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a station changes in the ASF headers that it announces, and the packets of script commands
 * that it adds (ASF specification, sections 3.2, 3.3 and 5.2). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_ASF_CORRECTION 3 /* [bytes] of error correction flags and data in front of a packet */

/**
 * lec_asf_edit_allow_correction:
 * @header: a Header Object and what follows it
 * @packet: (array length=size): one that it explains
 *
 * Some encoders write packets without error correction bytes, and without those no station can
 * send parity.
 *
 * Returns: (transfer full): one that says that packets have as much more room as these need, where
 *   @packet has none
 */
GBytes *lec_asf_edit_allow_correction (GBytes *header,
                                       const guint8 *packet,
                                       gsize size) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_asf_edit_add_commands:
 * @header: a Header Object and what follows it
 * @stream: 1 to 127, not yet there
 *
 * Returns: (transfer full): a copy that declares a stream of script commands
 */
GBytes *lec_asf_edit_add_commands (GBytes *header, guint stream) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_asf_edit_hash:
 * @header: a Header Object and the start of the Data Object
 *
 * Returns: a number that the same programme has whenever it is begun: File ID and Creation Date
 *   (ASF specification, 3.2 and 5.1) have no part in it
 */
guint lec_asf_edit_hash (GBytes *header);

/**
 * lec_asf_edit_make_command:
 * @stream: of the command, as it is declared
 * @object: counts commands
 * @send_ms: when it is sent
 * @presentation_ms: when it is due, with preroll
 * @type: "TEXT", "URL"
 *
 * Returns: (transfer full) (nullable): a data packet with nothing else in it, without padding; NULL
 *   where it is longer than the 255 bytes that a short command may have
 */
GBytes *lec_asf_edit_make_command (guint stream,
                                   guint8 object,
                                   guint32 send_ms,
                                   guint32 presentation_ms,
                                   const char *type,
                                   const char *parameter) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
