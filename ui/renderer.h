/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which of GTK's renderers draws the windows. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * lec_renderer_choose:
 * @devices: the folder of the devices, `/dev`
 *
 * Before GTK is initialized. Where there is no graphics card, GTK lets the processor do what one is
 * for (OpenGL in software), which costs several times what it costs to draw with Cairo: so Cairo
 * draws, and OpenGL is not loaded. What the user has set, in `GSK_RENDERER`, holds; what is set in
 * `GDK_DEBUG`, or from GTK 4.16 in `GDK_DISABLE`, is not changed.
 */
void lec_renderer_choose (const char *devices);

/* Where Cairo draws @window, its edge is plain: the class `drawn-by-cairo` of ui/style.css. Shadow
 * and round corners would be drawn anew with each picture behind them, which costs more than half
 * of what playing does. */
void lec_renderer_adapt (GtkWidget *window);

G_END_DECLS
