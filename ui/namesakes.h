/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Knows which titles of a list of channels are there more than once. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LEC_TYPE_NAMESAKES (lec_namesakes_get_type ())
G_DECLARE_FINAL_TYPE (LecNamesakes, lec_namesakes, LEC, NAMESAKES, GObject)

/**
 * lec_namesakes_new:
 * @list: of LecChannelItem
 */
LecNamesakes *lec_namesakes_new (GListModel *list) G_GNUC_WARN_UNUSED_RESULT;

gboolean lec_namesakes_has (LecNamesakes *self, const char *title);

/* Signal `changed` (): some row may have got, or lost, its namesake. */

G_END_DECLS
