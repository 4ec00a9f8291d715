/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the header of a Windows Media format promises, in words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lec_asf_format_dup_codecs:
 * @header: Header Object
 * @packet_size: (out): [bytes]; 0: not said
 * @preroll_ms: (out)
 *
 * Returns: (transfer full): the codings of its sounds and pictures, in the order of their numbers,
 *   as experts call them: "WMV3", "WMA 2"
 */
GStrv lec_asf_format_dup_codecs (GBytes *header,
                                 guint *packet_size,
                                 guint64 *preroll_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
