/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/receive-buffer.h"

#include <sys/socket.h>

#include "wire/units.h"

#define PACKET_BITS (1400 * 8)
#define PACKET_COST 2304 /* [bytes] the kernel counts for such a packet */

/* Nothing is allocated before it is used, so the unknown may be much. */
#define USUAL_BANDWIDTH (160 * 1000 * 1000)

guint
lec_receive_buffer_get_need (guint64 bandwidth)
{
  if (bandwidth == 0)
    bandwidth = USUAL_BANDWIDTH;
  bandwidth = MIN (bandwidth, G_GUINT64_CONSTANT (100000000000));
  return (guint) CLAMP (bandwidth * PACKET_COST / PACKET_BITS / 2, LEC_RECEIVE_BUFFER_MIN,
                        LEC_RECEIVE_BUFFER_MAX);
}

static guint
get (int fd)
{
  int granted = 0;
  socklen_t length = sizeof granted;

  getsockopt (fd, SOL_SOCKET, SO_RCVBUF, &granted, &length);
  return (guint) MAX (granted, 0);
}

/* The system doubles the requested size, and reports the double. */
guint
lec_receive_buffer_set (int fd, guint need)
{
  int wanted = (int) (need / 2);

  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &wanted, sizeof wanted);
  if (get (fd) < need)
    setsockopt (fd, SOL_SOCKET, SO_RCVBUFFORCE, &wanted, sizeof wanted);
  return get (fd);
}

guint
lec_receive_buffer_get_headroom (guint size)
{
  return size / PACKET_COST;
}

gint64
lec_receive_buffer_get_time (guint size, guint64 bandwidth)
{
  if (bandwidth == 0)
    return G_MAXINT64;
  return (gint64) ((double) size / PACKET_COST * PACKET_BITS / (double) bandwidth
                   * (double) SECOND);
}
