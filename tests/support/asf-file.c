/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "asf-file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wire/asf-header.h"
#include "wire/asf-packet.h"

/* ---- files ---- */

static char *
run_ffmpeg (const char *options, gsize *length)
{
  g_autofree char *folder = g_dir_make_tmp ("lectern-asf-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.asf", NULL);
  g_autofree char *command
      = g_strdup_printf ("ffmpeg -v error -nostdin %s -f asf %s", options, path);
  g_autofree char *said = NULL;
  char *bytes = NULL;
  gint status = -1;

  g_assert_true (g_spawn_command_line_sync (command, NULL, &said, &status, NULL));
  if (status != 0)
    g_error ("%s: %s", command, said);
  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  g_unlink (path);
  g_rmdir (folder);
  return bytes;
}

static void
clear_object (gpointer data)
{
  g_clear_pointer (&((AsfObject *) data)->data, g_bytes_unref);
}

/* What FFmpeg writes comes in order, one object of each stream after the other. */
static void
collect (AsfFile *file, const LecAsfPayload *payload, GByteArray **parts)
{
  GByteArray *part = parts[payload->stream];
  AsfObject object = { payload->stream, payload->is_key_frame, payload->presentation, NULL };

  if (part == NULL)
    part = parts[payload->stream] = g_byte_array_new ();
  g_assert_cmpuint (payload->offset, ==, part->len);
  g_byte_array_append (part, payload->data, (guint) payload->size);
  if (part->len < payload->object_size)
    return;
  parts[payload->stream] = NULL;
  object.data = g_byte_array_free_to_bytes (part);
  g_array_append_val (file->objects, object);
}

static void
take_apart (AsfFile *file)
{
  GByteArray *parts[LEC_ASF_STREAMS] = { NULL };

  for (guint i = 0; i < file->packets->len; i++) {
    const GByteArray *bytes = g_ptr_array_index (file->packets, i);
    LecAsfPacket packet;
    LecAsfPayload payload;

    g_assert_true (lec_asf_packet_read (bytes->data, bytes->len, &packet));
    while (lec_asf_packet_next (&packet, &payload))
      collect (file, &payload, parts);
  }
}

AsfFile *
asf_file_new (const char *options)
{
  AsfFile *file = g_new0 (AsfFile, 1);
  gsize length;
  g_autofree char *bytes = run_ffmpeg (options, &length);
  LecAsfHeader header;

  g_assert_true (lec_asf_header_read ((const guint8 *) bytes, length, &header));
  file->header = g_bytes_new (bytes, header.size + LEC_ASF_DATA_START);
  file->packet_size = header.packet_size;
  file->preroll = (guint32) header.preroll_ms;
  file->packets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  file->objects = g_array_new (FALSE, FALSE, sizeof (AsfObject));
  g_array_set_clear_func (file->objects, clear_object);
  /* behind the packets there is an index */
  for (gsize at = header.size + LEC_ASF_DATA_START;
       at + header.packet_size <= length && (guint8) bytes[at] == 0x82; at += header.packet_size) {
    GByteArray *packet = g_byte_array_new ();

    g_byte_array_append (packet, (const guint8 *) bytes + at, header.packet_size);
    g_ptr_array_add (file->packets, packet);
  }
  take_apart (file);
  return file;
}

void
asf_file_free (AsfFile *file)
{
  g_bytes_unref (file->header);
  g_ptr_array_unref (file->packets);
  g_array_unref (file->objects);
  g_free (file);
}

GBytes *
asf_file_join (const AsfFile *file)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize length;
  const guint8 *header = g_bytes_get_data (file->header, &length);

  g_byte_array_append (bytes, header, (guint) length);
  for (guint i = 0; i < file->packets->len; i++) {
    const GByteArray *packet = g_ptr_array_index (file->packets, i);

    g_byte_array_append (bytes, packet->data, packet->len);
  }
  return g_byte_array_free_to_bytes (bytes);
}

/* ---- writing ---- */

#define PAYLOAD_HEADER 15 /* [bytes] up to the replicated length, and the payload's length */

static void
append_number (GByteArray *bytes, guint32 number, guint width)
{
  const guint32 little = GUINT32_TO_LE (number);

  g_byte_array_append (bytes, (const guint8 *) &little, width);
}

static guint
type_of (guint width)
{
  return width == 4 ? 3 : width;
}

static guint
front_size (const AsfForm *form, guint padding_width)
{
  return (form->correction ? 3 : 0) + 2 + form->length_width + form->sequence_width + padding_width
         + 6 + (form->is_single ? 0 : 1);
}

/* The least width that the padding fits which it leaves. */
static guint
choose_padding (const AsfForm *form, guint payloads, guint *padding)
{
  for (guint width = form->padding_width;; width = width == 0 ? 1 : 2 * width) {
    const guint used = front_size (form, width) + payloads;

    *padding = used <= form->packet_size ? form->packet_size - used : 0;
    if (used <= form->packet_size && (width == 4 || *padding < 1u << 8 * width))
      return width;
    g_assert_cmpuint (width, <, 4);
  }
}

static GByteArray *
finish_packet (const AsfForm *form,
               const GByteArray *payloads,
               guint count,
               guint32 send_time,
               guint number)
{
  GByteArray *bytes = g_byte_array_new ();
  guint padding;
  const guint width = choose_padding (form, payloads->len, &padding);

  if (form->correction)
    g_byte_array_append (bytes, (const guint8 *) "\x82\x00\x00", 3);
  append_number (bytes,
                 (form->is_single ? 0 : 1) | type_of (form->sequence_width) << 1
                     | type_of (width) << 3 | type_of (form->length_width) << 5,
                 1);
  append_number (bytes, 0x5d, 1);
  append_number (bytes, form->packet_size, form->length_width);
  append_number (bytes, number, form->sequence_width);
  append_number (bytes, padding, width);
  append_number (bytes, send_time, 4);
  append_number (bytes, 100, 2);
  if (!form->is_single)
    append_number (bytes, count | 0x80, 1);
  g_byte_array_append (bytes, payloads->data, payloads->len);
  g_byte_array_set_size (bytes, form->packet_size);
  memset (bytes->data + form->packet_size - padding, 0, padding);
  return bytes;
}

typedef struct
{
  const AsfForm *form;
  GPtrArray *packets;
  GByteArray *payloads; /* of the packet that is being filled */
  guint count;
  guint32 send_time;
  guint numbers[LEC_ASF_STREAMS]; /* of the next media object */
} Writing;

static void
flush (Writing *self)
{
  if (self->count == 0)
    return;
  g_ptr_array_add (self->packets, finish_packet (self->form, self->payloads, self->count,
                                                 self->send_time, self->packets->len));
  g_byte_array_set_size (self->payloads, 0);
  self->count = 0;
}

/* With the widest padding length that could become necessary. */
static guint
room (const Writing *self)
{
  const guint used
      = front_size (self->form, MAX (self->form->padding_width, 2)) + self->payloads->len;

  return used < self->form->packet_size ? self->form->packet_size - used : 0;
}

static void
append_front (Writing *self, const AsfObject *object, guint32 offset)
{
  append_number (self->payloads, object->stream | (object->is_key_frame ? 0x80 : 0), 1);
  append_number (self->payloads, self->numbers[object->stream] & 0xff, 1);
  append_number (self->payloads, offset, 4);
}

static gboolean
is_compressed (const Writing *self, const AsfObject *object)
{
  return self->form->replicated == 1 && g_bytes_get_size (object->data) <= G_MAXUINT8;
}

static void
write_compressed (Writing *self, const AsfObject *object)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (object->data, &size);

  append_front (self, object, object->presentation);
  append_number (self->payloads, 1, 1);
  append_number (self->payloads, 40, 1);
  if (!self->form->is_single)
    append_number (self->payloads, (guint32) size + 1, 2);
  append_number (self->payloads, (guint32) size, 1);
  g_byte_array_append (self->payloads, data, (guint) size);
}

static void
write_piece (Writing *self, const AsfObject *object, gsize offset, gsize size)
{
  const guint replicated = MAX (self->form->replicated, 8);

  append_front (self, object, (guint32) offset);
  append_number (self->payloads, replicated, 1);
  append_number (self->payloads, (guint32) g_bytes_get_size (object->data), 4);
  append_number (self->payloads, object->presentation, 4);
  for (guint i = 8; i < replicated; i++)
    append_number (self->payloads, 0xa0 + i, 1); /* extensions, to be skipped */
  if (!self->form->is_single)
    append_number (self->payloads, (guint32) size, 2);
  g_byte_array_append (self->payloads,
                       (const guint8 *) g_bytes_get_data (object->data, NULL) + offset,
                       (guint) size);
}

static void
begin_payload (Writing *self, guint32 send_time, guint least)
{
  if (self->count > 0 && (self->form->is_single || self->count == 63 || room (self) < least))
    flush (self);
  if (self->count++ == 0)
    self->send_time = send_time;
}

static void
write_object (Writing *self, const AsfObject *object, guint32 send_time)
{
  const gsize size = g_bytes_get_size (object->data);

  if (is_compressed (self, object)) {
    begin_payload (self, send_time, PAYLOAD_HEADER + (guint) size);
    write_compressed (self, object);
  } else {
    for (gsize offset = 0; offset < size;) {
      const guint header = PAYLOAD_HEADER + MAX (self->form->replicated, 8);
      gsize piece;

      begin_payload (self, send_time, header + 1);
      piece = MIN (size - offset, room (self) - header);
      write_piece (self, object, offset, piece);
      offset += piece;
    }
  }
  self->numbers[object->stream]++;
}

GPtrArray *
asf_form_write (const AsfForm *form, const GArray *objects, AsfSendTime send_time, gpointer data)
{
  Writing self = { .form = form, .payloads = g_byte_array_new () };
  guint32 sent = 0;

  self.packets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  for (guint i = 0; i < objects->len; i++) {
    const AsfObject *object = &g_array_index (objects, AsfObject, i);
    const guint32 wanted = send_time (object, i, data);

    sent = i == 0 || (gint32) (wanted - sent) > 0 ? wanted : sent;
    write_object (&self, object, sent);
  }
  flush (&self);
  g_byte_array_unref (self.payloads);
  return self.packets;
}

/* ---- changing ---- */

static guint
padding_at (const GByteArray *packet, guint *flags_at, guint *width, guint *padding)
{
  static const guint widths[] = { 0, 1, 2, 4 };
  guint8 flags;
  guint at;

  *flags_at = packet->data[0] & 0x80 ? 1 + (packet->data[0] & 0x0f) : 0;
  flags = packet->data[*flags_at];
  at = *flags_at + 2 + widths[flags >> 5 & 3] + widths[flags >> 1 & 3];
  *width = widths[flags >> 3 & 3];
  *padding = 0;
  for (guint i = 0; i < *width; i++)
    *padding |= (guint) packet->data[at + i] << 8 * i;
  return at;
}

void
asf_packet_strip (GByteArray *packet)
{
  guint flags_at, width, padding;
  const guint at = padding_at (packet, &flags_at, &width, &padding);

  memset (packet->data + at, 0, width);
  g_byte_array_set_size (packet, packet->len - padding);
}

void
asf_packet_strip_all (GByteArray *packet)
{
  guint flags_at, width, padding;
  const guint at = padding_at (packet, &flags_at, &width, &padding);

  g_byte_array_set_size (packet, packet->len - padding);
  if (width > 0)
    g_byte_array_remove_range (packet, at, width);
  packet->data[flags_at] &= (guint8) ~0x18;
}

/* Of the File Properties Object, by offset. */
static void
set_file (guint8 *file, guint offset, guint32 number)
{
  const guint32 little = GUINT32_TO_LE (number);

  memcpy (file + offset, &little, sizeof little);
}

GBytes *
asf_header_for (GBytes *header, guint32 packet_size, guint32 preroll)
{
  static const guint8 guid[] = { 0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11,
                                 0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65 };
  gsize length;
  const guint8 *bytes = g_bytes_get_data (header, &length);
  guint8 *copy = g_memdup2 (bytes, length), *file = copy;

  while (memcmp (file, guid, sizeof guid) != 0)
    file++;
  set_file (file, 80, preroll);
  set_file (file, 92, packet_size);
  set_file (file, 96, packet_size);
  return g_bytes_new_take (copy, length);
}
