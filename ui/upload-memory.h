/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The shared memory by which Cairo hands what it has drawn to an X server, kept from one frame to
 * the next. Nothing where another backend or renderer draws. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * lec_upload_memory_keep:
 * @window: a #GtkNative
 *
 * From the moment @window is realized, for its size, and for as long as its display is open. In the
 * main thread.
 */
void lec_upload_memory_keep (GtkWidget *window);

G_END_DECLS
