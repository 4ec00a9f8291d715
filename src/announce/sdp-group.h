/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* m= sections that belong together: duplicates (RFC 7104), repair (RFC 5956, RFC 4588), lip sync
 * (RFC 5888). */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/* What became of one m= section. */
typedef struct
{
  const char *mid;   /* (nullable): its name in a=group lines, borrowed from the message */
  LecStream *stream; /* (nullable): which it is, or is part of; NULL: it was passed over */
  gboolean depends;  /* it cannot be decoded alone (RFC 5583) */
} LecSdpSection;

/**
 * lec_sdp_group_apply:
 * @alternative: streams that are a second leg or the repair of another become part of that one
 * @sections: (element-type LecSdpSection): those of the streams, in their order
 */
void lec_sdp_group_apply (const GstSDPMessage *message,
                          LecAlternative *alternative,
                          GArray *sections,
                          LecWarnings *warnings);

G_END_DECLS
