/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an RTSP server answers (RFC 2326, section 7), bounded: bytes of a stranger, from wherever
 * they are read. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LEC_RTSP_ANSWER_LIMIT (64 * 1024) /* [bytes] */
#define LEC_RTSP_HEAD_LIMIT (16 * 1024)   /* [bytes] of what comes while a session goes on */

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

/* As above, of the one after @index others of the same name. */
const char *
lec_rtsp_answer_find_header_at (const LecRtspAnswer *answer, const char *name, guint index);

/* What can come over a connection. */
typedef enum {
  LEC_RTSP_PART_INCOMPLETE,
  LEC_RTSP_PART_ANSWER,
  LEC_RTSP_PART_REQUEST, /* of the server */
  LEC_RTSP_PART_FRAME,   /* a datagram (section 10.12) */
  LEC_RTSP_PART_NONSENSE,
} LecRtspPartKind;

/* A zeroed one is empty. */
typedef struct
{
  LecRtspAnswer message; /* an answer, or a request: its status is 0 then */
  guint channel;         /* of a frame */
  const guint8 *payload; /* likewise, within what was read */
  gsize payload_size;
} LecRtspPart;

/**
 * lec_rtsp_part_read:
 * @bytes: what came over a connection, as far as it was not used
 * @part: to be cleared after an answer or a request
 * @used: (out): [bytes] at the start that are done with
 *
 * Each part says how long it is; an answer without Content-Length has no body here.
 */
LecRtspPartKind
lec_rtsp_part_read (const guint8 *bytes, gsize size, LecRtspPart *part, gsize *used);

G_END_DECLS
