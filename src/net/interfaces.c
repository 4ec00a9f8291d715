/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "net/interfaces.h"

#include <glib/gi18n-lib.h>
#include <ifaddrs.h>
#include <string.h>
#include <unistd.h>

#include "channel/error.h"
#include "net/host.h"

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

/* Without a carrier the kernel says -1, or nothing. */
static guint
read_speed (const char *name)
{
  g_autofree char *path = g_build_filename ("/sys/class/net", name, "speed", NULL);
  g_autofree char *text = NULL;
  gint64 speed;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  speed = g_ascii_strtoll (text, NULL, 10);
  return speed > 0 && speed <= G_MAXINT32 ? (guint) speed : 0;
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

/* FALSE where it has gone in between. */
static gboolean
describe (const struct ifaddrs *address, LecInterface *interface)
{
  *interface = (LecInterface){ .index = if_nametoindex (address->ifa_name),
                               .loopback = (address->ifa_flags & IFF_LOOPBACK) != 0 };
  g_strlcpy (interface->name, address->ifa_name, sizeof interface->name);
  interface->wireless = is_wireless (interface->name);
  interface->speed = read_speed (interface->name);
  return interface->index != 0;
}

static void
add (GArray *list, const struct ifaddrs *address)
{
  const gboolean loopback = (address->ifa_flags & IFF_LOOPBACK) != 0;
  LecInterface interface;

  if ((address->ifa_flags & IFF_UP) == 0 || list->len == LEC_MAX_INTERFACES)
    return;
  /* lo carries multicast among programs of this host whether it says so or not */
  if (!loopback && (address->ifa_flags & IFF_MULTICAST) == 0)
    return;
  if (is_listed (list, address->ifa_name) || !describe (address, &interface))
    return;
  if (loopback)
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

/* Whether @address is that of a host, whichever port; @link has none. */
static gboolean
is_address (const struct ifaddrs *link, const struct sockaddr_storage *address)
{
  const struct sockaddr *own = link->ifa_addr;

  if (own == NULL || own->sa_family != address->ss_family)
    return FALSE;
  if (own->sa_family == AF_INET)
    return ((const struct sockaddr_in *) own)->sin_addr.s_addr
           == ((const struct sockaddr_in *) address)->sin_addr.s_addr;
  return IN6_ARE_ADDR_EQUAL (&((const struct sockaddr_in6 *) own)->sin6_addr,
                             &((const struct sockaddr_in6 *) address)->sin6_addr);
}

/* The interface with an address, or of an index; NULL where @name is neither, or none has it. */
static char *
dup_name (const char *name)
{
  struct sockaddr_storage address;
  struct ifaddrs *addresses = NULL;
  char found[IF_NAMESIZE] = "";
  guint64 index;

  if (g_ascii_string_to_unsigned (name, 10, 1, G_MAXINT, &index, NULL))
    return if_indextoname ((guint) index, found) != NULL ? g_strdup (found) : NULL;
  if (!lec_host_parse (name, 0, &address) || getifaddrs (&addresses) != 0)
    return NULL;
  for (const struct ifaddrs *a = addresses; a != NULL && found[0] == '\0'; a = a->ifa_next) {
    if (is_address (a, &address))
      g_strlcpy (found, a->ifa_name, sizeof found);
  }
  freeifaddrs (addresses);
  return found[0] != '\0' ? g_strdup (found) : NULL;
}

gboolean
lec_interfaces_find (const char *name, LecInterface *interface, GError **error)
{
  g_autoptr (GArray) list = lec_interfaces_list ();
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *other = dup_name (name);

  for (guint i = 0; i < list->len; i++) {
    const LecInterface *candidate = &g_array_index (list, LecInterface, i);

    if (strcmp (candidate->name, name) == 0 || g_strcmp0 (candidate->name, other) == 0) {
      *interface = *candidate;
      return TRUE;
    }
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", candidate->name);
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
               _ ("No network interface “%1$s” is up; available: %2$s"), name, names->str);
  return FALSE;
}

gboolean
lec_interfaces_find_present (const char *name, LecInterface *interface, GError **error)
{
  g_autofree char *other = dup_name (name);
  struct ifaddrs *addresses = NULL;
  gboolean found = FALSE;

  if (getifaddrs (&addresses) != 0)
    return lec_interfaces_find (name, interface, error);
  for (const struct ifaddrs *a = addresses; a != NULL && !found; a = a->ifa_next)
    found = (strcmp (a->ifa_name, name) == 0 || g_strcmp0 (a->ifa_name, other) == 0)
            && describe (a, interface);
  freeifaddrs (addresses);
  return found || lec_interfaces_find (name, interface, error);
}
