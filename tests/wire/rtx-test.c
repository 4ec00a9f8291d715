/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/rtx.h"

#include <string.h>

#include "wire/format.h"
#include "wire/units.h"

#define GROUP "239.1.1.1"

static void
add (LecStream *stream, guint16 port, int payload, const char *type)
{
  const char *const parameters[] = { "rtx-time", "500", "apt", type, NULL };
  LecRepair *repair = lec_stream_add_repair (stream, LEC_REPAIR_RTX, GROUP, port);

  repair->payload = payload;
  repair->parameters = type != NULL ? g_strdupv ((char **) parameters) : NULL;
}

static void
init (LecRtxTypes *types)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);

  lec_stream_add_leg (stream, GROUP, 5004);
  g_assert_false (lec_rtx_types_init (types, stream));
  add (stream, 5004, 97, "96");
  add (stream, 5010, 97, "33");
  add (stream, 5004, 98, "128"); /* none of RTP */
  add (stream, 5004, 99, NULL);
  add (stream, 5004, -1, "96");
  lec_stream_add_repair (stream, LEC_REPAIR_ULPFEC, GROUP, 5004)->payload = 100;
  g_assert_true (lec_rtx_types_init (types, stream));
}

static void
test_types (void)
{
  LecRtxTypes types;

  init (&types);
  g_assert_cmpint (types.kept_ns, ==, 500 * MSECOND);
  for (guint i = 0; i < 128; i++) {
    g_assert_cmpint (types.inside[i], ==, i == 97 ? 96 : -1);
    g_assert_cmpint (types.elsewhere[i], ==, i == 97 ? 33 : -1);
  }
}

#define HEAD(first, second) first, second, 0, 9, 1, 2, 3, 4, 0, 0, 0, 7
#define BACK(first, second) first, second, 0x12, 0x34, 1, 2, 3, 4, 0xaa, 0xbb, 0xcc, 0xdd

static const struct
{
  const char *story;
  guint8 bytes[32], back[32];
  gsize size, back_size; /* 0: it is none */
} rows[] = {
  { "plain", { HEAD (0x80, 97), 0x12, 0x34, 'a', 'b' }, { BACK (0x80, 96), 'a', 'b' }, 16, 14 },
  { "marked",
    { HEAD (0x80, 0x80 | 97), 0x12, 0x34, 'a' },
    { BACK (0x80, 0x80 | 96), 'a' },
    15,
    13 },
  { "padded",
    { HEAD (0xa0, 97), 0x12, 0x34, 'a', 'b', 0, 0, 3 },
    { BACK (0x80, 96), 'a', 'b' },
    19,
    14 },
  { "with a source and an extension",
    { HEAD (0x91, 97), 5, 5, 5, 5, 0xbe, 0xde, 0, 1, 6, 6, 6, 6, 0x12, 0x34, 'a' },
    { BACK (0x91, 96), 5, 5, 5, 5, 0xbe, 0xde, 0, 1, 6, 6, 6, 6, 'a' },
    27,
    25 },
  { "of another type", { HEAD (0x80, 98), 0x12, 0x34, 'a', 'b' }, { 0 }, 16, 0 },
  { "without a packet", { HEAD (0x80, 97), 0x12, 0x34 }, { 0 }, 14, 0 },
  { "without a number", { HEAD (0x80, 97), 0x12 }, { 0 }, 13, 0 },
  { "nothing but padding", { HEAD (0xa0, 97), 0, 0, 0, 4 }, { 0 }, 16, 0 },
};

static void
test_unwrap (void)
{
  LecRtxTypes types;

  init (&types);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecPacket) packet = lec_packet_new (64);
    gboolean unwrapped;

    g_test_message ("%s", rows[i].story);
    memcpy (packet->data, rows[i].bytes, rows[i].size);
    packet->size = (guint32) rows[i].size;
    g_assert_true (lec_format_rtp.parse (packet));
    unwrapped = lec_rtx_unwrap (types.inside, packet, 0xaabbccdd);
    g_assert_cmpint (unwrapped, ==, rows[i].back_size > 0);
    if (!unwrapped) {
      g_assert_cmpmem (packet->data, packet->size, rows[i].bytes, rows[i].size);
      continue;
    }
    g_assert_cmpmem (packet->data, packet->size, rows[i].back, rows[i].back_size);
    g_assert_true (lec_format_rtp.parse (packet));
    g_assert_cmpuint (packet->sequence, ==, 0x1234);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rtx/types", test_types);
  g_test_add_func ("/rtx/unwrap", test_unwrap);
  return g_test_run ();
}
