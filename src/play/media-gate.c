/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/media-gate.h"

struct _LecMediaGate
{
  GstPad *pad;  /* owned */
  gulong probe; /* that lets nothing through; 0: it is open */
  int holds;    /* atomic: something has come to it */
};

LecMediaGate *
lec_media_gate_new (GstPad *pad)
{
  LecMediaGate *self = g_new0 (LecMediaGate, 1);

  self->pad = gst_object_ref (pad);
  return self;
}

void
lec_media_gate_free (LecMediaGate *self)
{
  if (self == NULL)
    return;

  lec_media_gate_open (self);
  gst_object_unref (self->pad);
  g_free (self);
}

static GstPadProbeReturn
held_cb (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  g_atomic_int_set (&((LecMediaGate *) data)->holds, TRUE);
  return GST_PAD_PROBE_OK; /* it stays there */
}

void
lec_media_gate_close (LecMediaGate *self)
{
  if (self->probe == 0)
    self->probe = gst_pad_add_probe (
        self->pad, GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER, held_cb, self, NULL);
}

void
lec_media_gate_open (LecMediaGate *self)
{
  if (self->probe != 0)
    gst_pad_remove_probe (self->pad, self->probe);
  self->probe = 0;
  g_atomic_int_set (&self->holds, FALSE);
}

gboolean
lec_media_gate_is_closed (LecMediaGate *self)
{
  return self->probe != 0;
}

gboolean
lec_media_gate_is_idle (LecMediaGate *self)
{
  g_autoptr (GstPad) peer = gst_pad_get_peer (self->pad);

  if (peer == NULL)
    return TRUE;
  if (!GST_PAD_STREAM_TRYLOCK (peer))
    return FALSE;
  GST_PAD_STREAM_UNLOCK (peer);
  return TRUE;
}

gboolean
lec_media_gate_holds (LecMediaGate *self)
{
  return g_atomic_int_get (&self->holds);
}
