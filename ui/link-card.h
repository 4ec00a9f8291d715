/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A web page that goes with what is seen: where it is, and a link that opens it in the browser,
 * when the viewer wants it and never by itself.
 *
 * Goes away after a while; lec_link_card_open() still opens it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LEC_TYPE_LINK_CARD (lec_link_card_get_type ())
G_DECLARE_FINAL_TYPE (LecLinkCard, lec_link_card, LEC, LINK_CARD, GtkWidget)

#define LEC_LINK_CARD_S 30 /* [s] that it stays */

/* Properties:
 *
 *   link    string, nullable: an address of the web; NULL: none
 *   host    string, nullable: of it, to be shown
 */

/* As a click on it does. */
void lec_link_card_open (LecLinkCard *self);

G_END_DECLS
