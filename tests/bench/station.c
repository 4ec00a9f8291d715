/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sending side of the benchmark: RTP at an exact rate, evenly spaced or in bursts.
 *
 *   station GROUP PORT INTERFACE RATE BURST SECONDS SIZE
 *
 * Ends when its time is over, even if it could not send as fast as it should. Writes the count of
 * packets sent to its standard output. */
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

int
main (int argc, char **argv)
{
  static uint8_t bytes[BURST_MAX][SIZE_MAX_BYTES];
  struct mmsghdr messages[BURST_MAX] = { 0 };
  struct iovec vectors[BURST_MAX];
  int fd, rate, burst;
  long long total, sent = 0;
  size_t size;
  int64_t start, duration;

  if (argc != 8) {
    fprintf (stderr, "station GROUP PORT INTERFACE RATE BURST SECONDS SIZE\n");
    return 2;
  }
  fd = open_socket (argv[1], atoi (argv[2]), argv[3]);
  rate = atoi (argv[4]);
  burst = atoi (argv[5]);
  total = (long long) (rate * atof (argv[6]));
  duration = (int64_t) (SECOND * atof (argv[6]));
  size = (size_t) atoi (argv[7]);
  if (rate < 1 || burst < 1 || burst > BURST_MAX || size < 12 || size > SIZE_MAX_BYTES) {
    fprintf (stderr, "station: a number is out of range\n");
    return 2;
  }
  for (int i = 0; i < BURST_MAX; i++) {
    vectors[i].iov_base = bytes[i];
    vectors[i].iov_len = size;
    messages[i].msg_hdr.msg_iov = &vectors[i];
    messages[i].msg_hdr.msg_iovlen = 1;
    bytes[i][0] = 2 << 6;
    bytes[i][1] = 96;
    put32 (bytes[i] + 8, 0x6c656374);
  }

  start = now ();
  while (sent < total && now () < start + duration) {
    int count = burst < total - sent ? burst : (int) (total - sent);
    int done = 0;

    for (int i = 0; i < count; i++) {
      put16 (bytes[i] + 2, (unsigned) ((sent + i) & 0xffff));
      put32 (bytes[i] + 4, (uint32_t) ((sent + i) * RATE / rate));
    }
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
  printf ("%lld\n", sent);
  return 0;
}
