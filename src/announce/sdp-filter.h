/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who may send to a group: a=source-filter (RFC 4570). */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_filter_apply:
 * @leg: gets the sources of the filters for its group
 *
 * Filters of the media section replace those of the session. Names are not looked up: they are
 * passed over with a warning, as is what the kernel could not filter.
 */
void lec_sdp_filter_apply (const GstSDPMessage *message,
                           const GstSDPMedia *media,
                           LecLeg *leg,
                           LecWarnings *warnings);

/**
 * lec_sdp_filter_print:
 * @sources: (nullable): who may send to @group
 * @excluded: (nullable): who must not be heard
 * @text: gets the lines
 */
void lec_sdp_filter_print (const char *group, GStrv sources, GStrv excluded, GString *text);

G_END_DECLS
