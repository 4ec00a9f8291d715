/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Begins and ends a recording of what plays, and shows how far it has come.
 *
 * A recording belongs to its channel: it ends with it, when another one is chosen, when playing is
 * stopped, and when nothing more can be written; the window is notified of what has been recorded.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: `player` (LecPlayer). */
#define LEC_TYPE_RECORD_BUTTON (lec_record_button_get_type ())
G_DECLARE_FINAL_TYPE (LecRecordButton, lec_record_button, LEC, RECORD_BUTTON, GtkButton)

G_END_DECLS
