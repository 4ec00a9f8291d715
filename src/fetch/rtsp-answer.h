/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an RTSP server answers (RFC 2326, section 7), bounded: bytes of a stranger, from wherever
 * they are read. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LEC_RTSP_ANSWER_LIMIT (64 * 1024) /* [bytes] */

/* One answer; everything in it is as the server wrote it. All zero before it is read. */
typedef struct
{
  guint status;
  GStrv lines;  /* of its head, the first one included */
  GBytes *body; /* of one of the 200s */
} LecRtspAnswer;

/**
 * lec_rtsp_answer_read:
 * @error: %G_IO_ERROR_PARTIAL_INPUT where it makes no sense; or that of @in
 *
 * Passes over answers of the 100s. One of the 200s has a body that is not empty.
 */
gboolean lec_rtsp_answer_read (GInputStream *in,
                               GCancellable *cancellable,
                               LecRtspAnswer *answer,
                               GError **error);
void lec_rtsp_answer_clear (LecRtspAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LecRtspAnswer, lec_rtsp_answer_clear)

/* Returns: (nullable) (transfer none): the value of a header, its name in any case of letters */
const char *lec_rtsp_answer_find_header (const LecRtspAnswer *answer, const char *name);

/* Returns: whether its body, an SDP description, names a group to join */
gboolean lec_rtsp_answer_names_group (const LecRtspAnswer *answer);

G_END_DECLS
