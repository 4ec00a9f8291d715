/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which program of a transport stream is played: a button with a menu, where there is a choice. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_PROGRAM_MENU (lec_program_menu_get_type ())
G_DECLARE_FINAL_TYPE (LecProgramMenu, lec_program_menu, LEC, PROGRAM_MENU, GtkWidget)

/* Properties:
 *
 *   player  LecPlayer, nullable: whose programs are offered, and whose `program` is set
 *
 * It is visible while two programs or more can be played. A choice is for one channel. */

G_END_DECLS
