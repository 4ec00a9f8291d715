/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lectern: the player with a window. */
#include <glib/gi18n.h>
#include <gst/gst.h>
#include <locale.h>

#include "element/plugin.h"
#include "ui/application.h"

/* Only the first instance comes here; the help and a second start need no GStreamer. */
static void
startup_cb (void)
{
  gst_init (NULL, NULL);
  lec_element_register (NULL);
}

int
main (int argc, char *argv[])
{
  g_autoptr (LecApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = lec_application_new (LEC_VERSION);
  g_signal_connect (application, "startup", G_CALLBACK (startup_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
