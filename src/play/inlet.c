/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/inlet.h"

typedef struct
{
  const LecInletCallbacks *callbacks;
  gpointer data;
} Inlet;

static const char key[] = "lectern-inlet";

static Inlet *
get_inlet (GstPad *pad)
{
  return g_object_get_data (G_OBJECT (pad), key);
}

/* That it is flushing is the pipeline's wish. */
static GstFlowReturn
contain (Inlet *inlet, GstFlowReturn result)
{
  if (result == GST_FLOW_FLUSHING)
    return result;
  if (result < GST_FLOW_OK)
    inlet->callbacks->failed (result, inlet->data);
  return GST_FLOW_OK;
}

static GstFlowReturn
chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  Inlet *inlet = get_inlet (pad);

  if (!inlet->callbacks->ready (1, inlet->data)) {
    gst_buffer_unref (buffer);
    return GST_FLOW_OK;
  }
  return contain (inlet, gst_proxy_pad_chain_default (pad, parent, buffer));
}

static GstFlowReturn
chain_list (GstPad *pad, GstObject *parent, GstBufferList *list)
{
  Inlet *inlet = get_inlet (pad);

  if (!inlet->callbacks->ready (gst_buffer_list_length (list), inlet->data)) {
    gst_buffer_list_unref (list);
    return GST_FLOW_OK;
  }
  return contain (inlet, gst_proxy_pad_chain_list_default (pad, parent, list));
}

static void
tell_caps (GstPad *pad, GstEvent *e)
{
  Inlet *inlet = get_inlet (pad);
  g_autoptr (GstCaps) before = gst_pad_get_current_caps (pad);
  GstCaps *caps;

  gst_event_parse_caps (e, &caps);
  if (before != NULL && !gst_caps_is_equal (before, caps))
    inlet->callbacks->changed (before, caps, inlet->data);
}

/* Events that stick come again by themselves where the branch is built anew, so that it does not
 * matter what has become of them now. */
static gboolean
event (GstPad *pad, GstObject *parent, GstEvent *e)
{
  if (GST_EVENT_TYPE (e) == GST_EVENT_EOS) {
    gst_event_unref (e);
    return TRUE;
  }
  if (GST_EVENT_TYPE (e) == GST_EVENT_CAPS)
    tell_caps (pad, e);
  gst_pad_event_default (pad, parent, e);
  return TRUE;
}

/* What the present branch takes is no matter: another one can be built. */
static gboolean
query (GstPad *pad, GstObject *parent, GstQuery *q)
{
  GstCaps *filter;
  g_autoptr (GstCaps) any = gst_caps_new_any ();

  if (GST_QUERY_TYPE (q) == GST_QUERY_ACCEPT_CAPS) {
    gst_query_set_accept_caps_result (q, TRUE);
    return TRUE;
  }
  if (GST_QUERY_TYPE (q) != GST_QUERY_CAPS)
    return gst_pad_query_default (pad, parent, q);
  gst_query_parse_caps (q, &filter);
  gst_query_set_caps_result (q, filter != NULL ? filter : any);
  return TRUE;
}

GstPad *
lec_inlet_new (const char *name, const LecInletCallbacks *callbacks, gpointer data)
{
  GstPad *pad = gst_ghost_pad_new_no_target (name, GST_PAD_SINK);
  Inlet *inlet = g_new (Inlet, 1);

  *inlet = (Inlet){ callbacks, data };
  g_object_set_data_full (G_OBJECT (pad), key, inlet, g_free);
  gst_pad_set_chain_function (pad, chain);
  gst_pad_set_chain_list_function (pad, chain_list);
  gst_pad_set_event_function (pad, event);
  gst_pad_set_query_function (pad, query);
  return pad;
}

void
lec_inlet_connect (GstPad *inlet, GstPad *target)
{
  gst_ghost_pad_set_target (GST_GHOST_PAD (inlet), target);
}

void
lec_inlet_disconnect (GstPad *inlet)
{
  gst_ghost_pad_set_target (GST_GHOST_PAD (inlet), NULL);
}
