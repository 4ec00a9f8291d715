/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "channel/channel.h"

#include <arpa/inet.h> /* inet_pton(): text to address, no socket */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "channel/error.h"
#include "channel/text.h"

struct _LecChannel
{
  gatomicrefcount refs;
  LecChannelInfo *info; /* packed */
  char announcer[];     /* "": none */
};

G_DEFINE_BOXED_TYPE (LecChannel, lec_channel, lec_channel_ref, lec_channel_unref)

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
lec_address_is_numeric (const char *text)
{
  return address_family (text) != 0;
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

char *
lec_address_format (const char *address, guint16 port)
{
  return g_strdup_printf (strchr (address, ':') != NULL ? "[%s]:%u" : "%s:%u", address, port);
}

gboolean
lec_address_needs_source (const char *address)
{
  guint8 bytes[sizeof (struct in6_addr)];

  if (address == NULL)
    return FALSE;
  if (inet_pton (AF_INET, address, bytes) == 1)
    return bytes[0] == 232;
  return inet_pton (AF_INET6, address, bytes) == 1 && bytes[0] == 0xff && (bytes[1] & 0xf0) == 0x30
         && bytes[2] == 0 && bytes[3] == 0;
}

static gboolean
check_sources (const LecLeg *leg, GStrv sources, int family, GError **error)
{
  if (sources != NULL && g_strv_length (sources) > LEC_MAX_SOURCES) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("the address %1$s is bound to more than %2$d sources"), leg->group,
                 LEC_MAX_SOURCES);
    return FALSE;
  }
  for (guint i = 0; sources != NULL && sources[i] != NULL; i++) {
    if (address_family (sources[i]) != family || lec_address_is_group (sources[i])) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                   _ ("“%1$.64s” cannot be a source of %2$s: it is not a numeric address of the "
                      "same family"),
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
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("“%.64s” is not a numeric address"),
                 leg->group != NULL ? leg->group : "");
    return FALSE;
  }
  if (leg->port == 0) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("the address %s has no port"),
                 leg->group);
    return FALSE;
  }
  if (leg->rtcp_group != NULL && address_family (leg->rtcp_group) != family) {
    g_set_error (
        error, LEC_ERROR, LEC_ERROR_MALFORMED,
        _ ("RTCP of %1$s goes to “%2$.64s”, which is not a numeric address of the same family"),
        leg->group, leg->rtcp_group);
    return FALSE;
  }
  return check_sources (leg, leg->sources, family, error)
         && check_sources (leg, leg->excluded, family, error);
}

static gboolean
check_stream (const LecStream *stream, guint least_legs, GError **error)
{
  if (stream->legs->len < least_legs || stream->legs->len > LEC_MAX_LEGS) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 g_dngettext (GETTEXT_PACKAGE,
                              "a stream comes from %1$u address; 1 to %2$d can be used",
                              "a stream comes from %1$u addresses; 1 to %2$d can be used",
                              stream->legs->len),
                 stream->legs->len, LEC_MAX_LEGS);
    return FALSE;
  }
  if (stream->payloads->len > LEC_MAX_PAYLOADS) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 g_dngettext (GETTEXT_PACKAGE,
                              "a stream has %1$u payload type; at most %2$d can be used",
                              "a stream has %1$u payload types; at most %2$d can be used",
                              stream->payloads->len),
                 stream->payloads->len, LEC_MAX_PAYLOADS);
    return FALSE;
  }
  for (guint i = 0; i < stream->legs->len; i++) {
    if (!check_leg (g_ptr_array_index (stream->legs, i), error))
      return FALSE;
  }
  if (stream->feedback.target != NULL
      && (address_family (stream->feedback.target) == 0
          || lec_address_is_group (stream->feedback.target) || stream->feedback.port == 0)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                 _ ("“%.64s” is not the address of a computer that feedback can be sent to"),
                 stream->feedback.target);
    return FALSE;
  }
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);

    if (payload->payload > 127 || payload->clock_rate == 0 || payload->encoding == NULL) {
      g_set_error (error, LEC_ERROR, LEC_ERROR_MALFORMED,
                   _ ("the payload type %u is not described"), payload->payload);
      return FALSE;
    }
  }
  return TRUE;
}

/* A Windows Media station is one group, and packets without their header mean nothing. */
static gboolean
check_msb (const LecAlternative *alternative, GError **error)
{
  if (alternative->streams->len == 1 && alternative->msb != NULL
      && alternative->msb->formats->len > 0)
    return TRUE;
  g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("the station has no format"));
  return FALSE;
}

static gboolean
check_alternative (const LecAlternative *alternative, GError **error)
{
  const guint least_legs = alternative->kind == LEC_KIND_RTP && alternative->rtsp != NULL ? 0 : 1;

  if (alternative->kind == LEC_KIND_URI) {
    if (alternative->uri != NULL && alternative->uri[0] != '\0')
      return TRUE;
    g_set_error_literal (error, LEC_ERROR, LEC_ERROR_MALFORMED, _ ("an entry has no address"));
    return FALSE;
  }
  if (alternative->streams->len == 0 || alternative->streams->len > LEC_MAX_STREAMS) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 g_dngettext (GETTEXT_PACKAGE,
                              "it promises %1$u stream; 1 to %2$d can be received at once",
                              "it promises %1$u streams; 1 to %2$d can be received at once",
                              alternative->streams->len),
                 alternative->streams->len, LEC_MAX_STREAMS);
    return FALSE;
  }
  for (guint i = 0; i < alternative->streams->len; i++) {
    if (!check_stream (g_ptr_array_index (alternative->streams, i), least_legs, error))
      return FALSE;
  }
  return alternative->kind != LEC_KIND_MSB || check_msb (alternative, error);
}

static gboolean
check_info (const LecChannelInfo *info, GError **error)
{
  if (info->alternatives->len == 0 || info->alternatives->len > LEC_MAX_ALTERNATIVES) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 g_dngettext (GETTEXT_PACKAGE,
                              "it names %1$u way to receive it; 1 to %2$d can be tried",
                              "it names %1$u ways to receive it; 1 to %2$d can be tried",
                              info->alternatives->len),
                 info->alternatives->len, LEC_MAX_ALTERNATIVES);
    return FALSE;
  }
  for (guint i = 0; i < info->alternatives->len; i++) {
    if (!check_alternative (g_ptr_array_index (info->alternatives, i), error))
      return FALSE;
  }
  return TRUE;
}

char *
lec_alternative_dup_address (const LecAlternative *alternative)
{
  const LecLeg *leg;

  if (alternative->kind == LEC_KIND_URI)
    return lec_text_hide_password (alternative->uri);

  if (!lec_alternative_is_complete (alternative))
    return g_strdup (alternative->rtsp->address);

  leg = lec_alternative_get_leg (alternative);
  return lec_address_format (leg->group, leg->port);
}

/* The name of what has no name. */
static char *
first_address (const LecChannelInfo *info)
{
  return lec_alternative_dup_address (g_ptr_array_index (info->alternatives, 0));
}

/* Programs of one transport stream are channels of their own, and so is what another card or, by
 * source-specific multicast (RFC 4607, section 1), another sender brings to the same group. */
static char *
derive_id (const LecChannelInfo *info)
{
  const LecAlternative *alternative = g_ptr_array_index (info->alternatives, 0);
  g_autofree char *address = first_address (info);
  GString *id = g_string_new (NULL);

  if (alternative->kind != LEC_KIND_URI && lec_alternative_is_complete (alternative)) {
    const LecLeg *leg = lec_alternative_get_leg (alternative);

    if (leg->interface != NULL)
      g_string_append_printf (id, "%s@", leg->interface);
    if (leg->sources != NULL && lec_address_needs_source (leg->group))
      g_string_append_printf (id, "%s@", leg->sources[0]);
  }
  g_string_append (id, address);
  if (alternative->program != 0)
    g_string_append_printf (id, "#%u", alternative->program);
  return g_string_free (id, FALSE);
}

static void
clean_alternative (LecAlternative *alternative)
{
  for (guint i = 0; i < alternative->streams->len; i++) {
    LecStream *stream = g_ptr_array_index (alternative->streams, i);

    lec_text_clean (&stream->language);
    lec_text_clean (&stream->label);
    lec_text_clean (&stream->content);
  }
  for (guint i = 0; alternative->msb != NULL && i < alternative->msb->formats->len; i++)
    lec_text_clean (
        &((LecMsbFormat *) g_ptr_array_index (alternative->msb->formats, i))->description);
}

/* A name or a value of which nothing is left takes the other one with it. */
static void
clean_details (LecChannelInfo *info)
{
  g_auto (GStrv) details = g_steal_pointer (&info->details);

  for (guint i = 0; details != NULL && details[i] != NULL; i += 2) {
    g_autofree char *name = g_strdup (details[i]);
    g_autofree char *value = g_strdup (details[i + 1]);

    lec_text_clean (&name);
    lec_text_clean (&value);
    if (name != NULL && value != NULL)
      lec_channel_info_add_detail (info, name, value);
  }
}

static void
clean_info (LecChannelInfo *info)
{
  char **texts[] = { &info->title,     &info->description, &info->author,   &info->copyright,
                     &info->email,     &info->phone,       &info->category, &info->keywords,
                     &info->more_info, &info->logo,        &info->origin };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    lec_text_clean (texts[i]);
  clean_details (info);
  for (guint i = 0; i < info->alternatives->len; i++)
    clean_alternative (g_ptr_array_index (info->alternatives, i));
}

/* @announcer: (nullable) */
static LecChannel *
new_channel (const LecChannelInfo *info, const char *announcer)
{
  const gsize size = announcer != NULL ? strlen (announcer) : 0;
  LecChannel *self = g_malloc0 (sizeof (LecChannel) + size + 1);

  g_atomic_ref_count_init (&self->refs);
  self->info = lec_channel_info_pack (info);
  memcpy (self->announcer, announcer != NULL ? announcer : "", size);
  return self;
}

LecChannel *
lec_channel_new (LecChannelInfo *taken, GError **error)
{
  g_autoptr (LecChannelInfo) info = taken;

  if (!check_info (info, error))
    return NULL;

  clean_info (info);
  if (info->title == NULL) {
    info->title = first_address (info);
    lec_text_clean (&info->title);
  }
  if (info->id == NULL)
    info->id = derive_id (info);
  return new_channel (info, NULL);
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
    lec_channel_info_free_packed (self->info);
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

gboolean
lec_channel_equal (const LecChannel *a, const LecChannel *b)
{
  return a == b || lec_channel_info_equal (a->info, b->info);
}

typedef void (*LegFunc) (LecLeg *leg, gpointer data);

static void
for_each_lonely_leg (const LecChannelInfo *info, LegFunc function, gpointer data)
{
  for (guint i = 0; i < info->alternatives->len; i++) {
    const LecAlternative *alternative = g_ptr_array_index (info->alternatives, i);

    for (guint j = 0; j < alternative->streams->len; j++) {
      const LecStream *stream = g_ptr_array_index (alternative->streams, j);

      for (guint k = 0; k < stream->legs->len; k++) {
        LecLeg *leg = g_ptr_array_index (stream->legs, k);

        if (leg->sources == NULL && lec_address_needs_source (leg->group))
          function (leg, data);
      }
    }
  }
}

static void
note_leg (LecLeg *leg, gpointer found)
{
  *(gboolean *) found = TRUE;
}

gboolean
lec_channel_needs_source (const LecChannel *self)
{
  gboolean found = FALSE;

  for_each_lonely_leg (self->info, note_leg, &found);
  return found;
}

static void
set_source (LecLeg *leg, gpointer source)
{
  leg->sources = g_strdupv ((char *[]){ source, NULL });
}

LecChannel *
lec_channel_new_for_source (const LecChannel *self, const char *source, GError **error)
{
  g_autoptr (LecChannelInfo) info = lec_channel_info_copy (self->info);

  for_each_lonely_leg (info, set_source, (gpointer) source);
  return check_info (info, error) ? new_channel (info, lec_channel_get_announcer (self)) : NULL;
}

LecChannel *
lec_channel_new_for_announcer (const LecChannel *self, const char *announcer)
{
  return new_channel (self->info, announcer);
}

const char *
lec_channel_get_announcer (const LecChannel *self)
{
  return self->announcer[0] != '\0' ? self->announcer : NULL;
}
