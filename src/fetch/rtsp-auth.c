/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/rtsp-auth.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "channel/error.h"

#define CHALLENGES 8 /* that are looked at */

typedef enum {
  SCHEME_NONE,
  SCHEME_BASIC,
  SCHEME_DIGEST,
} Scheme;

struct _LecRtspAuth
{
  char *user, *password; /* NULL: nothing is known */
  Scheme scheme;         /* that the server has asked for */
  char *realm, *nonce;
  char *opaque; /* (nullable) */
  GChecksumType algorithm;
  gboolean names_algorithm;
  gboolean has_qop;
  guint count; /* of proofs with this nonce */
};

LecRtspAuth *
lec_rtsp_auth_new (const char *credentials)
{
  LecRtspAuth *self = g_new0 (LecRtspAuth, 1);
  const char *colon = credentials != NULL ? strchr (credentials, ':') : NULL;

  if (colon == NULL)
    return self;
  self->user = g_strndup (credentials, (gsize) (colon - credentials));
  self->password = g_strdup (colon + 1);
  return self;
}

static void
forget_challenge (LecRtspAuth *self)
{
  self->scheme = SCHEME_NONE;
  self->count = 0;
  g_clear_pointer (&self->realm, g_free);
  g_clear_pointer (&self->nonce, g_free);
  g_clear_pointer (&self->opaque, g_free);
}

void
lec_rtsp_auth_free (LecRtspAuth *self)
{
  if (self == NULL)
    return;

  forget_challenge (self);
  g_free (self->user);
  g_free (self->password);
  g_free (self);
}

/* ---- what the server asks for ---- */

/* The end of a value that begins at @text, quoted or not. */
static const char *
find_end (const char *text)
{
  if (*text != '"')
    return text + strcspn (text, ", \t");
  for (text++; *text != '\0' && *text != '"'; text++) {
    if (*text == '\\' && text[1] != '\0')
      text++;
  }
  return text;
}

/* A parameter of a challenge as it stands there, without the quotes; NULL where it has none, or one
 * that fits no line. */
static char *
find_parameter (const char *challenge, const char *name)
{
  const char *at = challenge + strcspn (challenge, " \t");

  while (*(at += strspn (at, ", \t\"")) != '\0') {
    gsize length = strcspn (at, "=, \t");
    const char *value = at + length;
    const char *end;

    if (*value != '=') {
      at = value;
      continue;
    }
    value++;
    end = find_end (value);
    if (length == strlen (name) && g_ascii_strncasecmp (at, name, length) == 0) {
      value += *value == '"';
      for (const char *c = value; c < end; c++) {
        if (g_ascii_iscntrl (*c))
          return NULL;
      }
      return g_strndup (value, (gsize) (end - value));
    }
    at = end;
  }
  return NULL;
}

static gboolean
read_algorithm (LecRtspAuth *self, const char *challenge)
{
  g_autofree char *name = find_parameter (challenge, "algorithm");

  self->algorithm = G_CHECKSUM_MD5;
  self->names_algorithm = name != NULL;
  if (name == NULL || g_ascii_strcasecmp (name, "MD5") == 0)
    return TRUE;
  self->algorithm = G_CHECKSUM_SHA256;
  return g_ascii_strcasecmp (name, "SHA-256") == 0;
}

/* FALSE where the only qualities are others than that of the request (RFC 2617, 3.2.1). */
static gboolean
read_quality (LecRtspAuth *self, const char *challenge)
{
  g_autofree char *list = find_parameter (challenge, "qop");
  g_auto (GStrv) words = list != NULL ? g_strsplit_set (list, ", ", -1) : NULL;

  self->has_qop = words != NULL && g_strv_contains ((const char *const *) words, "auth");
  return list == NULL || self->has_qop;
}

static gboolean
read_digest (LecRtspAuth *self, const char *challenge)
{
  self->realm = find_parameter (challenge, "realm");
  self->nonce = find_parameter (challenge, "nonce");
  self->opaque = find_parameter (challenge, "opaque");
  return self->realm != NULL && self->nonce != NULL && read_algorithm (self, challenge)
         && read_quality (self, challenge);
}

static gboolean
is_scheme (const char *challenge, const char *scheme)
{
  gsize length = strlen (scheme);

  return g_ascii_strncasecmp (challenge, scheme, length) == 0
         && (challenge[length] == ' ' || challenge[length] == '\0');
}

/* That which tells the password least. */
static gboolean
choose_scheme (LecRtspAuth *self, const LecRtspAnswer *answer)
{
  const char *name = "WWW-Authenticate";
  gboolean knows_basic = FALSE;

  for (guint i = 0; i < CHALLENGES; i++) {
    const char *challenge = lec_rtsp_answer_find_header_at (answer, name, i);

    if (challenge == NULL)
      break;
    knows_basic |= is_scheme (challenge, "Basic");
    if (!is_scheme (challenge, "Digest"))
      continue;
    if (read_digest (self, challenge)) {
      self->scheme = SCHEME_DIGEST;
      return TRUE;
    }
    forget_challenge (self);
  }
  if (knows_basic)
    self->scheme = SCHEME_BASIC;
  return knows_basic;
}

static gboolean
is_stale (const LecRtspAnswer *answer)
{
  const char *challenge = lec_rtsp_answer_find_header (answer, "WWW-Authenticate");
  g_autofree char *stale = challenge != NULL ? find_parameter (challenge, "stale") : NULL;

  return stale != NULL && g_ascii_strcasecmp (stale, "true") == 0;
}

gboolean
lec_rtsp_auth_take_challenge (LecRtspAuth *self, const LecRtspAnswer *answer)
{
  g_autofree char *nonce = g_steal_pointer (&self->nonce);
  const Scheme before = self->scheme;
  const guint count = self->count;

  forget_challenge (self);
  if (self->user == NULL || !choose_scheme (self, answer))
    return FALSE;
  if (before == SCHEME_NONE)
    return TRUE;
  /* a nonce that has served for a while may be used up, whether that is said or not */
  return self->scheme == SCHEME_DIGEST && g_strcmp0 (nonce, self->nonce) != 0
         && (count > 1 || is_stale (answer));
}

void
lec_rtsp_auth_refuse (const LecRtspAuth *self, const char *server, GError **error)
{
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNREACHABLE,
               self->user != NULL
                   ? _ ("%s does not accept the name and password in the address; check them")
                   : _ ("%s asks for a password; write it into the address, as in "
                        "rtsp://name:password@server/channel"),
               server);
}

/* ---- what it is told ---- */

static void
write_basic (const LecRtspAuth *self, GString *request)
{
  g_autofree char *both = g_strdup_printf ("%s:%s", self->user, self->password);
  g_autofree char *encoded = g_base64_encode ((const guchar *) both, strlen (both));

  g_string_append_printf (request, "Authorization: Basic %s\r\n", encoded);
}

static char *
hash (const LecRtspAuth *self, const char *a, const char *b, const char *c)
{
  g_autofree char *text = g_strjoin (":", a, b, c, NULL);

  return g_compute_checksum_for_string (self->algorithm, text, -1);
}

static char *
compute_response (const LecRtspAuth *self,
                  const char *method,
                  const char *uri,
                  const char *count,
                  const char *ours)
{
  g_autofree char *secret = hash (self, self->user, self->realm, self->password);
  g_autofree char *asked = hash (self, method, uri, NULL);
  g_autofree char *nonce = self->has_qop ? g_strjoin (":", self->nonce, count, ours, "auth", NULL)
                                         : g_strdup (self->nonce);

  return hash (self, secret, nonce, asked);
}

static char *
quote (const char *text)
{
  GString *quoted = g_string_new (NULL);

  for (; *text != '\0'; text++) {
    if (*text == '"' || *text == '\\')
      g_string_append_c (quoted, '\\');
    if (!g_ascii_iscntrl (*text))
      g_string_append_c (quoted, *text);
  }
  return g_string_free (quoted, FALSE);
}

static void
write_digest (LecRtspAuth *self, const char *method, const char *uri, GString *request)
{
  g_autofree char *ours = g_uuid_string_random ();
  g_autofree char *count = g_strdup_printf ("%08x", ++self->count);
  g_autofree char *response = compute_response (self, method, uri, count, ours);
  g_autofree char *user = quote (self->user);

  g_string_append_printf (request,
                          "Authorization: Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", "
                          "uri=\"%s\", response=\"%s\"",
                          user, self->realm, self->nonce, uri, response);
  if (self->names_algorithm)
    g_string_append_printf (request, ", algorithm=%s",
                            self->algorithm == G_CHECKSUM_MD5 ? "MD5" : "SHA-256");
  if (self->opaque != NULL)
    g_string_append_printf (request, ", opaque=\"%s\"", self->opaque);
  if (self->has_qop)
    g_string_append_printf (request, ", qop=auth, nc=%s, cnonce=\"%s\"", count, ours);
  g_string_append (request, "\r\n");
}

void
lec_rtsp_auth_write (LecRtspAuth *self, const char *method, const char *uri, GString *request)
{
  if (self->scheme == SCHEME_BASIC)
    write_basic (self, request);
  else if (self->scheme == SCHEME_DIGEST)
    write_digest (self, method, uri, request);
}
