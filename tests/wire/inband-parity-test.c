/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/inband-parity.h"

static void
begin (LecInbandParity *parity, gint64 number)
{
  lec_inband_parity_init (parity);
  lec_inband_parity_begin (parity, number);
}

static void
test_marked (void)
{
  g_autofree LecInbandParity *parity = g_new0 (LecInbandParity, 1);

  begin (parity, 1000);
  g_assert_false (lec_inband_parity_had (parity, 1010, 1011));
  lec_inband_parity_mark (parity, 1010, 1013);
  g_assert_true (lec_inband_parity_had (parity, 1010, 1013));
  g_assert_true (lec_inband_parity_had (parity, 1011, 1012));
  /* one of media among them is missed */
  g_assert_false (lec_inband_parity_had (parity, 1009, 1013));
  g_assert_false (lec_inband_parity_had (parity, 1010, 1014));
  lec_inband_parity_begin (parity, 1000); /* the media begin anew */
  g_assert_false (lec_inband_parity_had (parity, 1010, 1013));
}

/* Each tenth number is parity. Four distances that are alike are no chance; of what is lost of it
 * the distance is a multiple. */
static void
test_steady (void)
{
  g_autofree LecInbandParity *parity = g_new0 (LecInbandParity, 1);
  static const gint64 numbers[] = { 1010, 1020, 1030, 1040, 1060, 1070 };

  begin (parity, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_assert_false (lec_inband_parity_had (parity, 1080, 1081));
    lec_inband_parity_note (parity, numbers[i]);
  }
  g_assert_true (lec_inband_parity_had (parity, 1050, 1051)); /* the one that was lost */
  g_assert_true (lec_inband_parity_had (parity, 1080, 1081));
  g_assert_false (lec_inband_parity_had (parity, 1079, 1080));
  g_assert_false (lec_inband_parity_had (parity, 1080, 1082));
  lec_inband_parity_note (parity, 1070); /* again, or late: that says nothing */
  lec_inband_parity_note (parity, 1063);
  g_assert_true (lec_inband_parity_had (parity, 1080, 1081));
  lec_inband_parity_note (parity, 1077); /* it was chance */
  g_assert_false (lec_inband_parity_had (parity, 1080, 1081));
  g_assert_false (lec_inband_parity_had (parity, 1084, 1085));
}

/* All numbers are not parity, though one follows another; and a long run is of media. */
static void
test_runs (void)
{
  g_autofree LecInbandParity *parity = g_new0 (LecInbandParity, 1);

  begin (parity, 1000);
  for (gint64 number = 1000; number < 1010; number++)
    lec_inband_parity_note (parity, number);
  g_assert_false (lec_inband_parity_had (parity, 1010, 1011));
  lec_inband_parity_mark (parity, 1010, 1011 + LEC_INBAND_PARITY_RUN);
  g_assert_true (lec_inband_parity_had (parity, 1010, 1010 + LEC_INBAND_PARITY_RUN));
  g_assert_false (lec_inband_parity_had (parity, 1010, 1011 + LEC_INBAND_PARITY_RUN));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inband-parity/marked", test_marked);
  g_test_add_func ("/inband-parity/steady", test_steady);
  g_test_add_func ("/inband-parity/runs", test_runs);
  return g_test_run ();
}
