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

static void
collect (const LecAlternative *alternative, GPtrArray *groups, GPtrArray *ports)
{
  for (guint i = 0; i < alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (alternative->streams, i);

    for (guint k = 0; k < stream->legs->len; k++) {
      const LecLeg *leg = g_ptr_array_index (stream->legs, k);

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

void
lec_firewall_append (GString *sentence, const LecAlternative *alternative)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ports = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *nft_groups = NULL, *nft_ports = NULL, *ufw_ports = NULL, *adds = NULL;
  const char *group;

  if (alternative == NULL)
    return;
  collect (alternative, groups, ports);
  if (groups->len == 0 || ports->len == 0)
    return;
  group = g_ptr_array_index (groups, 0);
  nft_groups = dup_nft (groups);
  nft_ports = dup_nft (ports);
  ufw_ports = join (ports, ",");
  adds = join (ports, "/udp --add-port=");
  g_string_append_printf (sentence,
                          _ ("“nft insert rule inet filter input %1$s daddr %2$s udp "
                             "dport %3$s accept” (nftables)"),
                          strchr (group, ':') != NULL ? "ip6" : "ip", nft_groups, nft_ports);
  g_string_append_printf (sentence, _ (", “ufw allow proto udp to %1$s port %2$s” (ufw)"),
                          groups->len == 1 ? group : "any", ufw_ports);
  g_string_append_printf (sentence, _ (", or “firewall-cmd --add-port=%s/udp” (firewalld)"), adds);
}
