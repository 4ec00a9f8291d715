/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sentence above the page: the notice of the player or, for a while and instead of it, a
 * notification of the window. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_NOTICE_BAR (lec_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (LecNoticeBar, lec_notice_bar, LEC, NOTICE_BAR, GtkWidget)

/* Properties:
 *
 *   player    LecPlayer, nullable: whose notices are shown
 *
 * Signals:
 *
 *   notified ()                 there is something new to read
 *   told (const char *sentence) likewise, and it is a notification of the window */

/**
 * lec_notice_bar_offer:
 * @sentence: shown until it is closed, answered, or another one comes
 * @label: of a button, with a mnemonic
 * @action: that the button activates, without a parameter
 */
void lec_notice_bar_offer (LecNoticeBar *self,
                           const char *sentence,
                           const char *label,
                           const char *action);

/* @sentence: (not nullable): shown until it is closed, or for some seconds */
void lec_notice_bar_notify (LecNoticeBar *self, const char *sentence);

/* Takes away what was offered, if it was @action and is still there. */
void lec_notice_bar_withdraw (LecNoticeBar *self, const char *action);

G_END_DECLS
