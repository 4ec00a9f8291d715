/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Channels to put into a list, for those who look at windows. */
#pragma once

#include "discovery/channel-list.h"

G_BEGIN_DECLS

#define CHANNELS_NOW 1792508400 /* [s since 1970] Tue 20 Oct 2026 15:00 UTC */

/* A video channel whose identity is its title. */
LecChannel *channels_make (const char *title, guint16 port) G_GNUC_WARN_UNUSED_RESULT;

/* Likewise, with sound only. */
LecChannel *channels_make_radio (const char *title, guint16 port) G_GNUC_WARN_UNUSED_RESULT;

/* Announces @channel as @announcer does. */
void channels_announce (LecChannelList *list,
                        const char *key,
                        LecChannel *channel,
                        const char *announcer);

/* Likewise, with @flags; without a @channel it is taken back. */
void channels_advertise (LecChannelList *list,
                         const char *key,
                         LecChannel *channel,
                         const char *announcer,
                         LecAdvertisementFlags flags);

/* One or two of each kind and state, at @now [s since 1970]. */
void channels_fill (LecChannelList *list, gint64 now);

/* @n channels of all states at once, numbered from @first. */
void channels_flood (LecChannelList *list, guint first, guint n);

G_END_DECLS
