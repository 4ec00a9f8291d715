/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files and addresses that have played lately, to be opened again: those of this program among the
 * recent ones of the desktop. Files that are gone are left out. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row activates `win.open-location`. Not visible while there are none. */
#define LEC_TYPE_RECENT_LIST (lec_recent_list_get_type ())
G_DECLARE_FINAL_TYPE (LecRecentList, lec_recent_list, LEC, RECENT_LIST, GtkBox)

/**
 * lec_recent_add:
 * @location: path or URI that has played; anything else, such as the text of an announcement, is
 *   not kept
 * @title: of the channel
 */
void lec_recent_add (const char *location, const char *title);

G_END_DECLS
