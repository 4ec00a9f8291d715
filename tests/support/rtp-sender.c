/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rtp-sender.h"

#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADER 12
#define NTP_1970 2208988800u /* [s] from 1900 to 1970 */

struct _RtpSender
{
  GSocketAddress *to;
  int fd;
};

static void
native (GSocketAddress *address, struct sockaddr_storage *out, socklen_t *length)
{
  g_autoptr (GError) error = NULL;

  *length = (socklen_t) g_socket_address_get_native_size (address);
  g_socket_address_to_native (address, out, sizeof *out, &error);
  g_assert_no_error (error);
}

static void
choose_interface (int fd, int family, const char *interface)
{
  const struct ip_mreqn v4 = { .imr_ifindex = (int) if_nametoindex (interface) };
  const int index = v4.imr_ifindex;
  int status;

  g_assert_cmpint (index, !=, 0);
  if (family == AF_INET)
    status = setsockopt (fd, IPPROTO_IP, IP_MULTICAST_IF, &v4, sizeof v4);
  else
    status = setsockopt (fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, &index, sizeof index);
  g_assert_cmpint (status, ==, 0);
}

RtpSender *
rtp_sender_new (const char *group, guint16 port, const char *interface, const char *source)
{
  RtpSender *self = g_new0 (RtpSender, 1);
  struct sockaddr_storage address;
  socklen_t length;

  self->to = g_inet_socket_address_new_from_string (group, port);
  g_assert_nonnull (self->to);
  native (self->to, &address, &length);
  self->fd = socket (address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (self->fd, >=, 0);
  choose_interface (self->fd, address.ss_family, interface);
  if (source != NULL) {
    g_autoptr (GSocketAddress) from = g_inet_socket_address_new_from_string (source, 0);

    native (from, &address, &length);
    g_assert_cmpint (bind (self->fd, (struct sockaddr *) &address, length), ==, 0);
  }
  return self;
}

void
rtp_sender_free (RtpSender *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_object_unref (self->to);
  g_free (self);
}

void
rtp_sender_send_bytes (RtpSender *self, const guint8 *bytes, gsize size)
{
  struct sockaddr_storage address;
  socklen_t length;
  ssize_t sent;

  native (self->to, &address, &length);
  sent = sendto (self->fd, bytes, size, 0, (struct sockaddr *) &address, length);
  if (sent < 0)
    g_error ("cannot send %" G_GSIZE_FORMAT " bytes: %s", size, g_strerror (errno));
}

static void
put16 (guint8 *at, guint value)
{
  at[0] = (guint8) (value >> 8);
  at[1] = (guint8) value;
}

static void
put32 (guint8 *at, guint32 value)
{
  put16 (at, value >> 16);
  put16 (at + 2, value & 0xffff);
}

void
rtp_sender_skip (RtpHeader *header)
{
  header->sequence++;
  header->timestamp += header->step;
}

void
rtp_sender_send (RtpSender *self, RtpHeader *header, gsize size)
{
  g_autofree guint8 *bytes = g_malloc0 (HEADER + size);

  bytes[0] = 2 << 6;
  bytes[1] = (guint8) (header->payload | (header->marker ? 0x80 : 0));
  put16 (bytes + 2, header->sequence);
  put32 (bytes + 4, header->timestamp);
  put32 (bytes + 8, header->ssrc);
  if (size >= 2)
    put16 (bytes + HEADER, header->sequence);
  rtp_sender_send_bytes (self, bytes, HEADER + size);
  rtp_sender_skip (header);
}

/* RFC 3550, sections 6.4.1 and 6.5. */
void
rtp_sender_report (RtpSender *self,
                   guint32 ssrc,
                   gint64 ntp_ns,
                   guint32 timestamp,
                   const char *cname)
{
  guint8 bytes[28 + 4 + 4 + 2 + 256] = { 0 };
  gsize length = strlen (cname);
  gsize chunk = (4 + 2 + length + 1 + 3) / 4 * 4;

  bytes[0] = 2 << 6;
  bytes[1] = 200;
  put16 (bytes + 2, 6);
  put32 (bytes + 4, ssrc);
  put32 (bytes + 8, (guint32) (ntp_ns / 1000000000 + NTP_1970));
  put32 (bytes + 12, (guint32) (((guint64) (ntp_ns % 1000000000) << 32) / 1000000000));
  put32 (bytes + 16, timestamp);

  bytes[28] = 2 << 6 | 1;
  bytes[29] = 202;
  put16 (bytes + 30, (guint) (chunk / 4));
  put32 (bytes + 32, ssrc);
  bytes[36] = 1;
  bytes[37] = (guint8) length;
  memcpy (bytes + 38, cname, length);
  rtp_sender_send_bytes (self, bytes, 28 + 4 + chunk);
}
