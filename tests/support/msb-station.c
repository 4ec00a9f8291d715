/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "support/msb-station.h"

#include <string.h>

#define HEADER 8
#define CORRECTION 3
#define PRESENTATION 3000 /* [ms] behind sending */

void
msb_station_init (MsbStation *self, guint32 seed)
{
  memset (self, 0, sizeof *self);
  self->stream = 586;
  self->id = 1000;
  self->send_ms = 5000;
  self->step_ms = 25;
  self->packet_size = 600;
  self->span = 10;
  self->rand = g_rand_new_with_seed (seed);
}

void
msb_station_clear (MsbStation *self)
{
  g_rand_free (self->rand);
}

static void
begin_span (MsbStation *self)
{
  self->position = 0;
  self->sum_size = 0;
  memset (self->sum, 0, sizeof self->sum);
}

void
msb_station_switch (MsbStation *self, guint stream, guint32 id, guint32 send_ms)
{
  self->stream = stream;
  self->id = id;
  self->send_ms = send_ms;
  self->cycle++;
  begin_span (self);
}

/* ---- bytes ---- */

static guint8 *
put (guint8 *at, guint32 value, guint size)
{
  for (guint i = 0; i < size; i++)
    *at++ = (guint8) ((guint64) value >> 8 * i);
  return at;
}

static guint8 *
put_noise (MsbStation *self, guint8 *at, guint size)
{
  for (guint i = 0; i < size; i++)
    *at++ = (guint8) g_rand_int (self->rand);
  return at;
}

/* The lower or the upper half is the type. */
static guint8
correction_of (const MsbStation *self, guint type, guint number)
{
  if (self->numbers == MSB_NUMBERS_NONE)
    number = 1;
  number &= 0x0f;
  return (guint8) (self->numbers == MSB_NUMBERS_LOW ? type << 4 | number : number << 4 | type);
}

static guint8 *
put_correction (const MsbStation *self, guint8 *at, guint8 flags, guint type)
{
  *at++ = self->span > 0 ? flags : 0x82;
  *at++ = self->span > 0 ? correction_of (self, type, self->position + 1) : 0;
  *at++ = self->span > 0 ? self->cycle : 0;
  return at;
}

/* A payload of stream 1 up to its data, without its length. */
static guint8 *
put_payload (MsbStation *self, guint8 *at, guint32 object_size, guint32 offset)
{
  *at++ = 0x81;
  *at++ = (guint8) self->id;
  at = put (at, offset, 4);
  *at++ = 8;
  at = put (at, object_size, 4);
  return put (at, self->send_ms + PRESENTATION, 4);
}

/* ---- packets ---- */

/* An object, or the last piece of one. */
static guint8 *
put_single (MsbStation *self, guint8 *at, const guint8 *end)
{
  const guint room = (guint) (end - at) - 40,
              size = (guint) g_rand_int_range (self->rand, 1, (gint32) room);
  const guint offset = g_rand_boolean (self->rand) ? 500 : 0;

  *at++ = 0;
  *at++ = 0x5d;
  at = put (put (at, self->send_ms, 4), self->step_ms, 2);
  at = put_payload (self, at, offset + size, offset);
  return put_noise (self, at, size);
}

/* A piece that fills the packet, and goes on in others. */
static guint8 *
put_middle (MsbStation *self, guint8 *at, const guint8 *end)
{
  *at++ = 0;
  *at++ = 0x5d;
  at = put (put (at, self->send_ms, 4), self->step_ms, 2);
  at = put_payload (self, at, 100000, 2000);
  return put_noise (self, at, (guint) (end - at));
}

/* With a field for padding, which says that there is none; or all of it is there. */
static guint8 *
put_padded (MsbStation *self, guint8 *at, const guint8 *end)
{
  const guint room = (guint) (end - at) - 40,
              size = (guint) g_rand_int_range (self->rand, 1, (gint32) room);
  guint8 *padding;

  *at++ = 0x10;
  *at++ = 0x5d;
  padding = at;
  at = put (put (put (at, 0, 2), self->send_ms, 4), self->step_ms, 2);
  at = put_noise (self, put_payload (self, at, size, 0), size);
  if (!self->whole)
    return at;
  put (padding, (guint32) (end - at), 2);
  memset (at, 0, (gsize) (end - at));
  return at + (end - at);
}

static guint8 *
put_several (MsbStation *self, guint8 *at, const guint8 *end)
{
  const guint count = (guint) g_rand_int_range (self->rand, 1, 5);

  *at++ = 0x01;
  *at++ = 0x5d;
  at = put (put (at, self->send_ms, 4), self->step_ms, 2);
  *at++ = (guint8) (0x80 | count);
  for (guint i = 0; i < count; i++) {
    const guint size = (guint) g_rand_int_range (self->rand, 1, (gint32) ((end - at) / 8));

    at = put (put_payload (self, at, size, 0), size, 2);
    at = put_noise (self, at, size);
  }
  return at;
}

/* As GStreamer writes it. */
static guint8 *
put_length (MsbStation *self, guint8 *at, const guint8 *start, const guint8 *end)
{
  const guint size = (guint) g_rand_int_range (self->rand, 1, 100);
  guint8 *length;

  *at++ = 0x40;
  *at++ = 0x5d;
  length = at;
  at = put (put (put (at, 0, 2), self->send_ms, 4), self->step_ms, 2);
  at = put_noise (self, put_payload (self, at, size, 0), size);
  put (length, (guint32) (at - start), 2);
  return at;
}

static guint8 *
put_media (MsbStation *self, guint8 *at, const guint8 *start, const guint8 *end)
{
  switch (self->whole ? 2 : g_rand_int_range (self->rand, 0, 5)) {
  case 0:
    return put_single (self, at, end);
  case 1:
    return put_middle (self, at, end);
  case 2:
    return put_padded (self, at, end);
  case 3:
    return put_several (self, at, end);
  default:
    return put_length (self, at, start, end);
  }
}

static void
finish (MsbStation *self, MsbDatagram *datagram, guint32 id, guint8 *end)
{
  datagram->size = (guint) (end - datagram->bytes);
  datagram->id = id;
  datagram->number = self->number++;
  datagram->send_ms = self->send_ms;
  put (put (put (datagram->bytes, id, 4), self->stream, 2), datagram->size, 2);
}

/* A packet whose bytes from its start to @end are there, and parity where it is due. */
static void
send_packet (MsbStation *self, MsbDatagram *datagram, guint8 *end, GArray *datagrams)
{
  const guint8 *body = datagram->bytes + HEADER + CORRECTION;

  finish (self, datagram, self->id, end);
  self->sum_size = MAX (self->sum_size, (guint) (end - body));
  for (guint i = 0; body + i < end; i++)
    self->sum[i] ^= body[i];
  g_array_append_vals (datagrams, datagram, 1);
}

static void
send_parity (MsbStation *self, GArray *datagrams)
{
  MsbDatagram datagram = { .is_parity = TRUE };
  guint8 *body = put_correction (self, datagram.bytes + HEADER, 0x92, 2);

  memcpy (body, self->sum, self->sum_size);
  finish (self, &datagram, self->id, body + self->sum_size);
  g_array_append_val (datagrams, datagram);
}

static void
go_on (MsbStation *self, GArray *datagrams)
{
  if (self->span > 0 && ++self->position == self->span) {
    send_parity (self, datagrams);
    begin_span (self);
    self->cycle++;
  }
  self->id++;
  self->send_ms += self->step_ms;
}

void
msb_station_send (MsbStation *self, guint count, GArray *datagrams)
{
  for (guint i = 0; i < count; i++) {
    MsbDatagram datagram = { .is_parity = FALSE };
    guint8 *start = datagram.bytes + HEADER;
    guint8 *body = put_correction (self, start, 0x82, 1);

    send_packet (self, &datagram, put_media (self, body, start, start + self->packet_size),
                 datagrams);
    go_on (self, datagrams);
  }
}

static guint8 *
put_text (guint8 *at, const char *text)
{
  for (; *text != '\0'; text++)
    at = put (at, (guint8) *text, 2);
  return put (at, 0, 2);
}

void
msb_station_send_command (MsbStation *self,
                          const char *type,
                          const char *parameter,
                          guint ahead_ms,
                          GArray *datagrams)
{
  const guint size = 2 * (guint) (strlen (type) + strlen (parameter) + 2);
  MsbDatagram datagram = { .is_parity = FALSE };
  guint8 *at = put_correction (self, datagram.bytes + HEADER, 0x82, 1);

  *at++ = 0;
  *at++ = 0x5d;
  at = put (put (at, self->send_ms, 4), self->step_ms, 2);
  *at++ = 0x82;
  *at++ = (guint8) self->id;
  at = put (at, 0, 4);
  *at++ = 8;
  at = put (put (at, size, 4), self->send_ms + ahead_ms, 4);
  send_packet (self, &datagram, put_text (put_text (at, type), parameter), datagrams);
  go_on (self, datagrams);
}

/* ---- the header ---- */

static void
put_object (GByteArray *header, const char *guid, const guint8 *bytes, guint size)
{
  guint8 front[24];

  memcpy (front, guid, 16);
  put (put (front + 16, size + 24, 4), 0, 4);
  g_byte_array_append (header, front, sizeof front);
  g_byte_array_append (header, bytes, size);
}

static void
put_stream (GByteArray *header, const char *kind, guint number)
{
  guint8 bytes[54] = { 0 };

  memcpy (bytes, kind, 16);
  memcpy (bytes + 16, "\x00\x57\xfb\x20\x55\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b", 16);
  put (bytes + 48, number, 2);
  put_object (header, "\x91\x07\xdc\xb7\xb7\xa9\xcf\x11\x8e\xe6\x00\xc0\x0c\x20\x53\x65", bytes,
              sizeof bytes);
}

GBytes *
msb_station_make_header (guint packet_size)
{
  g_autoptr (GByteArray) inside = g_byte_array_new ();
  GByteArray *header = g_byte_array_new ();
  guint8 properties[80] = { 0 }, counts[6] = { 3, 0, 0, 0, 1, 2 }, data[26] = { 0 };

  put (properties + 56, PRESENTATION, 4);
  put (properties + 64, 1, 4);
  put (put (properties + 68, packet_size, 4), packet_size, 4);
  g_byte_array_append (inside, counts, sizeof counts);
  put_object (inside, "\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65",
              properties, sizeof properties);
  put_stream (inside, "\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b", 1);
  put_stream (inside, "\xc0\xcf\xda\x59\xe6\x59\xd0\x11\xa3\xac\x00\xa0\xc9\x03\x48\xf6", 2);
  put_object (header, "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c",
              inside->data, inside->len);
  data[24] = data[25] = 1;
  put_object (header, "\x36\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", data,
              sizeof data);
  return g_byte_array_free_to_bytes (header);
}
