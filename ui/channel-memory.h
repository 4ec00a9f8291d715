/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a viewer has chosen for one channel, kept until the next time: in a file of the user's
 * state, with the newest #LEC_REMEMBERED_CHANNELS channels. Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_REMEMBERED_CHANNELS 200

/* @id: (nullable): of a channel. Returns: (transfer full) (nullable): what was set for @key */
char *lec_channel_memory_dup (const char *id, const char *key);

/* @value: (nullable): NULL: it is forgotten. Where the file cannot be written, nothing happens. */
void lec_channel_memory_set (const char *id, const char *key, const char *value);

G_END_DECLS
