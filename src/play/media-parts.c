/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/media-parts.h"

#include "play/codec.h"

#define TAGS "id3demux"   /* what is behind them has to be looked at again... */
#define TITLES "icydemux" /* ...and what is between these */

/* By what the bytes are. */
static const struct
{
  const char *media;
  const char *demux;
} containers[] = {
  { "video/webm", "matroskademux" },
  { "audio/webm", "matroskademux" },
  { "video/x-matroska", "matroskademux" },
  { "audio/x-matroska", "matroskademux" },
  { "video/quicktime", "qtdemux" },
  { "audio/x-m4a", "qtdemux" },
  { "video/mpegts", "tsdemux" },
  { "video/x-ms-asf", "asfdemux" },
  { "application/ogg", "oggdemux" },
  { "audio/ogg", "oggdemux" },
  { "video/ogg", "oggdemux" },
  { "video/x-msvideo", "avidemux" },
  { "audio/x-wav", "wavparse" },
  { "application/x-id3", TAGS },
  { "application/x-icy", TITLES },
};

struct _LecMediaParts
{
  GstBin *bin; /* unowned */
  const LecMediaPartsCallbacks *callbacks;
  gpointer data;
  GstElement *entry; /* borrowed from the bin */

  GMutex mutex; /* of all below */
  guint n_media;
  gboolean is_unknown; /* there is no demultiplexer for it */
};

static const char *
find_demux (const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);

  for (guint i = 0; i < G_N_ELEMENTS (containers); i++) {
    if (gst_structure_has_name (structure, containers[i].media))
      return containers[i].demux;
  }
  return NULL;
}

static void
add_medium (LecMediaParts *self, GstPad *pad)
{
  g_mutex_lock (&self->mutex);
  self->n_media++;
  g_mutex_unlock (&self->mutex);
  self->callbacks->medium (pad, self->data);
}

static void add_pad (LecMediaParts *self, GstPad *pad, const GstCaps *caps, gboolean is_bare);

static void
demux_pad_cb (GstElement *demux, GstPad *pad, LecMediaParts *self)
{
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);

  if (!gst_caps_is_any (caps) && !gst_caps_is_empty (caps))
    add_pad (self, pad, caps, FALSE);
}

static void
found_cb (GstElement *typefind, guint probability, GstCaps *caps, LecMediaParts *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (typefind, "src");

  self->callbacks->recognised (self->data);
  add_pad (self, pad, caps, TRUE);
}

static GstElement *
add_typefind (LecMediaParts *self)
{
  GstElement *typefind = gst_element_factory_make ("typefind", NULL);

  g_signal_connect (typefind, "have-type", G_CALLBACK (found_cb), self);
  gst_bin_add (self->bin, typefind);
  return typefind;
}

/* What is behind titles comes as it is in a file. */
static void
untitled_pad_cb (GstElement *demux, GstPad *pad, LecMediaParts *self)
{
  GstElement *typefind = add_typefind (self);
  g_autoptr (GstPad) sink = gst_element_get_static_pad (typefind, "sink");

  gst_pad_link (pad, sink);
  gst_element_sync_state_with_parent (typefind);
}

/* Returns: whether it is there */
static gboolean
add_demux (LecMediaParts *self, GstPad *pad, const char *name)
{
  GstElement *demux = gst_element_factory_make (name, NULL);
  g_autoptr (GstPad) sink = NULL;
  g_autoptr (GstPad) src = NULL;

  if (demux == NULL)
    return FALSE;
  gst_bin_add (self->bin, demux);
  sink = gst_element_get_static_pad (demux, "sink");
  src = gst_element_get_static_pad (demux, "src"); /* of one that has only one */
  if (g_str_equal (name, TAGS)) {
    GstElement *typefind = add_typefind (self);

    gst_element_link (demux, typefind);
    gst_element_sync_state_with_parent (typefind);
  } else if (g_str_equal (name, TITLES)) {
    g_signal_connect (demux, "pad-added", G_CALLBACK (untitled_pad_cb), self);
  } else if (src != NULL) {
    add_medium (self, src);
  } else {
    g_signal_connect (demux, "pad-added", G_CALLBACK (demux_pad_cb), self);
  }
  gst_pad_link (pad, sink);
  gst_element_sync_state_with_parent (demux);
  return TRUE;
}

/* What is in a container may be in another one. @is_bare: it comes as it is in the file, without a
 * time: its parser says which it is */
static void
add_pad (LecMediaParts *self, GstPad *pad, const GstCaps *caps, gboolean is_bare)
{
  const LecCodecEntry *codec = is_bare ? lec_codec_find (caps) : NULL;
  const char *demux = find_demux (caps);
  gboolean is_known;

  if (demux == NULL && codec != NULL)
    demux = codec->parser;

  g_mutex_lock (&self->mutex);
  is_known = self->n_media < LEC_MEDIA_PARTS_MOST;
  g_mutex_unlock (&self->mutex);
  if (!is_known)
    return;
  if (demux != NULL)
    is_known = add_demux (self, pad, demux);
  else if (lec_codec_get_type (caps) != GST_STREAM_TYPE_UNKNOWN)
    add_medium (self, pad);
  else
    is_known = FALSE;
  g_mutex_lock (&self->mutex);
  self->is_unknown |= !is_known && self->n_media == 0;
  g_mutex_unlock (&self->mutex);
}

LecMediaParts *
lec_media_parts_new (GstBin *bin, const LecMediaPartsCallbacks *callbacks, gpointer data)
{
  LecMediaParts *self = g_new0 (LecMediaParts, 1);

  self->bin = bin;
  self->callbacks = callbacks;
  self->data = data;
  g_mutex_init (&self->mutex);
  self->entry = add_typefind (self);
  return self;
}

void
lec_media_parts_free (LecMediaParts *self)
{
  if (self == NULL)
    return;

  g_mutex_clear (&self->mutex);
  g_free (self);
}

GstElement *
lec_media_parts_get_entry (LecMediaParts *self)
{
  return self->entry;
}

gboolean
lec_media_parts_is_unknown (LecMediaParts *self)
{
  gboolean is_unknown;

  g_mutex_lock (&self->mutex);
  is_unknown = self->is_unknown;
  g_mutex_unlock (&self->mutex);
  return is_unknown;
}
