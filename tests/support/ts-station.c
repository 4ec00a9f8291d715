/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "support/ts-station.h"

#include <string.h>

#define HEAD 8 /* [bytes] of a section before its body */

void
ts_mux_init (TsMux *self)
{
  *self = (TsMux){ .bytes = g_byte_array_new () };
}

void
ts_mux_clear (TsMux *self)
{
  g_byte_array_unref (self->bytes);
}

static guint
put_pcr (guint8 *at, gint64 pcr)
{
  const gint64 base = pcr / 300 & G_GINT64_CONSTANT (0x1ffffffff);
  const guint rest = (guint) (pcr % 300);

  at[0] = 0x10;
  at[1] = (guint8) (base >> 25);
  at[2] = (guint8) (base >> 17);
  at[3] = (guint8) (base >> 9);
  at[4] = (guint8) (base >> 1);
  at[5] = (guint8) ((base & 1) << 7 | 0x7e | rest >> 8);
  at[6] = (guint8) rest;
  return 7;
}

void
ts_mux_put (TsMux *self,
            guint16 pid,
            gboolean starts,
            const guint8 *payload,
            guint size,
            gint64 pcr)
{
  guint8 packet[LEC_TS_PACKET];
  guint room = LEC_TS_PACKET - 4;
  guint field;

  memset (packet, 0xff, sizeof packet);
  packet[0] = LEC_TS_SYNC;
  packet[1] = (guint8) ((starts ? 0x40 : 0) | pid >> 8);
  packet[2] = (guint8) pid;
  if (payload != NULL && pid != LEC_TS_NULL_PID)
    self->counters[pid] = (self->counters[pid] + 1) & 0x0f;
  packet[3] = (guint8) ((payload != NULL ? 0x10 : 0) | self->counters[pid]);
  if (payload == NULL || pcr >= 0 || size < room) {
    packet[3] |= 0x20;
    packet[4] = 0;
    packet[5] = 0;
    field = pcr >= 0 ? put_pcr (packet + 5, pcr) : 1;
    if (payload == NULL)
      field = room - 1;
    else if (size < room - 1 - field)
      field = room - 1 - size;
    else if (pcr < 0 && size == room - 1)
      field = 0;
    packet[4] = (guint8) field;
    room -= 1 + field;
  }
  if (payload != NULL) {
    g_assert_cmpuint (size, ==, room);
    memcpy (packet + LEC_TS_PACKET - room, payload, room);
  }
  g_byte_array_append (self->bytes, packet, sizeof packet);
}

void
ts_mux_put_section (TsMux *self, guint16 pid, const guint8 *section, guint length)
{
  guint8 bytes[1 + LEC_TS_SECTION_MAX] = { 0 };
  guint size = length + LEC_TS_SECTION_CRC;
  guint32 crc;

  memcpy (bytes + 1, section, length);
  bytes[2] = (guint8) (0xb0 | (size - 3) >> 8);
  bytes[3] = (guint8) (size - 3);
  crc = lec_ts_crc (bytes + 1, length);
  if (self->spoil > 0) {
    self->spoil--;
    crc ^= 1;
  }
  for (guint i = 0; i < 4; i++)
    bytes[1 + length + i] = (guint8) (crc >> (24 - 8 * i));
  for (guint at = 0; at < size + 1; at += 184) {
    guint8 payload[184];
    guint more = MIN (size + 1 - at, sizeof payload);

    memset (payload, 0xff, sizeof payload);
    memcpy (payload, bytes + at, more);
    ts_mux_put (self, pid, at == 0, payload, sizeof payload, -1);
  }
}

static guint
put16 (guint8 *at, guint value)
{
  at[0] = (guint8) (value >> 8);
  at[1] = (guint8) value;
  return 2;
}

static guint
make_head (guint8 *section, guint id, guint extension, guint version)
{
  memset (section, 0, HEAD);
  section[0] = (guint8) id;
  put16 (section + 3, extension);
  section[5] = (guint8) (0xc1 | (version & 0x1f) << 1);
  return HEAD;
}

static guint
make_loop (guint8 *at, const char *descriptors, guint length)
{
  put16 (at, 0xf000 | length);
  if (length > 0)
    memcpy (at + 2, descriptors, length);
  return 2 + length;
}

guint
ts_make_pmt (const TsProgram *program, guint8 *section)
{
  guint at = make_head (section, 2, program->number, program->version);

  at += put16 (section + at, 0xe000 | program->pcr_pid);
  at += make_loop (section + at, program->descriptors, program->length);
  for (guint i = 0; i < TS_STREAMS; i++) {
    const TsStream *stream = &program->streams[i];

    if (stream->pid == 0)
      continue;
    section[at++] = stream->type;
    at += put16 (section + at, 0xe000 | stream->pid);
    at += make_loop (section + at, stream->descriptors, stream->length);
  }
  return at;
}

static void
put_sdt (TsMux *self, const TsPlan *plan)
{
  guint8 section[LEC_TS_SECTION_MAX];
  guint at = make_head (section, 0x42, 1, 0);

  at += put16 (section + at, 1);
  section[at++] = 0xff;
  for (guint i = 0; i < TS_PROGRAMS; i++) {
    const TsProgram *program = &plan->programs[i];
    const guint length = program->name != NULL ? (guint) strlen (program->name) : 0;

    if (length == 0)
      continue;
    at += put16 (section + at, program->number);
    section[at++] = 0xfc;
    at += put16 (section + at, 0x8000 | (length + 5));
    section[at++] = LEC_TS_SERVICE;
    section[at++] = (guint8) (length + 3);
    section[at++] = 1; /* television */
    section[at++] = 0; /* no provider */
    section[at++] = (guint8) length;
    memcpy (section + at, program->name, length);
    at += length;
  }
  ts_mux_put_section (self, LEC_TS_SDT_PID, section, at);
}

static void
put_tables (TsMux *self, const TsPlan *plan)
{
  guint8 section[LEC_TS_SECTION_MAX];
  guint at = make_head (section, 0, 1, plan->pat_version);

  at += put16 (section + at, 0); /* of the network */
  at += put16 (section + at, 0xe010);
  for (guint i = 0; i < TS_PROGRAMS; i++) {
    if (plan->programs[i].number == 0)
      continue;
    at += put16 (section + at, plan->programs[i].number);
    at += put16 (section + at, 0xe000 | plan->programs[i].pmt_pid);
  }
  if (!plan->no_pat)
    ts_mux_put_section (self, 0, section, at);
  for (guint i = 0; i < TS_PROGRAMS; i++) {
    if (plan->programs[i].number != 0 && plan->programs[i].pmt_pid != 0)
      ts_mux_put_section (self, plan->programs[i].pmt_pid, section,
                          ts_make_pmt (&plan->programs[i], section));
  }
  put_sdt (self, plan);
}

static void
put_stream (TsMux *self, const TsProgram *program, const TsStream *stream)
{
  for (guint i = 0; i < stream->packets && !stream->mute; i++) {
    guint8 payload[184] = { 0, 0, 1, stream->type == 0x1b || stream->type >= 0xd0 ? 0xe0 : 0xc0 };
    const gint64 pcr = i == 0 && stream->pid == program->pcr_pid ? self->clock : -1;
    guint8 *packet;

    if (i == 0)
      self->units[stream->pid]++;
    for (guint j = i == 0 ? 4 : 0; j < sizeof payload; j++)
      payload[j] = (guint8) (i * 7 + j);
    memcpy (payload + 8, &self->units[stream->pid], 4);
    payload[12] = (guint8) i;
    ts_mux_put (self, stream->pid, i == 0, payload, pcr >= 0 ? 184 - 8 : 184, pcr);
    packet = self->bytes->data + self->bytes->len - LEC_TS_PACKET;
    if (stream->scrambled)
      packet[3] |= 0x80;
  }
}

void
ts_mux_run (TsMux *self, const TsPlan *plan, guint turns)
{
  static const guint8 nothing[184];

  for (guint turn = 0; turn < turns; turn++) {
    if (turn % 3 == 0)
      put_tables (self, plan);
    for (guint i = 0; i < TS_PROGRAMS; i++) {
      const TsProgram *program = &plan->programs[i];
      gboolean has_clock = FALSE;

      for (guint j = 0; j < TS_STREAMS; j++) {
        if (program->streams[j].pid != 0)
          put_stream (self, program, &program->streams[j]);
        has_clock |= program->streams[j].pid == program->pcr_pid;
      }
      if (program->number != 0 && !has_clock && program->pcr_pid != 0)
        ts_mux_put (self, program->pcr_pid, FALSE, NULL, 0, self->clock);
    }
    for (guint i = 0; i < plan->nulls; i++)
      ts_mux_put (self, LEC_TS_NULL_PID, FALSE, nothing, sizeof nothing, -1);
    self->clock += LEC_TS_CLOCK / 25;
  }
}
