/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/recognise.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/address.h"
#include "announce/asx.h"
#include "announce/encoding.h"
#include "announce/line.h"
#include "announce/nsc.h"
#include "announce/playlist.h"
#include "announce/reference.h"
#include "announce/sdp.h"
#include "announce/shortcut.h"
#include "announce/xspf.h"
#include "channel/error.h"

#define MAX_LEADING_LINES 8 /* of other text before the v= line of a pasted SDP */

/* The first bytes of a file in Microsoft's ASF, whatever its name says. */
static const guint8 asf_signature[8] = { 0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11 };

/* What a text turns out to be by its first word, and what there is to say about it. */
static const struct
{
  const char *start;
  const char *sentence;
} refused[] = {
  { "<html", N_ ("the server sent a web page instead of an announcement; open it in a browser") },
  { "<!doctype html",
    N_ ("the server sent a web page instead of an announcement; open it in a browser") },
  { "<head", N_ ("the server sent a web page instead of an announcement; open it in a browser") },
  { "<body", N_ ("the server sent a web page instead of an announcement; open it in a browser") },
  { "<smil", N_ ("SMIL presentations are not understood; ask for an .sdp or .asx announcement") },
  { "SMILtext",
    N_ ("SMIL presentations are not understood; ask for an .sdp or .asx announcement") },
  { "<", N_ ("this is XML, but not a known kind of announcement") },
  { "{", N_ ("this is JSON, not a known kind of announcement") },
};

static gboolean
starts_with (const char *text, const char *start)
{
  return g_ascii_strncasecmp (text, start, strlen (start)) == 0;
}

/* Behind @mark; the end of the text where there is none. */
static const char *
after (const char *text, const char *mark)
{
  const char *end = strstr (text, mark);

  return end != NULL ? end + strlen (mark) : text + strlen (text);
}

/* Passes over one `<!-- -->`, `<? ?>`, `<!DOCTYPE >` or `<!DOCTYPE [ ]>`; returns @text where there
 * is none. */
static const char *
skip_markup (const char *text)
{
  if (starts_with (text, "<!doctype html"))
    return text;
  if (g_str_has_prefix (text, "<!--"))
    return after (text, "-->");
  if (g_str_has_prefix (text, "<?"))
    return after (text, ">");
  if (g_str_has_prefix (text, "<!"))
    return after (text, text[strcspn (text, "[>")] == '[' ? "]>" : ">");
  return text;
}

/* Where the first word that says something begins. */
static const char *
skip_prologue (const char *text)
{
  const char *from;

  do {
    from = text;
    text = skip_markup (text + strspn (text, " \t\r\n"));
  } while (text != from);
  return text;
}

/* A line of RFC 8866 at @text: a type letter and an equals sign, no blank between. */
static gboolean
is_sdp_line (const char *text)
{
  return text[0] != '\0' && strchr ("vosiuepcbtrzkam", text[0]) != NULL && text[1] == '=';
}

/* Some programs print a word such as "SDP:" before the description, and people paste it as well. */
static gboolean
has_version_line (const char *text)
{
  for (guint i = 0; i < MAX_LEADING_LINES && *text != '\0'; i++) {
    if (g_str_has_prefix (text, "v=") && g_ascii_isdigit (text[2]))
      return TRUE;
    text += strcspn (text, "\r\n");
    text += strspn (text, "\r\n \t");
  }
  return FALSE;
}

/* Whether the text is one line, and this an address by itself. */
static gboolean
is_address (const char *text)
{
  g_autofree char *line = lec_line_next (&text);
  g_autofree char *more = lec_line_next (&text);

  return line != NULL && more == NULL && lec_address_is_address (line);
}

static LecAnnouncement *
parse_address (const char *text, const char *base_uri, GError **error)
{
  return lec_address_parse (text, error);
}

static gboolean
is_sdp (const char *text)
{
  return is_sdp_line (text) || has_version_line (text);
}

static LecAnnouncement *
parse_sdp (const char *text, const char *base_uri, GError **error)
{
  if (lec_reference_has_scheme (base_uri, "rtsp") || lec_reference_has_scheme (base_uri, "rtspt"))
    return lec_sdp_parse_served (text, base_uri, error);
  return lec_sdp_parse (text, error);
}

/* In the order in which they are asked: the first one that knows the text reads it. */
static const struct
{
  gboolean (*is_it) (const char *text);
  LecAnnouncement *(*parse) (const char *text, const char *base_uri, GError **error);
} readers[] = {
  { lec_asx_is_asx, lec_asx_parse },
  { lec_nsc_is_nsc, lec_nsc_parse },
  { lec_pls_is_pls, lec_pls_parse },
  { lec_shortcut_is_shortcut, lec_shortcut_parse },
  { is_sdp, parse_sdp },
  { is_address, parse_address },
  { lec_m3u_is_m3u, lec_m3u_parse },
};

static LecAnnouncement *
parse_text (const char *text, const char *base_uri, GError **error)
{
  const char *start = skip_prologue (text);

  if (*start == '\0') {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("it is empty"));
    return NULL;
  }
  if (lec_xspf_is_xspf (start))
    return lec_xspf_parse (text, base_uri, error); /* from the top: it counts lines */
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++) {
    if (readers[i].is_it (start))
      return readers[i].parse (start, base_uri, error);
  }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    if (starts_with (start, refused[i].start)) {
      g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED, _ (refused[i].sentence));
      return NULL;
    }
  }
  g_set_error_literal (
      error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
      _ ("this is not an announcement: neither an .sdp, .asx or .nsc text nor a playlist"));
  return NULL;
}

/* Of a playlist the heading is asked for: two addresses on two lines may be anything. */
gboolean
lec_announcement_is_likely (const char *text)
{
  const char *start = skip_prologue (text);

  if (strpbrk (text, "\r\n") == NULL)
    return FALSE;
  if (lec_xspf_is_xspf (start) || starts_with (start, "#EXTM3U"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++) {
    if (readers[i].parse != parse_address && readers[i].parse != lec_m3u_parse
        && readers[i].is_it (start))
      return TRUE;
  }
  return FALSE;
}

static gboolean
check_bytes (const char *bytes, gsize length, GError **error)
{
  if (length > LEC_MAX_ANNOUNCEMENT) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                         _ ("this is larger than the 1 MiB limit"));
    return FALSE;
  }
  if (length == 0) {
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("it is empty"));
    return FALSE;
  }
  if (length >= sizeof asf_signature && memcmp (bytes, asf_signature, sizeof asf_signature) == 0) {
    g_set_error_literal (
        error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
        _ ("this is a Windows Media recording, not the announcement of a channel"));
    return FALSE;
  }
  return TRUE;
}

LecAnnouncement *
lec_announcement_parse (const char *bytes, gsize length, const char *base_uri, GError **error)
{
  g_autofree char *text = NULL;
  const char *charset;
  LecAnnouncement *announcement;

  g_return_val_if_fail (bytes != NULL || length == 0, NULL);

  if (!check_bytes (bytes, length, error))
    return NULL;
  text = lec_encoding_decode (bytes, length, &charset);
  if (text == NULL && strcmp (charset, "UTF-8") != 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                 _ ("the text is %s, and damaged; save it as UTF-8"), charset);
    return NULL;
  }
  if (text == NULL) {
    g_set_error_literal (
        error, LEC_ERROR, LEC_ERROR_MALFORMED,
        _ ("this is not text; it may be a recording, but it is not an announcement"));
    return NULL;
  }
  announcement = parse_text (text, base_uri, error);
  if (announcement == NULL) {
    lec_encoding_repair_error (error);
    return NULL;
  }
  if (strcmp (charset, "UTF-8") != 0)
    lec_warnings_add (announcement->warnings, _ ("the text is not in UTF-8; it was read as %s"),
                      charset);
  /* Windows Media Services end every station file in one */
  if (bytes[length - 1] == '\0' && strcmp (announcement->format, "nsc") != 0
      && !lec_encoding_is_wide ((const guint8 *) bytes, length))
    lec_warnings_add (announcement->warnings, _ ("NUL bytes at the end of the text were ignored"));
  return announcement;
}
