/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-listener.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define QUIET_MS 1500 /* a report is repeated within a second (RFC 3376, section 8.11) */
#define V2_REPORT 0x16
#define LEAVE 0x17
#define V3_REPORT 0x22
#define MLD2_REPORT 143
#define HOP_BY_HOP 8 /* bytes: the router alert that comes with MLD */

struct _ReportListener
{
  int fd;
};

ReportListener *
report_listener_new (const char *interface)
{
  ReportListener *self = g_new0 (ReportListener, 1);
  struct sockaddr_ll address = { .sll_family = AF_PACKET, .sll_protocol = htons (ETH_P_ALL) };

  address.sll_ifindex = (int) if_nametoindex (interface);
  self->fd = socket (AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, htons (ETH_P_ALL));
  g_assert_cmpint (self->fd, >=, 0);
  g_assert_cmpint (bind (self->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return self;
}

void
report_listener_free (ReportListener *self)
{
  close (self->fd);
  g_free (self);
}

static gboolean
is_group (int family, const guint8 *bytes, const char *group)
{
  char text[INET6_ADDRSTRLEN];

  return strcmp (inet_ntop (family, bytes, text, sizeof text), group) == 0;
}

/* The records of RFC 3376, section 4.2, and RFC 3810, section 5.2, differ in their addresses'
 * length only. */
static char *
find_record (int family, const guint8 *report, const guint8 *end, const char *group)
{
  static const char *const types[] = { "?", "is-in", "is-ex", "to-in", "to-ex", "allow", "block" };
  const gsize length = family == AF_INET ? 4 : 16;
  const guint8 *record = report + 8;

  for (guint left = (guint) (report[6] << 8 | report[7]); left > 0; left--) {
    guint sources;

    g_assert_true (record + 4 + length <= end && record[0] < G_N_ELEMENTS (types));
    sources = (guint) (record[2] << 8 | record[3]);
    g_assert_true (record + 4 + length + sources * length <= end);
    if (is_group (family, record + 4, group)) {
      g_autoptr (GString) text = g_string_new (types[record[0]]);

      for (guint i = 0; i < sources; i++) {
        char source[INET6_ADDRSTRLEN];

        inet_ntop (family, record + 4 + length + i * length, source, sizeof source);
        g_string_append_printf (text, " %s", source);
      }
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
    record += 4 + length + sources * length;
  }
  return NULL;
}

static char *
read_igmp (const guint8 *bytes, const guint8 *end, const char *group)
{
  const guint8 *report = bytes + (bytes[0] & 0x0f) * 4;

  if (bytes[9] != IPPROTO_IGMP || report + 8 > end)
    return NULL;
  if (report[0] == V3_REPORT)
    return find_record (AF_INET, report, end, group);
  if ((report[0] == V2_REPORT || report[0] == LEAVE) && is_group (AF_INET, report + 4, group))
    return g_strdup (report[0] == LEAVE ? "leave" : "v2");
  return NULL;
}

static char *
read_mld (const guint8 *bytes, const guint8 *end, const char *group)
{
  const guint8 *report = bytes + 40 + HOP_BY_HOP;

  if (bytes[6] != IPPROTO_HOPOPTS || report + 8 > end || report[0] != MLD2_REPORT)
    return NULL;
  return find_record (AF_INET6, report, end, group);
}

char *
report_listener_next (ReportListener *self, const char *group, gint64 patience_us)
{
  gint64 end_us = g_get_monotonic_time () + patience_us;

  for (;;) {
    gint64 left_ms = (end_us - g_get_monotonic_time ()) / 1000;
    struct pollfd fd = { .fd = self->fd, .events = POLLIN };
    guint8 bytes[2048];
    char *text = NULL;
    ssize_t got;

    if (left_ms < 0 || poll (&fd, 1, (int) left_ms) <= 0)
      return NULL;
    got = recv (self->fd, bytes, sizeof bytes, 0);
    if (got >= 28 && bytes[0] >> 4 == 4)
      text = read_igmp (bytes, bytes + got, group);
    else if (got >= 56 && bytes[0] >> 4 == 6)
      text = read_mld (bytes, bytes + got, group);
    if (text != NULL)
      return text;
  }
}

void
report_listener_hush (ReportListener *self)
{
  struct pollfd fd = { .fd = self->fd, .events = POLLIN };
  guint8 bytes[2048];

  while (poll (&fd, 1, QUIET_MS) > 0)
    g_assert_cmpint (recv (self->fd, bytes, sizeof bytes, 0), >=, 0);
}
