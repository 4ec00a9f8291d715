/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When a session is on the air: t=, r= and z= lines (RFC 8866, sections 5.9 to 5.11). */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/**
 * lec_sdp_time_read:
 * @warnings: gets what is ignored
 *
 * Returns: (nullable) (transfer full): NULL where no time is said, and for `t=0 0`, which is always
 */
LecSchedule *lec_sdp_time_read (const GstSDPMessage *message,
                                LecWarnings *warnings) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_sdp_time_print:
 * @schedule: (nullable): NULL is always
 * @text: gets the lines
 */
void lec_sdp_time_print (const LecSchedule *schedule, GString *text);

G_END_DECLS
