/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/link-watch.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOWER_UP 0x10000 /* IFF_LOWER_UP of linux/if.h, which cannot be had beside net/if.h */
#define LINKS_MAX 64     /* of further ones each word counts as a change */

typedef struct
{
  int index; /* 0: free */
  gboolean up;
} Link;

struct _LecLinkWatch
{
  int fd;
  Link links[LINKS_MAX];
};

/* What is there already comes as the answer, so that only what follows is a change. */
static void
ask_for_links (LecLinkWatch *self)
{
  struct
  {
    struct nlmsghdr header;
    struct ifinfomsg body;
  } request = { 0 };

  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = RTM_GETLINK;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  if (send (self->fd, &request, sizeof request, 0) < 0)
    return; /* then the first word of each link counts as a change */
}

LecLinkWatch *
lec_link_watch_new (void)
{
  struct sockaddr_nl address = { .nl_family = AF_NETLINK };
  g_autoptr (LecLinkWatch) self = g_new0 (LecLinkWatch, 1);

  address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
  self->fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
  if (self->fd < 0 || bind (self->fd, (struct sockaddr *) &address, sizeof address) != 0)
    return NULL;
  ask_for_links (self);
  return g_steal_pointer (&self);
}

void
lec_link_watch_free (LecLinkWatch *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

int
lec_link_watch_get_fd (const LecLinkWatch *self)
{
  return self->fd;
}

static Link *
find (LecLinkWatch *self, int index)
{
  for (guint i = 0; i < LINKS_MAX; i++) {
    if (self->links[i].index == index)
      return &self->links[i];
  }
  return NULL;
}

static gboolean
note_link (LecLinkWatch *self, const struct ifinfomsg *info)
{
  gboolean up = (info->ifi_flags & IFF_UP) != 0 && (info->ifi_flags & LOWER_UP) != 0;
  Link *link = find (self, info->ifi_index);
  gboolean changed;

  if (link == NULL)
    link = find (self, 0);
  if (link == NULL)
    return TRUE;
  changed = link->up != up;
  link->index = info->ifi_index;
  link->up = up;
  return changed;
}

static gboolean
forget_link (LecLinkWatch *self, const struct ifinfomsg *info)
{
  Link *link = find (self, info->ifi_index);

  if (link != NULL)
    *link = (Link){ 0 };
  return TRUE;
}

static gboolean
note (LecLinkWatch *self, const struct nlmsghdr *message)
{
  const struct ifinfomsg *info = NLMSG_DATA (message);
  gboolean changed;

  if (message->nlmsg_type == RTM_NEWADDR)
    return TRUE;
  if (message->nlmsg_len < NLMSG_LENGTH (sizeof *info))
    return FALSE;
  /* a bridge tells in the same words of its ports, which are no links of their own */
  if (info->ifi_family != AF_UNSPEC)
    return FALSE;
  if (message->nlmsg_type == RTM_DELLINK)
    return forget_link (self, info);
  if (message->nlmsg_type != RTM_NEWLINK)
    return FALSE;
  changed = note_link (self, info);
  return changed && (message->nlmsg_flags & NLM_F_MULTI) == 0;
}

gboolean
lec_link_watch_read (LecLinkWatch *self)
{
  union
  {
    struct nlmsghdr header;
    char bytes[32768];
  } buffer;
  gboolean changed = FALSE;
  ssize_t got;

  while ((got = recv (self->fd, &buffer, sizeof buffer, MSG_DONTWAIT)) > 0
         || (got < 0 && errno == ENOBUFS)) {
    int left = (int) got;

    changed |= got < 0; /* so much happened that the kernel could not tell it all */
    for (const struct nlmsghdr *m = &buffer.header; left > 0 && NLMSG_OK (m, (guint) left);
         m = NLMSG_NEXT (m, left))
      changed |= note (self, m);
  }
  return changed;
}
