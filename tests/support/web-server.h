/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A web server for tests, that may be as rude as a test wants: what it answers is written byte by
 * byte by the test itself. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _WebServer WebServer;

/**
 * WebAnswer:
 * @path: what was asked for, as in `/x.asx`
 * @out: goes to the client, and is closed afterwards; an error means that the client has gone, or
 *   the server is to end
 *
 * Answers one request, in a thread of its own.
 */
typedef void (*WebAnswer) (const char *path, GOutputStream *out, gpointer data);

/**
 * web_server_new:
 * @address: numeric, of this computer; its port is a free one
 * @certificate: (nullable): with its key, for https
 */
WebServer *
web_server_new (const char *address, GTlsCertificate *certificate, WebAnswer answer, gpointer data);
void web_server_free (WebServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WebServer, web_server_free)

guint16 web_server_get_port (const WebServer *self);

/* (transfer full): the last request with its body, NULL before the first. */
char *web_server_dup_request (WebServer *self);

guint web_server_count_requests (WebServer *self);

/* Answers @request with @content, or with as much from its end as that asks for, as servers do that
 * can (RFC 9110, 14.2: `Range: bytes=N-`). */
void web_write_content (GOutputStream *out, const char *request, GBytes *content);

/* Writes @text to @out; FALSE when the client has gone. */
gboolean web_write (GOutputStream *out, const char *text);

G_END_DECLS
