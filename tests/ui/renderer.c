/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/renderer.h"

#include <glib/gstdio.h>
#include <gtk/gtk.h>

#include "init.h"

static const struct
{
  const char *label;
  const char *device; /* (nullable): relative to the folder of devices */
  const char *before; /* (nullable): value of the variable */
  const char *after;  /* (nullable) */
  gboolean without_gl;
} rows[] = {
  { "no card", NULL, NULL, "cairo", TRUE },
  { "display only", "dri/card0", NULL, "cairo", TRUE },
  { "card", "dri/renderD128", NULL, NULL },
  { "nvidia", "nvidia0", NULL, NULL },
  { "no card, but told", NULL, "gl", "gl" },
  { "card, and told", "dri/renderD128", "cairo", "cairo" },
};

static void
test_choose (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *dri = g_build_filename (folder, "dri", NULL);
  g_autofree char *device = NULL;

  if (rows[i].device != NULL) {
    g_assert_cmpint (g_mkdir (dri, 0700), ==, 0);
    device = g_build_filename (folder, rows[i].device, NULL);
    g_assert_true (g_file_set_contents (device, "", 0, NULL));
  }
  if (rows[i].before != NULL)
    g_setenv ("GSK_RENDERER", rows[i].before, TRUE);
  else
    g_unsetenv ("GSK_RENDERER");

  g_unsetenv ("GDK_DEBUG");
  g_unsetenv ("GDK_DISABLE");
  lec_renderer_choose (folder);
  g_assert_cmpstr (g_getenv ("GSK_RENDERER"), ==, rows[i].after);
  if (gtk_get_minor_version () < 16) {
    g_assert_cmpstr (g_getenv ("GDK_DEBUG"), ==, rows[i].without_gl ? "gl-disable" : NULL);
    g_assert_null (g_getenv ("GDK_DISABLE"));
  } else {
    g_assert_cmpstr (g_getenv ("GDK_DISABLE"), ==, rows[i].without_gl ? "gl,vulkan" : NULL);
    g_assert_null (g_getenv ("GDK_DEBUG"));
  }

  if (device != NULL)
    g_assert_cmpint (g_remove (device), ==, 0);
  g_rmdir (dri);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Tests draw with Cairo (tests/ui/with-display). */
static void
test_adapt (void)
{
  GtkWidget *window = gtk_window_new ();

  lec_renderer_adapt (window);
  g_assert_false (gtk_widget_has_css_class (window, "drawn-by-cairo"));
  gtk_widget_realize (window);
  g_assert_true (gtk_widget_has_css_class (window, "drawn-by-cairo"));
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/renderer/adapt", test_adapt); /* first: before the others choose */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/ui/renderer/%s", rows[i].label);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_choose);
  }
  return g_test_run ();
}
