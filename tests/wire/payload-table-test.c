/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/payload-table.h"

static LecStream *
add_stream (LecChannelInfo *info, LecMedia media)
{
  LecStream *stream
      = lec_alternative_add_stream (lec_channel_info_add_alternative (info, LEC_KIND_RTP), media);

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  return stream;
}

static void
test_roles (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = add_stream (info, LEC_MEDIA_AUDIO);
  LecPayloadTable table;

  lec_stream_add_payload (stream, 96, "opus", 48000);
  lec_stream_add_payload (stream, 13, "CN", 8000);
  lec_stream_add_payload (stream, 97, "RED", 48000);
  lec_stream_add_repair (stream, LEC_REPAIR_ULPFEC, "239.1.1.1", 5004)->payload = 98;
  lec_stream_add_repair (stream, LEC_REPAIR_RTX, "239.1.1.1", 5004)->payload = 99;
  lec_stream_add_repair (stream, LEC_REPAIR_2022_1, "239.1.1.1", 5006)->payload = 100;
  lec_payload_table_init (&table, stream, &lec_format_rtp);

  g_assert_cmpuint (lec_payload_table_get_rate (&table, 96), ==, 48000);
  g_assert_cmpuint (lec_payload_table_get_rate (&table, 0), ==, 0);
  g_assert_cmpint (table.items[96].role, ==, LEC_ROLE_MEDIA);
  g_assert_cmpint (table.items[13].role, ==, LEC_ROLE_ASIDE);
  g_assert_true (table.items[97].is_red);
  g_assert_cmpint (table.items[98].role, ==, LEC_ROLE_REPAIR);
  g_assert_cmpint (table.items[98].scheme, ==, LEC_REPAIR_ULPFEC);
  g_assert_cmpint (table.items[99].role, ==, LEC_ROLE_RETRANSMISSION);
  g_assert_cmpint (table.items[100].role, ==, LEC_ROLE_MEDIA); /* it comes elsewhere */
}

/* Where comfort noise is all there is, it is the stream; and a text makes use of what is sent
 * again. */
static void
test_alone (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *noise = add_stream (info, LEC_MEDIA_AUDIO), *text = add_stream (info, LEC_MEDIA_TEXT);
  LecPayloadTable table;

  lec_stream_add_payload (noise, 13, "CN", 8000);
  lec_payload_table_init (&table, noise, &lec_format_rtp);
  g_assert_cmpint (table.items[13].role, ==, LEC_ROLE_MEDIA);
  lec_stream_add_payload (text, 100, "red", 1000);
  lec_payload_table_init (&table, text, &lec_format_rtp);
  g_assert_false (table.items[100].is_red);
}

static void
test_open (void)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecPayloadTable table;

  lec_payload_table_init (&table, add_stream (info, LEC_MEDIA_VIDEO), &lec_format_rtp);
  g_assert_true (table.is_open);
  g_assert_cmpuint (lec_payload_table_get_rate (&table, 33), ==, 90000);
  g_assert_cmpuint (lec_payload_table_get_rate (&table, 0), ==, 8000);
  g_assert_cmpuint (lec_payload_table_get_rate (&table, 13), ==, 0);
  g_assert_cmpuint (lec_payload_table_get_rate (&table, 96), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payload-table/roles", test_roles);
  g_test_add_func ("/payload-table/alone", test_alone);
  g_test_add_func ("/payload-table/open", test_open);
  return g_test_run ();
}
