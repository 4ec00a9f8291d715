/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The value of one line of a session description to the message it is kept in. */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

G_BEGIN_DECLS

/**
 * lec_sdp_field_read:
 * @message: gets what is true of the session
 * @media: (nullable): gets what is true of this section; NULL: there is none yet
 * @type: of the line: one of `osiuepcbzka`
 *
 * A key (`k=`) is not kept: that there is one says enough.
 *
 * Returns: whether the value is well-formed; a connection is kept even if it is not
 */
gboolean
lec_sdp_field_read (GstSDPMessage *message, GstSDPMedia *media, char type, const char *value);

G_END_DECLS
