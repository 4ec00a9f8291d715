/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Goes through the channels as with the keys of a television: the next one, the one before, or the
 * one of a number. */
#pragma once

#include <gio/gio.h>

#include "discovery/channel-item.h"

G_BEGIN_DECLS

#define LEC_TYPE_ZAPPER (lec_zapper_get_type ())
G_DECLARE_FINAL_TYPE (LecZapper, lec_zapper, LEC, ZAPPER, GObject)

/* Properties:
 *
 *   typed  string, read-only, nullable: the number as far as it is typed, while more may come
 *
 * Signal `chosen` (LecChannelItem): that is to be played. */

/* @channels: of LecChannelItem, in the order in which they are shown */
LecZapper *lec_zapper_new (GListModel *channels) G_GNUC_WARN_UNUSED_RESULT;

/**
 * lec_zapper_find:
 * @from, @step: as of lec_zapper_step()
 *
 * Returns: (transfer full) (nullable): where that would lead
 */
LecChannelItem *lec_zapper_find (LecZapper *self, LecChannelItem *from, int step);

/**
 * lec_zapper_step:
 * @from: (nullable): what plays; NULL: goes on from what was left last
 * @step: 1 or -1
 *
 * Channels that come later, or have ended, are passed over; behind the last one is the first.
 */
void lec_zapper_step (LecZapper *self, LecChannelItem *from, int step);

/* @digit: 0 to 9, of a place in the list, from 1. Where another digit could follow it waits a
 * moment for that. */
void lec_zapper_type (LecZapper *self, guint digit);

G_END_DECLS
