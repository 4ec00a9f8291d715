/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/querier.h"

#include <fcntl.h>
#include <netinet/igmp.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* RFC 3376, sections 8.2 to 8.5: a querier asks every 125 s, and is gone when it has not for twice
 * that and the time to answer. */
#define ASKS_EVERY (135 * G_TIME_SPAN_SECOND)
#define GONE_AFTER (260 * G_TIME_SPAN_SECOND)
#define AT_ONCE 64     /* messages; a flood of them must not keep us from the packets */
#define TEXT_MAX 32768 /* [bytes] read of what the system says */

typedef struct
{
  guint interface;      /* 0: free */
  gint64 asked_us[2];   /* IGMP, MLD; -1: never */
  gint64 watched_us[2]; /* since then, a query would have been seen; -1: it would not */
  guint64 counted;      /* MLD queries so far */
} Link;

struct _LecQuerier
{
  int fd;
  gint64 since_us;
  Link links[LEC_MAX_INTERFACES];
};

LecQuerier *
lec_querier_new (void)
{
  LecQuerier *self = g_new0 (LecQuerier, 1);
  int on = 1;

  self->since_us = g_get_monotonic_time ();
  self->fd = socket (AF_INET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_IGMP);
  if (self->fd >= 0)
    setsockopt (self->fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
  return self;
}

void
lec_querier_free (LecQuerier *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

int
lec_querier_get_fd (const LecQuerier *self)
{
  return self->fd;
}

static gint
which (int family)
{
  return family == AF_INET ? 0 : 1;
}

static const Link *
find (const LecQuerier *self, guint interface)
{
  for (guint i = 0; i < LEC_MAX_INTERFACES; i++) {
    if (self->links[i].interface == interface)
      return &self->links[i];
  }
  return NULL;
}

/* (nullable) when there are more than anybody joins on. */
static Link *
find_or_add (LecQuerier *self, guint interface)
{
  Link *link = (Link *) find (self, interface);

  if (link == NULL)
    link = (Link *) find (self, 0);
  if (link == NULL || link->interface == interface)
    return link;
  link->interface = interface;
  link->asked_us[0] = link->asked_us[1] = -1;
  link->watched_us[0] = self->fd >= 0 ? self->since_us : -1;
  link->watched_us[1] = -1;
  return link;
}

static gboolean
is_query (const guint8 *bytes, gsize size)
{
  gsize header;

  if (size < sizeof (struct ip))
    return FALSE;
  header = (gsize) (bytes[0] & 0x0f) * 4;
  return size >= header + IGMP_MINLEN && bytes[header] == IGMP_MEMBERSHIP_QUERY;
}

void
lec_querier_read (LecQuerier *self)
{
  guint8 bytes[256];
  union
  {
    struct cmsghdr align;
    guint8 bytes[CMSG_SPACE (sizeof (struct in_pktinfo))];
  } control;
  struct iovec vector = { bytes, sizeof bytes };
  ssize_t got;

  for (guint i = 0; i < AT_ONCE; i++) {
    struct msghdr message = {
      .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
    };
    struct cmsghdr *first;
    Link *link;

    got = recvmsg (self->fd, &message, MSG_DONTWAIT);
    if (got < 0)
      return;
    first = CMSG_FIRSTHDR (&message);
    if (first == NULL || first->cmsg_level != IPPROTO_IP || first->cmsg_type != IP_PKTINFO
        || !is_query (bytes, (gsize) got))
      continue;
    link = find_or_add (self, (guint) ((struct in_pktinfo *) CMSG_DATA (first))->ipi_ifindex);
    if (link != NULL)
      link->asked_us[0] = g_get_monotonic_time ();
  }
}

/* ---- what the system counts ---- */

static gboolean
read_text (const char *path, char *text)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gsize size = 0;
  ssize_t got;

  if (fd < 0)
    return FALSE;
  while (size < TEXT_MAX - 1 && (got = read (fd, text + size, TEXT_MAX - 1 - size)) > 0)
    size += (gsize) got;
  close (fd);
  text[size] = '\0';
  return TRUE;
}

static void
look_for_mld (Link *link, const char *name)
{
  g_autofree char *path = g_strconcat ("/proc/net/dev_snmp6/", name, NULL);
  char text[TEXT_MAX];
  const char *line;
  guint64 counted;

  if (!read_text (path, text))
    return;
  line = strstr (text, "Icmp6InGroupMembQueries");
  if (line == NULL)
    return;
  counted = g_ascii_strtoull (line + strcspn (line, " \t"), NULL, 10);
  if (link->watched_us[1] < 0)
    link->watched_us[1] = g_get_monotonic_time ();
  else if (counted > link->counted)
    link->asked_us[1] = g_get_monotonic_time ();
  link->counted = counted;
}

/* The kernel remembers for 260 s that it was asked in words of IGMPv1 or v2, and says which. */
static void
look_for_old_igmp (Link *link, guint interface)
{
  char text[TEXT_MAX];
  const char *line = text;

  if (!read_text ("/proc/net/igmp", text))
    return;
  while ((line = strchr (line, '\n')) != NULL) {
    g_autofree char *words = NULL;

    line++;
    if (g_ascii_strtoull (line, NULL, 10) != interface || !g_ascii_isdigit (*line))
      continue;
    words = g_strndup (line, strcspn (line, "\n"));
    if (g_str_has_suffix (g_strchomp (words), "V2") || g_str_has_suffix (words, "V1"))
      link->asked_us[0] = g_get_monotonic_time ();
  }
}

void
lec_querier_look (LecQuerier *self, const LecInterface *interface)
{
  Link *link = find_or_add (self, interface->index);

  if (link == NULL)
    return;
  look_for_mld (link, interface->name);
  if (self->fd < 0)
    look_for_old_igmp (link, interface->index);
}

LecQuerierState
lec_querier_get_state (const LecQuerier *self, int family, guint interface, gint64 *asked_us)
{
  const Link *link = find (self, interface);
  gint64 now_us = g_get_monotonic_time ();
  guint i = (guint) which (family);

  *asked_us = link != NULL ? link->asked_us[i] : -1;
  if (*asked_us >= 0 && now_us - *asked_us < GONE_AFTER)
    return LEC_QUERIER_SEEN;
  if (link == NULL || link->watched_us[i] < 0 || now_us - link->watched_us[i] < ASKS_EVERY)
    return LEC_QUERIER_UNKNOWN;
  return LEC_QUERIER_UNSEEN;
}
