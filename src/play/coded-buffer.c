/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/coded-buffer.h"

guint
lec_coded_buffer_read_caps (const GstCaps *caps, LecPictureReader *reader)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  const GValue *data = gst_structure_get_value (structure, "codec_data");
  GstBuffer *buffer = data != NULL ? gst_value_get_buffer (data) : NULL;
  int version = 0;
  LecPictureCodec codec;
  guint n_sets = 0;
  GstMapInfo map;

  gst_structure_get_int (structure, "mpegversion", &version);
  codec = lec_picture_codec_of (gst_structure_get_name (structure), version);
  if (codec != reader->codec)
    lec_picture_reader_init (reader, codec);
  if (buffer != NULL && gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    n_sets = lec_picture_reader_configure (reader, map.data, map.size);
    gst_buffer_unmap (buffer, &map);
  }
  if (g_strcmp0 (gst_structure_get_string (structure, "stream-format"), "byte-stream") == 0)
    reader->length_size = 0;
  return n_sets;
}

GstBuffer *
lec_coded_buffer_insert (GstBuffer *buffer, gsize at, GstMemory *memory)
{
  GstBuffer *built = gst_buffer_new ();

  gst_buffer_copy_into (built, buffer, GST_BUFFER_COPY_METADATA, 0, (gsize) -1);
  if (at > 0)
    gst_buffer_copy_into (built, buffer, GST_BUFFER_COPY_MEMORY, 0, at);
  gst_buffer_append_memory (built, memory);
  if (gst_buffer_get_size (buffer) > at)
    gst_buffer_copy_into (built, buffer, GST_BUFFER_COPY_MEMORY, at, (gsize) -1);
  gst_buffer_unref (buffer);
  return built;
}
