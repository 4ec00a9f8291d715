/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a session says to people: its name, whom to ask, what else it says of itself. */
#pragma once

#include <gst/sdp/gstsdpmessage.h>

#include "announce/warnings.h"
#include "channel/channel.h"

G_BEGIN_DECLS

/* Fills the texts of @info. */
void lec_sdp_text_read (const GstSDPMessage *message, LecChannelInfo *info, LecWarnings *warnings);

/* Appends the lines that stand before c=. */
void lec_sdp_text_print_lines (const LecChannelInfo *info, GString *text);

/* Appends the attributes of the session, which stand behind all its other lines. */
void lec_sdp_text_print_attributes (const LecChannelInfo *info, GString *text);

G_END_DECLS
