/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parity as the standard writes it: what the test's own station makes of the same packets, in the
 * same order. */
#include "cast/fec-encoder.h"

#include <string.h>

#include "support/fec-station.h"

typedef struct
{
  GArray *sent; /* of FecDatagram */
  guint at;     /* the next one that is expected */
  guint parity; /* that have come */
  gboolean is_flex;
} Hall;

static void
emit_cb (guint ahead, const guint8 *bytes, gsize size, gpointer data)
{
  Hall *hall = data;
  const FecDatagram *wanted = &g_array_index (hall->sent, FecDatagram, hall->at);

  g_assert_true (wanted->is_parity);
  if (hall->is_flex)
    g_assert_cmpuint (ahead, ==, LEC_FEC_COLUMNS_PORT);
  else
    g_assert_cmpuint (ahead, ==, bytes[24] != 0 ? LEC_FEC_ROWS_PORT : LEC_FEC_COLUMNS_PORT);
  /* but for payload type, number, time stamp and SSRC, which are the sender's own */
  g_assert_cmphex (bytes[0], ==, wanted->bytes[0]);
  g_assert_cmphex (bytes[1] & 0x80, ==, wanted->bytes[1] & 0x80);
  g_assert_cmpmem (bytes + 12, size - 12, wanted->bytes + 12, wanted->size - 12);
  hall->at++;
  hall->parity++;
}

static void
check (LecRepairScheme scheme, guint columns, guint rows)
{
  const FecStation station = { .scheme = scheme,
                               .packets = 10 * columns * rows + 3,
                               .interval_ns = MSECOND,
                               .columns = columns,
                               .rows = rows,
                               .sequence = 65400,
                               .size = 1300,
                               .seed = 1 };
  Hall hall = { .sent = fec_station_send (&station), .is_flex = scheme == LEC_REPAIR_FLEXFEC };
  g_autoptr (LecFecEncoder) encoder = lec_fec_encoder_new (scheme, columns, rows, emit_cb, &hall);

  while (hall.at < hall.sent->len) {
    const FecDatagram *datagram = &g_array_index (hall.sent, FecDatagram, hall.at);

    g_assert_false (datagram->is_parity); /* it would have been made */
    hall.at++;
    lec_fec_encoder_add (encoder, datagram->bytes, datagram->size);
  }
  g_assert_cmpuint (hall.parity, ==, 10 * rows + 9 * columns + (columns == 1 ? 3 + 1 : 0));
  g_array_unref (hall.sent);
}

static void
test_matrices (void)
{
  check (LEC_REPAIR_2022_1, 5, 5);
  check (LEC_REPAIR_2022_1, 10, 4);
  check (LEC_REPAIR_2022_1, 20, 5);
  check (LEC_REPAIR_2022_1, 4, 20);
  check (LEC_REPAIR_2022_1, 1, 4);
  check (LEC_REPAIR_FLEXFEC, 5, 5);
  check (LEC_REPAIR_FLEXFEC, 20, 5);
}

static void
count_cb (guint ahead, const guint8 *bytes, gsize size, gpointer data)
{
  ++*(guint *) data;
}

/* What cannot be protected takes no other matrix with it; numbers that jump begin another one. */
static void
test_odd (void)
{
  guint8 bytes[3000] = { 0x80, 96 };
  guint count = 0;
  g_autoptr (LecFecEncoder) encoder
      = lec_fec_encoder_new (LEC_REPAIR_2022_1, 4, 4, count_cb, &count);

  lec_fec_encoder_add (encoder, bytes, 11);
  for (guint i = 0; i < 48; i++) {
    bytes[3] = (guint8) i;
    lec_fec_encoder_add (encoder, bytes, i == 20 ? sizeof bytes : 500);
  }
  /* rows of the first and the third matrix and one of the second, columns of the first */
  g_assert_cmpuint (count, ==, 4 + 1 + 4 + 4);
  count = 0;
  for (guint i = 100; i < 103; i++) {
    bytes[3] = (guint8) i;
    lec_fec_encoder_add (encoder, bytes, 500);
  }
  for (guint i = 200; i < 204; i++) {
    bytes[3] = (guint8) i;
    lec_fec_encoder_add (encoder, bytes, 500);
  }
  g_assert_cmpuint (count, ==, 2); /* its row, and a column of the third matrix */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fec-encoder/matrices", test_matrices);
  g_test_add_func ("/fec-encoder/odd", test_odd);
  return g_test_run ();
}
