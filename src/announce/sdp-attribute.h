/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finding an a= line: names are compared without case, and a medium has what its session has. */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

G_BEGIN_DECLS

/**
 * lec_sdp_attribute_get:
 * @message: (nullable): the session; NULL: what the section itself says only
 * @media: (nullable): one of its sections; NULL: the session only
 *
 * Returns: (nullable) (transfer none): the value of the first, that of the section before that of
 *   the session; an empty text for an attribute without value
 */
const char *
lec_sdp_attribute_get (const GstSDPMessage *message, const GstSDPMedia *media, const char *name);

/**
 * lec_sdp_attribute_list:
 *
 * Returns: (transfer full) (element-type utf8): all values, borrowed from the message: those of the
 *   section or, where it has none, those of the session; may be empty
 */
GPtrArray *lec_sdp_attribute_list (const GstSDPMessage *message,
                                   const GstSDPMedia *media,
                                   const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
