/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/renderer.h"

#include <gtk/gtk.h>

#define VARIABLE "GSK_RENDERER"
#define DEBUG "GDK_DEBUG"
#define RENAMED 14 /* GTK 4.14 calls what follows otherwise */

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

/* GDK would load the drivers of OpenGL, and a compiler with them, only to find out what nobody asks
 * for. */
static void
do_without_gl (void)
{
  if (gtk_get_minor_version () < RENAMED)
    g_setenv (DEBUG, "gl-disable", FALSE);
}

void
lec_renderer_choose (const char *devices)
{
  if (!has_card (devices))
    g_setenv (VARIABLE, "cairo", FALSE);
  if (g_strcmp0 (g_getenv (VARIABLE), "cairo") == 0)
    do_without_gl ();
}
