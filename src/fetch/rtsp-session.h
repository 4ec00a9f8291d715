/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Has an RTSP server send a channel, for as long as it is received (RFC 2326): SETUP, PLAY, signs
 * of life, TEARDOWN.
 *
 * What is set up is received as any channel: multicast as it was announced, or datagrams for ports
 * of ours. Where none come, the server is made to send over the connection, and that arrives at the
 * same ingresses: who receives does not notice. It has a thread of its own, which waits for nothing
 * longer than a deadline; a server that is gone is looked for again.
 *
 * The server is a stranger: it may make us join groups and listen, as many as streams were
 * announced, but send to nobody but itself. */
#pragma once

#include "channel/channel.h"
#include "net/ingress.h"

G_BEGIN_DECLS

typedef struct _LecRtspSession LecRtspSession;

/**
 * LecRtspState:
 * @LEC_RTSP_OPENING: the server is being asked
 * @LEC_RTSP_READY: all is agreed; it sends, unless it was not asked to yet
 * @LEC_RTSP_GONE: the server does not answer any more, or has ended the session; still trying
 */
typedef enum {
  LEC_RTSP_OPENING,
  LEC_RTSP_READY,
  LEC_RTSP_GONE,
} LecRtspState;

/* What a session asks of its owner, on a thread of its own. */
typedef struct
{
  /* It is known where the streams arrive: @alternative is what was asked for, with all legs. To be
   * received with lec_rtsp_session_open_ingress(), before this returns; FALSE: it cannot be. */
  gboolean (*opened) (const LecAlternative *alternative, gpointer data);
  /* It cannot be had; #LEC_ERROR with a sentence. Nothing follows. */
  void (*failed) (const GError *error, gpointer data);
} LecRtspSessionCallbacks;

/**
 * lec_rtsp_session_new:
 * @alternative: one with an RTSP server; outlives the session
 * @callbacks: likewise
 * @error: #LEC_ERROR_UNREACHABLE: there is no thread for it
 */
LecRtspSession *lec_rtsp_session_new (const LecAlternative *alternative,
                                      const LecRtspSessionCallbacks *callbacks,
                                      gpointer data,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Ends it, within half a second; no callback runs any more then. Ingresses stay their owner's.
 * @self: (nullable) */
void lec_rtsp_session_end (LecRtspSession *self);

/* Ends it as well. */
void lec_rtsp_session_free (LecRtspSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LecRtspSession, lec_rtsp_session_free)

/* Has the server send, now or when it is opened: somebody receives. Any thread. */
void lec_rtsp_session_play (LecRtspSession *self);

/* Any thread. */
LecRtspState lec_rtsp_session_get_state (LecRtspSession *self);

/**
 * lec_rtsp_session_open_ingress:
 * @leg: of the alternative that was opened
 * @port: its own port or its RTCP port
 *
 * As lec_ingress_open(). While opened() runs only.
 */
LecIngress *lec_rtsp_session_open_ingress (LecRtspSession *self,
                                           const LecLeg *leg,
                                           guint16 port,
                                           const char *interface,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
