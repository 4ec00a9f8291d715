/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is played where there is a choice: which program of a transport stream, which of several
 * stations on one group. A button with a menu. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_CHOICE_MENU (lec_choice_menu_get_type ())
G_DECLARE_FINAL_TYPE (LecChoiceMenu, lec_choice_menu, LEC, CHOICE_MENU, GtkWidget)

/* Properties:
 *
 *   player  LecPlayer, nullable: whose programs and stations are offered, and whose `program` and
 *           `station` are set
 *
 * It is visible while there are two or more of either. A choice is for one channel. */

G_END_DECLS
