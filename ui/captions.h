/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is to be read with a channel, over its picture or its page, above the bar with the controls.
 *
 * What nobody changes for a while goes away. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_CAPTIONS (lec_captions_get_type ())
G_DECLARE_FINAL_TYPE (LecCaptions, lec_captions, LEC, CAPTIONS, GtkWidget)

#define LEC_CAPTIONS_S 20 /* [s] that a text stays */

/* Properties:
 *
 *   text    string, nullable: in lines; NULL or "": nothing
 *   size    uint: 0 small, 1 normal, 2 large, 3 very large; as the settings have it
 *   ground  uint: 0 none, 1 dark and half transparent, 2 black; likewise
 */

G_END_DECLS
