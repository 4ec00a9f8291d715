/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one list of channels: what is announced on the network and what the viewer has opened, each
 * channel once, whoever speaks of it.
 *
 * A GListModel of LecChannelItem in the order of their coming; sorting and filtering is the
 * window's. It knows no clock: it is told the time. Belongs to the main thread. */
#pragma once

#include <gio/gio.h>

#include "discovery/channel-item.h"

G_BEGIN_DECLS

#define LEC_TYPE_CHANNEL_LIST (lec_channel_list_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelList, lec_channel_list, LEC, CHANNEL_LIST, GObject)

LecChannelList *lec_channel_list_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * LecClaim:
 * @origin: who says that there is such a channel
 * @key: what makes it the same claim when it is made again, unique within @origin
 * @channel: (nullable): what is promised; NULL: the claim is taken back
 * @announcer: (nullable): numeric address of the announcing host, or its name in DNS-SD
 * @withdrawn: its station has said that it is over
 * @silent: its station has not been heard for longer than it should
 *
 * One voice about a channel.
 */
typedef struct
{
  LecChannelOrigin origin;
  const char *key;
  LecChannel *channel;
  const char *announcer;
  gboolean withdrawn;
  gboolean silent;
} LecClaim;

/**
 * lec_channel_list_put:
 * @claims: (array length=n_claims): all of them become one change of the model where that is
 *   possible; their contents are copied
 *
 * Claims of one identity (lec_channel_get_id()) share a row, unless two announcers promise
 * different things under it: then both are shown. A claim made before is replaced; a row without
 * claims goes.
 */
void lec_channel_list_put (LecChannelList *self, const LecClaim *claims, gsize n_claims);

/**
 * lec_channel_list_set_time:
 * @now: [s since 1970]
 *
 * Brings the states of all rows up to date.
 *
 * Returns: when to tell the time again; 0: nothing will change by itself
 */
gint64 lec_channel_list_set_time (LecChannelList *self, gint64 now);

/**
 * lec_channel_list_open:
 * @channel: what a viewer has opened by hand: it stays in the list until the program ends
 *
 * Returns: (transfer none): its row, which may have been there before
 */
LecChannelItem *lec_channel_list_open (LecChannelList *self, LecChannel *channel);

/**
 * lec_channel_list_set_reaching:
 * @channel: one that was tried
 * @reaching: whether anything of it arrives
 *
 * What is found out by playing it; no effect where the list does not have it.
 */
void
lec_channel_list_set_reaching (LecChannelList *self, const LecChannel *channel, gboolean reaching);

/* Returns: (transfer none) (nullable): the row that shows @channel, or another version of it */
LecChannelItem *lec_channel_list_find (LecChannelList *self, const LecChannel *channel);

G_END_DECLS
