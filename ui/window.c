/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/window.h"

#include <glib/gi18n.h>

#include "ui/accessible-names.h"
#include "ui/address-form.h"
#include "ui/announcer.h"
#include "ui/auto-hide-overlay.h"
#include "ui/caption-box.h"
#include "ui/caption-image.h"
#include "ui/captions.h"
#include "ui/choices.h"
#include "ui/controls.h"
#include "ui/favourites.h"
#include "ui/lecture.h"
#include "ui/marker-list.h"
#include "ui/memory.h"
#include "ui/open.h"
#include "ui/page.h"
#include "ui/picture-input.h"
#include "ui/preview-card.h"
#include "ui/recent-list.h"
#include "ui/script-questions.h"
#include "ui/signal-words.h"
#include "ui/window-actions.h"
#include "ui/window-private.h"
#include "ui/zap-keys.h"

#define PATIENCE_S 5 /* for a picture while sound plays */

enum {
  PROP_PLAYER = 1,
  PROP_LOCATION,
  PROP_PATIENT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LecWindow, lec_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_picture_cb (LecWindow *self, const char *page)
{
  return g_strcmp0 (page, "picture") == 0;
}

static gboolean
is_waiting_cb (LecWindow *self, const char *page, int error)
{
  return g_strcmp0 (page, "waiting") == 0 && error != LEC_ERROR_UNSUPPORTED;
}

static gboolean
is_silent_cb (LecWindow *self, LecPlayerState state)
{
  return state == LEC_PLAYER_SILENT;
}

static gboolean
has_message_cb (LecWindow *self, const char *message)
{
  return message != NULL && *message != '\0';
}

static gboolean
has_controls_cb (LecWindow *self, const char *page)
{
  return g_strcmp0 (page, "empty") != 0 && g_strcmp0 (page, "refused") != 0;
}

/* Each upper corner of the window belongs to whichever is there, a sidebar or the header bar. */
static gboolean
sidebar_has_corner_cb (LecWindow *self, gboolean revealed, gboolean folded, gboolean fullscreened)
{
  return revealed && !folded && !fullscreened;
}

static gboolean
header_has_corner_cb (LecWindow *self, gboolean revealed, gboolean folded, gboolean fullscreened)
{
  return (!revealed || folded) && !fullscreened;
}

static gboolean
not_cb (LecWindow *self, gboolean value)
{
  return !value;
}

static gboolean
either_cb (LecWindow *self, gboolean a, gboolean b)
{
  return a || b;
}

static guint
pictures_cb (LecWindow *self, guint pictures, gboolean has_slide)
{
  return pictures | (has_slide ? 1u << LEC_SLIDE_PICTURE : 0u);
}

/* What was seen last stays until there is something else to see: no page flashes up in a dark hall.
 */
static char *
page_cb (LecWindow *self,
         LecPlayerState state,
         gboolean has_video,
         gboolean has_second_video,
         gboolean has_audio,
         gboolean promises_video,
         gboolean patient,
         const LecChannel *channel)
{
  g_autofree char *page = lec_page_name (self, state, has_video, has_second_video, has_audio,
                                         promises_video, patient, channel);
  const char *before = gtk_stack_get_visible_child_name (self->pages);

  if (g_strcmp0 (page, "waiting") == 0 && is_picture_cb (self, before))
    return g_strdup (before);
  return g_steal_pointer (&page);
}

/* Something else is waited for than what is seen. */
static gboolean
is_passing_cb (LecWindow *self, LecPlayerState state, guint pictures)
{
  return state == LEC_PLAYER_WAITING || pictures == 0;
}

static void
link_cb (LecWindow *self)
{
  g_autofree char *link = NULL;

  g_object_get (self->link_card, "link", &link, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.open-link", link != NULL);
}

/* A new notice is shown over a picture too. */
static void
notified_cb (LecWindow *self)
{
  lec_auto_hide_overlay_wake (LEC_AUTO_HIDE_OVERLAY (self->auto_hide_overlay));
}

static void
channel_updated_cb (LecWindow *self)
{
  lec_notice_bar_notify (self->notice_bar,
                         _ ("The station updated this channel; now playing the new version."));
}

static void
newer_cb (LecWindow *self)
{
  lec_notice_bar_offer (self->notice_bar,
                        _ ("The station announces a newer version of this channel than the one "
                           "that was opened."),
                        _ ("Use _It"), "win.use-newer");
}

/* Who does not see the icon of the button hears what it shows. */
static void
summary_cb (LecWindow *self)
{
  g_autofree char *summary = NULL, *label = NULL;

  g_object_get (self->signal_panel, "summary", &summary, NULL);
  /* Translators: how a channel is received, as in “Signal: Good” */
  label = summary != NULL ? g_strdup_printf (_ ("Signal: %s"), summary) : g_strdup (_ ("Signal"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->signal_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
set_patient (LecWindow *self, gboolean patient)
{
  if (self->patient == patient)
    return;

  self->patient = patient;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PATIENT]);
}

static gboolean
impatience_cb (gpointer data)
{
  LecWindow *self = data;

  self->impatience = 0;
  set_patient (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* Audio begins or ends: the wait for video starts again. */
static void
audio_cb (LecWindow *self)
{
  gboolean has_audio;

  g_object_get (self->player, "has-audio", &has_audio, NULL);
  g_clear_handle_id (&self->impatience, g_source_remove);
  set_patient (self, TRUE);
  if (has_audio)
    self->impatience = g_timeout_add_seconds (PATIENCE_S, impatience_cb, self);
}

/* The screen stays on for as long as there is something to see. */
static void
state_cb (LecWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  const gboolean playing
      = self->player != NULL && lec_player_get_state (self->player) == LEC_PLAYER_PLAYING;

  if (application == NULL || playing == (self->inhibition != 0))
    return;

  if (playing) {
    self->inhibition = gtk_application_inhibit (
        application, GTK_WINDOW (self), GTK_APPLICATION_INHIBIT_IDLE, _ ("A channel is playing"));
  } else {
    gtk_application_uninhibit (application, self->inhibition);
    self->inhibition = 0;
  }
}

/* The menu hides what is disabled. */
static void
both_cb (LecWindow *self)
{
  gboolean both;

  g_object_get (self->video_layout, "both", &both, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.swap-pictures", both);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.one-picture", both);
}

/* Where nothing can be gone to, Left and Right move the focus. */
static void
can_seek_cb (LecWindow *self)
{
  gboolean can_seek = FALSE;

  if (self->player != NULL)
    g_object_get (self->player, "can-seek", &can_seek, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.seek", can_seek);
}

/* Buttons that lead nowhere are insensitive. */
static void
list_cb (LecWindow *self)
{
  gboolean has_previous = FALSE, has_next = FALSE;

  if (self->player != NULL)
    g_object_get (self->player, "has-previous", &has_previous, "has-next", &has_next, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.previous-entry", has_previous);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.next-entry", has_next);
}

/* A viewer who moves through the list with the keyboard, or types into the search, keeps the focus
 * there; a click does not move it there. */
static gboolean
is_in_list (LecWindow *self, GtkWidget *focus)
{
  return gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar))
         && (gtk_window_get_focus_visible (GTK_WINDOW (self)) || GTK_IS_EDITABLE (focus));
}

static void
channel_cb (LecWindow *self)
{
  const gboolean has_channel
      = self->player != NULL && lec_player_get_channel (self->player) != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-announcement", has_channel);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.copy-announcement", has_channel);
}

/* A hidden plot must not have the focus. */
static void
signal_shown_cb (LecWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!adw_flap_get_reveal_flap (self->signal_flap) && focus != NULL
      && gtk_widget_is_ancestor (focus, adw_flap_get_flap (self->signal_flap)))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/* GTK may have decided to move the focus behind the next frame, as the page that had it is hidden by
 * now; only a widget makes it forget that. */
static void
take_focus_away (LecWindow *self)
{
  gtk_root_set_focus (GTK_ROOT (self), GTK_WIDGET (self->pages));
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

/* Keys then belong to the window, not to the button that GTK would find next: Space must not open a
 * file chooser over the picture. Where no volume is shown, Up and Down move the focus. */
static void
page_changed_cb (LecWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  const char *page = gtk_stack_get_visible_child_name (self->pages);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.change-volume",
                                 has_controls_cb (self, page));
  if (focus == NULL
      || (gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) == NULL && !is_in_list (self, focus)))
    take_focus_away (self);
}

void
lec_window_open (LecWindow *self, const char *location)
{
  g_autofree char *copy = g_strdup (location);

  g_return_if_fail (LEC_IS_WINDOW (self));
  g_return_if_fail (location != NULL);

  g_free (self->location);
  self->location = g_steal_pointer (&copy);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOCATION]);
  lec_player_open (self->player, self->location);
}

/* The channel that plays already goes on. */
static void
activated_cb (LecWindow *self, LecChannelItem *item)
{
  const LecPlayerState state = lec_player_get_state (self->player);
  g_autoptr (LecChannelItem) playing = NULL;

  g_object_get (self->tracker, "playing", &playing, NULL);
  if (item != playing || state == LEC_PLAYER_SILENT)
    lec_player_play (self->player, lec_channel_item_get_channel (item));
  lec_sidebar_policy_chosen (self->sidebar_policy);
}

/* The announcement names no sender, and the network requires one: the viewer may know it. */
static void
source_cb (LecWindow *self)
{
  g_autofree char *source
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->source_entry))));
  g_autoptr (GError) error = NULL;
  g_autoptr (LecChannel) channel
      = lec_channel_new_for_source (lec_player_get_channel (self->player), source, &error);

  if (channel != NULL)
    lec_player_play (self->player, channel);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.notify", "s", error->message);
}

static void
set_player (LecWindow *self, LecPlayer *player)
{
  g_autoptr (GPropertyAction) mute = g_property_action_new ("mute", player, "muted");

  g_assert (self->player == NULL);

  self->player = g_object_ref (player);
  g_signal_connect_object (player, "notify::has-audio", G_CALLBACK (audio_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::channel", G_CALLBACK (channel_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::has-next", G_CALLBACK (list_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::can-seek", G_CALLBACK (can_seek_cb), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (mute));
  lec_script_questions_attach (self->notice_bar, player, G_ACTION_MAP (self));
  list_cb (self);
}

static void
set_list (LecWindow *self, LecChannelList *list)
{
  g_autoptr (GPropertyAction) channels
      = g_property_action_new ("channels", self->flap, "reveal-flap");
  g_autoptr (GPropertyAction) signal
      = g_property_action_new ("signal", self->signal_flap, "reveal-flap");

  self->tracker = lec_channel_tracker_new (self->player, list);
  self->sidebar_policy = lec_sidebar_policy_new (self->flap, self->player, list);
  self->ahead_policy = lec_ahead_policy_new (self->player, self->sidebar);
  g_signal_connect_object (self->tracker, "newer-announced", G_CALLBACK (newer_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tracker, "channel-updated", G_CALLBACK (channel_updated_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (self->tracker, "playing", self->sidebar, "playing",
                          G_BINDING_SYNC_CREATE);
  g_object_set (self->sidebar, "list", list, NULL);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (channels));
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (signal));
}

static void
lec_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecWindow *self = LEC_WINDOW (object);

  switch (id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  case PROP_LOCATION:
    g_value_set_string (value, self->location);
    break;
  case PROP_PATIENT:
    g_value_set_boolean (value, self->patient);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecWindow *self = LEC_WINDOW (object);

  switch (id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static gboolean
lec_window_close_request (GtkWindow *window)
{
  lec_player_stop (LEC_WINDOW (window)->player);

  return GTK_WINDOW_CLASS (lec_window_parent_class)->close_request (window);
}

static void
lec_window_dispose (GObject *object)
{
  LecWindow *self = LEC_WINDOW (object);

  g_clear_handle_id (&self->impatience, g_source_remove);

  /* Popovers and exported actions outlive their window for a while; the player does not. */
  if (self->player != NULL) {
    g_action_map_remove_action (G_ACTION_MAP (self), "mute");
    g_action_map_remove_action (G_ACTION_MAP (self), "channels");
    g_action_map_remove_action (G_ACTION_MAP (self), "signal");
    lec_player_stop (self->player);
    g_clear_object (&self->ahead_policy);
    g_clear_object (&self->sidebar_policy);
    g_clear_object (&self->tracker);
    g_clear_object (&self->player);
  }

  G_OBJECT_CLASS (lec_window_parent_class)->dispose (object);
}

static void
lec_window_finalize (GObject *object)
{
  LecWindow *self = LEC_WINDOW (object);

  g_free (self->location);

  G_OBJECT_CLASS (lec_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *class)
{
  gtk_widget_class_set_template_from_resource (class, "/org/lectern/Lectern/window.ui");
  gtk_widget_class_bind_template_child (class, LecWindow, signal_panel);
  gtk_widget_class_bind_template_child (class, LecWindow, signal_button);
  gtk_widget_class_bind_template_child (class, LecWindow, flap);
  gtk_widget_class_bind_template_child (class, LecWindow, signal_flap);
  gtk_widget_class_bind_template_child (class, LecWindow, sidebar);
  gtk_widget_class_bind_template_child (class, LecWindow, auto_hide_overlay);
  gtk_widget_class_bind_template_child (class, LecWindow, video_layout);
  gtk_widget_class_bind_template_child (class, LecWindow, video_view);
  gtk_widget_class_bind_template_child (class, LecWindow, pages);
  gtk_widget_class_bind_template_child (class, LecWindow, picture_menu);
  gtk_widget_class_bind_template_child (class, LecWindow, notice_bar);
  gtk_widget_class_bind_template_child (class, LecWindow, link_card);
  gtk_widget_class_bind_template_child (class, LecWindow, slide);
  gtk_widget_class_bind_template_child (class, LecWindow, open_button);
  gtk_widget_class_bind_template_child (class, LecWindow, address_form);
  gtk_widget_class_bind_template_child (class, LecWindow, source_entry);
  gtk_widget_class_bind_template_callback (class, page_cb);
  gtk_widget_class_bind_template_child (class, LecWindow, start_box);
  gtk_widget_class_bind_template_callback (class, is_picture_cb);
  gtk_widget_class_bind_template_callback (class, is_waiting_cb);
  gtk_widget_class_bind_template_callback (class, is_silent_cb);
  gtk_widget_class_bind_template_callback (class, has_message_cb);
  gtk_widget_class_bind_template_callback (class, has_controls_cb);
  gtk_widget_class_bind_template_callback (class, sidebar_has_corner_cb);
  gtk_widget_class_bind_template_callback (class, header_has_corner_cb);
  gtk_widget_class_bind_template_callback (class, not_cb);
  gtk_widget_class_bind_template_callback (class, either_cb);
  gtk_widget_class_bind_template_callback (class, pictures_cb);
  gtk_widget_class_bind_template_callback (class, is_passing_cb);
  gtk_widget_class_bind_template_callback (class, link_cb);
  gtk_widget_class_bind_template_callback (class, lec_page_title);
  gtk_widget_class_bind_template_callback (class, lec_page_subtitle);
  gtk_widget_class_bind_template_callback (class, lec_page_sentence);
  gtk_widget_class_bind_template_callback (class, lec_page_sound);
  gtk_widget_class_bind_template_callback (class, lec_page_needs_source);
  gtk_widget_class_bind_template_callback (class, lec_page_asks);
  gtk_widget_class_bind_template_callback (class, source_cb);
  gtk_widget_class_bind_template_callback (class, both_cb);
  gtk_widget_class_bind_template_callback (class, signal_shown_cb);
  gtk_widget_class_bind_template_callback (class, lec_signal_words_dup_icon);
  gtk_widget_class_bind_template_callback (class, lec_signal_words_tooltip);
  gtk_widget_class_bind_template_callback (class, summary_cb);
  gtk_widget_class_bind_template_callback (class, page_changed_cb);
  gtk_widget_class_bind_template_callback (class, notified_cb);
  gtk_widget_class_bind_template_callback (class, lec_announcer_tell);
  gtk_widget_class_bind_template_callback (class, activated_cb);
}

static void
lec_window_class_init (LecWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS;

  object_class->get_property = lec_window_get_property;
  object_class->set_property = lec_window_set_property;
  object_class->dispose = lec_window_dispose;
  object_class->finalize = lec_window_finalize;
  GTK_WINDOW_CLASS (class)->close_request = lec_window_close_request;

  /* Not construct-only: expressions in the template would take such a property for a constant. */
  props[PROP_PLAYER]
      = g_param_spec_object ("player", NULL, NULL, LEC_TYPE_PLAYER, flags | G_PARAM_READWRITE);
  props[PROP_LOCATION]
      = g_param_spec_string ("location", NULL, NULL, NULL, flags | G_PARAM_READABLE);
  props[PROP_PATIENT]
      = g_param_spec_boolean ("patient", NULL, NULL, TRUE, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (LEC_TYPE_ADDRESS_FORM);
  g_type_ensure (LEC_TYPE_ANNOUNCER);
  g_type_ensure (LEC_TYPE_CAPTION_BOX);
  g_type_ensure (LEC_TYPE_CAPTIONS);
  g_type_ensure (LEC_TYPE_CHANNEL_SIDEBAR);
  g_type_ensure (LEC_TYPE_CONTROLS);
  g_type_ensure (LEC_TYPE_LINK_CARD);
  g_type_ensure (LEC_TYPE_MARKER_LIST);
  g_type_ensure (LEC_TYPE_NOTICE_BAR);
  g_type_ensure (LEC_TYPE_RECENT_LIST);
  g_type_ensure (LEC_TYPE_VIDEO_LAYOUT);
  g_type_ensure (LEC_TYPE_SIGNAL_PANEL);
  g_type_ensure (LEC_TYPE_SLIDE);
  g_type_ensure (LEC_TYPE_CAPTION_IMAGE);
  g_type_ensure (LEC_TYPE_START_BOX);
  g_type_ensure (LEC_TYPE_AUTO_HIDE_OVERLAY);
  g_type_ensure (LEC_TYPE_VIDEO_VIEW);
  lec_accessible_names_init ();
  bind_template (GTK_WIDGET_CLASS (class));
  lec_window_install_actions (GTK_WIDGET_CLASS (class));
}

static void
lec_window_init (LecWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_focus_visible (GTK_WINDOW (self), FALSE); /* no key has been pressed: is_in_list() */
  self->patient = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.change-volume", FALSE);
  both_cb (self);
  link_cb (self);
  channel_cb (self);
  list_cb (self);
  can_seek_cb (self);
  lec_window_add_keys (self);
  gtk_widget_add_controller (GTK_WIDGET (self), lec_zap_keys_new (self->sidebar));

  gtk_widget_add_controller (self->auto_hide_overlay, lec_open_drop_target_new ());
  lec_picture_input_attach (GTK_WIDGET (self->video_view), self->picture_menu);
}

GtkWidget *
lec_window_new (GtkApplication *application,
                LecPlayer *player,
                LecChannelList *list,
                GdkPaintable *picture,
                GdkPaintable *second_picture)
{
  LecWindow *self
      = g_object_new (LEC_TYPE_WINDOW, "application", application, "player", player, NULL);

  lec_video_layout_set_picture (self->video_layout, 0, picture);
  lec_video_layout_set_picture (self->video_layout, 1, second_picture);
  lec_lecture_attach (GTK_APPLICATION_WINDOW (self), self->video_layout, player);
  gtk_widget_add_controller (GTK_WIDGET (self), lec_choices_keys_new (player));
  set_list (self, list);
  return GTK_WIDGET (self);
}

void
lec_window_set_picture (LecWindow *self, guint index, GdkPaintable *picture)
{
  g_return_if_fail (LEC_IS_WINDOW (self));

  lec_video_layout_set_picture (self->video_layout, index, picture);
}

void
lec_window_add_preview (LecWindow *self, GstElement *sink)
{
  g_return_if_fail (LEC_IS_WINDOW (self));

  lec_channel_sidebar_append (self->sidebar,
                              lec_preview_card_new (self->player, self->sidebar, sink));
}

void
lec_window_set_discovery_error (LecWindow *self, const char *error)
{
  g_return_if_fail (LEC_IS_WINDOW (self));

  g_object_set (self->sidebar, "discovery-error", error, NULL);
}

void
lec_window_remember (LecWindow *self, LecChannelList *list, GSettings *settings)
{
  g_autoptr (LecFavourites) favourites = NULL;

  g_return_if_fail (LEC_IS_WINDOW (self));

  lec_memory_attach (settings, GTK_WINDOW (self), self->player, self->tracker,
                     self->sidebar_policy);
  g_settings_bind (settings, "join-ahead", self->ahead_policy, "joins", G_SETTINGS_BIND_DEFAULT);
  g_object_set (self->start_box, "settings", settings, NULL);
  favourites = lec_favourites_new (list, settings);
  g_object_set (self->sidebar, "favourites", favourites, NULL);
}

void
lec_window_set_listening (LecWindow *self, const char *sentence)
{
  g_return_if_fail (LEC_IS_WINDOW (self));

  g_object_set (self->sidebar, "listening", sentence, NULL);
  g_object_set (self->start_box, "listening", sentence, NULL);
}
