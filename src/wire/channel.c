/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/channel.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <string.h>

#include "wire/error.h"

struct _LecChannel
{
  gatomicrefcount refs;
  LecChannelInfo *info;
};

G_DEFINE_BOXED_TYPE (LecChannel, lec_channel, lec_channel_ref, lec_channel_unref)

static void
leg_free (LecLeg *leg)
{
  g_free (leg->group);
  g_strfreev (leg->sources);
  g_strfreev (leg->excluded);
  g_free (leg);
}

static void
payload_free (LecPayload *payload)
{
  g_free (payload->encoding);
  g_strfreev (payload->parameters);
  g_free (payload);
}

static void
repair_free (LecRepair *repair)
{
  g_free (repair->group);
  g_free (repair);
}

static void
stream_free (LecStream *stream)
{
  g_free (stream->language);
  g_free (stream->label);
  g_ptr_array_unref (stream->legs);
  g_ptr_array_unref (stream->payloads);
  g_ptr_array_unref (stream->repairs);
  g_free (stream);
}

static void
alternative_free (LecAlternative *alternative)
{
  g_ptr_array_unref (alternative->streams);
  g_free (alternative->uri);
  g_free (alternative);
}

LecChannelInfo *
lec_channel_info_new (void)
{
  LecChannelInfo *info = g_new0 (LecChannelInfo, 1);

  info->alternatives = g_ptr_array_new_with_free_func ((GDestroyNotify) alternative_free);
  return info;
}

void
lec_channel_info_free (LecChannelInfo *info)
{
  if (info == NULL)
    return;

  g_free (info->id);
  g_free (info->title);
  g_free (info->description);
  g_free (info->author);
  g_free (info->more_info);
  g_free (info->origin);
  g_ptr_array_unref (info->alternatives);
  g_free (info);
}

LecAlternative *
lec_channel_info_add_alternative (LecChannelInfo *info, LecKind kind)
{
  LecAlternative *alternative = g_new0 (LecAlternative, 1);

  alternative->kind = kind;
  alternative->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) stream_free);
  g_ptr_array_add (info->alternatives, alternative);
  return alternative;
}

LecStream *
lec_alternative_add_stream (LecAlternative *alternative, LecMedia media)
{
  LecStream *stream = g_new0 (LecStream, 1);

  stream->media = media;
  stream->receiver_reports = TRUE;
  stream->legs = g_ptr_array_new_with_free_func ((GDestroyNotify) leg_free);
  stream->payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) payload_free);
  stream->repairs = g_ptr_array_new_with_free_func ((GDestroyNotify) repair_free);
  g_ptr_array_add (alternative->streams, stream);
  return stream;
}

LecLeg *
lec_stream_add_leg (LecStream *stream, const char *group, guint16 port)
{
  LecLeg *leg = g_new0 (LecLeg, 1);

  leg->group = g_strdup (group);
  leg->port = port;
  leg->ttl = -1;
  g_ptr_array_add (stream->legs, leg);
  return leg;
}

LecPayload *
lec_stream_add_payload (LecStream *stream, guint number, const char *encoding, guint clock_rate)
{
  LecPayload *payload = g_new0 (LecPayload, 1);

  payload->payload = number;
  payload->encoding = g_strdup (encoding);
  payload->clock_rate = clock_rate;
  g_ptr_array_add (stream->payloads, payload);
  return payload;
}

LecRepair *
lec_stream_add_repair (LecStream *stream, LecRepairScheme scheme, const char *group, guint16 port)
{
  LecRepair *repair = g_new0 (LecRepair, 1);

  repair->scheme = scheme;
  repair->group = g_strdup (group);
  repair->port = port;
  g_ptr_array_add (stream->repairs, repair);
  return repair;
}

const char *
lec_payload_get_parameter (const LecPayload *payload, const char *name)
{
  for (guint i = 0; payload->parameters != NULL && payload->parameters[i] != NULL; i += 2) {
    if (g_ascii_strcasecmp (payload->parameters[i], name) == 0)
      return payload->parameters[i + 1];
  }
  return NULL;
}

/* The family of a numeric address, 0 for anything else. */
static int
address_family (const char *address)
{
  guint8 bytes[sizeof (struct in6_addr)];

  if (address == NULL)
    return 0;
  if (inet_pton (AF_INET, address, bytes) == 1)
    return AF_INET;
  if (inet_pton (AF_INET6, address, bytes) == 1)
    return AF_INET6;
  return 0;
}

gboolean
lec_address_is_group (const char *address)
{
  guint8 bytes[sizeof (struct in6_addr)];

  if (address == NULL)
    return FALSE;
  if (inet_pton (AF_INET, address, bytes) == 1)
    return (bytes[0] & 0xf0) == 0xe0;
  return inet_pton (AF_INET6, address, bytes) == 1 && bytes[0] == 0xff;
}

/* Characters that would let a text pretend to be something else on a screen: controls, and the
 * marks that turn the writing direction (Unicode TR 36). */
static gboolean
is_deceptive (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || c == 0x200e || c == 0x200f || c == 0x061c || c == 0xfeff;
}

/* Replaces *text by what may be shown: one trimmed line of valid UTF-8, bounded; NULL if empty. */
static void
clean_text (char **text)
{
  g_autofree char *valid = NULL;
  GString *clean;
  gboolean blank = FALSE;

  if (*text == NULL)
    return;

  valid = g_utf8_make_valid (*text, -1);
  clean = g_string_new (NULL);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c) || is_deceptive (c)) {
      blank = clean->len > 0;
      continue;
    }
    if (clean->len + 7 > LEC_MAX_TEXT) { /* a blank and the longest character */
      g_string_append (clean, "…");
      break;
    }
    if (blank)
      g_string_append_c (clean, ' ');
    blank = FALSE;
    g_string_append_unichar (clean, c);
  }

  g_free (*text);
  *text = g_string_free (clean, clean->len == 0);
}

static gboolean
check_sources (const LecLeg *leg, GStrv sources, int family, GError **error)
{
  if (sources != NULL && g_strv_length (sources) > LEC_MAX_SOURCES) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "the address %s is bound to more than %d sources", leg->group, LEC_MAX_SOURCES);
    return FALSE;
  }
  for (guint i = 0; sources != NULL && sources[i] != NULL; i++) {
    if (address_family (sources[i]) != family || lec_address_is_group (sources[i])) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                   "“%.64s” cannot be a source of %s: it is no numeric address of the same family",
                   sources[i], leg->group);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
check_leg (const LecLeg *leg, GError **error)
{
  int family = address_family (leg->group);

  if (family == 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, "“%.64s” is no numeric address",
                 leg->group != NULL ? leg->group : "");
    return FALSE;
  }
  if (leg->port == 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, "the address %s has no port", leg->group);
    return FALSE;
  }
  return check_sources (leg, leg->sources, family, error)
         && check_sources (leg, leg->excluded, family, error);
}

static gboolean
check_stream (const LecStream *stream, GError **error)
{
  if (stream->legs->len == 0 || stream->legs->len > LEC_MAX_LEGS) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "a stream comes from %u addresses; 1 to %d can be used", stream->legs->len,
                 LEC_MAX_LEGS);
    return FALSE;
  }
  if (stream->payloads->len > LEC_MAX_PAYLOADS) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "a stream has %u payload types; at most %d can be used", stream->payloads->len,
                 LEC_MAX_PAYLOADS);
    return FALSE;
  }
  for (guint i = 0; i < stream->legs->len; i++) {
    if (!check_leg (g_ptr_array_index (stream->legs, i), error))
      return FALSE;
  }
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);

    if (payload->payload > 127 || payload->clock_rate == 0 || payload->encoding == NULL) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, "the payload type %u is not described",
                   payload->payload);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
check_alternative (const LecAlternative *alternative, GError **error)
{
  if (alternative->kind == LEC_KIND_URI) {
    if (alternative->uri != NULL && alternative->uri[0] != '\0')
      return TRUE;
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED, "an entry has no address");
    return FALSE;
  }
  if (alternative->streams->len == 0 || alternative->streams->len > LEC_MAX_STREAMS) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "it promises %u streams; 1 to %d can be received at once",
                 alternative->streams->len, LEC_MAX_STREAMS);
    return FALSE;
  }
  for (guint i = 0; i < alternative->streams->len; i++) {
    if (!check_stream (g_ptr_array_index (alternative->streams, i), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_info (const LecChannelInfo *info, GError **error)
{
  if (info->alternatives->len == 0 || info->alternatives->len > LEC_MAX_ALTERNATIVES) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 "it names %u ways to receive it; 1 to %d can be tried", info->alternatives->len,
                 LEC_MAX_ALTERNATIVES);
    return FALSE;
  }
  for (guint i = 0; i < info->alternatives->len; i++) {
    if (!check_alternative (g_ptr_array_index (info->alternatives, i), error))
      return FALSE;
  }
  return TRUE;
}

/* The first address as a person would write it: the name of what has no name. */
static char *
first_address (const LecChannelInfo *info)
{
  const LecAlternative *alternative = g_ptr_array_index (info->alternatives, 0);
  const LecStream *stream;
  const LecLeg *leg;

  if (alternative->kind == LEC_KIND_URI)
    return g_strdup (alternative->uri);

  stream = g_ptr_array_index (alternative->streams, 0);
  leg = g_ptr_array_index (stream->legs, 0);
  return g_strdup_printf (strchr (leg->group, ':') != NULL ? "[%s]:%u" : "%s:%u", leg->group,
                          leg->port);
}

LecChannel *
lec_channel_new (LecChannelInfo *taken, GError **error)
{
  g_autoptr (LecChannelInfo) info = taken;
  LecChannel *self;

  if (!check_info (info, error))
    return NULL;

  clean_text (&info->title);
  clean_text (&info->description);
  clean_text (&info->author);
  clean_text (&info->more_info);
  clean_text (&info->origin);
  for (guint i = 0; i < info->alternatives->len; i++) {
    LecAlternative *alternative = g_ptr_array_index (info->alternatives, i);

    for (guint j = 0; j < alternative->streams->len; j++) {
      LecStream *stream = g_ptr_array_index (alternative->streams, j);

      clean_text (&stream->language);
      clean_text (&stream->label);
    }
  }
  if (info->title == NULL) {
    info->title = first_address (info);
    clean_text (&info->title);
  }
  if (info->id == NULL)
    info->id = first_address (info);

  self = g_new0 (LecChannel, 1);
  g_atomic_ref_count_init (&self->refs);
  self->info = g_steal_pointer (&info);
  return self;
}

static void
copy_stream (LecAlternative *to, const LecStream *from)
{
  LecStream *stream = lec_alternative_add_stream (to, from->media);

  stream->language = g_strdup (from->language);
  stream->label = g_strdup (from->label);
  stream->bandwidth = from->bandwidth;
  stream->receiver_reports = from->receiver_reports;
  for (guint i = 0; i < from->legs->len; i++) {
    const LecLeg *leg = g_ptr_array_index (from->legs, i);
    LecLeg *copy = lec_stream_add_leg (stream, leg->group, leg->port);

    copy->rtcp_port = leg->rtcp_port;
    copy->ttl = leg->ttl;
    copy->sources = g_strdupv (leg->sources);
    copy->excluded = g_strdupv (leg->excluded);
  }
  for (guint i = 0; i < from->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (from->payloads, i);
    LecPayload *copy
        = lec_stream_add_payload (stream, payload->payload, payload->encoding, payload->clock_rate);

    copy->channels = payload->channels;
    copy->parameters = g_strdupv (payload->parameters);
  }
  for (guint i = 0; i < from->repairs->len; i++) {
    const LecRepair *repair = g_ptr_array_index (from->repairs, i);

    lec_stream_add_repair (stream, repair->scheme, repair->group, repair->port);
  }
}

static void
copy_alternative (LecChannelInfo *to, const LecAlternative *from)
{
  LecAlternative *alternative = lec_channel_info_add_alternative (to, from->kind);

  alternative->uri = g_strdup (from->uri);
  alternative->start_us = from->start_us;
  alternative->duration_us = from->duration_us;
  for (guint i = 0; i < from->streams->len; i++)
    copy_stream (alternative, g_ptr_array_index (from->streams, i));
}

LecChannel *
lec_channel_new_for_alternative (const LecChannel *self, guint index)
{
  const LecChannelInfo *from = self->info;
  LecChannelInfo *info;

  g_return_val_if_fail (index < from->alternatives->len, NULL);

  info = lec_channel_info_new ();
  info->id = g_strdup (from->id);
  info->title = g_strdup (from->title);
  info->description = g_strdup (from->description);
  info->author = g_strdup (from->author);
  info->more_info = g_strdup (from->more_info);
  info->origin = g_strdup (from->origin);
  info->starts = from->starts;
  info->ends = from->ends;
  copy_alternative (info, g_ptr_array_index (from->alternatives, index));
  return lec_channel_new (info, NULL);
}

LecChannel *
lec_channel_ref (LecChannel *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
lec_channel_unref (LecChannel *self)
{
  if (self != NULL && g_atomic_ref_count_dec (&self->refs)) {
    lec_channel_info_free (self->info);
    g_free (self);
  }
}

const LecChannelInfo *
lec_channel_get_info (const LecChannel *self)
{
  return self->info;
}

const char *
lec_channel_get_id (const LecChannel *self)
{
  return self->info->id;
}

const char *
lec_channel_get_title (const LecChannel *self)
{
  return self->info->title;
}

static gboolean
strv_equal (GStrv a, GStrv b)
{
  static const char *const nothing[] = { NULL };

  return g_strv_equal (a != NULL ? (const char *const *) a : nothing,
                       b != NULL ? (const char *const *) b : nothing);
}

static gboolean
leg_equal (const LecLeg *a, const LecLeg *b)
{
  return g_strcmp0 (a->group, b->group) == 0 && a->port == b->port && a->rtcp_port == b->rtcp_port
         && a->ttl == b->ttl && strv_equal (a->sources, b->sources)
         && strv_equal (a->excluded, b->excluded);
}

static gboolean
payload_equal (const LecPayload *a, const LecPayload *b)
{
  return a->payload == b->payload && g_strcmp0 (a->encoding, b->encoding) == 0
         && a->clock_rate == b->clock_rate && a->channels == b->channels
         && strv_equal (a->parameters, b->parameters);
}

static gboolean
repair_equal (const LecRepair *a, const LecRepair *b)
{
  return a->scheme == b->scheme && g_strcmp0 (a->group, b->group) == 0 && a->port == b->port;
}

typedef gboolean (*EqualFunc) (gconstpointer a, gconstpointer b);

static gboolean
array_equal (const GPtrArray *a, const GPtrArray *b, EqualFunc equal)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++) {
    if (!equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
stream_equal (const LecStream *a, const LecStream *b)
{
  return a->media == b->media && g_strcmp0 (a->language, b->language) == 0
         && g_strcmp0 (a->label, b->label) == 0 && a->bandwidth == b->bandwidth
         && a->receiver_reports == b->receiver_reports
         && array_equal (a->legs, b->legs, (EqualFunc) leg_equal)
         && array_equal (a->payloads, b->payloads, (EqualFunc) payload_equal)
         && array_equal (a->repairs, b->repairs, (EqualFunc) repair_equal);
}

static gboolean
alternative_equal (const LecAlternative *a, const LecAlternative *b)
{
  return a->kind == b->kind && g_strcmp0 (a->uri, b->uri) == 0 && a->start_us == b->start_us
         && a->duration_us == b->duration_us
         && array_equal (a->streams, b->streams, (EqualFunc) stream_equal);
}

gboolean
lec_channel_equal (const LecChannel *a, const LecChannel *b)
{
  const LecChannelInfo *x = a->info;
  const LecChannelInfo *y = b->info;

  return g_strcmp0 (x->id, y->id) == 0 && g_strcmp0 (x->title, y->title) == 0
         && g_strcmp0 (x->description, y->description) == 0 && g_strcmp0 (x->author, y->author) == 0
         && g_strcmp0 (x->more_info, y->more_info) == 0 && g_strcmp0 (x->origin, y->origin) == 0
         && x->starts == y->starts && x->ends == y->ends
         && array_equal (x->alternatives, y->alternatives, (EqualFunc) alternative_equal);
}
