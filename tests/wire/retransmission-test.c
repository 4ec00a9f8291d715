/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whom to ask, and whom to believe; what becomes of it is in session-rtx-test.c. */
#include "wire/retransmission.h"

#include <string.h>

#include "wire/units.h"

#define STATION ((guint64) 0x0a4d0001 << 16 | 5004)
#define SERVER ((guint64) 0x0a4d0009 << 16 | 7000)

/* Where it is not wanted, nobody is asked. */
static void
test_wanted (void)
{
  static const struct
  {
    const char *story, *group, *target;
    gboolean nack, keys, source;
    gint64 receivers;
    const LecFormat *format;
    gboolean wanted;
  } rows[] = {
    { "of the group", "239.1.1.1", NULL, TRUE, FALSE, FALSE, -1, &lec_format_rtp, TRUE },
    { "nobody says so", "239.1.1.1", NULL, FALSE, FALSE, FALSE, -1, &lec_format_rtp, FALSE },
    { "without RTP", "239.1.1.1", NULL, TRUE, FALSE, FALSE, -1, &lec_format_ts, FALSE },
    { "encrypted", "239.1.1.1", NULL, TRUE, TRUE, FALSE, -1, &lec_format_rtp, TRUE },
    { "no bandwidth for receivers", "239.1.1.1", NULL, TRUE, FALSE, FALSE, 0, &lec_format_rtp,
      FALSE },
    { "of a group with one source", "232.1.1.1", NULL, TRUE, FALSE, FALSE, -1, &lec_format_rtp,
      FALSE },
    { "of a group that others may not send to", "239.1.1.1", NULL, TRUE, FALSE, TRUE, -1,
      &lec_format_rtp, FALSE },
    { "the same, of a computer", "232.1.1.1", "192.0.2.1", TRUE, FALSE, TRUE, -1, &lec_format_rtp,
      TRUE },
    { "of this computer", "192.0.2.7", NULL, TRUE, FALSE, FALSE, -1, &lec_format_rtp, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
    LecStream *stream = lec_alternative_add_stream (
        lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);
    LecLeg *leg = lec_stream_add_leg (stream, rows[i].group, 5004);

    leg->rtcp_port = 5005;
    if (rows[i].source)
      leg->sources = g_strsplit ("192.0.2.1", " ", 0);
    if (rows[i].keys)
      lec_stream_add_key (stream, "AES_CM_128_HMAC_SHA1_80", g_bytes_new_static ("k", 1), NULL);
    stream->rtcp_receivers = rows[i].receivers;
    stream->feedback.nack = rows[i].nack;
    stream->feedback.target = g_strdup (rows[i].target);
    g_test_message ("%s", rows[i].story);
    g_assert_cmpint (lec_retransmission_is_wanted (rows[i].format, stream), ==, rows[i].wanted);
  }
}

/* What is sent again comes from the station, or from whom we ask. */
static void
test_believed (void)
{
  static const guint8 bytes[] = { 0x80, 97, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 'a' };
  static const struct
  {
    guint64 target, sender;
    gboolean locked, believed;
  } rows[] = {
    { 0, STATION, TRUE, TRUE },      { 0, STATION + 3, TRUE, TRUE },
    { 0, SERVER, TRUE, FALSE },      { SERVER, SERVER + 1, TRUE, TRUE },
    { SERVER, STATION, TRUE, TRUE }, { SERVER, SERVER ^ (1 << 16), TRUE, FALSE },
    { 0, STATION, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    LecRetransmission *self = g_new0 (LecRetransmission, 1);
    LecSource *source = g_new0 (LecSource, 1);
    g_autoptr (LecPacket) packet = lec_packet_new (64);
    guint64 host = 0;

    memset (&self->types, 0xff, sizeof self->types);
    self->types.inside[97] = 96;
    self->is_on = TRUE;
    self->target.host = lec_sender_get_host (rows[i].target);
    lec_source_init (source, 90000, 16);
    source->locked = rows[i].locked;
    source->ssrc = 7;
    source->senders[0] = STATION;
    memcpy (packet->data, bytes, sizeof bytes);
    packet->size = sizeof bytes;
    packet->sender = rows[i].sender;
    g_assert_true (lec_format_rtp.parse (packet));
    g_assert_cmpint (lec_retransmission_unwrap (self, packet, TRUE, source, &host), ==,
                     rows[i].believed);
    if (rows[i].believed) {
      g_assert_true (packet->recovered);
      g_assert_true (packet->sender == STATION);
      g_assert_true (host == lec_sender_get_host (rows[i].sender));
      g_assert_cmpmem (packet->data + 8, 4, "\0\0\0\7", 4);
    }
    lec_retransmission_clear (self);
    g_free (source);
    g_free (self);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retransmission/wanted", test_wanted);
  g_test_add_func ("/retransmission/believed", test_believed);
  return g_test_run ();
}
