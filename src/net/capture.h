/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes received datagrams into a capture file (pcap, link type RAW) with the IP and UDP headers
 * that they had in essence, so that every network analyser reads it. Used by one thread. */
#pragma once

#include <gio/gio.h>
#include <netinet/in.h>

G_BEGIN_DECLS

typedef struct _LecCapture LecCapture;

/**
 * lec_capture_open:
 * @path: as for lec_output_file_open(); a capture that this process has begun there goes on
 * @error: #LEC_ERROR_UNREACHABLE, naming @path
 */
LecCapture *lec_capture_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes what is left, and closes. */
void lec_capture_free (LecCapture *self);

/* Writes what is left, so that it is known whether it can be. */
void lec_capture_flush (LecCapture *self);

/* Returns: the number of the error (errno) that has ended the capture; 0: none */
int lec_capture_get_error (const LecCapture *self);

/**
 * lec_capture_write:
 * @real_ns: when it arrived [ns since 1970]
 * @from: its sender
 * @to: where it was received: group and port
 * @data: the first @size bytes of it
 * @whole: [bytes] of all of it
 *
 * A full disk ends the capture, not the reception: see lec_capture_get_error().
 */
void lec_capture_write (LecCapture *self,
                        gint64 real_ns,
                        const struct sockaddr_storage *from,
                        const struct sockaddr_storage *to,
                        const guint8 *data,
                        gsize size,
                        gsize whole);

G_END_DECLS
