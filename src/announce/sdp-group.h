/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* m= sections that belong together: duplicates (RFC 7104), repair (RFC 5956, RFC 4588). */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/announcement.h"

G_BEGIN_DECLS

/**
 * lec_sdp_group_apply:
 * @alternative: streams that are a second leg or the repair of another become part of that one
 * @mids: (element-type utf8): the a=mid of each stream, NULL where it has none; shrinks with the
 *   streams
 */
void lec_sdp_group_apply (const GstSDPMessage *message,
                          LecAlternative *alternative,
                          GPtrArray *mids,
                          LecAnnouncement *announcement);

G_END_DECLS
