/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the channel is received: in one sentence for the viewer, in plots and figures for the
 * technician.
 *
 * Looks once a second while something is received, also out of sight, so that the two minutes are
 * there when somebody wants to see them. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_SIGNAL_PANEL (lec_signal_panel_get_type ())
G_DECLARE_FINAL_TYPE (LecSignalPanel, lec_signal_panel, LEC, SIGNAL_PANEL, GtkWidget)

/* Properties:
 *
 *   player              LecPlayer, nullable: whose reception is shown
 *   has-window-buttons  boolean: it is at the window's corner
 *   verdict             int, a LecVerdict, read-only: how reception is now; nothing where nothing
 *                       is being received
 *   summary             string, read-only, nullable: the same as a word for a viewer; NULL: nothing
 *                       is being received
 *   lossy               boolean, read-only: much has been missing for some seconds
 */

G_END_DECLS
