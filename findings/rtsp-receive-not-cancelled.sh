#!/usr/bin/env bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# gst_rtsp_connection_receive_usec() is documented to block "up to the specified timeout" and to be
# cancelled with gst_rtsp_connection_flush(). Neither holds once the first byte of a message has
# come: the timeout is that of each read, and reads within a message are made without a cancellable
# (may_cancel in gstrtspconnection.c). So one deadline for a whole answer needs another thread that
# shuts the socket down.
#
# Seen with gst-plugins-base 1.22.0-3+deb12u7 (Debian 12, amd64):
#   timeout 10 s, flushed after 0.5 s, answer in two pieces 3 s apart: OK after 3.0 s
#   timeout 2 s, a valid answer with a byte each 0.1 s: OK after 5.7 s
#
#   rtsp-receive-not-cancelled.sh      needs apt (Debian 12), gcc, pkg-config, libglib2.0-dev
#
# Exit 0: as seen. 1: it behaves differently now. 2: it could not be tried.
set -euo pipefail

base=1.22.0-3+deb12u7
core=1.22.0-2+deb12u1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

apt-get download -q "libgstreamer-plugins-base1.0-0=$base" "libgstreamer-plugins-base1.0-dev=$base" \
  "libgstreamer1.0-0=$core" "libgstreamer1.0-dev=$core" >download.log 2>&1 || {
  echo "these versions cannot be had here any more:"
  tail -3 download.log
  exit 2
}
for package in *.deb; do dpkg -x "$package" root; done
libraries=$(echo root/usr/lib/*-linux-gnu)

cat >probe.c <<'PROBE'
#include <gio/gio.h>
#include <gst/rtsp/gstrtspconnection.h>
#include <string.h>

/* One valid answer: its beginning at once, the rest 3 s later or a byte each 0.1 s. */
static const char beginning[] = "RTSP/1.0 200 OK\r\nCSeq: 1\r\n";
static const char rest[] = "Content-Type: application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n";
static GSocket *listener;

static gpointer
serve (gpointer by_bytes)
{
  GSocket *peer = g_socket_accept (listener, NULL, NULL);
  char request[2048];

  g_socket_receive (peer, request, sizeof request, NULL, NULL);
  g_socket_send (peer, beginning, strlen (beginning), NULL, NULL);
  g_usleep (by_bytes != NULL ? 0 : 3 * G_USEC_PER_SEC);
  for (const char *c = rest; by_bytes != NULL && *c != '\0'; c++) {
    g_usleep (G_USEC_PER_SEC / 10);
    g_socket_send (peer, c, 1, NULL, NULL);
  }
  if (by_bytes == NULL)
    g_socket_send (peer, rest, strlen (rest), NULL, NULL);
  g_object_unref (peer);
  return NULL;
}

static gpointer
flush (gpointer connection)
{
  g_usleep (G_USEC_PER_SEC / 2);
  gst_rtsp_connection_flush (connection, TRUE);
  return NULL;
}

/* [s] that it takes to receive the answer; negative where it is not received. */
static double
ask (const char *address, gboolean by_bytes, gboolean flushed, guint timeout_s)
{
  GThread *server = g_thread_new ("server", serve, GINT_TO_POINTER (by_bytes));
  GThread *flusher = NULL;
  GstRTSPUrl *url;
  GstRTSPConnection *connection;
  GstRTSPMessage message = { 0 };
  GstRTSPResult result;
  gint64 began_us, took_us;

  gst_rtsp_url_parse (address, &url);
  gst_rtsp_connection_create (url, &connection);
  gst_rtsp_connection_connect_usec (connection, 5 * G_USEC_PER_SEC);
  gst_rtsp_message_init_request (&message, GST_RTSP_DESCRIBE, address);
  gst_rtsp_connection_send_usec (connection, &message, 5 * G_USEC_PER_SEC);
  gst_rtsp_message_unset (&message);
  if (flushed)
    flusher = g_thread_new ("flusher", flush, connection);
  began_us = g_get_monotonic_time ();
  result = gst_rtsp_connection_receive_usec (connection, &message, timeout_s * G_USEC_PER_SEC);
  took_us = g_get_monotonic_time () - began_us;
  if (flusher != NULL)
    g_thread_join (flusher);
  g_thread_join (server);
  gst_rtsp_message_unset (&message);
  gst_rtsp_connection_free (connection);
  gst_rtsp_url_free (url);
  return result == GST_RTSP_OK ? took_us / 1e6 : -took_us / 1e6;
}

int
main (void)
{
  GSocketAddress *any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  GSocketAddress *bound;
  char *address;
  double flushed, dripped;

  listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, 0, NULL);
  g_socket_bind (listener, any, TRUE, NULL);
  g_socket_listen (listener, NULL);
  bound = g_socket_get_local_address (listener, NULL);
  address = g_strdup_printf ("rtsp://127.0.0.1:%u/x",
                             g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  flushed = ask (address, FALSE, TRUE, 10);
  g_print ("timeout 10 s, flushed after 0.5 s, answer in two pieces 3 s apart: %s after %.1f s\n",
           flushed > 0 ? "OK" : "ended", ABS (flushed));
  dripped = ask (address, TRUE, FALSE, 2);
  g_print ("timeout 2 s, a valid answer with a byte each 0.1 s: %s after %.1f s\n",
           dripped > 0 ? "OK" : "ended", ABS (dripped));
  return flushed > 2.5 && dripped > 4 ? 0 : 1;
}
PROBE
read -ra flags < <(pkg-config --cflags --libs gio-2.0)
gcc -o probe probe.c -I root/usr/include/gstreamer-1.0 "$libraries"/libgst{rtsp,base,reamer}-1.0.so.0 \
  "${flags[@]}" || exit 2
echo "gst-plugins-base $base:"
LD_LIBRARY_PATH=$libraries ./probe
