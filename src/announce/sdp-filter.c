/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-filter.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-attribute.h"
#include "announce/sdp-line.h"

/* The sources of one mode, as the lines name them. */
typedef struct
{
  GPtrArray *included;
  GPtrArray *excluded;
  gboolean anybody; /* is among the included: then it is no filter */
} Filter;

static gboolean
is_of_family (const char *address, int family)
{
  guint8 bytes[sizeof (struct in6_addr)];

  return inet_pton (family, address, bytes) == 1;
}

/* `0.0.0.0`, `::` and `*`: programs write them that know no better, PipeWire 1.4 for one. */
static gboolean
is_anybody (const char *address)
{
  return is_of_family (address, AF_INET) || is_of_family (address, AF_INET6)
             ? address[strspn (address, "0.:")] == '\0'
             : strcmp (address, "*") == 0;
}

static gboolean
is_same_address (const char *a, const char *b, int family)
{
  guint8 x[sizeof (struct in6_addr)] = { 0 };
  guint8 y[sizeof (struct in6_addr)] = { 0 };

  return inet_pton (family, a, x) == 1 && inet_pton (family, b, y) == 1
         && memcmp (x, y, sizeof x) == 0;
}

static void
add_source (GPtrArray *sources, char *source, int family, LecWarnings *warnings)
{
  g_autofree char *owned = source;

  if (family == AF_INET6)
    source[strcspn (source, "%")] = '\0'; /* the interface of the sender's own computer */
  if (!is_of_family (source, family) || lec_address_is_group (source))
    lec_warnings_add (warnings,
                      _ ("the source “%.64s” is not a numeric address of the family of its group "
                         "and was ignored"),
                      source);
  else if (sources->len == LEC_MAX_SOURCES)
    lec_warnings_add (warnings, _ ("only the first %d sources of a stream are listened to"),
                      LEC_MAX_SOURCES);
  else if (!g_ptr_array_find_with_equal_func (sources, source, g_str_equal, NULL))
    g_ptr_array_add (sources, g_steal_pointer (&owned));
}

/* ` incl IN IP4 239.1.1.1 192.0.2.1 192.0.2.2`; `*` is any address type or destination. */
static void
read_filter (Filter *filter, const char *value, const LecLeg *leg, LecWarnings *warnings)
{
  int family = strchr (leg->group, ':') != NULL ? AF_INET6 : AF_INET;
  g_auto (GStrv) words = g_new0 (char *, 5);
  LecCursor cursor;
  GPtrArray *sources;

  lec_cursor_init (&cursor, value);
  for (guint i = 0; i < 4; i++)
    words[i] = lec_cursor_word (&cursor);
  lec_cursor_skip_blanks (&cursor);
  if (cursor.failed || cursor.at == cursor.end
      || (g_ascii_strcasecmp (words[0], "incl") != 0
          && g_ascii_strcasecmp (words[0], "excl") != 0)) {
    lec_warnings_add (warnings, _ ("a source filter is not well-formed and was ignored"));
    return;
  }
  words[3][strcspn (words[3], "/")] = '\0'; /* some write the ttl here as well */
  if (!is_anybody (words[3]) && !is_same_address (words[3], leg->group, family))
    return;

  sources = g_ascii_strcasecmp (words[0], "incl") == 0 ? filter->included : filter->excluded;
  while (cursor.at < cursor.end) {
    g_autofree char *source = lec_cursor_word (&cursor);

    lec_cursor_skip_blanks (&cursor);
    if (is_anybody (source))
      filter->anybody |= sources == filter->included;
    else
      add_source (sources, g_steal_pointer (&source), family, warnings);
  }
}

/* NULL for an empty array, which is freed in any case. */
static GStrv
take_strv (GPtrArray *array)
{
  gboolean empty = array->len == 0;

  g_ptr_array_add (array, NULL);
  if (!empty) {
    g_ptr_array_set_free_func (array, NULL);
    return (GStrv) g_ptr_array_free (array, FALSE);
  }
  g_ptr_array_unref (array);
  return NULL;
}

void
lec_sdp_filter_apply (const GstSDPMessage *message,
                      const GstSDPMedia *media,
                      LecLeg *leg,
                      LecWarnings *warnings)
{
  Filter filter
      = { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free), FALSE };
  g_autoptr (GPtrArray) lines = lec_sdp_attribute_list (message, media, "source-filter");

  for (guint i = 0; i < lines->len; i++)
    read_filter (&filter, g_ptr_array_index (lines, i), leg, warnings);

  if (filter.anybody)
    g_ptr_array_set_size (filter.included, 0);
  if (filter.included->len > 0 && filter.excluded->len > 0) {
    lec_warnings_add (
        warnings, _ ("sources of %s are both allowed and forbidden; only the allowed are heard"),
        leg->group);
    g_ptr_array_set_size (filter.excluded, 0);
  }
  if (filter.included->len == 0 && lec_address_needs_source (leg->group))
    lec_warnings_add (
        warnings,
        _ ("the address %s is of the range that needs the address of its sender (source-specific "
           "multicast), and none is given; the network may not deliver it"),
        leg->group);
  leg->sources = take_strv (filter.included);
  leg->excluded = take_strv (filter.excluded);
}

static void
print_list (const char *mode, const char *group, GStrv list, GString *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (list == NULL)
    return;
  g_string_printf (line, "a=source-filter: %s IN %s %s", mode, lec_sdp_line_get_family (group),
                   group);
  lec_sdp_line_add_words (line, list);
  lec_sdp_line_add (text, "%s", line->str);
}

void
lec_sdp_filter_print (const char *group, GStrv sources, GStrv excluded, GString *text)
{
  print_list ("incl", group, sources, text);
  print_list ("excl", group, excluded, text);
}
