/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-clock.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/cursor.h"
#include "announce/sdp-attribute.h"
#include "announce/sdp-line.h"

#define MAX_REFERENCES 8
#define MAX_IDENTITY 128 /* [bytes] of a server or a grandmaster */
#define MAX_RATE 1000000000

static const struct
{
  const char *name;
  LecReferenceSource source;
} sources[] = {
  { "ntp", LEC_REFERENCE_NTP },         { "ptp", LEC_REFERENCE_PTP },
  { "gps", LEC_REFERENCE_GPS },         { "gal", LEC_REFERENCE_GALILEO },
  { "glonass", LEC_REFERENCE_GLONASS }, { "localmac", LEC_REFERENCE_LOCAL },
  { "local", LEC_REFERENCE_LOCAL },     { "private", LEC_REFERENCE_PRIVATE },
};

static gboolean
equals (const char *a, const char *b)
{
  return g_ascii_strcasecmp (a, b) == 0;
}

/* An address, a name, an EUI-64 or a version: nothing that would mislead on a screen. */
static gboolean
is_identity (const char *text)
{
  return text != NULL && strlen (text) <= MAX_IDENTITY
         && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                          "-.:_[]+")
                == strlen (text);
}

/* `ntp=192.0.2.1`, `ntp=/traceable/` */
static gboolean
read_ntp (LecReference *reference, const char *value)
{
  if (equals (value, "/traceable/") || equals (value, "traceable")) {
    reference->traceable = TRUE;
    return TRUE;
  }
  if (value[0] == '\0' || !is_identity (value))
    return FALSE;
  reference->identity = g_strdup (value);
  return TRUE;
}

/* `0`, `domain-nmbr=0`; the domains of 2002 have names, which say nothing to a receiver. */
static gboolean
read_domain (LecReference *reference, const char *value)
{
  LecCursor cursor;

  if (g_ascii_strncasecmp (value, "domain-name=", 12) == 0)
    return TRUE;
  if (g_ascii_strncasecmp (value, "domain-nmbr=", 12) == 0)
    value += 12;
  lec_cursor_init (&cursor, value);
  reference->domain = (int) lec_cursor_number (&cursor, 255);
  return lec_cursor_done (&cursor);
}

/* `ptp=IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:37`, `ptp=IEEE1588-2008:traceable`; some leave the
 * version out */
static gboolean
read_ptp (LecReference *reference, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, ":", 3);

  if (parts[0] == NULL || parts[0][0] == '\0' || !is_identity (parts[0]))
    return FALSE;
  if (equals (parts[0], "traceable")) { /* some forget the version */
    reference->traceable = TRUE;
    return TRUE;
  }
  reference->version = g_strdup (parts[0]);
  if (parts[1] == NULL)
    return TRUE;
  reference->traceable = equals (parts[1], "traceable");
  if (reference->traceable)
    return TRUE;
  if (parts[1][0] == '\0' || !is_identity (parts[1]))
    return FALSE;
  reference->identity = g_strdup (parts[1]);
  return parts[2] == NULL || read_domain (reference, parts[2]);
}

static gboolean
read_local (LecReference *reference, const char *value)
{
  if (value[0] == '\0' || !is_identity (value))
    return FALSE;
  reference->identity = g_strdup (value);
  return TRUE;
}

static gboolean
fill_reference (LecReference *reference, const char *value)
{
  switch (reference->source) {
  case LEC_REFERENCE_NTP:
    return read_ntp (reference, value);
  case LEC_REFERENCE_PTP:
    return read_ptp (reference, value);
  case LEC_REFERENCE_LOCAL:
    return value[0] == '\0' || read_local (reference, value);
  case LEC_REFERENCE_PRIVATE:
    reference->traceable = equals (value, "traceable");
    return TRUE;
  case LEC_REFERENCE_GPS:
  case LEC_REFERENCE_GALILEO:
  case LEC_REFERENCE_GLONASS:
  default:
    return TRUE;
  }
}

static gboolean
read_reference (LecStream *stream, const char *text)
{
  gsize length = strcspn (text, "=: \t");
  const char *value = text + length + (text[length] != '\0' ? 1 : 0);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    if (strlen (sources[i].name) != length
        || g_ascii_strncasecmp (sources[i].name, text, length) != 0)
      continue;
    if (fill_reference (lec_stream_add_reference (stream, sources[i].source), value))
      return TRUE;
    g_ptr_array_remove_index (stream->references, stream->references->len - 1);
    return FALSE;
  }
  return FALSE;
}

/* `rate=1000/1001`: the clock does not tick as the payload type says. */
static void
read_rate (LecMediaClock *clock, LecCursor *cursor)
{
  g_autofree char *name = NULL;

  lec_cursor_skip_blanks (cursor);
  if (cursor->failed || cursor->at == cursor->end)
    return;
  name = lec_cursor_until (cursor, "=");
  lec_cursor_expect (cursor, '=');
  clock->rate_numerator = (guint) lec_cursor_number (cursor, MAX_RATE);
  lec_cursor_expect (cursor, '/');
  clock->rate_denominator = (guint) lec_cursor_number (cursor, MAX_RATE);
  if (name == NULL || !equals (name, "rate") || clock->rate_numerator == 0
      || clock->rate_denominator == 0)
    cursor->failed = TRUE;
}

/* `38-D6-6D-8E-D2-78-13-2F`, an EUI-64 */
static guint64
read_stream_id (LecCursor *cursor)
{
  guint64 id = 0;

  for (guint digits = 0; digits < 16 && !cursor->failed; cursor->at++) {
    if (cursor->at == cursor->end || (!g_ascii_isxdigit (*cursor->at) && *cursor->at != '-')) {
      cursor->failed = TRUE;
    } else if (*cursor->at != '-') {
      id = id << 4 | (guint64) g_ascii_xdigit_value (*cursor->at);
      digits++;
    }
  }
  return id;
}

static gboolean
read_media_clock (LecMediaClock *clock, const char *text)
{
  g_autofree char *mode = NULL;
  LecMediaClock read = { 0 };
  LecCursor cursor;

  lec_cursor_init (&cursor, text);
  if (g_ascii_strncasecmp (text, "id=", 3) == 0) { /* the name of the clock, for other streams */
    g_free (lec_cursor_word (&cursor));
    lec_cursor_skip_blanks (&cursor);
  }
  mode = lec_cursor_until (&cursor, "= \t");
  if (mode == NULL)
    return FALSE;
  if (equals (mode, "sender")) {
    read.kind = LEC_MEDIA_CLOCK_SENDER;
  } else if (equals (mode, "direct")) {
    read.kind = LEC_MEDIA_CLOCK_DIRECT;
    if (lec_cursor_skip (&cursor, '='))
      read.offset = lec_cursor_number (&cursor, G_MAXUINT32);
    read_rate (&read, &cursor);
  } else if (equals (mode, "IEEE1722")) {
    read.kind = LEC_MEDIA_CLOCK_STREAM;
    lec_cursor_expect (&cursor, '=');
    read.stream_id = read_stream_id (&cursor);
  }
  if (read.kind == LEC_MEDIA_CLOCK_UNKNOWN || !lec_cursor_done (&cursor))
    return FALSE;
  *clock = read;
  return TRUE;
}

void
lec_sdp_clock_read (const GstSDPMessage *message,
                    const GstSDPMedia *media,
                    LecStream *stream,
                    LecWarnings *warnings)
{
  g_autoptr (GPtrArray) references = lec_sdp_attribute_list (message, media, "ts-refclk");
  const char *clock = lec_sdp_attribute_get (message, media, "mediaclk");

  for (guint i = 0; i < MIN (references->len, MAX_REFERENCES); i++) {
    if (!read_reference (stream, g_ptr_array_index (references, i)))
      lec_warnings_add (warnings, _ ("an unknown reference clock (a=ts-refclk) was ignored"));
  }
  if (clock != NULL && !read_media_clock (&stream->media_clock, clock))
    lec_warnings_add (warnings, _ ("an unknown media clock (a=mediaclk) was ignored"));
}

static const char *
source_name (const LecReference *reference)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    /* of the two names of a local clock the first one has an address */
    if (sources[i].source == reference->source
        && (reference->source != LEC_REFERENCE_LOCAL || reference->identity != NULL
            || equals (sources[i].name, "local")))
      return sources[i].name;
  }
  g_assert_not_reached ();
}

/* The first version that had identities like these, where none is said. */
static void
print_ptp (const LecReference *reference, GString *line)
{
  if (reference->version != NULL)
    g_string_append_printf (line, "=%s", reference->version);
  else if (!reference->traceable)
    g_string_append (line, "=IEEE1588-2008");
  if (reference->identity != NULL)
    g_string_append_printf (line, ":%s", reference->identity);
  else if (reference->traceable)
    g_string_append (line, reference->version != NULL ? ":traceable" : "=traceable");
  if (reference->identity != NULL && reference->domain >= 0)
    g_string_append_printf (line, ":%d", reference->domain);
}

static void
print_reference (const LecReference *reference, GString *text)
{
  g_autoptr (GString) line = g_string_new ("a=ts-refclk:");

  g_string_append (line, source_name (reference));
  if (reference->source == LEC_REFERENCE_PTP)
    print_ptp (reference, line);
  else if (reference->identity != NULL)
    g_string_append_printf (line, "=%s", reference->identity);
  else if (reference->source == LEC_REFERENCE_NTP)
    g_string_append (line, "=/traceable/");
  else if (reference->source == LEC_REFERENCE_PRIVATE && reference->traceable)
    g_string_append (line, ":traceable");
  lec_sdp_line_add (text, "%s", line->str);
}

static void
print_direct (const LecMediaClock *clock, GString *text)
{
  if (clock->rate_denominator != 0)
    lec_sdp_line_add (text, "a=mediaclk:direct=%" G_GUINT64_FORMAT " rate=%u/%u", clock->offset,
                      clock->rate_numerator, clock->rate_denominator);
  else
    lec_sdp_line_add (text, "a=mediaclk:direct=%" G_GUINT64_FORMAT, clock->offset);
}

static void
print_stream_clock (const LecMediaClock *clock, GString *text)
{
  g_autoptr (GString) id = g_string_new (NULL);

  for (int shift = 56; shift >= 0; shift -= 8)
    g_string_append_printf (id, "%s%02X", shift < 56 ? "-" : "",
                            (guint) (clock->stream_id >> shift & 0xff));
  lec_sdp_line_add (text, "a=mediaclk:IEEE1722=%s", id->str);
}

void
lec_sdp_clock_print (const LecStream *stream, GString *text)
{
  for (guint i = 0; i < stream->references->len; i++)
    print_reference (g_ptr_array_index (stream->references, i), text);
  switch (stream->media_clock.kind) {
  case LEC_MEDIA_CLOCK_SENDER:
    lec_sdp_line_add (text, "a=mediaclk:sender");
    break;
  case LEC_MEDIA_CLOCK_DIRECT:
    print_direct (&stream->media_clock, text);
    break;
  case LEC_MEDIA_CLOCK_STREAM:
    print_stream_clock (&stream->media_clock, text);
    break;
  case LEC_MEDIA_CLOCK_UNKNOWN:
  default:
    break;
  }
}
