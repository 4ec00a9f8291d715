/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A channel as a text that can be remembered: its session description. */
#pragma once

#include "channel/channel.h"

G_BEGIN_DECLS

#define LEC_KEPT_MAX_BYTES (64 * 1024) /* of one text */

/* Returns: (transfer full) (nullable): NULL where no alternative of @channel can be described */
char *lec_kept_channel_print (const LecChannel *channel) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (nullable): NULL where @text describes no channel */
LecChannel *lec_kept_channel_parse (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a description of @channel would contain a key, which is for who may watch it. */
gboolean lec_kept_channel_has_keys (const LecChannel *channel);

G_END_DECLS
