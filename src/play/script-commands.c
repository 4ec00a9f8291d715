/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/script-commands.h"

#include <gio/gio.h>
#include <string.h>

#include "announce/reference.h"
#include "channel/text.h"
#include "fetch/image-facts.h"
#include "fetch/origin.h"
#include "fetch/server-filter.h"
#include "fetch/slide.h"
#include "fetch/web.h"
#include "play/caption-text.h"
#include "play/cue-link.h"
#include "play/slides.h"
#include "wire/asf-commands.h"
#include "wire/asf-rtp.h"

/* Until a station may lead somewhere else again by itself: it cannot send viewers round in circles.
 */
#define LEAD_US (10 * G_TIME_SPAN_SECOND)

struct _LecScriptCommands
{
  GObject parent;

  const LecScriptCallbacks *callbacks;
  gpointer data;

  LecChannel *channel;                 /* (nullable) */
  const LecAnnouncement *announcement; /* (nullable) */
  char *origin;                        /* (nullable): the web page that it all came from */
  GHashTable *agreed;                  /* ids of channels whose slides may be anywhere */
  gint64 led_us;                       /* when it led somewhere by itself; 0: never */

  LecCueLink *link;       /* (nullable) */
  LecCueLink *slide_link; /* (nullable): of the slide that is shown, or will be: no other link */
  LecSlides *slides;
  char *slide_name;   /* (nullable) */
  char *slide_host;   /* (nullable) */
  char *refused;      /* (nullable): the slide that is shown when the viewer agrees */
  char *offer;        /* (nullable) */
  GPtrArray *markers; /* (nullable) */
};

enum {
  PROP_LINK = 1,
  PROP_LINK_HOST,
  PROP_SLIDE,
  PROP_SLIDE_TYPE,
  PROP_SLIDE_NAME,
  PROP_SLIDE_HOST,
  PROP_OFFER,
  PROP_MARKERS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LecScriptCommands, lec_script_commands, G_TYPE_OBJECT)

static void
set_text (LecScriptCommands *self, char **text, const char *value, guint property)
{
  if (g_strcmp0 (*text, value) == 0)
    return;
  g_free (*text);
  *text = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* ---- links and slides ---- */

/* Takes @link (nullable). */
static void
set_link (LecScriptCommands *self, LecCueLink *link)
{
  const gboolean same
      = g_strcmp0 (self->link != NULL ? self->link->uri : NULL, link != NULL ? link->uri : NULL)
        == 0;

  lec_cue_link_free (self->link);
  self->link = link;
  if (same)
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINK]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINK_HOST]);
}

static void
slides_changed_cb (gpointer data)
{
  LecScriptCommands *self = data;
  g_autofree char *name = lec_reference_dup_name (lec_slides_get_uri (self->slides));

  lec_text_clean (&name);
  g_object_freeze_notify (G_OBJECT (self));
  if (lec_slides_get_bytes (self->slides) == NULL && self->slide_link != NULL)
    set_link (self, g_steal_pointer (&self->slide_link)); /* perhaps the browser can show it */
  set_text (self, &self->slide_name, name, PROP_SLIDE_NAME);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SLIDE]);
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
has_agreed (LecScriptCommands *self)
{
  return self->channel != NULL
         && g_hash_table_contains (self->agreed, lec_channel_get_id (self->channel));
}

/* No question about what would be refused all the same. */
static gboolean
is_plainly_near (const LecCueLink *link)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (link->host);

  return !lec_origin_may_lead (LEC_ORIGIN_NETWORK, link->uri)
         || (address != NULL && lec_server_reach_of (address) != LEC_SERVER_REACH_PUBLIC);
}

/* Takes @link. */
static void
show_slide (LecScriptCommands *self, LecCueLink *link)
{
  const gboolean may = has_agreed (self) || lec_slide_is_of_origin (link->uri, self->origin);
  const gboolean asks = !may && !is_plainly_near (link);

  g_free (self->refused);
  self->refused = asks ? g_strdup (link->uri) : NULL;
  set_text (self, &self->slide_host, asks ? link->host : NULL, PROP_SLIDE_HOST);
  g_clear_pointer (&self->slide_link, lec_cue_link_free);
  if (!may) {
    lec_slides_show (self->slides, NULL);
    set_link (self, link);
    return;
  }
  set_link (self, NULL);
  self->slide_link = link;
  lec_slides_show (self->slides, link->uri);
}

static const char *
get_base (LecScriptCommands *self)
{
  const char *base = self->channel != NULL ? lec_channel_get_info (self->channel)->base : NULL;

  return base != NULL ? base : self->origin;
}

static void
take_url (LecScriptCommands *self, const char *parameter, gboolean is_due)
{
  g_autoptr (LecCueLink) link = lec_cue_link_new (parameter, get_base (self));

  if (link == NULL)
    return;
  if (!is_due) {
    if (link->is_slide && (has_agreed (self) || lec_slide_is_of_origin (link->uri, self->origin)))
      lec_slides_prepare (self->slides, link->uri);
    return;
  }
  if (link->is_slide)
    show_slide (self, g_steal_pointer (&link));
  else
    set_link (self, g_steal_pointer (&link));
}

void
lec_script_commands_allow_slides (LecScriptCommands *self)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (LEC_IS_SCRIPT_COMMANDS (self));

  if (self->channel == NULL)
    return;
  g_hash_table_add (self->agreed, g_strdup (lec_channel_get_id (self->channel)));
  uri = g_steal_pointer (&self->refused);
  set_text (self, &self->slide_host, NULL, PROP_SLIDE_HOST);
  lec_slides_begin (self->slides, self->origin, TRUE);
  if (uri == NULL)
    return;
  if (self->link != NULL && g_str_equal (self->link->uri, uri)) {
    g_clear_pointer (&self->slide_link, lec_cue_link_free);
    self->slide_link = g_steal_pointer (&self->link);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINK]);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LINK_HOST]);
  }
  lec_slides_show (self->slides, uri);
}

/* ---- captions ---- */

static void
take_text (LecScriptCommands *self, const char *parameter, gboolean is_due)
{
  g_autofree char *text = NULL;

  if (!is_due)
    return;
  text = lec_caption_text_dup (parameter);
  self->callbacks->caption (text, self->data);
}

/* ---- what else is to be played ---- */

/* (transfer full) (nullable): never a file, and nothing of this computer or the viewer's network,
 * unless the announcement lies there itself */
static char *
resolve_file (LecScriptCommands *self, const char *parameter)
{
  const char *from = self->origin != NULL ? self->origin : LEC_ORIGIN_NETWORK;
  g_autofree char *stripped = g_strstrip (g_strdup (parameter));
  g_autofree char *uri = *stripped != '\0' ? lec_reference_resolve (
                             stripped, get_base (self) != NULL ? get_base (self) : from, NULL)
                                           : NULL;
  g_autoptr (GUri) parsed
      = uri != NULL ? g_uri_parse (uri, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL)
                    : NULL;
  g_autoptr (GInetAddress) address = NULL;

  if (parsed == NULL || g_uri_get_host (parsed) == NULL || strlen (uri) > LEC_MAX_LINK
      || lec_reference_has_scheme (uri, "file") || !lec_origin_may_lead (from, uri))
    return NULL;
  address = g_inet_address_new_from_string (g_uri_get_host (parsed));
  if (address != NULL && lec_server_reach_of (address) != LEC_SERVER_REACH_PUBLIC
      && !lec_slide_is_of_origin (uri, self->origin))
    return NULL;
  return g_steal_pointer (&uri);
}

/* What lies on the announcement's own server is played as Windows Media Player plays it. */
static void
take_filename (LecScriptCommands *self, const char *parameter, gboolean is_due)
{
  g_autofree char *uri = is_due ? resolve_file (self, parameter) : NULL;
  const gint64 now_us = g_get_monotonic_time ();

  if (uri == NULL)
    return;
  if (!lec_slide_is_of_origin (uri, self->origin)
      || (self->led_us != 0 && now_us - self->led_us < LEAD_US)) {
    set_text (self, &self->offer, uri, PROP_OFFER);
    return;
  }
  self->led_us = now_us;
  self->callbacks->open (uri, self->data);
}

void
lec_script_commands_accept (LecScriptCommands *self)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (LEC_IS_SCRIPT_COMMANDS (self));

  uri = g_strdup (self->offer);
  set_text (self, &self->offer, NULL, PROP_OFFER);
  if (uri != NULL)
    self->callbacks->open (uri, self->data);
}

static void
take_event (LecScriptCommands *self, const char *parameter, gboolean is_due)
{
  g_autofree char *name = g_strstrip (g_strdup (parameter));

  if (is_due && self->announcement != NULL)
    self->callbacks->event (name, self->data);
}

/* The earlier the better. */
static void
take_open_event (LecScriptCommands *self, const char *parameter, gboolean is_due)
{
  g_autofree char *name = g_strstrip (g_strdup (parameter));

  if (self->announcement != NULL)
    self->callbacks->event_ahead (name, self->data);
}

void
lec_script_commands_take (LecScriptCommands *self,
                          const char *type,
                          const char *parameter,
                          gboolean is_due)
{
  static const struct
  {
    const char *type;
    void (*take) (LecScriptCommands *self, const char *parameter, gboolean is_due);
  } types[] = {
    { "URL", take_url },
    { "TEXT", take_text },
    { "CAPTION", take_text },
    { "SYNCHRONIZEDLYRICLYRIC", take_text },
    { "FILENAME", take_filename },
    { "EVENT", take_event },
    { "OPENEVENT", take_open_event },
  };

  g_return_if_fail (LEC_IS_SCRIPT_COMMANDS (self));

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (g_ascii_strcasecmp (types[i].type, type) == 0) {
      types[i].take (self, parameter, is_due);
      return;
    }
  }
}

/* ---- markers ---- */

static void
free_marker (gpointer data)
{
  LecMarker *marker = data;

  g_free (marker->name);
  g_free (marker);
}

/* (transfer full) (nullable): NULL where there are none */
static GPtrArray *
read_header (GBytes *header)
{
  g_autoptr (GArray) read
      = lec_asf_markers_read (g_bytes_get_data (header, NULL), g_bytes_get_size (header));
  GPtrArray *markers;

  if (read->len == 0)
    return NULL;
  markers = g_ptr_array_new_with_free_func (free_marker);
  for (guint i = 0; i < read->len; i++) {
    const LecAsfMarker *from = &g_array_index (read, LecAsfMarker, i);
    LecMarker *marker = g_new (LecMarker, 1);

    *marker = (LecMarker){ from->time_ms, g_strdup (from->name) };
    lec_text_clean (&marker->name);
    g_ptr_array_add (markers, marker);
  }
  return markers;
}

/* (transfer full) (nullable): of the first header that has any, whether a station multicasts what
 * it describes or a server sends it */
static GPtrArray *
read_markers (const LecAlternative *alternative)
{
  GPtrArray *markers = NULL;

  for (guint i = 0; alternative->msb != NULL && i < alternative->msb->formats->len; i++) {
    const LecMsbFormat *format = g_ptr_array_index (alternative->msb->formats, i);

    markers = markers != NULL ? markers : read_header (format->header);
  }
  for (guint i = 0; markers == NULL && i < alternative->streams->len; i++) {
    g_autoptr (GBytes) header
        = lec_asf_rtp_dup_header (g_ptr_array_index (alternative->streams, i));

    markers = header != NULL ? read_header (header) : NULL;
  }
  return markers;
}

/* Takes @markers (nullable). */
static void
set_markers (LecScriptCommands *self, GPtrArray *markers)
{
  if (markers == NULL && self->markers == NULL)
    return;
  g_clear_pointer (&self->markers, g_ptr_array_unref);
  self->markers = markers;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MARKERS]);
}

/* ---- what is played ---- */

/* In a list, or in what its station may call up. */
static gboolean
is_of (const LecAnnouncement *announcement, LecChannel *channel)
{
  if (g_ptr_array_find (announcement->channels, channel, NULL))
    return TRUE;
  for (guint i = 0; i < announcement->events->len; i++) {
    const LecEvent *event = g_ptr_array_index (announcement->events, i);

    if (g_ptr_array_find (event->channels, channel, NULL))
      return TRUE;
  }
  return FALSE;
}

void
lec_script_commands_begin (LecScriptCommands *self,
                           LecChannel *channel,
                           const LecAnnouncement *announcement)
{
  g_return_if_fail (LEC_IS_SCRIPT_COMMANDS (self));

  g_clear_pointer (&self->channel, lec_channel_unref);
  g_clear_pointer (&self->origin, g_free);
  g_clear_pointer (&self->refused, g_free);
  g_clear_pointer (&self->slide_link, lec_cue_link_free);
  self->announcement = NULL;
  if (channel != NULL)
    self->channel = lec_channel_ref (channel);
  if (channel != NULL && announcement != NULL && is_of (announcement, channel)) {
    self->announcement = announcement;
    self->origin = lec_web_is_address (announcement->uri) ? g_strdup (announcement->uri) : NULL;
  }
  lec_slides_begin (self->slides, self->origin, has_agreed (self));
  set_link (self, NULL);
  set_markers (self, NULL);
  set_text (self, &self->slide_host, NULL, PROP_SLIDE_HOST);
  set_text (self, &self->offer, NULL, PROP_OFFER);
}

void
lec_script_commands_enter (LecScriptCommands *self, const char *uri)
{
  g_return_if_fail (LEC_IS_SCRIPT_COMMANDS (self));

  if (self->origin == NULL && uri != NULL && lec_web_is_address (uri)) {
    self->origin = g_strdup (uri);
    lec_slides_begin (self->slides, self->origin, has_agreed (self));
  }
}

void
lec_script_commands_receive (LecScriptCommands *self, const LecAlternative *alternative)
{
  g_return_if_fail (LEC_IS_SCRIPT_COMMANDS (self));

  set_markers (self, read_markers (alternative));
}

void
lec_script_commands_read_header (LecScriptCommands *self, GBytes *header)
{
  g_return_if_fail (LEC_IS_SCRIPT_COMMANDS (self));

  set_markers (self, read_header (header));
}

/* ---- properties ---- */

static char *
dup_slide_type (LecScriptCommands *self)
{
  GBytes *slide = lec_slides_get_bytes (self->slides);
  LecImageFacts facts;
  gsize size;
  const guint8 *bytes = slide != NULL ? g_bytes_get_data (slide, &size) : NULL;

  if (bytes == NULL || !lec_image_facts_read (bytes, size, &facts))
    return NULL;
  return g_strdup (facts.type);
}

static void
lec_script_commands_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecScriptCommands *self = LEC_SCRIPT_COMMANDS (object);

  switch (id) {
  case PROP_LINK:
    g_value_set_string (value, self->link != NULL ? self->link->uri : NULL);
    break;
  case PROP_LINK_HOST:
    g_value_set_string (value, self->link != NULL ? self->link->host : NULL);
    break;
  case PROP_SLIDE:
    g_value_set_boxed (value, lec_slides_get_bytes (self->slides));
    break;
  case PROP_SLIDE_TYPE:
    g_value_take_string (value, dup_slide_type (self));
    break;
  case PROP_SLIDE_NAME:
    g_value_set_string (value, self->slide_name);
    break;
  case PROP_SLIDE_HOST:
    g_value_set_string (value, self->slide_host);
    break;
  case PROP_OFFER:
    g_value_set_string (value, self->offer);
    break;
  case PROP_MARKERS:
    g_value_set_boxed (value, self->markers);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_script_commands_finalize (GObject *object)
{
  LecScriptCommands *self = LEC_SCRIPT_COMMANDS (object);

  lec_slides_free (self->slides);
  g_clear_pointer (&self->channel, lec_channel_unref);
  g_clear_pointer (&self->markers, g_ptr_array_unref);
  g_hash_table_unref (self->agreed);
  lec_cue_link_free (self->link);
  lec_cue_link_free (self->slide_link);
  g_free (self->origin);
  g_free (self->slide_name);
  g_free (self->slide_host);
  g_free (self->refused);
  g_free (self->offer);
  G_OBJECT_CLASS (lec_script_commands_parent_class)->finalize (object);
}

static void
lec_script_commands_class_init (LecScriptCommandsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = lec_script_commands_get_property;
  object_class->finalize = lec_script_commands_finalize;

  properties[PROP_LINK] = g_param_spec_string ("link", NULL, NULL, NULL, flags);
  properties[PROP_LINK_HOST] = g_param_spec_string ("link-host", NULL, NULL, NULL, flags);
  properties[PROP_SLIDE] = g_param_spec_boxed ("slide", NULL, NULL, G_TYPE_BYTES, flags);
  properties[PROP_SLIDE_TYPE] = g_param_spec_string ("slide-type", NULL, NULL, NULL, flags);
  properties[PROP_SLIDE_NAME] = g_param_spec_string ("slide-name", NULL, NULL, NULL, flags);
  properties[PROP_SLIDE_HOST] = g_param_spec_string ("slide-host", NULL, NULL, NULL, flags);
  properties[PROP_OFFER] = g_param_spec_string ("offer", NULL, NULL, NULL, flags);
  properties[PROP_MARKERS] = g_param_spec_boxed ("markers", NULL, NULL, G_TYPE_PTR_ARRAY, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lec_script_commands_init (LecScriptCommands *self)
{
  self->slides = lec_slides_new (slides_changed_cb, self);
  self->agreed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

LecScriptCommands *
lec_script_commands_new (const LecScriptCallbacks *callbacks, gpointer data)
{
  LecScriptCommands *self = g_object_new (LEC_TYPE_SCRIPT_COMMANDS, NULL);

  self->callbacks = callbacks;
  self->data = data;
  return self;
}
