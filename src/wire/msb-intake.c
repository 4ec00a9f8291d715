/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/msb-intake.h"

#include <string.h>

#include "wire/asf-commands.h"
#include "wire/asf-rewriter.h"
#include "wire/asf-script.h"
#include "wire/msb-parity.h"
#include "wire/msb.h"
#include "wire/serial.h"
#include "wire/units.h"

#define FORMATS (LEC_MSB_FORMAT + 1)
#define HASTY (500 * MSECOND) /* no entry of a playlist is so short */
#define BEHIND (2 * SECOND)   /* what is late by more is of no use */
#define OVERTAKEN 64          /* [packets] further none is overtaken */
#define UNKNOWN_ENTRY 3       /* packets in a row of formats that are not announced */
#define NO_STREAM (-1)

/* One of those that are announced. */
typedef struct
{
  LecAsfHeader header;
  guint8 commands[LEC_ASF_STREAMS]; /* numbers of its command streams */
  gsize n_commands;
  GArray *ahead; /* (element-type LecAsfCommand): of its header */
} Format;

struct _LecMsbIntake
{
  GArray *formats;        /* of Format */
  guint16 index[FORMATS]; /* of a format's place in that, from 1 on; 0: not announced */
  LecMsbParity *parity;

  /* of what comes */
  gint stream, before; /* the present one and the one before it, or NO_STREAM */
  guint32 first;       /* number of the first packet of the present one */
  gint64 begun_ns;     /* when that came; G_MININT64: it is the first stream of all */
  guint unknown;       /* packets since the last one of media */

  /* of what leaves */
  LecAsfRewriter rewriter;
  LecAsfScript *script; /* (nullable): where the format has commands */
  LecAsfAhead ahead;    /* commands of its header */
  gboolean told_ahead;  /* one of them, of this stream */
  gboolean ends_ahead;  /* what was told ahead is of a stream that has ended */
  gint leaving;         /* stream of the packet that left last, or NO_STREAM */
  guint32 send_ms;      /* its send time... */
  gint64 pts_ns;        /* ...and what that is in session time */

  LecStats stats; /* what is counted here; the rest is not set */
};

static void
add_format (LecMsbIntake *self, const LecMsbFormat *announced)
{
  Format format = { 0 };
  gsize length;
  const guint8 *bytes = g_bytes_get_data (announced->header, &length);

  if (announced->id >= FORMATS || !lec_asf_header_read (bytes, length, &format.header)
      || format.header.packet_size == 0 || format.header.packet_size > LEC_PACKET_MAX)
    return;
  format.n_commands = lec_asf_header_list (&format.header, LEC_ASF_COMMAND, format.commands);
  format.ahead = lec_asf_commands_read (bytes, length);
  g_array_append_val (self->formats, format);
  self->index[announced->id] = (guint16) self->formats->len;
}

static void
clear_format (gpointer data)
{
  g_array_unref (((Format *) data)->ahead);
}

LecMsbIntake *
lec_msb_intake_new (const LecMsb *msb)
{
  LecMsbIntake *self = g_new0 (LecMsbIntake, 1);
  gsize largest = 0;

  self->formats = g_array_new (FALSE, FALSE, sizeof (Format));
  g_array_set_clear_func (self->formats, clear_format);
  for (guint i = 0; i < msb->formats->len; i++)
    add_format (self, g_ptr_array_index (msb->formats, i));
  for (guint i = 0; i < self->formats->len; i++)
    largest = MAX (largest, g_array_index (self->formats, Format, i).header.packet_size);
  self->parity
      = lec_msb_parity_new (msb->fec_span > 0 ? msb->fec_span : LEC_MSB_SPAN_MOST, largest);
  self->begun_ns = G_MININT64;
  self->stream = self->before = self->leaving = NO_STREAM;
  self->stats.last_beacon_ns = self->stats.last_known_ns = self->stats.unknown_since_ns = -1;
  return self;
}

void
lec_msb_intake_free (LecMsbIntake *self)
{
  if (self == NULL)
    return;

  lec_msb_parity_free (self->parity);
  lec_asf_script_free (self->script);
  g_array_unref (self->formats);
  g_free (self);
}

void
lec_msb_intake_reset (LecMsbIntake *self)
{
  lec_msb_parity_reset (self->parity);
  self->stream = self->before = NO_STREAM;
  self->begun_ns = G_MININT64;
  self->unknown = 0;
}

void
lec_msb_intake_note_beacon (LecMsbIntake *self, gint64 now_ns)
{
  self->stats.beacons++;
  self->stats.last_beacon_ns = now_ns;
}

/* (nullable) */
static const Format *
format_of (const LecMsbIntake *self, guint stream)
{
  const guint index = self->index[stream & LEC_MSB_FORMAT];

  return index > 0 ? &g_array_index (self->formats, Format, index - 1) : NULL;
}

/* ---- what comes ---- */

static LecMsbAnswer
note_unknown (LecMsbIntake *self, const LecPacket *packet, gboolean is_ours)
{
  self->stats.unknown_formats++;
  self->unknown += is_ours;
  if (self->stats.unknown_since_ns < 0)
    self->stats.unknown_since_ns = packet->arrival_ns;
  return is_ours ? LEC_MSB_ASIDE : LEC_MSB_STRAY;
}

static void
note_known (LecMsbIntake *self, const LecPacket *packet)
{
  self->stats.last_known_ns = packet->arrival_ns;
  self->stats.unknown_since_ns = -1;
}

/* Numbers that went on behind those of the stream before have places left for what was overtaken.
 */
static gboolean
is_behind (const LecMsbIntake *self, const LecPacket *packet)
{
  const gint32 ahead = lec_serial_diff (self->first, packet->sequence, 32);

  return packet->payload_type == self->before && ahead < 0 && ahead >= -OVERTAKEN
         && packet->arrival_ns - self->begun_ns < BEHIND;
}

LecMsbAnswer
lec_msb_intake_sort (LecMsbIntake *self, const LecPacket *packet, gboolean is_ours)
{
  const Format *format = format_of (self, packet->payload_type);
  const gboolean is_other = packet->payload_type != self->stream;

  if (format == NULL)
    return note_unknown (self, packet, is_ours);
  if (packet->payload_size > format->header.packet_size)
    return LEC_MSB_MALFORMED;
  if (packet->role == LEC_ROLE_REPAIR)
    return is_ours && !is_other ? LEC_MSB_PARITY : LEC_MSB_ASIDE;
  note_known (self, packet);
  if (!is_ours || self->stream == NO_STREAM)
    return LEC_MSB_MEDIA;
  if (!is_other && self->unknown < UNKNOWN_ENTRY)
    return LEC_MSB_MEDIA;
  if (is_behind (self, packet))
    return LEC_MSB_BEHIND;
  if (self->begun_ns != G_MININT64 && packet->arrival_ns - self->begun_ns < HASTY)
    return LEC_MSB_HASTY;
  return LEC_MSB_SWITCH;
}

gboolean
lec_msb_intake_has_skipped (const LecMsbIntake *self)
{
  return self->unknown > 0;
}

void
lec_msb_intake_begin (LecMsbIntake *self, const LecPacket *packet)
{
  lec_msb_parity_reset (self->parity);
  self->before = self->stream;
  self->stream = packet->payload_type;
  self->first = packet->sequence;
  self->begun_ns = packet->arrival_ns;
  self->unknown = 0;
  self->stats.switches++;
}

LecPacket *
lec_msb_intake_note (LecMsbIntake *self, const LecPacket *packet)
{
  self->unknown = 0;
  if (self->stream == NO_STREAM)
    self->stream = packet->payload_type;
  else if (self->stream != packet->payload_type)
    lec_msb_intake_begin (self, packet);
  return lec_msb_parity_note (self->parity, packet);
}

LecPacket *
lec_msb_intake_repair (LecMsbIntake *self, LecPacket *parity)
{
  self->stats.parity++;
  return lec_msb_parity_take (self->parity, parity);
}

gboolean
lec_msb_intake_take_back (LecMsbIntake *self, guint32 id)
{
  return lec_msb_parity_take_back (self->parity, id);
}

gint64
lec_msb_intake_get_repair_time (const LecMsbIntake *self)
{
  return lec_msb_parity_has_missed (self->parity) ? lec_msb_parity_get_time (self->parity) : 0;
}

gint64
lec_msb_intake_get_patience (const LecMsbIntake *self)
{
  const gint64 time_ns = lec_msb_parity_get_time (self->parity);
  const gint64 more_ns = lec_msb_parity_is_young (self->parity) ? time_ns : 0;

  if (time_ns == 0)
    return lec_msb_parity_is_young (self->parity) ? LEC_MSB_PARITY_LONGEST_NS : 0;
  return more_ns + (lec_msb_parity_has_missed (self->parity) ? 0 : time_ns);
}

/* ---- what leaves ---- */

void
lec_msb_intake_break (LecMsbIntake *self)
{
  self->leaving = NO_STREAM;
}

/* Its times have nothing to do with those before. */
static void
begin_leaving (LecMsbIntake *self, LecPacket *packet, const Format *format)
{
  lec_asf_rewriter_init (&self->rewriter, &format->header);
  lec_asf_rewriter_begin (&self->rewriter);
  g_clear_pointer (&self->script, lec_asf_script_free);
  if (format->n_commands > 0)
    self->script = lec_asf_script_new (format->commands, format->n_commands);
  lec_asf_ahead_begin (&self->ahead, format->ahead, packet->timestamp);
  self->ends_ahead |= self->told_ahead;
  self->told_ahead = FALSE;
  self->leaving = packet->payload_type;
  packet->begins_epoch = TRUE;
}

static void
read_commands (LecMsbIntake *self, const LecPacket *packet)
{
  LecAsfPacket asf;

  if (self->script != NULL
      && lec_asf_packet_read (packet->data + packet->payload_offset, packet->payload_size, &asf))
    lec_asf_script_feed (self->script, &asf);
}

/* Where a slot is too small for what it becomes, which no packet is that fits an Ethernet frame. */
static LecPacket *
make_room (LecPacket *packet, gsize size)
{
  LecPacket *larger, moved;

  if (packet->capacity - packet->payload_offset >= size)
    return packet;
  larger = lec_packet_new (packet->payload_offset + size);
  moved = *packet;
  moved.data = larger->data;
  moved.capacity = larger->capacity;
  moved.release = larger->release;
  memcpy (moved.data, packet->data, packet->payload_offset + packet->payload_size);
  lec_packet_release (packet);
  *larger = moved;
  return larger;
}

LecPacket *
lec_msb_intake_process (LecMsbIntake *self, LecPacket *packet)
{
  const Format *format = format_of (self, packet->payload_type);
  guint8 *start;

  if (format == NULL)
    return packet;
  packet = make_room (packet, format->header.packet_size);
  packet->begins_epoch = FALSE;
  if (self->leaving != packet->payload_type || lec_asf_rewriter_nears_wrap (&self->rewriter))
    begin_leaving (self, packet, format);
  read_commands (self, packet);
  self->send_ms = packet->timestamp;
  self->pts_ns = packet->pts_ns;
  start = lec_asf_rewriter_write (&self->rewriter, packet->data + packet->payload_offset,
                                  packet->payload_size, packet->capacity - packet->payload_offset);
  if (start != NULL)
    packet->payload_offset = (guint32) (start - packet->data);
  packet->payload_size = start != NULL ? format->header.packet_size : 0;
  packet->size = packet->payload_offset + packet->payload_size;
  return packet;
}

static LecCue *
to_cue (const LecMsbIntake *self, const LecAsfCommand *command, gboolean is_ahead)
{
  const gint32 later_ms = lec_serial_diff (self->send_ms, command->presentation, 32);

  return lec_cue_new (self->pts_ns + later_ms * MSECOND, is_ahead, command->type,
                      command->parameter);
}

LecCue *
lec_msb_intake_take_cue (LecMsbIntake *self, gint64 now_ns)
{
  LecAsfCommand command;

  if (self->ends_ahead) {
    self->ends_ahead = FALSE;
    return lec_cue_new (self->pts_ns, FALSE, "", "");
  }
  if (self->leaving != NO_STREAM && lec_asf_ahead_take (&self->ahead, self->send_ms, &command)) {
    self->told_ahead = TRUE;
    return to_cue (self, &command, TRUE);
  }
  if (self->script != NULL && lec_asf_script_take (self->script, now_ns, &command))
    return to_cue (self, &command, FALSE);
  return NULL;
}

void
lec_msb_intake_read (const LecMsbIntake *self, LecStats *stats)
{
  stats->beacons = self->stats.beacons;
  stats->last_beacon_ns = self->stats.last_beacon_ns;
  stats->last_known_ns = self->stats.last_known_ns;
  stats->unknown_formats = self->stats.unknown_formats;
  stats->unknown_since_ns = self->stats.unknown_since_ns;
  stats->switches = self->stats.switches;
  stats->parity = self->stats.parity;
  stats->unrepaired = lec_msb_parity_get_unrepaired (self->parity);
  stats->aside += lec_msb_parity_get_spent (self->parity);
  stats->held += lec_msb_parity_get_held (self->parity);
  stats->payload &= LEC_MSB_FORMAT; /* without the bit that changes with each playlist entry */
}
