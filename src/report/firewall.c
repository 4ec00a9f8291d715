/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/firewall.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Each once. */
static void
add (GPtrArray *list, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
    g_ptr_array_add (list, g_strdup (text));
}

static void
add_port (GPtrArray *ports, guint port)
{
  g_autofree char *text = g_strdup_printf ("%u", port);

  if (port != 0)
    add (ports, text);
}

static gboolean
is_of_family (const GPtrArray *groups, const char *group)
{
  return groups->len == 0
         || (strchr (g_ptr_array_index (groups, 0), ':') == NULL) == (strchr (group, ':') == NULL);
}

/* Groups of one family, as no command has both. */
static void
collect (const LecAlternative *alternative, GPtrArray *groups, GPtrArray *ports)
{
  for (guint i = 0; i < alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);

    for (guint k = 0; k < stream->legs->len; k++) {
      const LecLeg *leg = g_ptr_array_index (stream->legs, k);

      if (is_of_family (groups, leg->group))
        add (groups, leg->group);
      add_port (ports, leg->port);
      add_port (ports, leg->rtcp_port);
    }
  }
}

static char *
join (const GPtrArray *list, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? separator : "",
                            (const char *) g_ptr_array_index (list, i));
  return g_string_free (text, FALSE);
}

/* As a set where there are several. */
static char *
dup_nft (const GPtrArray *list)
{
  g_autofree char *all = join (list, ", ");

  return list->len == 1 ? g_steal_pointer (&all) : g_strdup_printf ("{ %s }", all);
}

static gboolean
is_v6 (const GPtrArray *groups)
{
  return strchr (g_ptr_array_index (groups, 0), ':') != NULL;
}

/* ---- the commands ----
 *
 * Each lets in the querier's questions (IGMP; MLD for IPv6) as well: a channel whose packets alone
 * are let in stops after some minutes, as the network takes silence for leaving (RFC 3376, 8.4). */

/* (transfer full) @command */
static void
append_quoted (GString *sentence, char *command)
{
  g_string_append_printf (sentence, _ ("“%s”"), command);
  g_free (command);
}

/* For each chain, as one that accepts does not keep another from dropping. */
static void
append_nft (GString *sentence, const char *chains, const GPtrArray *groups, const GPtrArray *ports)
{
  const char *family = is_v6 (groups) ? "ip6" : "ip";
  const char *questions = is_v6 (groups) ? "icmpv6 type mld-listener-query" : "ip protocol igmp";
  g_auto (GStrv) each = g_strsplit (*chains != '\0' ? chains : "inet filter input", ", ", -1);
  g_autofree char *nft_groups = dup_nft (groups), *nft_ports = dup_nft (ports);

  for (guint i = 0; each[i] != NULL; i++) {
    g_string_append (sentence, i > 0 ? ", " : "");
    append_quoted (sentence, g_strdup_printf ("nft insert rule %s %s daddr %s udp dport %s accept",
                                              each[i], family, nft_groups, nft_ports));
    g_string_append (sentence, ", ");
    append_quoted (sentence, g_strdup_printf ("nft insert rule %s %s accept", each[i], questions));
  }
}

static void
append_iptables (GString *sentence, const GPtrArray *groups, const GPtrArray *ports)
{
  const char *program = is_v6 (groups) ? "ip6tables-legacy" : "iptables-legacy";
  const char *questions = is_v6 (groups) ? "icmpv6 --icmpv6-type 130" : "igmp";
  g_autofree char *all_groups = join (groups, ","), *all_ports = join (ports, ",");

  append_quoted (sentence,
                 g_strdup_printf ("%s -I INPUT -d %s -p udp -m multiport --dports %s -j ACCEPT",
                                  program, all_groups, all_ports));
  g_string_append (sentence, ", ");
  append_quoted (sentence, g_strdup_printf ("%s -I INPUT -p %s -j ACCEPT", program, questions));
}

/* It lets MLD in by itself (ufw 0.36.2). */
static void
append_ufw (GString *sentence, const GPtrArray *groups, const GPtrArray *ports)
{
  const char *group = groups->len == 1 ? g_ptr_array_index (groups, 0) : "any";
  g_autofree char *all = join (ports, ",");

  append_quoted (sentence, g_strdup_printf ("ufw allow proto udp to %s port %s", group, all));
  if (is_v6 (groups))
    return;
  g_string_append (sentence, ", ");
  append_quoted (sentence, g_strdup ("ufw allow proto igmp to 224.0.0.0/4"));
}

static void
append_firewalld (GString *sentence, const GPtrArray *groups, const GPtrArray *ports)
{
  g_autofree char *all = join (ports, "/udp --add-port=");

  append_quoted (sentence, g_strdup_printf ("firewall-cmd --add-port=%s/udp%s", all,
                                            is_v6 (groups) ? "" : " --add-protocol=igmp"));
}

static void
append_each (GString *sentence, const char *chains, const GPtrArray *groups, const GPtrArray *ports)
{
  append_nft (sentence, chains, groups, ports);
  g_string_append (sentence, _ (" (nftables; “nft list ruleset” tells table and chain), "));
  append_ufw (sentence, groups, ports);
  g_string_append (sentence, _ (" (ufw), or "));
  append_firewalld (sentence, groups, ports);
  g_string_append (sentence, _ (" (firewalld)"));
}

static void
append_command (GString *sentence,
                const LecHostReport *host,
                const GPtrArray *groups,
                const GPtrArray *ports)
{
  switch (host->firewall) {
  case LEC_REPORT_FIREWALL_NFTABLES:
    append_nft (sentence, host->chains, groups, ports);
    break;
  case LEC_REPORT_FIREWALL_IPTABLES:
    append_iptables (sentence, groups, ports);
    break;
  case LEC_REPORT_FIREWALL_UFW:
    append_ufw (sentence, groups, ports);
    break;
  case LEC_REPORT_FIREWALL_FIREWALLD:
    append_firewalld (sentence, groups, ports);
    break;
  case LEC_REPORT_FIREWALL_UNKNOWN:
  default:
    append_each (sentence, host->chains, groups, ports);
    break;
  }
}

void
lec_firewall_append (GString *sentence,
                     const LecHostReport *host,
                     const LecAlternative *alternative)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ports = g_ptr_array_new_with_free_func (g_free);

  if (alternative == NULL)
    return;
  collect (alternative, groups, ports);
  if (groups->len > 0 && ports->len > 0)
    append_command (sentence, host, groups, ports);
}
