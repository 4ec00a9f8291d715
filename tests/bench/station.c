/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sending side of the benchmark: RTP or MSB at an exact rate, evenly spaced or in bursts.
 *
 *   station rtp|msb GROUP PORT INTERFACE RATE BURST SECONDS SIZE CHANNELS
 *
 * The packets of RATE go to CHANNELS in turn: to GROUP, and the addresses that follow it. A burst
 * to one channel at a rate that needs it is cut into packets by the kernel (UDP_SEGMENT). Ends when
 * its time is over, even if it could not send as fast as it should. Writes the count of packets
 * sent to its standard output; of MSB each eleventh is parity, and not counted. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BURST_MAX 64
#define SIZE_MAX_BYTES 9000
#define SECOND 1000000000LL
#define SPIN 60000 /* [ns] before the moment: a sleep ends later than it was asked to */
#define RATE 90000
#define SEGMENT_RATE 100000 /* [packets/s] from here on */
#define SEGMENTED_MAX 64000 /* [bytes] */
#define CHANNELS_MAX 64
#define SPAN 10 /* [packets] of MSB between parity */

static int64_t
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

/* Sleeps most of the way. Above 20 000 a second there is no time to sleep in. */
static void
wait_until (int64_t at)
{
  int64_t early = at - SPIN;
  struct timespec time = { .tv_sec = early / SECOND, .tv_nsec = early % SECOND };

  if (early > now ())
    clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
  while (now () < at)
    ;
}

static int
open_socket (struct sockaddr_in *to, const char *group, int port, const char *interface)
{
  struct ip_mreqn over = { .imr_ifindex = (int) if_nametoindex (interface) };
  int buffer = 4 * 1024 * 1024;
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
  to->sin_family = AF_INET;
  to->sin_port = htons ((uint16_t) port);
  if (fd < 0 || inet_pton (AF_INET, group, &to->sin_addr) != 1 || over.imr_ifindex == 0
      || setsockopt (fd, IPPROTO_IP, IP_MULTICAST_IF, &over, sizeof over) != 0) {
    perror ("station");
    exit (1);
  }
  return fd;
}

static void
put16 (uint8_t *at, unsigned value)
{
  at[0] = (uint8_t) (value >> 8);
  at[1] = (uint8_t) value;
}

static void
put32 (uint8_t *at, uint32_t value)
{
  put16 (at, value >> 16);
  put16 (at + 2, value & 0xffff);
}

/* ---- RTP ---- */

static void
begin_rtp (uint8_t *bytes, size_t size)
{
  bytes[0] = 2 << 6;
  bytes[1] = 96;
  put32 (bytes + 8, 0x6c656374);
}

static void
number_rtp (uint8_t *bytes, long long number, int rate)
{
  put16 (bytes + 2, (unsigned) (number & 0xffff));
  put32 (bytes + 4, (uint32_t) (number * RATE / rate));
}

/* ---- MSB ---- */

static void
put_le (uint8_t *at, uint32_t value, int size)
{
  for (int i = 0; i < size; i++)
    at[i] = (uint8_t) (value >> (8 * i));
}

/* A piece of an object that fills the packet, numbered in its span. */
static void
begin_msb (uint8_t *bytes, size_t size)
{
  put_le (bytes + 4, 1, 2);
  put_le (bytes + 6, (uint32_t) size, 2);
  bytes[8] = 0x82;
  bytes[12] = 0x5d;
  bytes[19] = 0x81;
  bytes[25] = 8;
  put_le (bytes + 26, 1000000, 4);
}

/* As nothing is lost, nobody looks at what is in parity. */
static void
number_msb (uint8_t *bytes, long long number, int rate)
{
  long long span = number / (SPAN + 1), place = number % (SPAN + 1);
  uint32_t id = (uint32_t) (span * SPAN + (place < SPAN ? place : SPAN - 1));

  put_le (bytes, id, 4);
  bytes[8] = place < SPAN ? 0x82 : 0x92;
  bytes[9] = (uint8_t) ((place + 1) << 4 | (place < SPAN ? 1 : 2));
  bytes[10] = (uint8_t) span;
  put_le (bytes + 13, (uint32_t) (number * 1000 / rate), 4);
  put_le (bytes + 30, (uint32_t) (number * 1000 / rate) + 3000, 4);
}

/* ---- sending ---- */

typedef struct
{
  void (*begin) (uint8_t *, size_t);
  void (*number) (uint8_t *, long long, int);
  int fd, rate, burst, channels, segmented;
  size_t size;
  struct sockaddr_in to[CHANNELS_MAX];
  uint8_t bytes[BURST_MAX][SIZE_MAX_BYTES];
  struct iovec vectors[BURST_MAX];
  struct mmsghdr messages[BURST_MAX];
} Station;

static void
set_up (Station *self)
{
  for (int i = 1; i < self->channels; i++) {
    self->to[i] = self->to[0];
    self->to[i].sin_addr.s_addr = htonl (ntohl (self->to[0].sin_addr.s_addr) + (uint32_t) i);
  }
  for (int i = 0; i < self->burst; i++) {
    self->vectors[i].iov_base = self->bytes[i];
    self->vectors[i].iov_len = self->size;
    self->messages[i].msg_hdr.msg_iov = &self->vectors[i];
    self->messages[i].msg_hdr.msg_iovlen = 1;
    self->messages[i].msg_hdr.msg_name = &self->to[0];
    self->messages[i].msg_hdr.msg_namelen = sizeof self->to[0];
    self->begin (self->bytes[i], self->size);
  }
  self->segmented
      = self->burst > 1 && self->channels == 1 && self->rate >= SEGMENT_RATE
        && (size_t) self->burst * self->size <= SEGMENTED_MAX
        && setsockopt (self->fd, IPPROTO_UDP, UDP_SEGMENT, &(int){ (int) self->size }, sizeof (int))
               == 0;
}

/* Those of one channel are numbered one by one. */
static void
write_burst (Station *self, long long sent, int count)
{
  for (int i = 0; i < count; i++) {
    long long number = sent + i;

    self->number (self->bytes[i], number / self->channels, self->rate / self->channels);
    self->messages[i].msg_hdr.msg_name = &self->to[number % self->channels];
  }
}

static void
send_burst (Station *self, int count)
{
  int messages = self->segmented ? 1 : count;
  int done = 0;

  self->messages[0].msg_hdr.msg_iovlen = self->segmented ? (size_t) count : 1;
  while (done < messages) {
    int n = sendmmsg (self->fd, self->messages + done, (unsigned) (messages - done), 0);

    if (n < 0 && errno != EINTR && errno != ENOBUFS) {
      perror ("station");
      exit (1);
    }
    done += n > 0 ? n : 0;
  }
}

static int
is_in_range (const Station *self)
{
  return self->rate >= 1 && self->burst >= 1 && self->burst <= BURST_MAX && self->size >= 64
         && self->size <= SIZE_MAX_BYTES && self->channels >= 1 && self->channels <= CHANNELS_MAX
         && self->rate >= self->channels;
}

int
main (int argc, char **argv)
{
  static Station self = { .begin = begin_rtp, .number = number_rtp };
  long long total, sent = 0;
  int64_t start, duration;

  if (argc != 10) {
    fprintf (stderr, "station rtp|msb GROUP PORT INTERFACE RATE BURST SECONDS SIZE CHANNELS\n");
    return 2;
  }
  if (strcmp (argv[1], "msb") == 0) {
    self.begin = begin_msb;
    self.number = number_msb;
  }
  argv++;
  self.fd = open_socket (&self.to[0], argv[1], atoi (argv[2]), argv[3]);
  self.rate = atoi (argv[4]);
  self.burst = atoi (argv[5]);
  total = (long long) (self.rate * atof (argv[6]));
  duration = (int64_t) (SECOND * atof (argv[6]));
  self.size = (size_t) atoi (argv[7]);
  self.channels = atoi (argv[8]);
  if (!is_in_range (&self)) {
    fprintf (stderr, "station: a number is out of range\n");
    return 2;
  }
  set_up (&self);

  start = now ();
  while (sent < total && now () < start + duration) {
    int count = self.burst < total - sent ? self.burst : (int) (total - sent);

    write_burst (&self, sent, count);
    wait_until (start + sent * SECOND / self.rate);
    send_burst (&self, count);
    sent += count;
  }
  printf ("%lld\n", self.number == number_msb ? sent - sent / (SPAN + 1) : sent);
  return 0;
}
