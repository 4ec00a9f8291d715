/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/interfaces.h"

#include <glib/gi18n-lib.h>
#include <ifaddrs.h>
#include <string.h>
#include <unistd.h>

#include "channel/error.h"

/* The kernel has a `wireless` folder for old drivers' interfaces and a link to the radio for all
 * others'. */
static gboolean
is_wireless (const char *name)
{
  static const char *const marks[] = { "wireless", "phy80211" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++) {
    g_autofree char *path = g_build_filename ("/sys/class/net", name, marks[i], NULL);

    if (access (path, F_OK) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_listed (const GArray *list, const char *name)
{
  for (guint i = 0; i < list->len; i++) {
    if (strcmp (g_array_index (list, LecInterface, i).name, name) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
add (GArray *list, const struct ifaddrs *address)
{
  LecInterface interface = { 0 };

  interface.loopback = (address->ifa_flags & IFF_LOOPBACK) != 0;
  if ((address->ifa_flags & IFF_UP) == 0 || list->len == LEC_MAX_INTERFACES)
    return;
  /* lo carries multicast among programs of this host whether it says so or not */
  if (!interface.loopback && (address->ifa_flags & IFF_MULTICAST) == 0)
    return;
  if (is_listed (list, address->ifa_name))
    return;

  interface.index = if_nametoindex (address->ifa_name);
  g_strlcpy (interface.name, address->ifa_name, sizeof interface.name);
  if (interface.index == 0)
    return;
  interface.wireless = is_wireless (interface.name);
  if (interface.loopback)
    g_array_append_val (list, interface);
  else
    g_array_prepend_val (list, interface);
}

GArray *
lec_interfaces_list (void)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (LecInterface));
  struct ifaddrs *addresses = NULL;

  if (getifaddrs (&addresses) != 0)
    return list;
  for (const struct ifaddrs *a = addresses; a != NULL; a = a->ifa_next)
    add (list, a);
  freeifaddrs (addresses);
  return list;
}

gboolean
lec_interfaces_find (const char *name, LecInterface *interface, GError **error)
{
  g_autoptr (GArray) list = lec_interfaces_list ();
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++) {
    const LecInterface *candidate = &g_array_index (list, LecInterface, i);

    if (strcmp (candidate->name, name) == 0) {
      *interface = *candidate;
      return TRUE;
    }
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", candidate->name);
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
               _ ("No network interface “%1$s” is up; available: %2$s"), name, names->str);
  return FALSE;
}
