/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A connection to an RTSP server: requests out; answers, requests of the server and datagrams in
 * (RFC 2326, sections 6, 7 and 10.12). All waits are bounded. Used by one thread. */
#pragma once

#include <netinet/in.h>

#include "fetch/rtsp-answer.h"
#include "fetch/rtsp-auth.h"

G_BEGIN_DECLS

typedef struct _LecRtspConnection LecRtspConnection;

/* Takes a datagram of a channel. */
typedef void (*LecRtspFrameFunc) (guint channel, const guint8 *bytes, gsize size, gpointer data);

/**
 * lec_rtsp_connection_open:
 * @at: whom to ask; its path does not matter
 * @auth: (transfer none): proves who we are; must outlive it
 * @error: of GIO
 */
LecRtspConnection *lec_rtsp_connection_open (GUri *at,
                                             LecRtspAuth *auth,
                                             GCancellable *cancellable,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lec_rtsp_connection_free (LecRtspConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecRtspConnection, lec_rtsp_connection_free)

/* Where datagrams and messages go; @frame is called while something is waited for. */
void
lec_rtsp_connection_set_frame_func (LecRtspConnection *self, LecRtspFrameFunc frame, gpointer data);

/* Returns: numeric addresses of both ends; FALSE where it has none any more */
gboolean lec_rtsp_connection_get_ends (const LecRtspConnection *self,
                                       struct sockaddr_storage *ours,
                                       struct sockaddr_storage *theirs);

/**
 * lec_rtsp_connection_send:
 * @headers: (nullable): further header lines, each with its end
 * @error: of GIO
 *
 * Sends a request without waiting for what is answered.
 */
gboolean lec_rtsp_connection_send (LecRtspConnection *self,
                                   const char *method,
                                   const char *uri,
                                   const char *headers,
                                   GError **error);

/**
 * lec_rtsp_connection_ask:
 * @until_us: monotonic
 * @answer: (out): of any status from 200 on
 * @error: of GIO; %G_IO_ERROR_PARTIAL_INPUT where what comes makes no sense, %G_IO_ERROR_TIMED_OUT
 *
 * Sends a request, once more where the server asks who we are, and waits for the answer.
 */
gboolean lec_rtsp_connection_ask (LecRtspConnection *self,
                                  const char *method,
                                  const char *uri,
                                  const char *headers,
                                  gint64 until_us,
                                  GCancellable *cancellable,
                                  LecRtspAnswer *answer,
                                  GError **error);

/**
 * lec_rtsp_connection_wait:
 * @wake: a descriptor that ends the wait when it is readable; -1: none
 * @message: (out): an answer, or a request of the server, which is not answered yet
 * @kind: (out): %LEC_RTSP_PART_ANSWER or %LEC_RTSP_PART_REQUEST; else nothing but datagrams has
 *   come until the time was up or @wake was readable
 *
 * Returns: FALSE where it has ended
 */
gboolean lec_rtsp_connection_wait (LecRtspConnection *self,
                                   gint64 until_us,
                                   int wake,
                                   LecRtspAnswer *message,
                                   LecRtspPartKind *kind,
                                   GError **error);

/* Answers a request of the server. */
void lec_rtsp_connection_reply (LecRtspConnection *self,
                                const LecRtspAnswer *request,
                                const char *status);

G_END_DECLS
