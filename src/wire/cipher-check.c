/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/cipher-check.h"

#define TS_PACKET 188
#define TS_SYNC 0x47

/* Of 64 random bytes 57 differ (standard deviation 2.4), of payload headers hardly ten do: this is
 * five deviations from the one and far from the other. With fewer bits that mean something:
 * likewise from the 28, 41 and 16 of 32, 64 and 16 values. */
#define MANY 45
#define MANY_OF_32 18
#define MANY_OF_64 28
#define MANY_OF_16 13
#define ALL_OF_4 4

/* As clear as this: of half as many random bytes nearly all differ. */
#define CLEAR_PACKETS 32
#define CLEAR_PART 3 /* of what only a cipher makes */

/* Of raw samples: no chance is in it, and some senders fill a whole datagram, seven in a second. */
#define ALIKE 16

typedef enum {
  BY_FIRST_BYTE,
  BY_SYNC_BYTES,
  BY_SIZE,
} Method;

struct _LecCipherTrait
{
  const char *encoding;
  Method method;
  guint8 mask;       /* BY_FIRST_BYTE: bits that hardly change */
  guint least;       /* distinct values under the mask that only a cipher makes */
  guint sample_size; /* BY_SIZE: [bytes] of one channel per step of the time stamp */
};

static const LecCipherTrait traits[] = {
  { "H264", BY_FIRST_BYTE, 0xff, MANY },            /* NAL unit header, RFC 6184, 5.3 */
  { "H265", BY_FIRST_BYTE, 0xff, MANY },            /* RFC 7798, 4.4 */
  { "VP8", BY_FIRST_BYTE, 0xff, MANY },             /* payload descriptor, RFC 7741, 4.2 */
  { "VP9", BY_FIRST_BYTE, 0xff, MANY },             /* RFC 9628, 4.2 */
  { "JPEG", BY_FIRST_BYTE, 0xff, MANY },            /* type-specific, RFC 2435, 3.1 */
  { "MPV", BY_FIRST_BYTE, 0xf8, MANY_OF_32 },       /* MBZ, RFC 2250, 3.4 */
  { "H263-1998", BY_FIRST_BYTE, 0xf8, MANY_OF_32 }, /* RR, RFC 4629, 5.1 */
  { "H263-2000", BY_FIRST_BYTE, 0xf8, MANY_OF_32 },
  { "H261", BY_FIRST_BYTE, 0x03, ALL_OF_4 },      /* I and V, for a whole stream, RFC 4587, 4.1 */
  { "OPUS", BY_FIRST_BYTE, 0xff, MANY },          /* TOC, RFC 6716, 3.1 */
  { "MPA", BY_FIRST_BYTE, 0xff, MANY },           /* MBZ, RFC 2250, 3.5 */
  { "MPEG4-GENERIC", BY_FIRST_BYTE, 0xff, MANY }, /* AU-headers-length, RFC 3640, 3.2.1 */
  { "AC3", BY_FIRST_BYTE, 0xfc, MANY_OF_64 },     /* MBZ, RFC 4184, 4.1.1 */
  { "VORBIS", BY_FIRST_BYTE, 0xff, MANY },        /* Ident, RFC 5215, 2.2 */
  { "GSM", BY_FIRST_BYTE, 0xf0, MANY_OF_16 },     /* signature, RFC 3551, 4.5.8.1 */
  { "MP2T", BY_SYNC_BYTES },
  { "PCMU", BY_SIZE, .sample_size = 1 },
  { "PCMA", BY_SIZE, .sample_size = 1 },
  { "G722", BY_SIZE, .sample_size = 1 }, /* its clock says 8000 Hz, RFC 3551, 4.5.2 */
  { "L8", BY_SIZE, .sample_size = 1 },
  { "L16", BY_SIZE, .sample_size = 2 },
  { "L24", BY_SIZE, .sample_size = 3 },
};

/* Of the suites there are (RFC 4568, 6.2; RFC 7714, 14.2). */
static const guint32 tags[] = { 4, 10, 16 };

LecCipherFormat
lec_cipher_format_of (const char *encoding, guint channels, const LecPayload *payload)
{
  for (guint i = 0; i < G_N_ELEMENTS (traits); i++) {
    if (g_ascii_strcasecmp (traits[i].encoding, encoding) != 0)
      continue;
    /* without AU headers there is nothing in front of the access units */
    if (g_str_equal (traits[i].encoding, "MPEG4-GENERIC")
        && (payload == NULL || lec_payload_get_parameter (payload, "sizelength") == NULL))
      break;
    return (LecCipherFormat){ &traits[i], traits[i].sample_size * MAX (channels, 1) };
  }
  return (LecCipherFormat){ NULL, 0 };
}

static void
note_value (LecCipherCheck *self, guint8 value)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (value % 64);

  self->n_distinct += (self->seen[value / 64] & bit) == 0;
  self->seen[value / 64] |= bit;
}

static void
add_first_byte (LecCipherCheck *self, const LecCipherTrait *trait, guint8 first)
{
  self->n++;
  note_value (self, first & trait->mask);
  self->looks_encrypted = self->n == LEC_CIPHER_CHECK_PACKETS && self->n_distinct >= trait->least;
  self->looks_clear = self->n >= CLEAR_PACKETS && self->n_distinct <= trait->least / CLEAR_PART;
}

/* Datagrams may begin anywhere in a TS packet, of 188, 192 or 204 bytes: it is enough that its
 * first byte comes again and again somewhere. */
static gboolean
has_sync_bytes (const guint8 *payload, guint32 size)
{
  static const guint32 steps[] = { TS_PACKET, 192, 204 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    for (guint32 start = 0; start < steps[i] && start + steps[i] < size; start++) {
      guint32 at = start;

      while (at < size && payload[at] == TS_SYNC)
        at += steps[i];
      if (at >= size)
        return TRUE;
    }
  }
  return FALSE;
}

static void
add_transport_stream (LecCipherCheck *self, const guint8 *payload, guint32 size)
{
  if (size <= 4 * TS_PACKET) /* there chance may make a row of them */
    return;
  self->n++;
  note_value (self, payload[0]);
  self->is_plain = has_sync_bytes (payload, size);
  self->looks_clear = self->is_plain;
  self->looks_encrypted
      = self->n == LEC_CIPHER_CHECK_PACKETS && self->n_distinct >= MANY && !self->is_plain;
}

static guint32
excess_of (const LecCipherCheck *self, guint bytes_per_tick, guint32 ticks)
{
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++) {
    if (ticks > 0 && self->size > tags[i]
        && (guint64) ticks * bytes_per_tick == (guint64) self->size - tags[i])
      return tags[i];
  }
  return 0;
}

/* How much time the packet before took is known by the time stamp of this one. */
static void
add_samples (LecCipherCheck *self, guint bytes_per_tick, const LecPacket *packet)
{
  if (self->n > 0 && (guint16) packet->sequence == (guint16) (self->sequence + 1)) {
    const guint32 ticks = packet->timestamp - self->timestamp;
    const guint32 tag = excess_of (self, bytes_per_tick, ticks);

    self->n_exact += ticks > 0 && (guint64) ticks * bytes_per_tick == self->size;
    self->is_plain = tag == 0 || (self->tag != 0 && tag != self->tag);
    self->tag = tag;
    self->n++;
  }
  self->n = MAX (self->n, 1);
  self->sequence = packet->sequence;
  self->timestamp = packet->timestamp;
  self->size = packet->payload_size;
  self->looks_encrypted = self->n >= ALIKE && !self->is_plain;
  self->looks_clear = self->n_exact >= 1;
}

void
lec_cipher_check_add (LecCipherCheck *self, const LecCipherFormat *format, const LecPacket *packet)
{
  const guint8 *payload = packet->data + packet->payload_offset;

  if (format->trait == NULL || self->is_plain || self->n >= LEC_CIPHER_CHECK_PACKETS
      || packet->payload_size == 0)
    return;
  switch (format->trait->method) {
  case BY_FIRST_BYTE:
    add_first_byte (self, format->trait, payload[0]);
    break;
  case BY_SYNC_BYTES:
    add_transport_stream (self, payload, packet->payload_size);
    break;
  case BY_SIZE:
    add_samples (self, format->bytes_per_tick, packet);
    break;
  default:
    g_assert_not_reached ();
  }
}
