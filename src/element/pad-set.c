/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/pad-set.h"

#include <glib/gi18n-lib.h>
#include <gst/base/gstflowcombiner.h>

#include "element/channel-pad.h"
#include "wire/asf-rtp.h"
#include "wire/format.h"

struct _LecPadSet
{
  GstElement *element;    /* (unowned) */
  GPtrArray *pads;        /* of LecChannelPad, by stream */
  GstFlowCombiner *flows; /* under the object lock of the element */
};

LecPadSet *
lec_pad_set_new (GstElement *element)
{
  LecPadSet *self = g_new0 (LecPadSet, 1);

  self->element = element;
  self->pads = g_ptr_array_new_with_free_func (gst_object_unref);
  self->flows = gst_flow_combiner_new ();
  return self;
}

void
lec_pad_set_free (LecPadSet *self)
{
  g_ptr_array_unref (self->pads);
  gst_flow_combiner_free (self->flows);
  g_free (self);
}

static gboolean
note_flow (LecChannelPad *pad, GstFlowReturn result, gpointer data)
{
  LecPadSet *self = data;
  GstFlowReturn combined;

  if (result == GST_FLOW_FLUSHING)
    return FALSE;

  GST_OBJECT_LOCK (self->element);
  combined = gst_flow_combiner_update_pad_flow (self->flows, GST_PAD (pad), result);
  GST_OBJECT_UNLOCK (self->element);
  if (combined == GST_FLOW_NOT_LINKED) {
    GST_ELEMENT_ERROR (self->element, STREAM, FAILED,
                       (_ ("Nothing is linked that takes what this channel sends")),
                       ("streaming stopped, reason not-linked (%d)", combined));
    return FALSE;
  }
  if (combined < GST_FLOW_EOS) {
    GST_ELEMENT_FLOW_ERROR (self->element, combined);
    return FALSE;
  }
  return result != GST_FLOW_EOS;
}

static void
announce (LecPadSet *self, const char *title)
{
  /* asked for once: each time it is another one, and pads must agree */
  g_autofree char *id
      = gst_pad_create_stream_id (g_ptr_array_index (self->pads, 0), self->element, NULL);
  guint group_id = gst_util_group_id_next ();

  for (guint i = 0; i < self->pads->len; i++) {
    LecChannelPad *pad = g_ptr_array_index (self->pads, i);
    g_autofree char *stream_id = g_strdup_printf ("%s/%u", id, i);

    lec_channel_pad_announce (pad, stream_id, group_id, title);
  }
}

void
lec_pad_set_add (LecPadSet *self,
                 const LecAlternative *alternative,
                 const char *title,
                 LecTiming *timing)
{
  GstPadTemplate *pad_template = gst_element_get_pad_template (self->element, "stream_%u");
  gboolean tells_commands = FALSE;

  for (guint i = 0; i < alternative->streams->len; i++) {
    g_autofree char *name = g_strdup_printf ("stream_%u", i);
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);
    const LecFormat *format = lec_format_of (alternative->kind);
    g_autoptr (GBytes) asf = !format->container ? lec_asf_rtp_dup_header (stream) : NULL;
    LecChannelPad *pad
        = lec_channel_pad_new (pad_template, name, stream, format, timing, note_flow, self);

    if (alternative->msb != NULL)
      lec_channel_pad_set_station (pad, alternative->msb);
    if (asf != NULL)
      lec_channel_pad_set_asf (pad, asf);
    if (asf != NULL && !tells_commands)
      lec_channel_pad_tell_commands (pad, asf);
    tells_commands |= asf != NULL;
    g_ptr_array_add (self->pads, gst_object_ref_sink (pad));
    gst_flow_combiner_add_pad (self->flows, GST_PAD (pad));
  }
  announce (self, title);
  for (guint i = 0; i < self->pads->len; i++) {
    GstPad *pad = g_ptr_array_index (self->pads, i);

    gst_pad_set_active (pad, TRUE);
    gst_element_add_pad (self->element, pad);
  }
  gst_element_no_more_pads (self->element);
}

void
lec_pad_set_remove (LecPadSet *self)
{
  for (guint i = 0; i < self->pads->len; i++) {
    GstPad *pad = g_ptr_array_index (self->pads, i);

    gst_flow_combiner_remove_pad (self->flows, pad);
    gst_element_remove_pad (self->element, pad);
  }
  g_ptr_array_set_size (self->pads, 0);
}

LecPadQueue *
lec_pad_set_get_queue (LecPadSet *self, guint stream)
{
  return lec_channel_pad_get_queue (g_ptr_array_index (self->pads, stream));
}

void
lec_pad_set_start (LecPadSet *self)
{
  gst_flow_combiner_reset (self->flows);
  for (guint i = 0; i < self->pads->len; i++)
    lec_channel_pad_start (g_ptr_array_index (self->pads, i));
}

void
lec_pad_set_pause (LecPadSet *self)
{
  for (guint i = 0; i < self->pads->len; i++)
    lec_channel_pad_pause (g_ptr_array_index (self->pads, i));
}

void
lec_pad_set_stop (LecPadSet *self)
{
  for (guint i = 0; i < self->pads->len; i++)
    lec_channel_pad_stop (g_ptr_array_index (self->pads, i));
}
