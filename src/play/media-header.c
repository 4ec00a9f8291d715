/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/media-header.h"

#include <gio/gio.h>
#include <string.h>

#include "play/asf-demux.h"
#include "play/marker-span.h"

#define MOST_BYTES (1024 * 1024) /* of a header */
#define PREFIX 24                /* [bytes] of an object: what it is, and how long */

struct _LecMediaHeader
{
  GstElement *element;               /* (unowned) */
  const LecAlternative *alternative; /* (unowned) */
  GByteArray *bytes;                 /* that have come; the thread that pushes */

  GMutex mutex; /* of all below */
  gboolean is_marked;
  gint64 start_us, duration_us;
};

LecMediaHeader *
lec_media_header_new (GstElement *element, const LecAlternative *alternative)
{
  LecMediaHeader *self = g_new0 (LecMediaHeader, 1);

  self->element = element;
  self->alternative = alternative;
  self->bytes = g_byte_array_new ();
  g_mutex_init (&self->mutex);
  return self;
}

void
lec_media_header_free (LecMediaHeader *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->bytes);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Returns: [bytes] of the Header Object (ASF specification, 3.1); 0: it is none, or too long;
 * G_MAXSIZE: not known yet */
static gsize
measure (const guint8 *bytes, gsize length)
{
  static const guint8 guid[] = { 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11,
                                 0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c };
  guint64 size;

  if (length < PREFIX)
    return G_MAXSIZE;
  size = GST_READ_UINT64_LE (bytes + sizeof guid);
  return memcmp (bytes, guid, sizeof guid) == 0 && size <= MOST_BYTES ? (gsize) size : 0;
}

static void
tell (LecMediaHeader *self, gsize size)
{
  g_autoptr (GBytes) header = g_bytes_new (self->bytes->data, size);

  gst_element_post_message (
      self->element, gst_message_new_element (GST_OBJECT (self->element),
                                              gst_structure_new (LEC_ASF_HEADER_MESSAGE, "bytes",
                                                                 G_TYPE_BYTES, header, NULL)));
}

static void
read_markers (LecMediaHeader *self, gsize size)
{
  const LecAlternative *alternative = self->alternative;
  gint64 start_us = alternative->start_us, duration_us = alternative->duration_us;

  if (alternative->start_marker == NULL && alternative->end_marker == NULL)
    return;
  lec_marker_span_read (self->bytes->data, size, alternative->start_marker, alternative->end_marker,
                        &start_us, &duration_us);
  g_mutex_lock (&self->mutex);
  self->is_marked = TRUE;
  self->start_us = start_us;
  self->duration_us = duration_us;
  g_mutex_unlock (&self->mutex);
}

/* Returns: whether it is there as a whole, or there is none */
static gboolean
take (LecMediaHeader *self)
{
  const gsize size = measure (self->bytes->data, self->bytes->len);

  if (size > self->bytes->len)
    return FALSE;
  if (size > 0) {
    tell (self, size);
    read_markers (self, size);
  }
  return TRUE;
}

static GstPadProbeReturn
data_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecMediaHeader *self = data;
  GstMapInfo map;

  if (!gst_buffer_map (GST_PAD_PROBE_INFO_BUFFER (info), &map, GST_MAP_READ))
    return GST_PAD_PROBE_OK;
  g_byte_array_append (self->bytes, map.data, (guint) map.size);
  gst_buffer_unmap (GST_PAD_PROBE_INFO_BUFFER (info), &map);
  return take (self) ? GST_PAD_PROBE_REMOVE : GST_PAD_PROBE_OK;
}

void
lec_media_header_watch (LecMediaHeader *self, GstPad *pad)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, data_cb, self, NULL);
}

/* Returns: whether @length bytes more are there */
static gboolean
read_more (LecMediaHeader *self, GInputStream *stream, gsize length)
{
  const guint before = self->bytes->len;

  g_byte_array_set_size (self->bytes, before + (guint) length);
  return g_input_stream_read_all (stream, self->bytes->data + before, length, &length, NULL, NULL)
         && before + length == self->bytes->len;
}

void
lec_media_header_read (LecMediaHeader *self)
{
  g_autoptr (GFile) file = g_file_new_for_uri (self->alternative->uri);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  gsize size;

  if (stream == NULL || self->bytes->len > 0 || !read_more (self, G_INPUT_STREAM (stream), PREFIX))
    return;
  size = measure (self->bytes->data, PREFIX);
  if (size > PREFIX && read_more (self, G_INPUT_STREAM (stream), size - PREFIX))
    take (self);
}

gboolean
lec_media_header_take_span (LecMediaHeader *self, gint64 *start_us, gint64 *duration_us)
{
  gboolean is_marked;

  g_mutex_lock (&self->mutex);
  is_marked = self->is_marked;
  self->is_marked = FALSE;
  *start_us = self->start_us;
  *duration_us = self->duration_us;
  g_mutex_unlock (&self->mutex);
  return is_marked;
}
