/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An element that RTP passes through, and that puts ULPFEC among it. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

#define LEC_TYPE_ULPFEC (lec_ulpfec_get_type ())
G_DECLARE_FINAL_TYPE (LecUlpfec, lec_ulpfec, LEC, ULPFEC, GstElement)

/* Returns: (transfer floating): all as for lec_ulpfec_encoder_new() */
GstElement *lec_ulpfec_new (guint payload, guint percent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
