/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parity as the standard writes it: what the test's own station makes of the same packets. */
#include "cast/ulpfec-encoder.h"

#include <string.h>

#include "support/fec-station.h"

static void
put_number (guint8 *bytes, guint16 number)
{
  bytes[2] = (guint8) (number >> 8);
  bytes[3] = (guint8) number;
}

/* The station has left room for parity in the numbers; here they are as before that. */
static void
check (guint percent, guint group)
{
  const FecStation station = { .scheme = LEC_REPAIR_ULPFEC,
                               .packets = 10 * group,
                               .interval_ns = MSECOND,
                               .columns = group,
                               .sequence = 65400,
                               .size = 1300,
                               .seed = 1 };
  g_autoptr (GArray) sent = fec_station_send (&station);
  g_autoptr (LecUlpfecEncoder) encoder = lec_ulpfec_encoder_new (FEC_STATION_PARITY, percent);
  guint parity = 0;
  guint16 number = 65400;

  for (guint i = 0; i < sent->len; i++) {
    const FecDatagram *wanted = &g_array_index (sent, FecDatagram, i);
    guint8 bytes[LEC_ULPFEC_PARITY_MOST];
    gboolean is_due;

    g_assert_false (wanted->is_parity); /* it would have been made */
    memcpy (bytes, wanted->bytes, wanted->size);
    put_number (bytes, number++);
    is_due = lec_ulpfec_encoder_add (encoder, bytes, wanted->size);
    g_assert_cmpmem (bytes, wanted->size, wanted->bytes, wanted->size);
    g_assert_cmpint (is_due, ==, i + 1 < sent->len && (wanted + 1)->is_parity);
    if (!is_due)
      continue;
    wanted = &g_array_index (sent, FecDatagram, ++i);
    g_assert_cmpuint (lec_ulpfec_encoder_take (encoder, bytes), ==, wanted->size);
    g_assert_cmpmem (bytes, 4, wanted->bytes, 4);
    g_assert_cmpmem (bytes + 8, wanted->size - 8, wanted->bytes + 8, wanted->size - 8);
    g_assert_cmpuint (lec_ulpfec_encoder_take (encoder, bytes), ==, 0);
    parity++;
  }
  g_assert_cmpuint (parity, ==, 10);
}

static void
test_groups (void)
{
  check (100, 1);
  check (20, 5);
  check (5, 20);
  check (3, 33);
  check (1, LEC_ULPFEC_GROUP_MOST);
}

/* What is too large is not protected; a group may be ended early. */
static void
test_odd (void)
{
  g_autoptr (LecUlpfecEncoder) encoder = lec_ulpfec_encoder_new (127, 20);
  guint8 bytes[3000] = { 0x80, 96 }, parity[LEC_ULPFEC_PARITY_MOST];

  g_assert_false (lec_ulpfec_encoder_add (encoder, bytes, 11));
  g_assert_cmpuint (lec_ulpfec_encoder_take (encoder, parity), ==, 0);
  put_number (bytes, 1);
  g_assert_false (lec_ulpfec_encoder_add (encoder, bytes, sizeof bytes));
  g_assert_cmpuint (lec_ulpfec_encoder_take (encoder, parity), ==, 0);
  put_number (bytes, 2);
  g_assert_false (lec_ulpfec_encoder_add (encoder, bytes, 100));
  put_number (bytes, 3);
  g_assert_false (lec_ulpfec_encoder_add (encoder, bytes, 200));
  g_assert_cmpuint (lec_ulpfec_encoder_take (encoder, parity), ==, 12 + 18 + 188);
  g_assert_cmpmem (parity + 2, 2, "\0\4", 2);
  g_assert_cmpmem (parity + 24, 6, "\xc0\0\0\0\0\0", 6);
  put_number (bytes, 4);
  g_assert_false (lec_ulpfec_encoder_add (encoder, bytes, 100));
  g_assert_cmpmem (bytes + 2, 2, "\0\5", 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ulpfec-encoder/groups", test_groups);
  g_test_add_func ("/ulpfec-encoder/odd", test_odd);
  return g_test_run ();
}
