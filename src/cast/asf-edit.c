/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cast/asf-edit.h"

#include <string.h>

#include "wire/asf-field.h"
#include "wire/asf-header.h"

#define GUID 16           /* [bytes] */
#define HEADER_SIZE GUID  /* [bytes] from the start of the Header Object to its size... */
#define HEADER_OBJECTS 24 /* ...to the number of objects in it... */
#define HEADER_FIRST 30   /* ...and to the first one */
#define FILE_ID 24        /* [bytes] from the start of File Properties, and of the Data Object */
#define FILE_DATE 48      /* likewise, of File Properties */
#define MAX_COMMAND 255   /* [bytes] that one length byte counts */

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

GBytes *
lec_asf_edit_allow_correction (GBytes *header, const guint8 *packet, gsize size)
{
  LecAsfPacket facts;

  if (lec_asf_packet_read (packet, size, &facts) && facts.correction_length == 0)
    return lec_asf_header_grow_packets (header, LEC_ASF_CORRECTION);
  return g_bytes_ref (header);
}

GBytes *
lec_asf_edit_add_commands (GBytes *header, guint stream)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (header, &length);
  gsize end = (gsize) lec_asf_field_read (bytes + HEADER_SIZE, 8);
  GByteArray *copy = g_byte_array_new ();
  gsize added = MIN (end, length);

  g_byte_array_append (copy, bytes, (guint) added);
  g_byte_array_append (copy, command_stream, sizeof command_stream);
  g_byte_array_append (copy, bytes + added, (guint) (length - added));
  copy->data[added + COMMAND_STREAM_NUMBER] = (guint8) stream;
  lec_asf_field_write (copy->data + HEADER_SIZE, 8, end + sizeof command_stream);
  lec_asf_field_write (copy->data + HEADER_OBJECTS, 4,
                       lec_asf_field_read (copy->data + HEADER_OBJECTS, 4) + 1);
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
  lec_asf_field_write (front + 6, 4, send_ms);
  front[12] = (guint8) stream;
  front[13] = object;
  lec_asf_field_write (front + 14, 4, presentation_ms);
  front[20] = (guint8) command->len;
  packet = g_byte_array_new ();
  g_byte_array_append (packet, front, sizeof front);
  g_byte_array_append (packet, command->data, command->len);
  return g_byte_array_free_to_bytes (packet);
}

/* Where File Properties begin; @size: there are none */
static gsize
find_file (const guint8 *bytes, gsize size)
{
  static const guint8 guid[GUID] = { 0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11,
                                     0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };

  for (gsize at = HEADER_FIRST; at + FILE_DATE + 8 <= size; at++) {
    if (memcmp (bytes + at, guid, GUID) == 0)
      return at;
  }
  return size;
}

guint
lec_asf_edit_hash (GBytes *header)
{
  gsize length;
  g_autofree guint8 *copy
      = g_memdup2 (g_bytes_get_data (header, &length), g_bytes_get_size (header));
  g_autoptr (GBytes) rest = NULL;
  const gsize file = find_file (copy, length);

  if (file < length) {
    memset (copy + file + FILE_ID, 0, GUID);
    memset (copy + file + FILE_DATE, 0, 8);
  }
  if (length >= LEC_ASF_DATA_START)
    memset (copy + length - LEC_ASF_DATA_START + FILE_ID, 0, GUID);
  rest = g_bytes_new (copy, length);
  return g_bytes_hash (rest);
}
