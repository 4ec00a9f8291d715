/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sending side of the benchmark: RTP or MSB at an exact rate, evenly spaced or in bursts.
 *
 *   station rtp|msb GROUP PORT INTERFACE RATE BURST SECONDS SIZE
 *
 * Ends when its time is over, even if it could not send as fast as it should. Writes the count of
 * packets sent to its standard output; of MSB each eleventh is parity, and not counted. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
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
open_socket (const char *group, int port, const char *interface)
{
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons ((uint16_t) port) };
  struct ip_mreqn over = { .imr_ifindex = (int) if_nametoindex (interface) };
  int buffer = 4 * 1024 * 1024;
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
  if (fd < 0 || inet_pton (AF_INET, group, &to.sin_addr) != 1 || over.imr_ifindex == 0
      || setsockopt (fd, IPPROTO_IP, IP_MULTICAST_IF, &over, sizeof over) != 0
      || connect (fd, (struct sockaddr *) &to, sizeof to) != 0) {
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

int
main (int argc, char **argv)
{
  void (*begin) (uint8_t *, size_t) = begin_rtp;
  void (*number) (uint8_t *, long long, int) = number_rtp;
  static uint8_t bytes[BURST_MAX][SIZE_MAX_BYTES];
  struct mmsghdr messages[BURST_MAX] = { 0 };
  struct iovec vectors[BURST_MAX];
  int fd, rate, burst;
  long long total, sent = 0;
  size_t size;
  int64_t start, duration;

  if (argc != 9) {
    fprintf (stderr, "station rtp|msb GROUP PORT INTERFACE RATE BURST SECONDS SIZE\n");
    return 2;
  }
  if (strcmp (argv[1], "msb") == 0) {
    begin = begin_msb;
    number = number_msb;
  }
  argv++;
  fd = open_socket (argv[1], atoi (argv[2]), argv[3]);
  rate = atoi (argv[4]);
  burst = atoi (argv[5]);
  total = (long long) (rate * atof (argv[6]));
  duration = (int64_t) (SECOND * atof (argv[6]));
  size = (size_t) atoi (argv[7]);
  if (rate < 1 || burst < 1 || burst > BURST_MAX || size < 64 || size > SIZE_MAX_BYTES) {
    fprintf (stderr, "station: a number is out of range\n");
    return 2;
  }
  for (int i = 0; i < BURST_MAX; i++) {
    vectors[i].iov_base = bytes[i];
    vectors[i].iov_len = size;
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
    begin (bytes[i], size);
  }

  start = now ();
  while (sent < total && now () < start + duration) {
    int count = burst < total - sent ? burst : (int) (total - sent);
    int done = 0;

    for (int i = 0; i < count; i++)
      number (bytes[i], sent + i, rate);
    wait_until (start + sent * SECOND / rate);
    while (done < count) {
      int n = sendmmsg (fd, messages + done, (unsigned) (count - done), 0);

      if (n < 0 && errno != EINTR && errno != ENOBUFS) {
        perror ("station");
        return 1;
      }
      done += n > 0 ? n : 0;
    }
    sent += count;
  }
  printf ("%lld\n", number == number_msb ? sent - sent / (SPAN + 1) : sent);
  return 0;
}
