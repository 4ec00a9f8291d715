/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the empty page offers below its address: the channel that played last, those before it, and where channels
 * are listened for while none is heard. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_START_BOX (lec_start_box_get_type ())
G_DECLARE_FINAL_TYPE (LecStartBox, lec_start_box, LEC, START_BOX, GtkBox)

/* Properties:
 *
 *   settings   GSettings, nullable: knows the channel; its button activates `win.open-location`
 *   listening  string, nullable: a sentence about where channels are listened for
 */

G_END_DECLS
