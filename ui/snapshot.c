/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/snapshot.h"

#include <glib/gi18n.h>

#include "ui/save.h"

/* As large as the picture is, not as it is shown. Returns: (nullable): NULL: there is none */
static GdkTexture *
render (GtkWidget *widget, GdkPaintable *picture)
{
  const int width = picture != NULL ? gdk_paintable_get_intrinsic_width (picture) : 0;
  const int height = picture != NULL ? gdk_paintable_get_intrinsic_height (picture) : 0;
  GtkNative *native = gtk_widget_get_native (widget);
  GtkSnapshot *snapshot;
  GskRenderNode *node;
  GdkTexture *texture;

  if (width <= 0 || height <= 0 || native == NULL)
    return NULL;
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (picture, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (native), node,
      &GRAPHENE_RECT_INIT (0.0f, 0.0f, (float) width, (float) height));
  gsk_render_node_unref (node);
  return texture;
}

static void
notify (GtkWidget *widget, const char *sentence)
{
  gtk_widget_activate_action (widget, "win.notify", "s", sentence);
}

static char *
make_path (const LecChannel *channel)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
  g_autofree char *title
      = channel != NULL ? lec_save_propose_title (channel) : g_strdup (_ ("Channel"));
  g_autofree char *name = g_strdup_printf ("%s %s", title, when);
  char *path = NULL;

  if (folder == NULL)
    folder = g_get_home_dir ();
  for (guint i = 1; path == NULL || g_file_test (path, G_FILE_TEST_EXISTS); i++) {
    g_autofree char *file
        = i == 1 ? g_strdup_printf ("%s.png", name) : g_strdup_printf ("%s-%u.png", name, i);

    g_free (path);
    path = g_build_filename (folder, file, NULL);
  }
  return path;
}

void
lec_snapshot_save (GtkWidget *widget, GdkPaintable *picture, const LecChannel *channel)
{
  g_autoptr (GdkTexture) texture = render (widget, picture);
  g_autofree char *path = NULL, *sentence = NULL;

  if (texture == NULL) {
    gtk_widget_error_bell (widget);
    return;
  }
  path = make_path (channel);
  if (gdk_texture_save_to_png (texture, path)) {
    /* Translators: %s is the name of a file */
    sentence = g_strdup_printf (_ ("Picture saved to “%s”."), path);
  } else {
    /* Translators: %s is the name of a file */
    sentence = g_strdup_printf (_ ("The picture cannot be written to “%s”."), path);
  }
  notify (widget, sentence);
}

void
lec_snapshot_copy (GtkWidget *widget, GdkPaintable *picture)
{
  g_autoptr (GdkTexture) texture = render (widget, picture);

  if (texture == NULL) {
    gtk_widget_error_bell (widget);
    return;
  }
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  notify (widget, _ ("Picture copied."));
}
