/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where in a file it is, how long it is, and a slider to go elsewhere. There only while a file is
 * played that has an end.
 *
 * Properties:
 *
 *   player  LecPlayer, nullable
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_SEEK_BAR (lec_seek_bar_get_type ())
G_DECLARE_FINAL_TYPE (LecSeekBar, lec_seek_bar, LEC, SEEK_BAR, GtkWidget)

G_END_DECLS
