/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sentence above the page: what the player finds missing, or, for a while and before that, what
 * the window has to say. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_NOTICE_BAR (lec_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (LecNoticeBar, lec_notice_bar, LEC, NOTICE_BAR, GtkWidget)

/* Properties:
 *
 *   player    LecPlayer, nullable: whose notices are shown
 *
 * Signal `told` (): there is something new to read. */

/* @sentence: (not nullable): shown until it is closed, or for some seconds */
void lec_notice_bar_tell (LecNoticeBar *self, const char *sentence);

G_END_DECLS
