/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/capture.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "channel/error.h"
#include "net/output-file.h"

#define LINKTYPE_RAW 101 /* begins with an IPv4 or IPv6 header */
#define PCAP_MAGIC_NS 0xa1b23c4d
#define SNAP 65535
#define UDP_HEADER 8
#define HEADERS_MAX (sizeof (struct in6_addr) * 2 + 8 + UDP_HEADER)

struct _LecCapture
{
  FILE *file;
  int error; /* errno; 0: none */
};

static void
put16 (guint8 *at, guint value)
{
  at[0] = (guint8) (value >> 8);
  at[1] = (guint8) value;
}

LecCapture *
lec_capture_open (const char *path, GError **error)
{
  /* magic, version 2.4, zone, accuracy, snap length, link type; in the host's byte order */
  const guint32 header[] = { PCAP_MAGIC_NS, 2 | 4 << 16, 0, 0, SNAP, LINKTYPE_RAW };
  gboolean continues;
  int fd = lec_output_file_open (path, &continues, error);
  LecCapture *self;
  FILE *file;

  if (fd < 0)
    return NULL;
  lec_output_file_begin (fd);
  file = fdopen (fd, "wb");
  if ((!continues && fwrite (header, sizeof header, 1, file) != 1) || fflush (file) != 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE, _ ("Cannot write “%1$s”: %2$s"), path,
                 g_strerror (errno));
    fclose (file);
    return NULL;
  }
  self = g_new0 (LecCapture, 1);
  self->file = file;
  return self;
}

void
lec_capture_free (LecCapture *self)
{
  if (self == NULL)
    return;
  fclose (self->file);
  g_free (self);
}

void
lec_capture_flush (LecCapture *self)
{
  if (self->error == 0 && fflush (self->file) != 0)
    self->error = errno;
}

int
lec_capture_get_error (const LecCapture *self)
{
  return self->error;
}

/* RFC 791, section 3.1: version and length, total length, ttl, protocol, checksum, addresses. */
static gsize
print_ipv4 (guint8 *at, const struct sockaddr_in *from, const struct sockaddr_in *to, gsize size)
{
  guint32 sum = 0;

  memset (at, 0, 20);
  at[0] = 0x45;
  put16 (at + 2, (guint) (20 + UDP_HEADER + size));
  at[8] = 64;
  at[9] = IPPROTO_UDP;
  memcpy (at + 12, &from->sin_addr, 4);
  memcpy (at + 16, &to->sin_addr, 4);
  for (guint i = 0; i < 20; i += 2)
    sum += (guint) (at[i] << 8 | at[i + 1]);
  sum = (sum & 0xffff) + (sum >> 16);
  sum += sum >> 16;
  put16 (at + 10, ~sum & 0xffff);
  return 20;
}

/* RFC 8200, section 3. */
static gsize
print_ipv6 (guint8 *at, const struct sockaddr_in6 *from, const struct sockaddr_in6 *to, gsize size)
{
  memset (at, 0, 8);
  at[0] = 0x60;
  put16 (at + 4, (guint) (UDP_HEADER + size));
  at[6] = IPPROTO_UDP;
  at[7] = 64;
  memcpy (at + 8, &from->sin6_addr, 16);
  memcpy (at + 24, &to->sin6_addr, 16);
  return 40;
}

void
lec_capture_write (LecCapture *self,
                   gint64 real_ns,
                   const struct sockaddr_storage *from,
                   const struct sockaddr_storage *to,
                   const guint8 *data,
                   gsize size,
                   gsize whole)
{
  guint8 headers[HEADERS_MAX];
  gboolean is_v4 = from->ss_family == AF_INET;
  gsize length;
  guint32 record[4];

  size = MIN (size, SNAP - HEADERS_MAX);
  if (is_v4)
    length = print_ipv4 (headers, (const struct sockaddr_in *) from,
                         (const struct sockaddr_in *) to, whole);
  else
    length = print_ipv6 (headers, (const struct sockaddr_in6 *) from,
                         (const struct sockaddr_in6 *) to, whole);
  /* the port is at one place in both families; no checksum, which IPv4 allows */
  memcpy (headers + length, &((const struct sockaddr_in *) from)->sin_port, 2);
  memcpy (headers + length + 2, &((const struct sockaddr_in *) to)->sin_port, 2);
  put16 (headers + length + 4, (guint) (UDP_HEADER + whole));
  put16 (headers + length + 6, 0);
  length += UDP_HEADER;

  record[0] = (guint32) (real_ns / 1000000000);
  record[1] = (guint32) (real_ns % 1000000000);
  record[2] = (guint32) (length + size);
  record[3] = (guint32) (length + whole);
  if (self->error == 0
      && (fwrite (record, sizeof record, 1, self->file) != 1
          || fwrite (headers, length, 1, self->file) != 1
          || (size > 0 && fwrite (data, size, 1, self->file) != 1)))
    self->error = errno;
}
