/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/parameter-guard.h"

#include "play/coded-buffer.h"
#include "play/set-store.h"
#include "wire/picture-reader.h"

#define MAX_TAKEN_OUT 64 /* of one unit; with more the unit is dropped: it is noise */

struct _LecParameterGuard
{
  GstPad *pad; /* owned */
  gulong probe;
  GstCaps *description; /* owned, nullable */
  gint must_restore;    /* atomic */

  /* the streaming thread's */
  LecPictureReader reader;
  LecSetStore *whole; /* owned */

  GMutex lock;
  LecParameterFacts facts; /* under it */
};

typedef struct
{
  gsize at;
  gsize length;
} Span;

/* What is to be done with one unit. */
typedef struct
{
  Span taken_out[MAX_TAKEN_OUT];
  guint n_taken_out;
  guint n_needless; /* of these; the others are damaged parameter sets */
  guint n_sets;
  guint n_damaged;
  gsize front; /* behind an access unit delimiter, which has to be first */
  gboolean has_slices;
} Findings;

static void
learn_from_description (LecParameterGuard *self)
{
  static const char *const fields[]
      = { "sprop-parameter-sets", "sprop-vps", "sprop-sps", "sprop-pps" };

  if (self->description == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    const char *text
        = gst_structure_get_string (gst_caps_get_structure (self->description, 0), fields[i]);
    g_auto (GStrv) words = text != NULL ? g_strsplit (text, ",", LEC_SET_STORE_MAX_SETS) : NULL;

    for (guint k = 0; words != NULL && words[k] != NULL; k++) {
      LecNal nal = { 0 };
      g_autofree guint8 *bytes = g_base64_decode (words[k], &nal.length);

      nal.bytes = bytes;
      if (nal.length > 0)
        lec_set_store_put (self->whole, lec_picture_reader_read_set (&self->reader, &nal), &nal);
    }
  }
}

static void
take_caps (LecParameterGuard *self, const GstCaps *caps)
{
  LecPictureCodec codec = self->reader.codec;

  lec_coded_buffer_read_caps (caps, &self->reader);
  if (self->reader.codec == codec)
    return;
  lec_set_store_clear (self->whole);
  learn_from_description (self);
}

static void
take_out (Findings *findings, const LecNal *nal)
{
  if (findings->n_taken_out < MAX_TAKEN_OUT)
    findings->taken_out[findings->n_taken_out] = (Span){ nal->span, nal->span_length };
  findings->n_taken_out++;
}

static void
judge (LecParameterGuard *self, const LecNal *nal, Findings *findings)
{
  LecParameterSet set = lec_picture_reader_read_set (&self->reader, nal);

  if (set.kind == LEC_SET_NONE) {
    LecNalRole role = lec_picture_reader_role_of (&self->reader, nal);

    findings->has_slices |= role == LEC_NAL_SLICE;
    if (role == LEC_NAL_DELIMITER && nal->span == 0)
      findings->front = nal->span_length;
    if (role == LEC_NAL_FALSE_END) {
      findings->n_needless++;
      take_out (findings, nal);
    }
  } else if (set.is_whole) {
    findings->n_sets++;
    if (lec_set_store_put (self->whole, set, nal) && findings->has_slices) {
      findings->n_needless++; /* see the header */
      take_out (findings, nal);
    }
  } else {
    findings->n_damaged++;
    if (!lec_set_store_has (self->whole, set.kind))
      return;
    take_out (findings, nal);
  }
}

static Findings
look_at (LecParameterGuard *self, GstBuffer *buffer)
{
  Findings findings = { 0 };
  GstMapInfo map;
  LecNalCursor cursor;
  LecNal nal;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return findings;
  cursor = lec_nal_cursor_init (map.data, map.size, self->reader.length_size);
  while (lec_nal_cursor_next (&cursor, &nal))
    judge (self, &nal, &findings);
  gst_buffer_unmap (buffer, &map);
  return findings;
}

/* @buffer without what is to be taken out, and with @sets at its front. */
static GstBuffer *
rebuild (GstBuffer *buffer, const Findings *findings, GstMemory *sets)
{
  GstBuffer *built = gst_buffer_new ();
  gsize at = findings->front;

  gst_buffer_copy_into (built, buffer, GST_BUFFER_COPY_METADATA, 0, (gsize) -1);
  if (at > 0)
    gst_buffer_copy_into (built, buffer, GST_BUFFER_COPY_MEMORY, 0, at);
  if (sets != NULL)
    gst_buffer_append_memory (built, sets);
  for (guint i = 0; i < findings->n_taken_out; i++) {
    const Span *span = &findings->taken_out[i];

    if (span->at > at)
      gst_buffer_copy_into (built, buffer, GST_BUFFER_COPY_MEMORY, at, span->at - at);
    at = span->at + span->length;
  }
  if (gst_buffer_get_size (buffer) > at)
    gst_buffer_copy_into (built, buffer, GST_BUFFER_COPY_MEMORY, at, (gsize) -1);
  gst_buffer_unref (buffer);
  return built;
}

static void
note (LecParameterGuard *self, const Findings *findings, gboolean was_restored)
{
  g_mutex_lock (&self->lock);
  self->facts.n_units++;
  self->facts.n_sets += findings->n_sets;
  self->facts.n_damaged += findings->n_damaged;
  self->facts.n_taken_out += findings->n_taken_out - findings->n_needless;
  self->facts.n_restored += was_restored;
  g_mutex_unlock (&self->lock);
}

/* Returns: (transfer full) (nullable): NULL when nothing is left of @buffer */
static GstBuffer *
guard (LecParameterGuard *self, GstBuffer *buffer)
{
  Findings findings = look_at (self, buffer);
  gboolean is_noise = findings.n_taken_out > MAX_TAKEN_OUT;
  GstMemory *sets = NULL;

  if (findings.n_taken_out > findings.n_needless)
    g_atomic_int_set (&self->must_restore, TRUE);
  if (!is_noise && findings.has_slices
      && g_atomic_int_compare_and_exchange (&self->must_restore, TRUE, FALSE))
    sets = lec_set_store_to_memory (self->whole, self->reader.length_size);
  note (self, &findings, sets != NULL);
  if (is_noise) {
    gst_buffer_unref (buffer);
    return NULL;
  }
  if (findings.n_taken_out == 0 && sets == NULL)
    return buffer;
  buffer = rebuild (buffer, &findings, sets);
  if (gst_buffer_get_size (buffer) == 0)
    gst_clear_buffer (&buffer);
  return buffer;
}

static gboolean
guard_in_list (GstBuffer **buffer, guint index, gpointer data)
{
  *buffer = guard (data, *buffer);
  return TRUE;
}

static GstPadProbeReturn
probe_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  LecParameterGuard *self = data;

  if ((info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) != 0) {
    GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
    GstCaps *caps;

    if (GST_EVENT_TYPE (event) == GST_EVENT_CAPS) {
      gst_event_parse_caps (event, &caps);
      take_caps (self, caps);
    }
    return GST_PAD_PROBE_OK;
  }
  if (self->reader.codec != LEC_PICTURE_H264 && self->reader.codec != LEC_PICTURE_H265)
    return GST_PAD_PROBE_OK;
  if ((info->type & GST_PAD_PROBE_TYPE_BUFFER_LIST) != 0) {
    GstBufferList *list = gst_buffer_list_make_writable (GST_PAD_PROBE_INFO_BUFFER_LIST (info));

    gst_buffer_list_foreach (list, guard_in_list, self);
    info->data = list;
    return gst_buffer_list_length (list) > 0 ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
  }
  info->data = guard (self, GST_PAD_PROBE_INFO_BUFFER (info));
  return info->data != NULL ? GST_PAD_PROBE_OK : GST_PAD_PROBE_HANDLED;
}

static void
destroy (gpointer data)
{
  LecParameterGuard *self = data;

  gst_clear_caps (&self->description);
  lec_set_store_free (self->whole);
  g_mutex_clear (&self->lock);
}

static void
release (gpointer self)
{
  g_atomic_rc_box_release_full (self, destroy);
}

LecParameterGuard *
lec_parameter_guard_new (GstPad *pad, const GstCaps *description)
{
  LecParameterGuard *self = g_atomic_rc_box_new0 (LecParameterGuard);

  self->pad = gst_object_ref (pad);
  self->description = description != NULL ? gst_caps_copy (description) : NULL;
  self->whole = lec_set_store_new ();
  g_mutex_init (&self->lock);
  self->probe = gst_pad_add_probe (pad,
                                   GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST
                                       | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                                   probe_cb, g_atomic_rc_box_acquire (self), release);
  return self;
}

void
lec_parameter_guard_free (LecParameterGuard *self)
{
  if (self == NULL)
    return;
  gst_pad_remove_probe (self->pad, self->probe);
  gst_clear_object (&self->pad);
  release (self);
}

void
lec_parameter_guard_restore (LecParameterGuard *self)
{
  g_atomic_int_set (&self->must_restore, TRUE);
}

LecParameterFacts
lec_parameter_guard_get_facts (LecParameterGuard *self)
{
  LecParameterFacts facts;

  g_mutex_lock (&self->lock);
  facts = self->facts;
  g_mutex_unlock (&self->lock);
  return facts;
}
