/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ciphertext is random bytes here, which is what a good cipher makes of anything. */
#include "wire/cipher-check.h"

#include "support/bench.h"

#define SEEDS 40

typedef struct
{
  GRand *rng;
  guint n; /* packets made */
  guint8 bytes[1500];
  LecPacket packet;
} Sender;

/* A sender of one encoding, plain. It sets size and bytes, and how far time goes on from there. */
typedef guint32 (*Make) (Sender *self);

static guint
pick (Sender *self, guint below)
{
  return (guint) g_rand_int_range (self->rng, 0, (gint32) below);
}

static void
randomise (Sender *self, guint size)
{
  for (guint i = 0; i < size; i++)
    self->bytes[i] = (guint8) g_rand_int (self->rng);
  self->packet.payload_size = size;
}

static guint32
make_behind (Sender *self, const guint8 *firsts, guint n_firsts)
{
  randomise (self, 200 + pick (self, 1000));
  self->bytes[0] = firsts[pick (self, n_firsts)];
  return 3600;
}

static guint32
make_h264 (Sender *self)
{
  static const guint8 firsts[] = { 0x67, 0x68, 0x06, 0x65, 0x41, 0x61, 0x01, 0x21, 0x09, 0x7c,
                                   0x5c, 0x1c, 0x3c, 0x78, 0x18, 0x38, 0x58, 0x27, 0x28, 0x25 };

  return make_behind (self, firsts, G_N_ELEMENTS (firsts));
}

static guint32
make_h265 (Sender *self)
{
  static const guint8 firsts[]
      = { 0x40, 0x42, 0x44, 0x46, 0x4e, 0x26, 0x28, 0x2a, 0x02, 0x00, 0x10, 0x12, 0x62, 0x60 };

  return make_behind (self, firsts, G_N_ELEMENTS (firsts));
}

static guint32
make_vp8 (Sender *self)
{
  static const guint8 firsts[] = { 0x90, 0x80, 0x10, 0x00, 0xb0, 0xa0, 0x30, 0x20, 0x11, 0x01 };

  return make_behind (self, firsts, G_N_ELEMENTS (firsts));
}

static guint32
make_vp9 (Sender *self)
{
  static const guint8 firsts[]
      = { 0x88, 0x80, 0x84, 0x8c, 0xc8, 0xc0, 0xc4, 0xcc, 0xa8, 0xac, 0xaa };

  return make_behind (self, firsts, G_N_ELEMENTS (firsts));
}

/* Whatever a variable encoder may choose: every mode and bandwidth at one frame size, one or two
 * channels. */
static guint32
make_opus (Sender *self)
{
  static const guint8 configs[] = { 1, 5, 9, 13, 15, 19, 23, 27, 31 };

  randomise (self, 1 + pick (self, 300));
  self->bytes[0] = (guint8) (configs[pick (self, G_N_ELEMENTS (configs))] << 3 | pick (self, 2) << 2
                             | pick (self, 2));
  return 960;
}

static guint32
make_zero (Sender *self)
{
  static const guint8 firsts[] = { 0 };

  return make_behind (self, firsts, 1);
}

/* MBZ, T, the high bits of a temporal reference */
static guint32
make_mpv (Sender *self)
{
  static const guint8 firsts[] = { 0, 1, 2, 3, 4 };

  return make_behind (self, firsts, G_N_ELEMENTS (firsts));
}

static guint32
make_h263 (Sender *self)
{
  randomise (self, 900);
  self->bytes[0] &= 0x07;
  return 3600;
}

/* Bits at either end as they fall, intra or not. */
static guint32
make_h261 (Sender *self)
{
  randomise (self, 900);
  self->bytes[0] = (self->bytes[0] & 0xfd) | 1;
  return 3600;
}

static guint32
make_ac3 (Sender *self)
{
  randomise (self, 900);
  self->bytes[0] &= 3;
  return 1536;
}

static guint32
make_gsm (Sender *self)
{
  randomise (self, 33);
  self->bytes[0] = 0xd0 | (self->bytes[0] & 0xf);
  return 160;
}

static guint32
make_ts (Sender *self)
{
  randomise (self, 7 * 188);
  for (guint i = 0; i < 7; i++)
    self->bytes[i * 188] = 0x47;
  return 1000;
}

/* Datagrams that begin anywhere, of any size; packets with four bytes of time in front. */
static guint32
make_unaligned_ts (Sender *self)
{
  guint step = self->n / 100 % 2 == 0 ? 188 : 192;

  randomise (self, 400 + pick (self, 1000));
  for (guint i = pick (self, step); i < self->packet.payload_size; i += step)
    self->bytes[i] = 0x47;
  return 1000;
}

static guint32
make_pcmu (Sender *self)
{
  randomise (self, 160);
  return 160;
}

static guint32
make_g722 (Sender *self)
{
  guint n = 80 * (1 + pick (self, 3));

  randomise (self, n);
  return n;
}

/* A sound server: another number of samples each time. */
static guint32
make_l16 (Sender *self)
{
  guint n = 100 + pick (self, 217);

  randomise (self, 4 * n);
  return n;
}

static guint32
make_l24 (Sender *self)
{
  randomise (self, 6 * 48);
  return 48;
}

/* Time stamps that do not fit what is sent, as some senders write them. */
static guint32
make_l16_with_wrong_time (Sender *self)
{
  randomise (self, 1268);
  return self->n % 2 == 0 ? 317 : 0;
}

static const struct
{
  const char *encoding;
  guint channels;
  Make make;
} rows[] = {
  { "H264", 0, make_h264 },
  { "h264", 0, make_h264 },
  { "H265", 0, make_h265 },
  { "VP8", 0, make_vp8 },
  { "VP9", 0, make_vp9 },
  { "JPEG", 0, make_zero },
  { "MPV", 0, make_mpv },
  { "H263-1998", 0, make_h263 },
  { "H263-2000", 0, make_h263 },
  { "H261", 0, make_h261 },
  { "opus", 2, make_opus },
  { "MPA", 0, make_zero },
  { "MPEG4-GENERIC", 2, make_zero },
  { "AC3", 2, make_ac3 },
  { "VORBIS", 2, make_zero },
  { "GSM", 1, make_gsm },
  { "MP2T", 0, make_ts },
  { "MP2T", 0, make_unaligned_ts },
  { "PCMU", 1, make_pcmu },
  { "PCMA", 0, make_pcmu },
  { "G722", 1, make_g722 },
  { "L16", 2, make_l16 },
  { "L16", 2, make_l16_with_wrong_time },
  { "L24", 2, make_l24 },
};

static LecCipherFormat
format_of (guint row)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecStream *stream = lec_alternative_add_stream (
      lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_VIDEO);
  LecPayload *payload = lec_stream_add_payload (stream, 96, rows[row].encoding, 90000);
  LecCipherFormat format;

  payload->parameters = g_strsplit ("sizelength 13", " ", 2);
  format = lec_cipher_format_of (rows[row].encoding, rows[row].channels, payload);
  lec_channel_info_free (info);
  return format;
}

/* What is thought of a sender in the end; with @tag its payloads are encrypted, and that
 * many bytes longer. */
static LecCipherCheck
watch (guint row, guint seed, guint tag)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (seed);
  Sender sender = { .rng = rng };
  LecCipherFormat format = format_of (row);
  LecCipherCheck check = { 0 };

  sender.packet.data = sender.bytes;
  sender.packet.sequence = pick (&sender, 65536);
  sender.packet.timestamp = g_rand_int (rng);
  while (sender.n < 3 * LEC_CIPHER_CHECK_PACKETS) {
    guint32 ticks = rows[row].make (&sender);

    if (tag > 0)
      randomise (&sender, sender.packet.payload_size + tag);
    if (pick (&sender, 50) > 0) /* some are lost */
      lec_cipher_check_add (&check, &format, &sender.packet);
    sender.packet.sequence = (sender.packet.sequence + 1) % 65536;
    sender.packet.timestamp += ticks;
    sender.n++;
  }
  return check;
}

/* Returns: what is thought of a sender in the end */
static gboolean
judge (guint row, guint seed, guint tag)
{
  return watch (row, seed, tag).looks_encrypted;
}

static void
test_plain (gconstpointer data)
{
  for (guint seed = 0; seed < SEEDS; seed++)
    g_assert_false (judge (GPOINTER_TO_UINT (data), seed, 0));
}

static void
test_encrypted (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  static const guint tags[] = { 4, 10, 16 };
  guint found = 0;

  for (guint seed = 0; seed < SEEDS; seed++)
    found += judge (row, seed, tags[seed % 3]);
  /* one that is not found is no harm, and one of forty is more than what chance makes of it */
  g_assert_cmpuint (found, >=, rows[row].make == make_l16_with_wrong_time ? 0 : SEEDS - 1);
}

/* No cipher is ever taken for clear; and what is clear is known to be, but where a codec's first
 * bytes are many. */
static void
test_clear (gconstpointer data)
{
  const guint row = GPOINTER_TO_UINT (data);
  static const guint tags[] = { 4, 10, 16 };
  const gboolean has_many = rows[row].make == make_h264 || rows[row].make == make_h265
                            || rows[row].make == make_opus || rows[row].make == make_h261
                            || rows[row].make == make_l16_with_wrong_time;

  for (guint seed = 0; seed < SEEDS; seed++) {
    g_assert_false (watch (row, seed, tags[seed % 3]).looks_clear);
    g_assert_true (has_many || watch (row, seed, 0).looks_clear);
  }
}

/* What cannot be told is never said. */
static void
test_unknown (void)
{
  static const char *const encodings[]
      = { "MP4V-ES", "MP4A-LATM", "H263", "X-FOO", "", "SPEEX", "MPEG4-GENERIC" };

  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++) {
    LecCipherFormat format = lec_cipher_format_of (encodings[i], 2, NULL);

    g_assert_null (format.trait);
  }
}

/* No noise is sent: it is the same packet again and again, or an empty one. */
static void
test_few_values (void)
{
  LecCipherFormat format = format_of (0);
  LecCipherCheck check = { 0 };
  guint8 byte = 0;
  LecPacket packet = { .data = &byte };

  for (guint i = 0; i < 1000; i++) {
    packet.payload_size = i % 2;
    byte = (guint8) (i % 44 * 5);
    lec_cipher_check_add (&check, &format, &packet);
  }
  g_assert_cmpuint (check.n, ==, LEC_CIPHER_CHECK_PACKETS);
  g_assert_false (check.looks_encrypted);
}

static LecPacket *
make_packet (GRand *rng, guint number, guint8 ssrc, guint size)
{
  LecPacket *packet = lec_packet_new (12 + size);

  for (guint i = 0; i < 12 + size; i++)
    packet->data[i] = (guint8) g_rand_int (rng);
  packet->data[0] = 0x80;
  packet->data[1] = 0;
  packet->data[2] = (guint8) (number >> 8);
  packet->data[3] = (guint8) number;
  for (guint i = 0; i < 4; i++) {
    packet->data[4 + i] = (guint8) ((160 * number) >> (24 - 8 * i));
    packet->data[8 + i] = ssrc;
  }
  packet->size = 12 + size;
  packet->arrival_ns = SECOND + number * 20 * MSECOND;
  packet->sender = 1 << 16;
  return packet;
}

static void
release_all (LecSession *session, gint64 now_ns)
{
  LecItem item;
  gint64 wake_ns;

  while (lec_session_pull (session, now_ns, &item, &wake_ns)) {
    if (item.kind == LEC_ITEM_PACKET)
      lec_packet_release (item.packet);
  }
}

/* A session says so of the sender that it listens to, and of the next one anew. */
static void
test_session (void)
{
  g_autoptr (GRand) rng = g_rand_new_with_seed (4);
  g_autoptr (LecSession) session = NULL;
  LecPlayout playout;

  lec_playout_init (&playout, 100 * MSECOND, LEC_LATENCY_FIRST_NS);
  session = session_of_media (LEC_MEDIA_AUDIO, LEC_KIND_RTP, 1, &playout);
  for (guint i = 0; i < 400; i++) {
    gboolean is_second = i >= 200;

    lec_session_feed (session, make_packet (rng, i, is_second ? 2 : 1, is_second ? 160 : 170), 0);
    release_all (session, SECOND + i * 20 * MSECOND);
    if (i == 12 || i == 199 || i == 399)
      g_assert_cmpint (lec_session_get_stats (session).encrypted, ==, i == 199);
  }
  g_assert_cmpuint (lec_session_get_stats (session).ssrc, ==, 0x02020202);
  release_all (session, G_MAXINT64 / 2);
}

/* What the announced key does not open is looked at too: is it another key, or none? */
static void
test_locked (void)
{
  static const LecLocked expected[] = { LEC_LOCKED_CLEAR, LEC_LOCKED_ENCRYPTED };
  g_autoptr (GRand) rng = g_rand_new_with_seed (5);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    LecChannelInfo *info = lec_channel_info_new ();
    LecStream *stream = lec_alternative_add_stream (
        lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO);
    g_autoptr (LecSession) session = NULL;
    LecPlayout playout;

    lec_stream_add_payload (stream, 0, "PCMU", 8000);
    lec_stream_add_key (stream, "AES_CM_128_HMAC_SHA1_80", g_bytes_new_static ("key", 3), NULL);
    lec_playout_init (&playout, 100 * MSECOND, LEC_LATENCY_FIRST_NS);
    session = lec_session_new (
        stream, &(LecSessionConfig){ .format = &lec_format_rtp, .playout = &playout, .seed = 1 });
    for (guint n = 0; n < 40; n++) {
      LecPacket *packet = make_packet (rng, n, 1, i == 0 ? 160 : 170);

      g_assert_cmpint (lec_session_get_stats (session).locked, ==,
                       n < (i == 0 ? 2u : 16u) ? LEC_LOCKED_UNKNOWN : expected[i]);
      lec_session_note_decrypt_failed (session, packet, FALSE);
      lec_packet_release (packet);
    }
    g_assert_cmpuint (lec_session_get_stats (session).decrypt_failed, ==, 40);
    g_assert_cmpuint (lec_session_get_stats (session).payload, ==, 0);
    g_assert_false (lec_session_get_stats (session).encrypted);
    lec_channel_info_free (info);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *plain = g_strdup_printf ("/cipher-check/plain/%u %s", i, rows[i].encoding);
    g_autofree char *encrypted
        = g_strdup_printf ("/cipher-check/encrypted/%u %s", i, rows[i].encoding);

    g_test_add_data_func (plain, GUINT_TO_POINTER (i), test_plain);
    g_autofree char *clear = g_strdup_printf ("/cipher-check/clear/%u %s", i, rows[i].encoding);

    g_test_add_data_func (clear, GUINT_TO_POINTER (i), test_clear);
    g_test_add_data_func (encrypted, GUINT_TO_POINTER (i), test_encrypted);
  }
  g_test_add_func ("/cipher-check/unknown", test_unknown);
  g_test_add_func ("/cipher-check/few-values", test_few_values);
  g_test_add_func ("/cipher-check/session", test_session);
  g_test_add_func ("/cipher-check/locked", test_locked);
  return g_test_run ();
}
