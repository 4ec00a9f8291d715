/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/renderer.h"

#define RENDERER "GSK_RENDERER"

/* What keeps GTK from opening OpenGL's library when it opens the display, of which it makes nothing
 * where Cairo draws, but which costs 40 MiB in software. It is said otherwise since 4.16. */
#define SAID_ANEW 16
#define WITHOUT_GL "GDK_DEBUG", "gl-disable"
#define WITHOUT_GL_ANEW "GDK_DISABLE", "gl,vulkan"

/* What Linux calls the part of a graphics card that draws. The drivers of NVIDIA and of Windows
 * (WSL) have devices of their own. */
static const char *const cards[] = { "nvidia0", "dxg" };

static gboolean
has_render_node (const char *devices)
{
  g_autofree char *folder = g_build_filename (devices, "dri", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;
  return FALSE;
}

static gboolean
has_card (const char *devices)
{
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++) {
    g_autofree char *path = g_build_filename (devices, cards[i], NULL);

    if (g_file_test (path, G_FILE_TEST_EXISTS))
      return TRUE;
  }
  return has_render_node (devices);
}

void
lec_renderer_choose (const char *devices)
{
  if (has_card (devices) || g_getenv (RENDERER) != NULL)
    return;
  g_setenv (RENDERER, "cairo", FALSE);
  if (gtk_get_minor_version () < SAID_ANEW)
    g_setenv (WITHOUT_GL, FALSE);
  else
    g_setenv (WITHOUT_GL_ANEW, FALSE);
}

static void
realized_cb (GtkWidget *window, gpointer data)
{
  if (GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (GTK_NATIVE (window))))
    gtk_widget_add_css_class (window, "drawn-by-cairo");
}

void
lec_renderer_adapt (GtkWidget *window)
{
  g_return_if_fail (GTK_IS_NATIVE (window));

  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), NULL);
  if (gtk_widget_get_realized (window))
    realized_cb (window, NULL);
}
