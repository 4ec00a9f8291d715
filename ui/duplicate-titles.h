/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Knows which titles of a list of channels are there more than once. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LEC_TYPE_DUPLICATE_TITLES (lec_duplicate_titles_get_type ())
G_DECLARE_FINAL_TYPE (LecDuplicateTitles, lec_duplicate_titles, LEC, DUPLICATE_TITLES, GObject)

/**
 * lec_duplicate_titles_new:
 * @list: of LecChannelItem
 */
LecDuplicateTitles *lec_duplicate_titles_new (GListModel *list) G_GNUC_WARN_UNUSED_RESULT;

gboolean lec_duplicate_titles_has (LecDuplicateTitles *self, const char *title);

/* Signal `changed` (): the title of some row may have become, or ceased to be, a duplicate. */

G_END_DECLS
