/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An RTSP server for tests, that may be as odd as a test wants: what it answers to each request is
 * written by the test. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RtspServer RtspServer;

/* One request; NULL for its words where there is none any more. */
typedef struct
{
  GOutputStream *out;
  const char *method;
  const char *head; /* all of it */
  guint sequence;
  guint index;         /* how many of this method came before */
  guint16 client_port; /* 0: none */
} RtspRequest;

/* Answers one request, in a thread of the connection. Returns: whether to wait for another */
typedef gboolean (*RtspAnswer) (const RtspRequest *request, gpointer data);

/* Listens on a free port of 127.0.0.1. */
RtspServer *rtsp_server_new (RtspAnswer answer, gpointer data);
void rtsp_server_free (RtspServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RtspServer, rtsp_server_free)

guint16 rtsp_server_get_port (const RtspServer *self);

/* (transfer full): the methods that were asked for, in their order, with a blank between. */
char *rtsp_server_dup_methods (RtspServer *self);

G_END_DECLS
