/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/pes-ends.h"

#include "wire/ts-packet.h"

#define MAX_STREAMS 8 /* of one program, whose ends are told */
#define TRUST 3       /* PES packets in a row that have ended as they should */

#define HEADER 4
#define PES_HEADER 6
#define PCR_SIZE 6
#define HAS_ADAPTATION 0x20
#define HAS_PAYLOAD 0x10

/* What comes by one PID. */
typedef struct
{
  guint16 pid;
  guint8 counter;     /* of its last packet */
  gboolean is_open;   /* a PES packet has begun of which all has come, and no length is told */
  gboolean is_filled; /* its last packet was filled up */
  guint proven;       /* PES packets that have ended so; 0: one has just not */
  gboolean is_wrong;  /* one went on behind such a packet: nothing is told any more */
  gboolean has_ended; /* with its last packet, as far as can be told */
} Stream;

typedef struct
{
  Stream streams[MAX_STREAMS];
  guint n_streams;
} Ends;

/* 2.4.3.4: what its flags stand for, and what is left over. */
static gboolean
is_filled (const guint8 *packet)
{
  const guint length = packet[HEADER];
  const guint8 *flags = packet + HEADER + 1;
  guint needed = 1;

  if ((packet[3] & HAS_ADAPTATION) == 0)
    return FALSE;
  if (length == 0)
    return TRUE;
  needed += (*flags & 0x10) != 0 ? PCR_SIZE : 0;
  needed += (*flags & 0x08) != 0 ? PCR_SIZE : 0;
  needed += (*flags & 0x04) != 0;
  if ((*flags & 0x02) != 0 && needed < length)
    needed += 1u + flags[needed];
  if ((*flags & 0x01) != 0 && needed < length)
    needed += 1u + flags[needed];
  return length > needed;
}

/* A picture whose length is not told: 2.4.3.7, stream_id 0xE0 to 0xEF. */
static gboolean
is_unbounded (const guint8 *payload, gsize size)
{
  return size >= PES_HEADER && payload[0] == 0 && payload[1] == 0 && payload[2] == 1
         && (payload[3] & 0xf0) == 0xe0 && payload[4] == 0 && payload[5] == 0;
}

static Stream *
find (Ends *self, guint16 pid)
{
  for (guint i = 0; i < self->n_streams; i++) {
    if (self->streams[i].pid == pid)
      return &self->streams[i];
  }
  return NULL;
}

static Stream *
add (Ends *self, guint16 pid)
{
  Stream *stream;

  if (self->n_streams == MAX_STREAMS)
    return NULL;
  stream = &self->streams[self->n_streams++];
  stream->pid = pid;
  return stream;
}

/* With what is known of the one before. */
static void
begin (Stream *self, gboolean goes_on, gboolean is_open)
{
  if (self->is_open && goes_on)
    self->proven = self->is_filled ? self->proven + 1 : 0;
  self->is_open = is_open;
}

static void
go_on (Stream *self, gboolean goes_on)
{
  if (!goes_on)
    self->is_open = FALSE;
  else if (self->is_open && self->is_filled)
    self->is_wrong = TRUE;
}

static void
take (Ends *self, const guint8 *packet)
{
  LecTsPacket header;
  Stream *stream;
  gboolean goes_on, is_open;

  if (!lec_ts_packet_parse (packet, &header) || !lec_ts_packet_has_payload (&header))
    return;
  is_open = header.starts
            && is_unbounded (packet + header.payload_offset,
                             (gsize) (LEC_TS_PACKET - header.payload_offset));
  stream = find (self, header.pid);
  if (stream == NULL && is_open)
    stream = add (self, header.pid);
  if (stream == NULL)
    return;
  goes_on = lec_ts_counter_diff (stream->counter, header.counter) == 0;
  if (header.starts)
    begin (stream, goes_on, is_open && header.scrambling == 0);
  else
    go_on (stream, goes_on);
  stream->counter = header.counter;
  stream->is_filled = is_filled (packet);
  stream->has_ended
      = stream->is_open && stream->is_filled && !stream->is_wrong && stream->proven >= TRUST;
}

/* It begins with what begins nothing, so that all of it is passed over; and who has missed nothing
 * takes the next one, which has the same number, as it begins something. */
static GstMemory *
new_end (const Stream *stream)
{
  guint8 *packet = g_malloc0 (LEC_TS_PACKET);

  packet[0] = LEC_TS_SYNC;
  packet[1] = (guint8) (0x40 | stream->pid >> 8);
  packet[2] = (guint8) stream->pid;
  packet[3] = HAS_PAYLOAD | ((stream->counter + 1) & 0x0f);
  return gst_memory_new_wrapped (0, packet, LEC_TS_PACKET, 0, LEC_TS_PACKET, packet, g_free);
}

/* Returns: whether something has ended in it, with nothing of the same behind */
static gboolean
look (Ends *self, GstBuffer *buffer)
{
  gboolean has_ended = FALSE;
  GstMapInfo map;

  for (guint i = 0; i < self->n_streams; i++)
    self->streams[i].has_ended = FALSE;
  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return FALSE;
  for (gsize at = 0; map.size % LEC_TS_PACKET == 0 && at < map.size; at += LEC_TS_PACKET)
    take (self, map.data + at);
  gst_buffer_unmap (buffer, &map);
  for (guint i = 0; i < self->n_streams; i++)
    has_ended |= self->streams[i].has_ended;
  return has_ended;
}

static void
append_ends (const Ends *self, GstBuffer *buffer)
{
  for (guint i = 0; i < self->n_streams; i++) {
    if (self->streams[i].has_ended)
      gst_buffer_append_memory (buffer, new_end (&self->streams[i]));
  }
}

static GstBufferList *
take_list (Ends *self, GstBufferList *list)
{
  for (guint i = 0; i < gst_buffer_list_length (list); i++) {
    if (!look (self, gst_buffer_list_get (list, i)))
      continue;
    list = gst_buffer_list_make_writable (list);
    append_ends (self, gst_buffer_list_get_writable (list, i));
  }
  return list;
}

static GstBuffer *
take_buffer (Ends *self, GstBuffer *buffer)
{
  if (!look (self, buffer))
    return buffer;
  buffer = gst_buffer_make_writable (buffer);
  append_ends (self, buffer);
  return buffer;
}

static GstPadProbeReturn
data_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  if (info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST)
    GST_PAD_PROBE_INFO_DATA (info) = take_list (data, GST_PAD_PROBE_INFO_BUFFER_LIST (info));
  else
    GST_PAD_PROBE_INFO_DATA (info) = take_buffer (data, GST_PAD_PROBE_INFO_BUFFER (info));
  return GST_PAD_PROBE_OK;
}

void
lec_pes_ends_tell (GstPad *pad)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, data_cb,
                     g_new0 (Ends, 1), g_free);
}
