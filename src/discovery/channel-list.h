/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one list of channels: what is announced on the network and what the viewer has opened, each
 * channel once, however many hosts announce it.
 *
 * A GListModel of LecChannelItem in the order of their arrival; sorting and filtering is the
 * window's. It knows no clock: it is told the time. Belongs to the main thread. */
#pragma once

#include <gio/gio.h>

#include "discovery/channel-item.h"

G_BEGIN_DECLS

#define LEC_TYPE_CHANNEL_LIST (lec_channel_list_get_type ())
G_DECLARE_FINAL_TYPE (LecChannelList, lec_channel_list, LEC, CHANNEL_LIST, GObject)

LecChannelList *lec_channel_list_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_channel_list_put:
 * @advertisements: (array length=n): all of them become one change of the model where that is
 *   possible; the list keeps references
 *
 * Advertisements of one identity (lec_channel_get_id()) share a row, unless two announcers promise
 * different things under it: then both are shown. Another version of an advertisement replaces it;
 * one without a channel takes it back, and a row without advertisements goes.
 */
void lec_channel_list_put (LecChannelList *self, LecAdvertisement *const *advertisements, gsize n);

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
 * @channel: what a viewer has opened by hand: it stays in the list until the program ends, or
 *   until nothing of it has arrived for an hour
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

/**
 * lec_channel_list_close:
 * @channel: as the viewer has opened it
 *
 * Takes that back: what is announced on the network of it, if anything, is shown in its row.
 */
void lec_channel_list_close (LecChannelList *self, const LecChannel *channel);

/**
 * lec_channel_list_set_current:
 * @item: (nullable): the row of what is played, or tried: it stays, whatever is known of it
 */
void lec_channel_list_set_current (LecChannelList *self, LecChannelItem *item);

/**
 * lec_channel_list_find_announced:
 * @address: a channel of which only the address is known, as of `rtp://239.1.2.3:5004`
 *
 * Returns: (transfer none) (nullable): what is announced on the network for that group and port;
 *   NULL also where @address says what is sent there
 */
LecChannel *lec_channel_list_find_announced (LecChannelList *self, const LecChannel *address);

/* Returns: (transfer none) (nullable): the row that shows @channel, or another version of it */
LecChannelItem *lec_channel_list_find (LecChannelList *self, const LecChannel *channel);

G_END_DECLS
