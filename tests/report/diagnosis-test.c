/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/diagnosis.h"

/* Programs tell causes apart by these words. */
static void
test_names (void)
{
  for (guint i = LEC_DOCTOR_FINE; i <= LEC_DOCTOR_STALLED; i++) {
    for (guint k = LEC_DOCTOR_FINE; k < i; k++)
      g_assert_cmpstr (lec_doctor_code_get_name (i), !=, lec_doctor_code_get_name (k));
  }
  g_assert_cmpstr (lec_doctor_code_get_name (LEC_DOCTOR_FINE), ==, "fine");
  g_assert_cmpstr (lec_doctor_code_get_name (LEC_DOCTOR_FIREWALL), ==, "firewall");
  g_assert_cmpstr (lec_doctor_code_get_name (LEC_DOCTOR_DAMAGED), ==, "damaged");
  g_assert_cmpstr (lec_doctor_code_get_name (LEC_DOCTOR_ENDED), ==, "ended");
  g_assert_cmpstr (lec_doctor_code_get_name (LEC_DOCTOR_KEY_WRONG), ==, "key-wrong");
  g_assert_cmpstr (lec_doctor_code_get_name (LEC_DOCTOR_STALLED), ==, "stalled");
  g_assert_cmpstr (lec_severity_get_name (LEC_SEVERITY_FINE), ==, "fine");
  g_assert_cmpstr (lec_severity_get_name (LEC_SEVERITY_FATAL), ==, "fatal");
}

static void
test_message (void)
{
  g_auto (LecDiagnosis) alone = { .sentence = g_strdup ("It rains") };
  g_auto (LecDiagnosis) both
      = { .sentence = g_strdup ("It rains"), .remedy = g_strdup ("Take an umbrella") };
  g_autofree char *short_one = lec_diagnosis_dup_message (&alone);
  g_autofree char *long_one = lec_diagnosis_dup_message (&both);

  g_assert_cmpstr (short_one, ==, "It rains");
  g_assert_cmpstr (long_one, ==, "It rains. Take an umbrella");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diagnosis/names", test_names);
  g_test_add_func ("/diagnosis/message", test_message);

  return g_test_run ();
}
