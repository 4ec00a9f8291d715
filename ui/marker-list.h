/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A button that is there where what plays has markers, and shows them: what is said when. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_MARKER_LIST (lec_marker_list_get_type ())
G_DECLARE_FINAL_TYPE (LecMarkerList, lec_marker_list, LEC, MARKER_LIST, GtkWidget)

/* Properties:
 *
 *   markers   GPtrArray of LecMarker, nullable
 */

G_END_DECLS
