/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/asf-edit.h"

#include <string.h>

#include "wire/asf-header.h"

#define GUID 16           /* [bytes] */
#define HEADER_SIZE GUID  /* [bytes] from the start of the Header Object to its size... */
#define HEADER_OBJECTS 24 /* ...to the number of objects in it... */
#define HEADER_FIRST 30   /* ...and to the first one */
#define FILE_MIN_PACKET 92
#define FILE_PROPERTIES 104
#define MAX_COMMAND 255 /* [bytes] that one length byte counts */

static const guint8 file_properties[GUID] = { 0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11,
                                              0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };

/* GUID, size 78, kind: commands, no error correction, no time offset, no data of either */
static const guint8 command_stream[] = {
  0x91, 0x07, 0xdc, 0xb7, 0xb7, 0xa9, 0xcf, 0x11, 0x8e, 0xe6, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65,
  78,   0,    0,    0,    0,    0,    0,    0,    0xc0, 0xcf, 0xda, 0x59, 0xe6, 0x59, 0xd0, 0x11,
  0xa3, 0xac, 0x00, 0xa0, 0xc9, 0x03, 0x48, 0xf6, 0x00, 0x57, 0xfb, 0x20, 0x55, 0x5b, 0xcf, 0x11,
  0xa8, 0xfd, 0x00, 0x80, 0x5f, 0x5c, 0x44, 0x2b, 0,    0,    0,    0,    0,    0,    0,    0,
  0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
};

/* Where its number is. */
#define COMMAND_STREAM_NUMBER 72

static guint64
read_le (const guint8 *at, guint width)
{
  guint64 value = 0;

  for (guint i = 0; i < width; i++)
    value |= (guint64) at[i] << 8 * i;
  return value;
}

static void
write_le (guint8 *at, guint width, guint64 value)
{
  for (guint i = 0; i < width; i++)
    at[i] = (guint8) (value >> 8 * i);
}

static void
grow_packets (guint8 *header, gsize length)
{
  for (gsize at = HEADER_FIRST; at + FILE_PROPERTIES <= length;) {
    guint64 size = read_le (header + at + GUID, 8);

    if (memcmp (header + at, file_properties, GUID) == 0)
      for (guint i = 0; i < 2; i++) {
        guint8 *field = header + at + FILE_MIN_PACKET + 4 * i;

        write_le (field, 4, read_le (field, 4) + LEC_ASF_CORRECTION);
      }
    if (size == 0 || size > length)
      return;
    at += size;
  }
}

GBytes *
lec_asf_edit_allow_correction (GBytes *header, const guint8 *packet, gsize size)
{
  gsize length = g_bytes_get_size (header);
  guint8 *copy = g_memdup2 (g_bytes_get_data (header, NULL), length);
  LecAsfPacket facts;

  if (lec_asf_packet_read (packet, size, &facts) && facts.correction_length == 0)
    grow_packets (copy, length);
  return g_bytes_new_take (copy, length);
}

GBytes *
lec_asf_edit_add_commands (GBytes *header, guint stream)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (header, &length);
  gsize end = (gsize) read_le (bytes + HEADER_SIZE, 8);
  GByteArray *copy = g_byte_array_new ();
  gsize added = MIN (end, length);

  g_byte_array_append (copy, bytes, (guint) added);
  g_byte_array_append (copy, command_stream, sizeof command_stream);
  g_byte_array_append (copy, bytes + added, (guint) (length - added));
  copy->data[added + COMMAND_STREAM_NUMBER] = (guint8) stream;
  write_le (copy->data + HEADER_SIZE, 8, end + sizeof command_stream);
  write_le (copy->data + HEADER_OBJECTS, 4, read_le (copy->data + HEADER_OBJECTS, 4) + 1);
  return g_byte_array_free_to_bytes (copy);
}

/* Both texts in UTF-16, each with its end. */
static GByteArray *
print_command (const char *type, const char *parameter)
{
  const char *texts[] = { type, parameter };
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    glong units;
    g_autofree gunichar2 *wide = g_utf8_to_utf16 (texts[i], -1, NULL, &units, NULL);

    for (glong unit = 0; wide != NULL && unit <= units; unit++) {
      guint8 pair[] = { (guint8) wide[unit], (guint8) (wide[unit] >> 8) };

      g_byte_array_append (bytes, pair, sizeof pair);
    }
  }
  return bytes;
}

/* A short command is a compressed payload: where others have the offset, it has its time, and a
 * byte before it counts its length. */
GBytes *
lec_asf_edit_make_command (guint stream,
                           guint8 object,
                           guint32 send_ms,
                           guint32 presentation_ms,
                           const char *type,
                           const char *parameter)
{
  g_autoptr (GByteArray) command = print_command (type, parameter);
  guint8 front[] = {
    0x82, 0,    0,          /* error correction: none yet */
    0x08, 0x5d, 0,          /* one payload; no padding, in one byte; widths of the other fields */
    0,    0,    0, 0, 0, 0, /* send time and duration */
    0,    0,    0, 0, 0, 0,
    1,       /* stream, object, presentation time, length of what is replicated... */
    0,    0, /* ...the time between commands, and the length of this one */
  };
  GByteArray *packet;

  if (command->len > MAX_COMMAND)
    return NULL;
  write_le (front + 6, 4, send_ms);
  front[12] = (guint8) stream;
  front[13] = object;
  write_le (front + 14, 4, presentation_ms);
  front[20] = (guint8) command->len;
  packet = g_byte_array_new ();
  g_byte_array_append (packet, front, sizeof front);
  g_byte_array_append (packet, command->data, command->len);
  return g_byte_array_free_to_bytes (packet);
}
