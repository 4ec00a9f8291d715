/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* LecAnnouncer: tells a screen reader what is seen elsewhere in the window: that a channel begins
 * to play, falls silent or is refused, what is wrong with it, and notices. It takes no room. A
 * channel that plays at once is said to play only, not to be waited for.
 *
 * What it said last is its accessible name, in the role of an alert. GTK 4.14 and newer also have
 * it announced. */
#pragma once

#include <gtk/gtk.h>

#include "play/player.h"

G_BEGIN_DECLS

#define LEC_TYPE_ANNOUNCER (lec_announcer_get_type ())
G_DECLARE_FINAL_TYPE (LecAnnouncer, lec_announcer, LEC, ANNOUNCER, GtkWidget)

/* Says @sentence, unless it is what was said last, or only its numbers are others: what is counted
 * is not read out each second. */
void lec_announcer_say (LecAnnouncer *self, const char *sentence);

/* Says @sentence, also once more: it is about something that the viewer has just done. */
void lec_announcer_tell (LecAnnouncer *self, const char *sentence);

/* What was said last; NULL: nothing yet. */
const char *lec_announcer_get_said (LecAnnouncer *self);

G_END_DECLS
