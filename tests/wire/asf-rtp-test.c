/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ASF in RTP, in the forms that servers of Windows Media and GStreamer use, by networks that lose
 * and overtake, in virtual time: through a session, as a pad gets it. */
#include "wire/asf-rtp.h"

#include <string.h>

#include "asf-file.h"
#include "wire/asf-header.h"
#include "wire/asf-packet.h"
#include "wire/session.h"
#include "wire/units.h"

#define ENCODE                                                                                     \
  "-f lavfi -i testsrc=s=160x120:r=15:d=2 -f lavfi -i sine=d=2 -c:v wmv2 -b:v 400k -c:a wmav2 "    \
  "-packet_size 3200"
#define PACKETS 8 /* of the file, that are sent */
#define PIECE 1300
#define TYPE 96
#define LENGTH 0x40
#define LATENCY (200 * MSECOND)

/* What is in front of each packet or piece. */
typedef struct
{
  const char *name;
  guint flags;   /* besides that there is a length */
  guint extra;   /* [bytes] of what the flags promise */
  gsize piece;   /* [bytes] packets are cut after; 0: they are whole */
  guint grouped; /* packets in one of RTP */
  gboolean counts_header;
  gboolean strips;  /* padding is taken away */
  gboolean unnoted; /* no packet has the marker */
} Form;

static const Form forms[] = {
  { "as Windows Media: pieces", 0x80, 0, PIECE, 1, TRUE, TRUE, FALSE },
  { "as Windows Media: whole", 0x80, 0, 0, 1, TRUE, TRUE, FALSE },
  { "as Windows Media: several", 0xb8, 12, 0, 3, TRUE, TRUE, FALSE },
  { "as GStreamer: pieces", 0x20, 4, PIECE, 1, FALSE, FALSE, FALSE },
  { "as GStreamer: several", 0x20, 4, 0, 3, FALSE, FALSE, FALSE },
  { "all pieces in one", 0, 0, 4000, 1, FALSE, TRUE, FALSE },
  { "no markers", 0, 0, PIECE, 1, FALSE, FALSE, TRUE },
};

typedef struct
{
  GByteArray *bytes; /* of RTP */
  gint64 arrival_ns;
} Sent;

typedef struct
{
  AsfFile *file;
  GArray *sent; /* of Sent */
  guint16 sequence;
} Fixture;

static void
clear_sent (gpointer data)
{
  g_byte_array_unref (((Sent *) data)->bytes);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->file = asf_file_new (ENCODE);
  self->sent = g_array_new (FALSE, FALSE, sizeof (Sent));
  self->sequence = 65533;
  g_array_set_clear_func (self->sent, clear_sent);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_array_unref (self->sent);
  asf_file_free (self->file);
}

static const GByteArray *
packet_of (const Fixture *self, guint index)
{
  return g_ptr_array_index (self->file->packets, index);
}

static LecAsfPacket
read_packet (const guint8 *bytes, gsize size)
{
  LecAsfPacket packet;

  g_assert_true (lec_asf_packet_read (bytes, size, &packet));
  return packet;
}

/* ---- sending ---- */

static void
append_32 (GByteArray *bytes, guint32 number)
{
  const guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &big, 4);
}

static GByteArray *
begin_rtp (Fixture *self, guint32 send_time, gboolean marker)
{
  Sent sent = { g_byte_array_new (), SECOND + send_time * MSECOND };

  append_32 (sent.bytes, 0x80000000u | (marker ? 0x800000u : 0) | TYPE << 16 | self->sequence++);
  append_32 (sent.bytes, 0xfffffff0u + send_time);
  append_32 (sent.bytes, 7);
  g_array_append_val (self->sent, sent);
  return sent.bytes;
}

static void
append_front (GByteArray *bytes, const Form *form, guint flags, gsize number)
{
  static const guint8 extra[12] = { 0 };

  append_32 (bytes, (form->flags | flags) << 24 | (guint32) number);
  g_byte_array_append (bytes, extra, form->extra);
}

static void
send_pieces (Fixture *self, const Form *form, const GByteArray *packet, guint32 send_time)
{
  for (gsize at = 0; at < packet->len; at += form->piece) {
    const gsize size = MIN (form->piece, packet->len - at);
    GByteArray *rtp = begin_rtp (self, send_time, !form->unnoted && at + size == packet->len);

    append_front (rtp, form, 0, at);
    g_byte_array_append (rtp, packet->data + at, (guint) size);
  }
}

static void
send_whole (Fixture *self, const Form *form, guint index, const GByteArray *packet, guint32 time)
{
  GByteArray *rtp;

  if (index % form->grouped == 0)
    rtp = begin_rtp (self, time, TRUE);
  else
    rtp = g_array_index (self->sent, Sent, self->sent->len - 1).bytes;
  append_front (rtp, form, LENGTH, packet->len + (form->counts_header ? 4 + form->extra : 0));
  g_byte_array_append (rtp, packet->data, packet->len);
}

static void
send_all (Fixture *self, const Form *form)
{
  for (guint i = 0; i < PACKETS; i++) {
    const GByteArray *whole = packet_of (self, i);
    const LecAsfPacket facts = read_packet (whole->data, whole->len);
    g_autoptr (GByteArray) packet = g_byte_array_new ();

    g_byte_array_append (packet, whole->data, whole->len);
    if (form->strips)
      asf_packet_strip (packet);
    if (form->piece > 0)
      send_pieces (self, form, packet, facts.send_time);
    else
      send_whole (self, form, i, packet, facts.send_time);
  }
}

/* ---- receiving ---- */

static LecStream *
describe (LecAlternative *alternative, GBytes *header)
{
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);
  LecPayload *payload = lec_stream_add_payload (stream, TYPE, "X-ASF-PF", 1000);
  g_autofree char *text
      = g_base64_encode (g_bytes_get_data (header, NULL), g_bytes_get_size (header));

  lec_stream_add_leg (stream, "239.1.1.1", 5004);
  payload->parameters = g_new0 (char *, 3);
  payload->parameters[0] = g_strdup ("config");
  payload->parameters[1] = g_steal_pointer (&text);
  return stream;
}

typedef struct
{
  const Fixture *fixture;
  LecAsfRtp *rtp;
  GString *story;
  guint next; /* of the file's packets */
} Receiver;

static gboolean
is_same (const GByteArray *sent, const guint8 *bytes, gsize size)
{
  LecAsfPacket before = read_packet (sent->data, sent->len), after = read_packet (bytes, size);
  LecAsfPayload one, other;

  while (lec_asf_packet_next (&before, &one)) {
    if (!lec_asf_packet_next (&after, &other) || one.stream != other.stream
        || one.size != other.size || memcmp (one.data, other.data, one.size) != 0)
      return FALSE;
  }
  return !lec_asf_packet_next (&after, &other);
}

/* Tells which packet of the file it is, in a digit. */
static void
take_all (Receiver *self)
{
  const gsize size = lec_asf_rtp_get_packet_size (self->rtp);
  const guint8 *bytes;
  guint32 later_ms, before_ms = 0;

  while ((bytes = lec_asf_rtp_take (self->rtp, &later_ms)) != NULL) {
    while (self->next < PACKETS && !is_same (packet_of (self->fixture, self->next), bytes, size))
      self->next++;
    g_assert_cmpuint (self->next, <, PACKETS);
    g_string_append_printf (self->story, "%u", self->next++);
    g_assert_cmpuint (later_ms, >=, before_ms);
    before_ms = later_ms;
  }
}

static void
take_item (Receiver *self, LecItem *item)
{
  if (item->kind != LEC_ITEM_PACKET) {
    lec_asf_rtp_break (self->rtp);
    return;
  }
  lec_asf_rtp_feed (self->rtp, item->packet);
  take_all (self);
  lec_packet_release (item->packet);
}

static void
feed (LecSession *session, const Sent *sent)
{
  LecPacket *packet = lec_packet_new (sent->bytes->len);

  memcpy (packet->data, sent->bytes->data, sent->bytes->len);
  packet->size = sent->bytes->len;
  packet->arrival_ns = sent->arrival_ns;
  packet->sender = 1;
  lec_session_feed (session, packet, 0);
}

/* (transfer full): the numbers of what comes out */
static char *
receive (const Fixture *self)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  const LecStream *stream = describe (alternative, self->file->header);
  g_autoptr (GBytes) header = lec_asf_rtp_dup_header (stream);
  g_autoptr (LecAsfRtp) rtp = lec_asf_rtp_new (header);
  Receiver receiver = { self, rtp, g_string_new (NULL), 0 };
  LecPlayout playout;
  g_autoptr (LecSession) session = NULL;
  gint64 wake_ns;
  LecItem item;

  lec_playout_init (&playout, LATENCY, LEC_LATENCY_FIRST_NS);
  session = lec_session_new (
      stream, &(LecSessionConfig){ .format = &lec_format_rtp, .playout = &playout, .seed = 1 });
  for (guint i = 0; i < self->sent->len; i++) {
    const Sent *sent = &g_array_index (self->sent, Sent, i);

    while (lec_session_pull (session, sent->arrival_ns, &item, &wake_ns))
      take_item (&receiver, &item);
    feed (session, sent);
  }
  while (lec_session_pull (session, 100 * SECOND, &item, &wake_ns))
    take_item (&receiver, &item);
  return g_string_free (receiver.story, FALSE);
}

static void
test_forms (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *story = NULL;

    g_test_message ("%s", forms[i].name);
    g_array_set_size (self->sent, 0);
    send_all (self, &forms[i]);
    story = receive (self);
    g_assert_cmpstr (story, ==, "01234567");
  }
}

/* ---- trouble ---- */

static void
lose (Fixture *self, guint index)
{
  g_array_remove_index (self->sent, index);
}

static void
swap (Fixture *self, guint index)
{
  Sent *one = &g_array_index (self->sent, Sent, index), *other = one + 1;
  GByteArray *bytes = one->bytes;

  one->bytes = other->bytes;
  other->bytes = bytes;
}

static GByteArray *
bytes_at (Fixture *self, guint index)
{
  return g_array_index (self->sent, Sent, index).bytes;
}

/* Packet 2 of the file is in the RTP packets 6, 7 and 8. */
static void
lose_middle (Fixture *self)
{
  lose (self, 7);
}

static void
lose_first (Fixture *self)
{
  lose (self, 6);
}

static void
lose_last (Fixture *self)
{
  lose (self, 8);
}

/* What is left of two packets would fit together. */
static void
lose_across (Fixture *self)
{
  g_array_remove_range (self->sent, 7, 3);
}

static void
swap_pieces (Fixture *self)
{
  swap (self, 6);
}

static void
double_piece (Fixture *self)
{
  Sent again = g_array_index (self->sent, Sent, 7);

  g_byte_array_ref (again.bytes);
  g_array_insert_val (self->sent, 8, again);
}

static void
cut_short (Fixture *self)
{
  g_byte_array_set_size (bytes_at (self, 7), 100);
}

static void
cut_front (Fixture *self)
{
  g_byte_array_set_size (bytes_at (self, 7), 14);
}

/* A piece that would be the third hundredth. */
static void
far_offset (Fixture *self)
{
  bytes_at (self, 7)->data[13] = 0xff;
}

static void
reserved_bits (Fixture *self)
{
  bytes_at (self, 7)->data[12] |= 7;
}

/* More than the header lets a packet have. */
static void
grow (Fixture *self)
{
  g_byte_array_set_size (bytes_at (self, 8), 4000);
}

/* What is inside is no ASF. */
static void
spoil (Fixture *self)
{
  memset (bytes_at (self, 6)->data + 16, 0xff, 20);
}

static const struct
{
  const char *name;
  void (*harm) (Fixture *self);
  const char *story;
} troubles[] = {
  { "a piece is lost", lose_middle, "0134567" },
  { "the first piece is lost", lose_first, "0134567" },
  { "the last piece is lost", lose_last, "0134567" },
  { "the end of one and the start of the next are lost", lose_across, "014567" },
  { "pieces overtake", swap_pieces, "01234567" },
  { "a piece comes twice", double_piece, "01234567" },
  { "a piece is cut", cut_short, "0134567" },
  { "nothing but its front is left", cut_front, "0134567" },
  { "an offset is wrong", far_offset, "0134567" },
  { "a front of another kind", reserved_bits, "0134567" },
  { "a packet is too large", grow, "0134567" },
  { "a packet is damaged", spoil, "0134567" },
};

static void
test_trouble (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    g_autofree char *story = NULL;

    g_test_message ("%s", troubles[i].name);
    g_array_set_size (self->sent, 0);
    send_all (self, &forms[3]);
    troubles[i].harm (self);
    story = receive (self);
    g_assert_cmpstr (story, ==, troubles[i].story);
  }
}

/* Lengths that lead out of the packet spoil no other one. */
static void
test_lengths (Fixture *self, gconstpointer data)
{
  static const guint8 lengths[] = { 0, 1, 0x7f, 0xff };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autofree char *story = NULL;

    g_array_set_size (self->sent, 0);
    send_all (self, &forms[4]);
    memset (bytes_at (self, 1)->data + 13, lengths[i], 3);
    story = receive (self);
    g_assert_cmpstr (story, ==, "01267");
  }
}

/* Without a header that has a size for packets nothing can be made of them. */
static void
test_header (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  const LecStream *whole = describe (alternative, self->file->header);
  const gsize size = g_bytes_get_size (self->file->header);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (self->file->header, 0, size - 1);
  g_autoptr (GBytes) none = asf_header_for (self->file->header, 0, 0);
  g_autoptr (GBytes) huge = asf_header_for (self->file->header, 1 << 20, 0);
  g_autoptr (GBytes) header = lec_asf_rtp_dup_header (whole);
  LecStream *plain = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  g_assert_nonnull (header);
  g_assert_cmpuint (g_bytes_get_size (header), ==, size);
  g_assert_null (lec_asf_rtp_dup_header (describe (alternative, cut)));
  g_assert_null (lec_asf_rtp_dup_header (describe (alternative, none)));
  g_assert_null (lec_asf_rtp_dup_header (describe (alternative, huge)));
  g_assert_null (lec_asf_rtp_dup_header (plain));
  lec_stream_add_payload (plain, TYPE, "H264", 90000);
  g_assert_null (lec_asf_rtp_dup_header (plain));
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*func) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/asf-rtp/forms", test_forms },
    { "/asf-rtp/trouble", test_trouble },
    { "/asf-rtp/lengths", test_lengths },
    { "/asf-rtp/header", test_header },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
