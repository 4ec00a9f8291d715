/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where what comes of a file goes on to its demultiplexer: closed, it holds back what comes, and
 * the demultiplexer does nothing. Opened, closed and asked on the owner's thread. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _LecMediaGate LecMediaGate;

/* @pad: in front of the demultiplexer; the gate is open */
LecMediaGate *lec_media_gate_new (GstPad *pad) G_GNUC_WARN_UNUSED_RESULT;

/* Nothing must push any more. */
void lec_media_gate_free (LecMediaGate *self);

void lec_media_gate_close (LecMediaGate *self);
void lec_media_gate_open (LecMediaGate *self);
gboolean lec_media_gate_is_closed (LecMediaGate *self);

/* Returns: whether nothing is on its way from the gate, to where no other thread takes it on */
gboolean lec_media_gate_is_idle (LecMediaGate *self);

/* Returns: whether something has come to the closed gate, so that nothing is behind it */
gboolean lec_media_gate_holds (LecMediaGate *self);

G_END_DECLS
