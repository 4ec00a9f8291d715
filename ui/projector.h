/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A window with one picture, for a second screen: full with a double click or F, and closed with
 * Escape or D. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @picture: (nullable). Returns: (transfer none): not shown yet */
GtkWindow *lec_projector_new (GdkPaintable *picture);

/* @picture: (nullable) */
void lec_projector_set_picture (GtkWindow *projector, GdkPaintable *picture);

/* Shows it: on all of another screen than that of @beside, where there is one. */
void lec_projector_present (GtkWindow *projector, GtkWindow *beside);

G_END_DECLS
