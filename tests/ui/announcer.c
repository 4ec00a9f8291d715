/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/announcer.h"

#include "tests/ui/init.h"

static void
test_say (void)
{
  static const struct
  {
    const char *sentence;
    const char *said;
  } rows[] = {
    { "Playing: Hall 1", "Playing: Hall 1" },
    { "The station has been silent for 5 s; still listening",
      "The station has been silent for 5 s; still listening" },
    { "The station has been silent for 6 s; still listening",
      "The station has been silent for 5 s; still listening" },
    { "The station has been silent for 10 s; still listening",
      "The station has been silent for 5 s; still listening" },
    { "The station has been silent for 10 s", "The station has been silent for 10 s" },
    { "", "" },
    { "5", "" },
    { "Playing: Hall 1", "Playing: Hall 1" },
  };
  GtkWidget *widget = g_object_ref_sink (g_object_new (LEC_TYPE_ANNOUNCER, NULL));
  LecAnnouncer *announcer = LEC_ANNOUNCER (widget);

  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)), ==,
                   GTK_ACCESSIBLE_ROLE_ALERT);
  g_assert_null (lec_announcer_get_said (announcer));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *mistake = NULL;

    lec_announcer_say (announcer, rows[i].sentence);
    g_assert_cmpstr (lec_announcer_get_said (announcer), ==, rows[i].said);
    mistake = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                  GTK_ACCESSIBLE_PROPERTY_LABEL, rows[i].said);
    g_assert_null (mistake);
  }
  g_object_unref (widget);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/announcer/say", test_say);
  return g_test_run ();
}
