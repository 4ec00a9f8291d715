/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Errors of ours as messages of GStreamer. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Posts an ERROR message of the resource domain, from any thread. What of LecError it is goes along
 * as `code` of its details, `lectern-error`, as those of GStreamer cannot tell everything apart. */
void lec_error_message_post (GstElement *element, const GError *error);

G_END_DECLS
