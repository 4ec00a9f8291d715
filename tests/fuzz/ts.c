/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A transport stream made of the input's bytes, through all that looks into one.
 *
 * Nobody hits a CRC by chance: each piece of input is one operation, and sections are finished
 * here.
 *
 *   0 packet: its first four bytes, length, that many bytes of payload
 *   1 section: PID (0 PAT, 1 SDT, 2 and more PMT), length, that many bytes; CRC is made
 *   2 any bytes: length, that many bytes
 *   3 program that is wanted: one byte
 *   4 time goes on: one byte of 16 ms
 *   5 from now on, bytes are cut: one byte tells how, in pieces that are lost or change places too
 */
#include "wire/ts-filter.h"

#include <string.h>

#include "wire/foreign.h"
#include "wire/reader.h"
#include "wire/ts-framer.h"
#include "wire/ts-order.h"
#include "wire/ts-survey.h"
#include "wire/ts-text.h"
#include "wire/units.h"

#define OPERATIONS_MAX 2000

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

typedef struct
{
  LecTsFilter *filter;
  LecTsOrder *order;
  LecTsSurvey out; /* of what is handed on */
  gint64 now_ns, next;
  guint8 counters[8];
  LecTsFramer framer;
  guint cut; /* [bytes] of a piece; 0: they are not cut */
  GByteArray *uncut;
  guint pieces;
} Script;

static void
check_stats (const Script *self)
{
  g_autofree LecTsStats *stats = g_new0 (LecTsStats, 1);

  lec_ts_filter_read (self->filter, self->now_ns, stats);
  g_assert_cmpuint (stats->n_programs, <=, LEC_TS_PROGRAMS);
  g_assert_cmpint (stats->chosen, <, (gint) stats->n_programs);
  g_assert_cmpuint (stats->null_packets, <=, stats->packets);
  g_assert_cmpfloat (stats->null_share, >=, 0);
  g_assert_cmpfloat (stats->null_share, <=, 1);
  for (guint i = 0; i < stats->n_programs; i++) {
    g_assert_cmpuint (stats->programs[i].n_streams, <=, LEC_TS_STREAMS);
    g_assert_true (g_utf8_validate (stats->programs[i].name, -1, NULL));
  }
}

/* What is handed on is one program under tables that are whole, whatever comes in. */
static void
check_out (Script *self, const guint8 *bytes, gsize size)
{
  for (gsize at = 0; at < size; at += LEC_TS_PACKET) {
    LecTsPacket packet;

    lec_ts_survey_note (&self->out, bytes + at, &packet, self->now_ns);
    g_assert_cmpuint (self->out.n_programs, <=, 1);
    if (self->out.n_programs == 1)
      g_assert_cmpuint (self->out.programs[0].entry.number, ==, LEC_TS_OUT_PROGRAM);
  }
}

static void
feed_whole (Script *self, const guint8 *bytes, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, size);
  LecTsPlace place;

  if (!lec_ts_is_aligned (copy, size)) {
    lec_ts_filter_process (self->filter, copy, size, self->now_ns);
    g_assert_true (size == 0 || memcmp (copy, bytes, size) == 0);
    return;
  }
  place = lec_ts_order_place (self->order, copy, size, self->next, self->now_ns);
  if (place.kind == LEC_TS_ORDER_REPEATED)
    return;
  if (place.kind == LEC_TS_ORDER_NEXT) {
    g_assert_cmpint (place.number, >=, self->next);
    g_assert_cmpint (place.number, <=, self->next + 32);
    self->next = place.number + 1;
  } else {
    g_assert_cmpint (place.number, <, self->next);
  }
  lec_ts_filter_process (self->filter, copy, size, self->now_ns);
  check_out (self, copy, size);
}

static void
feed_piece (Script *self, const guint8 *bytes, gsize size)
{
  g_autofree guint8 *room = g_malloc (size + LEC_TS_FRAMER_PENDING);
  gsize whole;

  if (lec_ts_order_is_repeated (self->order, bytes, size, self->now_ns))
    return;
  memcpy (room, bytes, size);
  whole = lec_ts_framer_process (&self->framer, room, size);
  g_assert_cmpuint (whole, <=, size + LEC_TS_FRAMER_PENDING);
  g_assert_cmpuint (self->framer.n_pending, <=, LEC_TS_FRAMER_PENDING);
  g_assert_true (whole == 0 || lec_ts_is_aligned (room, whole));
  if (whole > 0)
    feed_whole (self, room, whole);
}

/* Each fifth piece is lost, each seventh comes after the next one. */
static void
feed (Script *self, const guint8 *bytes, gsize size)
{
  lec_foreign_recognise (LEC_FOREIGN_UNKNOWN, bytes, size);
  if (self->cut == 0) {
    feed_whole (self, bytes, size);
    return;
  }
  g_byte_array_append (self->uncut, bytes, (guint) size);
  while (self->uncut->len >= 2 * self->cut) {
    const guint first = self->pieces++ % 7 == 6 ? self->cut : 0;

    feed_piece (self, self->uncut->data + first, self->cut);
    if (self->pieces % 5 != 4)
      feed_piece (self, self->uncut->data + (self->cut - first), self->cut);
    g_byte_array_remove_range (self->uncut, 0, 2 * self->cut);
  }
}

static void
feed_packet (Script *self, LecReader *script)
{
  guint8 packet[LEC_TS_PACKET];
  const guint8 *head = lec_reader_bytes (script, 4);
  const guint length = lec_reader_u8 (script);
  const guint8 *bytes = lec_reader_bytes (script, MIN (length, LEC_TS_PACKET - 4));

  if (head == NULL || bytes == NULL)
    return;
  memset (packet, 0xff, sizeof packet);
  memcpy (packet, head, 4);
  packet[0] = LEC_TS_SYNC;
  memcpy (packet + 4, bytes, MIN (length, LEC_TS_PACKET - 4));
  feed (self, packet, sizeof packet);
}

static void
put_section (Script *self, guint which, const guint8 *section, guint size)
{
  const guint16 pid = which == 0 ? 0 : which == 1 ? LEC_TS_SDT_PID : (guint16) (30 + which);
  guint8 packets[6 * LEC_TS_PACKET];
  guint n = 0;

  memset (packets, 0xff, sizeof packets);
  for (guint at = 0; at < size; n++) {
    guint8 *packet = packets + n * LEC_TS_PACKET;
    const guint head = at == 0 ? 5 : 4;
    const guint more = MIN (size - at, LEC_TS_PACKET - head);

    packet[0] = LEC_TS_SYNC;
    packet[1] = (guint8) ((at == 0 ? 0x40 : 0) | pid >> 8);
    packet[2] = (guint8) pid;
    packet[3] = 0x10 | (++self->counters[which] & 0x0f);
    packet[4] = 0;
    memcpy (packet + head, section + at, more);
    at += more;
  }
  feed (self, packets, n * LEC_TS_PACKET);
}

static void
feed_section (Script *self, LecReader *script)
{
  guint8 section[LEC_TS_SECTION_MAX];
  const guint which = lec_reader_u8 (script) % 8;
  const guint length = MIN (lec_reader_u16 (script), LEC_TS_SECTION_MAX - LEC_TS_SECTION_CRC);
  const guint8 *bytes = lec_reader_bytes (script, length);
  guint32 crc;

  if (bytes == NULL || length < 8)
    return;
  memcpy (section, bytes, length);
  section[1] = (guint8) (0xb0 | (length + 1) >> 8);
  section[2] = (guint8) (length + 1);
  crc = lec_ts_crc (section, length);
  for (guint i = 0; i < LEC_TS_SECTION_CRC; i++)
    section[length + i] = (guint8) (crc >> (24 - 8 * i));
  put_section (self, which, section, length + LEC_TS_SECTION_CRC);
}

static void
feed_bytes (Script *self, LecReader *script)
{
  const guint length = lec_reader_u16 (script);
  const guint8 *bytes = lec_reader_bytes (script, length);
  char text[LEC_TS_NAME];

  if (bytes == NULL)
    return;
  lec_ts_text_copy (bytes, length, text, sizeof text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  feed (self, bytes, length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  LecReader script = lec_reader_init (data, size);
  Script self = { .filter = lec_ts_filter_new (),
                  .order = lec_ts_order_new (),
                  .uncut = g_byte_array_new () };

  lec_ts_survey_init (&self.out);
  for (guint i = 0; i < OPERATIONS_MAX && script.left > 0 && !script.failed; i++) {
    switch (lec_reader_u8 (&script) % 6) {
    case 0:
      feed_packet (&self, &script);
      break;
    case 1:
      feed_section (&self, &script);
      break;
    case 2:
      feed_bytes (&self, &script);
      break;
    case 3:
      lec_ts_filter_set_program (self.filter, lec_reader_u8 (&script));
      break;
    case 5:
      self.cut = lec_reader_u8 (&script) * 8;
      break;
    default:
      self.now_ns += lec_reader_u8 (&script) * 16 * MSECOND;
      break;
    }
  }
  check_stats (&self);
  lec_ts_survey_clear (&self.out);
  g_byte_array_unref (self.uncut);
  lec_ts_order_free (self.order);
  lec_ts_filter_free (self.filter);
  return 0;
}
