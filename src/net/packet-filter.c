/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/packet-filter.h"

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONFIG "/etc/nftables.conf"
#define UFW "/etc/ufw/ufw.conf"
#define ANSWERS 64 /* read of the kernel; each has many chains */

/* ---- names ---- */

/* As they need no quotes; whoever has others finds them without help. */
static gboolean
is_plain (const char *name)
{
  return *name != '\0'
         && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./")
                == strlen (name);
}

static void
add_chain (GPtrArray *chains, const char *family, const char *table, const char *chain)
{
  if (chains->len < LEC_MAX_CHAINS && is_plain (table) && is_plain (chain))
    g_ptr_array_add (chains, g_strdup_printf ("%s %s %s", family, table, chain));
}

static GStrv
take (GPtrArray *chains)
{
  g_ptr_array_add (chains, NULL);
  return (GStrv) g_ptr_array_free (chains, FALSE);
}

/* (nullable): as nft has it; NULL: packets of @family do not pass its chains. */
static const char *
get_family_name (guint nf_family, int family)
{
  switch (nf_family) {
  case NFPROTO_INET:
    return "inet";
  case NFPROTO_NETDEV:
    return "netdev";
  case NFPROTO_IPV4:
    return family == AF_INET ? "ip" : NULL;
  case NFPROTO_IPV6:
    return family == AF_INET6 ? "ip6" : NULL;
  default:
    return NULL;
  }
}

/* ---- of the kernel ---- */

typedef struct
{
  const struct nlattr *items[NFTA_CHAIN_MAX + 1];
} Attributes;

static void
read_attributes (const void *bytes, gsize size, Attributes *attributes)
{
  const guint8 *at = bytes;

  *attributes = (Attributes){ 0 };
  while (size >= sizeof (struct nlattr)) {
    const struct nlattr *one = (const struct nlattr *) at;
    const guint type = one->nla_type & NLA_TYPE_MASK;
    gsize step;

    if (one->nla_len < sizeof *one || one->nla_len > size)
      return;
    if (type <= NFTA_CHAIN_MAX)
      attributes->items[type] = one;
    step = MIN ((gsize) NLA_ALIGN (one->nla_len), size);
    at += step;
    size -= step;
  }
}

static const void *
get_bytes (const Attributes *attributes, guint type, gsize *size)
{
  const struct nlattr *one = attributes->items[type];

  *size = one != NULL ? one->nla_len - sizeof *one : 0;
  return one != NULL ? (const guint8 *) one + sizeof *one : NULL;
}

static guint32
get_number (const Attributes *attributes, guint type)
{
  gsize size;
  const void *bytes = get_bytes (attributes, type, &size);
  guint32 number = 0;

  if (size == sizeof number)
    memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

static char *
dup_text (const Attributes *attributes, guint type)
{
  gsize size;
  const char *bytes = get_bytes (attributes, type, &size);

  return g_strndup (bytes != NULL ? bytes : "", size);
}

/* Whether what comes in passes a chain at @hook. */
static gboolean
is_on_the_way_in (guint nf_family, guint32 hook)
{
  if (nf_family == NFPROTO_NETDEV)
    return hook == NF_NETDEV_INGRESS;
  return hook == NF_INET_PRE_ROUTING || hook == NF_INET_LOCAL_IN || hook == NF_INET_INGRESS;
}

static void
note_chain (GPtrArray *chains, int family, const struct nfgenmsg *head, const Attributes *chain)
{
  g_autofree char *table = dup_text (chain, NFTA_CHAIN_TABLE);
  g_autofree char *name = dup_text (chain, NFTA_CHAIN_NAME);
  g_autofree char *type = dup_text (chain, NFTA_CHAIN_TYPE);
  const char *family_name = get_family_name (head->nfgen_family, family);
  Attributes hook;
  gsize size;
  const void *bytes = get_bytes (chain, NFTA_CHAIN_HOOK, &size);
  const gboolean has_rules = get_number (chain, NFTA_CHAIN_USE) > 0;

  if (bytes == NULL || family_name == NULL || strcmp (type, "filter") != 0)
    return;
  read_attributes (bytes, size, &hook);
  if (is_on_the_way_in (head->nfgen_family, get_number (&hook, NFTA_HOOK_HOOKNUM))
      && (has_rules || get_number (chain, NFTA_CHAIN_POLICY) == NF_DROP))
    add_chain (chains, family_name, table, name);
}

/* Returns: FALSE at the end */
static gboolean
note_answer (GPtrArray *chains, int family, const struct nlmsghdr *message, gboolean *refused)
{
  const struct nfgenmsg *head = NLMSG_DATA (message);
  Attributes chain;

  if (message->nlmsg_type == NLMSG_ERROR)
    *refused = TRUE;
  if (message->nlmsg_type == NLMSG_ERROR || message->nlmsg_type == NLMSG_DONE)
    return FALSE;
  if (message->nlmsg_type == (NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_NEWCHAIN)
      && message->nlmsg_len >= NLMSG_LENGTH (sizeof *head)) {
    read_attributes ((const guint8 *) head + NLMSG_ALIGN (sizeof *head),
                     message->nlmsg_len - NLMSG_SPACE (sizeof *head), &chain);
    note_chain (chains, family, head, &chain);
  }
  return TRUE;
}

static gboolean
read_answers (int fd, int family, GPtrArray *chains)
{
  union
  {
    struct nlmsghdr header;
    char bytes[32768];
  } buffer;
  gboolean goes_on = TRUE, refused = FALSE;

  for (guint i = 0; i < ANSWERS && goes_on; i++) {
    const ssize_t got = recv (fd, &buffer, sizeof buffer, MSG_DONTWAIT);
    int left = (int) got;

    if (got <= 0)
      return FALSE;
    for (const struct nlmsghdr *m = &buffer.header;
         goes_on && left > 0 && NLMSG_OK (m, (guint) left); m = NLMSG_NEXT (m, left))
      goes_on = note_answer (chains, family, m, &refused);
  }
  return !refused;
}

/* (nullable) NULL: it is the administrator's to know (CAP_NET_ADMIN). */
static GStrv
list_chains (int family)
{
  struct
  {
    struct nlmsghdr header;
    struct nfgenmsg body;
  } request = { .header = { .nlmsg_len = sizeof request,
                            .nlmsg_type = NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETCHAIN,
                            .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
                .body = { .nfgen_family = NFPROTO_UNSPEC, .version = NFNETLINK_V0 } };
  GPtrArray *chains = g_ptr_array_new_with_free_func (g_free);
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
  gboolean told = FALSE;

  if (fd >= 0 && send (fd, &request, sizeof request, 0) == (ssize_t) sizeof request)
    told = read_answers (fd, family, chains);
  if (fd >= 0)
    close (fd);
  if (told)
    return take (chains);
  g_ptr_array_unref (chains);
  return NULL;
}

/* ---- of files ---- */

static guint
parse_family (const char *name)
{
  return g_str_equal (name, "inet")     ? NFPROTO_INET
         : g_str_equal (name, "netdev") ? NFPROTO_NETDEV
         : g_str_equal (name, "ip")     ? NFPROTO_IPV4
         : g_str_equal (name, "ip6")    ? NFPROTO_IPV6
                                        : NFPROTO_UNSPEC;
}

/* Line by line:
 *
 *     table inet filter {
 *       chain input {
 *         type filter hook input priority filter; …
 */
GStrv
lec_packet_filter_read_chains (const char *config, int family)
{
  g_auto (GStrv) lines = g_strsplit (config, "\n", -1);
  GPtrArray *chains = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) table = g_new0 (char *, 1), chain = g_new0 (char *, 1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (g_strchug (lines[i]), " ", 5);
    const guint count = g_strv_length (words);

    if (count >= 3 && g_str_equal (words[0], "table")) {
      g_strfreev (table);
      table = g_steal_pointer (&words);
    } else if (count >= 2 && g_str_equal (words[0], "chain")) {
      g_strfreev (chain);
      chain = g_steal_pointer (&words);
    } else if (count >= 4 && g_str_equal (words[0], "type") && g_str_equal (words[1], "filter")
               && (g_str_equal (words[3], "input") || g_str_equal (words[3], "prerouting")
                   || g_str_equal (words[3], "ingress"))
               && table[0] != NULL && chain[0] != NULL
               && get_family_name (parse_family (table[1]), family) != NULL) {
      add_chain (chains, table[1], table[2], chain[1]);
    }
  }
  return take (chains);
}

static gboolean
says (const char *path, const char *line)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  return g_strv_contains ((const char *const *) lines, line);
}

/* A service of systemd has a control group while it runs. */
static gboolean
runs_firewalld (void)
{
  return access ("/sys/fs/cgroup/system.slice/firewalld.service", F_OK) == 0
         || access ("/sys/fs/cgroup/systemd/system.slice/firewalld.service", F_OK) == 0;
}

/* ---- which ---- */

static gboolean
has_table (GStrv chains, const char *table)
{
  for (guint i = 0; chains[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (chains[i], " ", 3);

    if (g_str_equal (words[1], table))
      return TRUE;
  }
  return FALSE;
}

/* All is known. */
static LecPacketFilter
judge (GStrv chains, int family)
{
  const char *names
      = family == AF_INET ? "/proc/net/ip_tables_names" : "/proc/net/ip6_tables_names";

  if (has_table (chains, "firewalld"))
    return LEC_PACKET_FILTER_FIREWALLD;
  if ((chains[0] == NULL || has_table (chains, "filter")) && says (UFW, "ENABLED=yes"))
    return LEC_PACKET_FILTER_UFW;
  if (chains[0] != NULL)
    return LEC_PACKET_FILTER_NFTABLES;
  return says (names, "filter") ? LEC_PACKET_FILTER_IPTABLES : LEC_PACKET_FILTER_UNKNOWN;
}

LecPacketFilter
lec_packet_filter_find (int family, GStrv *chains)
{
  g_autofree char *config = NULL;

  *chains = list_chains (family);
  if (*chains != NULL)
    return judge (*chains, family);
  g_file_get_contents (CONFIG, &config, NULL, NULL);
  *chains = lec_packet_filter_read_chains (config != NULL ? config : "", family);
  if (runs_firewalld ())
    return LEC_PACKET_FILTER_FIREWALLD;
  return says (UFW, "ENABLED=yes") ? LEC_PACKET_FILTER_UFW : LEC_PACKET_FILTER_UNKNOWN;
}
