/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/latency-memory.h"

static LecChannel *
channel_on (guint16 port)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_AUDIO);

  lec_stream_add_leg (stream, "239.1.1.1", port);
  lec_stream_add_payload (stream, 0, "PCMU", 8000);
  return lec_channel_new (g_steal_pointer (&info), NULL);
}

static gint64
recall (guint16 port, const char *interface)
{
  g_autoptr (LecChannel) channel = channel_on (port);

  return lec_latency_memory_recall (
      g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0), interface);
}

static void
keep (guint16 port, const char *interface, gint64 latency_ns)
{
  g_autoptr (LecChannel) channel = channel_on (port);
  g_autofree char *key = lec_latency_memory_dup_key (
      g_ptr_array_index (lec_channel_get_info (channel)->alternatives, 0), interface);

  lec_latency_memory_keep (key, latency_ns);
}

/* Each channel on each interface has its own. */
static void
test_kept (void)
{
  g_assert_cmpint (recall (5004, "eth0"), ==, -1);
  keep (5004, "eth0", 70);
  keep (5004, NULL, 80);
  keep (5006, "eth0", 90);
  keep (5006, "eth0", 95);
  g_assert_cmpint (recall (5004, "eth0"), ==, 70);
  g_assert_cmpint (recall (5004, NULL), ==, 80);
  g_assert_cmpint (recall (5006, "eth0"), ==, 95);
  g_assert_cmpint (recall (5006, "wlan0"), ==, -1);
  lec_latency_memory_keep (NULL, 3);
}

/* However long somebody zaps. */
static void
test_bounded (void)
{
  for (guint16 port = 1; port < 10000; port++) {
    keep (port, NULL, port);
    g_assert_cmpint (recall (port, NULL), ==, port);
  }
  g_assert_cmpint (recall (1, NULL), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/latency-memory/kept", test_kept);
  g_test_add_func ("/latency-memory/bounded", test_bounded);
  return g_test_run ();
}
