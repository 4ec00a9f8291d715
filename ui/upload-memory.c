/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/upload-memory.h"

#ifdef LEC_WITH_X11
#include <cairo-xlib.h>
#include <gdk/x11/gdkx.h>
#endif

#ifdef LEC_WITH_X11

/* Cairo (seen in 1.16) takes shared memory from pools of eight times the size first asked for, and
 * lets a pool go as soon as nothing in it is used: after each frame, when nothing else is drawn. A
 * new one is a new page for each 4 KiB of the window: of 1280x720, a quarter of what playing costs.
 * A pool in which something small is used stays. */
#define SMALL 128 /* [pixels] across; Cairo shares none for much less */

typedef struct
{
  cairo_surface_t *used; /* (nullable) the small thing */
  gint64 area;           /* [pixels] that its pool was made for */
} Memory;

static GQuark memory_quark (void);
G_DEFINE_QUARK (lec - upload - memory, memory)

static void
memory_free (gpointer data)
{
  Memory *self = data;

  g_clear_pointer (&self->used, cairo_surface_destroy);
  g_free (self);
}

static Memory *
memory_of (GdkDisplay *display)
{
  Memory *self = g_object_get_qdata (G_OBJECT (display), memory_quark ());

  if (self == NULL) {
    self = g_new0 (Memory, 1);
    g_object_set_qdata_full (G_OBJECT (display), memory_quark (), self, memory_free);
  }
  return self;
}

/* The first one has Cairo make a pool that has room for frames; the second one is in it. */
static void
fit (Memory *self, Display *x, int width, int height)
{
  cairo_surface_t *root = cairo_xlib_surface_create (
      x, DefaultRootWindow (x), DefaultVisual (x, DefaultScreen (x)), width, height);
  cairo_surface_t *large
      = cairo_surface_create_similar_image (root, CAIRO_FORMAT_RGB24, width, height);

  g_clear_pointer (&self->used, cairo_surface_destroy);
  self->used = cairo_surface_create_similar_image (root, CAIRO_FORMAT_RGB24, SMALL, SMALL);
  self->area = (gint64) width * height;
  cairo_surface_destroy (large);
  cairo_surface_destroy (root);
}

static void
layout_cb (GdkSurface *surface, int width, int height, gpointer data)
{
  GdkDisplay *display = gdk_surface_get_display (surface);
  const int scale = gdk_surface_get_scale_factor (surface);
  Memory *self = memory_of (display);

  if ((gint64) width * scale * height * scale > self->area)
    fit (self, gdk_x11_display_get_xdisplay (display), width * scale, height * scale);
}

static void
realized_cb (GtkWidget *window, gpointer data)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  if (GDK_IS_X11_SURFACE (surface)
      && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (GTK_NATIVE (window))))
    g_signal_connect (surface, "layout", G_CALLBACK (layout_cb), NULL);
}

#endif

void
lec_upload_memory_keep (GtkWidget *window)
{
#ifdef LEC_WITH_X11
  g_return_if_fail (GTK_IS_NATIVE (window));

  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), NULL);
  if (gtk_widget_get_realized (window))
    realized_cb (window, NULL);
#endif
}
