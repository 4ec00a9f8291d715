/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/pes-ends.h"

#include <gst/check/gstharness.h>
#include <string.h>

#include "support/ts-station.h"

#define PID 0x40
#define FULL 184  /* [bytes] of payload */
#define FILLED 99 /* likewise, the rest is filled up */

/* Packets of one stream: one that begins a picture (P), filled up (p), one of which the length is
 * told (L), of sound (S); others of it (.), filled up (f); one that is lost (x). What stands
 * between bars comes at once. */
static const struct
{
  const char *story;
  const char *packets;
  const char *ended; /* of each that comes at once: whether its end was told (+) */
} rows[] = {
  { "once three have ended so", "P.f|P.f|P.f|P.f|P.f", "---++" },
  { "in pieces", "P.f|P.f|P.f|P|.|f", "-----+" },
  { "small pictures", "p|p|p|p|P.f", "---++" },
  { "the next one begins at once", "P.f|P.f|P.f|P.fP|.f", "----+" },
  { "one that is full by chance, so that none is told", "P.f|P.f|P.f|P..|P.f|P.f|P.f|P.f",
    "-------+" },
  { "one that goes on, so that none is told any more", "P.f|P.f|P.f|P.f|.f|P.f|P.f|P.f|P.f|P.f",
    "---+------" },
  { "one that goes on at once", "P.f|P.f|P.f|P.f.|P.f|P.f|P.f|P.f|P.f", "---------" },
  { "one that is not whole", "P.f|P.f|P.f|P.f|P.xf|P.f", "---+-+" },
  { "one that is lost is not known to have ended so", "P.f|P.f|P.f|xP.f|P.f", "----+" },
  { "the length is told", "L.f|L.f|L.f|L.f|L.f", "-----" },
  { "sound", "S.f|S.f|S.f|S.f|S.f", "-----" },
};

static void
put (TsMux *mux, char kind)
{
  guint8 payload[FULL] = { 0, 0, 1, kind == 'S' ? 0xc0 : 0xe0, 0, kind == 'L' ? 200 : 0 };

  if (kind == 'x')
    mux->counters[PID]++;
  else if (strchr ("PpLS", kind) != NULL)
    ts_mux_put (mux, PID, TRUE, payload, kind == 'p' ? FILLED : FULL, -1);
  else
    ts_mux_put (mux, PID, FALSE, payload, kind == 'f' ? FILLED : FULL, -1);
}

/* Returns: whether something was put behind what @mux has, and nothing else is other than it was */
static gboolean
push (GstHarness *harness, TsMux *mux)
{
  const guint length = mux->bytes->len;
  GstBuffer *out;
  guint8 end[LEC_TS_PACKET];
  LecTsPacket header;
  gboolean has_ended;

  gst_harness_push (harness, gst_buffer_new_memdup (mux->bytes->data, length));
  out = gst_harness_pull (harness);
  g_assert_cmpint (gst_buffer_memcmp (out, 0, mux->bytes->data, length), ==, 0);
  has_ended = gst_buffer_get_size (out) > length;
  if (has_ended) {
    g_assert_cmpuint (gst_buffer_extract (out, length, end, sizeof end), ==, sizeof end);
    g_assert_true (lec_ts_packet_parse (end, &header));
    g_assert_cmpuint (header.pid, ==, PID);
    g_assert_true (header.starts);
    g_assert_cmpuint (header.counter, ==, (mux->counters[PID] + 1) & 0x0f);
  }
  gst_buffer_unref (out);
  g_byte_array_set_size (mux->bytes, 0);
  return has_ended;
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GstHarness *harness = gst_harness_new ("identity");
    g_autoptr (GstPad) pad = gst_element_get_static_pad (harness->element, "sink");
    g_autoptr (GString) ended = g_string_new (NULL);
    TsMux mux;

    ts_mux_init (&mux);
    lec_pes_ends_tell (pad);
    gst_harness_set_src_caps_str (harness, "video/mpegts");
    for (const char *at = rows[i].packets; *at != '\0'; at++) {
      if (*at != '|')
        put (&mux, *at);
      if (*at == '|' || at[1] == '\0')
        g_string_append_c (ended, push (harness, &mux) ? '+' : '-');
    }
    g_test_message ("%s", rows[i].story);
    g_assert_cmpstr (ended->str, ==, rows[i].ended);
    ts_mux_clear (&mux);
    gst_harness_teardown (harness);
  }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pes-ends/rows", test_rows);
  return g_test_run ();
}
