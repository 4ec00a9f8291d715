/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/choice-menu.h"

#include <glib/gi18n.h>

#include "play/caption-choice.h"
#include "play/player.h"
#include "report/fields.h"
#include "ui/caption-tracks.h"
#include "ui/choices.h"
#include "ui/sound-tracks.h"

#define GROUP "choice"
#define PROGRAM "program"
#define STATION "station"
#define SOUND "sound"
#define CAPTIONS "captions"

struct _LecChoiceMenu
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GSimpleAction *program;  /* owned; its state is the number of what is played */
  GSimpleAction *station;  /* owned; its state is the address */
  GSimpleAction *sound;    /* owned; its state is the index */
  GSimpleAction *captions; /* owned; its state is the player's `captions` */

  /* owned */
  LecPlayer *player;
  char *remembered;          /* (nullable): name of the sound that was chosen for the channel */
  char *remembered_captions; /* (nullable): key of the captions, likewise */
  char *shown;               /* (nullable): what the menu was made of */

  guint timer; /* 0: nothing is received */
};

enum {
  PROP_PLAYER = 1,
};

G_DEFINE_FINAL_TYPE (LecChoiceMenu, lec_choice_menu, GTK_TYPE_WIDGET)

/* ---- what is offered ---- */

static gboolean
is_offered (const LecTsProgramStats *program)
{
  for (guint i = 0; i < program->n_streams; i++) {
    const LecTsStreamStats *stream = &program->streams[i];

    if (stream->playable && stream->packets > stream->scrambled)
      return TRUE;
  }
  return FALSE;
}

static char *
dup_name (const LecTsProgramStats *program)
{
  return *program->name != '\0' ? g_strdup (program->name)
                                : g_strdup_printf (_ ("Program %u"), program->number);
}

/* The first stream that has programs; a channel has one. */
static const LecStreamReport *
find_stream (LecReport *report)
{
  for (guint i = 0; report != NULL && i < report->n_streams; i++) {
    if (report->streams[i].ts.n_programs > 0)
      return &report->streams[i];
  }
  return NULL;
}

/* @target: (transfer floating) */
static void
add_item (GMenu *section, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);

  g_menu_item_set_label (item, label);
  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (section, item);
}

static GMenu *
new_programs (const LecTsStats *ts)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; ts != NULL && i < ts->n_programs; i++) {
    g_autofree char *name = NULL;

    if (!is_offered (&ts->programs[i]))
      continue;
    name = dup_name (&ts->programs[i]);
    add_item (section, name, GROUP "." PROGRAM, g_variant_new_uint32 (ts->programs[i].number));
  }
  return section;
}

static GMenu *
new_stations (LecReport *report)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; report != NULL && i < report->n_stations; i++) {
    const char *address = report->stations[i].address;

    add_item (section, address, GROUP "." STATION, g_variant_new_string (address));
  }
  return section;
}

static GMenu *
new_sounds (const GPtrArray *names)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < names->len; i++)
    add_item (section, g_ptr_array_index (names, i), GROUP "." SOUND, g_variant_new_uint32 (i));
  return section;
}

static GMenu *
new_captions (const GPtrArray *tracks)
{
  GMenu *section = g_menu_new ();

  for (guint i = 0; i < tracks->len; i++) {
    const LecCaptionTrack *track = g_ptr_array_index (tracks, i);

    add_item (section, track->name, GROUP "." CAPTIONS, g_variant_new_uint32 (track->wanted));
  }
  return section;
}

/* One is no choice. */
static void
append_section (GMenu *menu, const char *heading, GMenu *section, GString *shown)
{
  const int count = g_menu_model_get_n_items (G_MENU_MODEL (section));

  if (count < 2)
    return;
  g_menu_append_section (menu, heading, G_MENU_MODEL (section));
  for (int i = 0; i < count; i++) {
    g_autofree char *label = NULL;

    g_menu_model_get_item_attribute (G_MENU_MODEL (section), i, G_MENU_ATTRIBUTE_LABEL, "s",
                                     &label);
    g_string_append_printf (shown, "%s %s\n", heading, label);
  }
}

/* An open menu is left alone unless it says something else now. */
static void
set_choices (LecChoiceMenu *self,
             LecReport *report,
             const LecStreamReport *stream,
             const GPtrArray *sounds,
             const GPtrArray *captions)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) programs = new_programs (stream != NULL ? &stream->ts : NULL);
  g_autoptr (GMenu) stations = new_stations (report);
  g_autoptr (GMenu) sound_section = new_sounds (sounds);
  g_autoptr (GMenu) caption_section = new_captions (captions);
  g_autoptr (GString) shown = g_string_new (NULL);

  append_section (menu, _ ("Sound"), sound_section, shown);
  append_section (menu, _ ("Captions"), caption_section, shown);
  append_section (menu, _ ("Program"), programs, shown);
  append_section (menu, _ ("Station"), stations, shown);
  if (g_strcmp0 (shown->str, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (shown->str);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self), shown->len > 0);
}

/* The station that is played; of two that share the streams, the first. */
static const char *
get_station (LecReport *report)
{
  for (guint i = 0; report != NULL && i < report->n_stations; i++) {
    if (report->stations[i].is_played)
      return report->stations[i].address;
  }
  return "";
}

static const LecAlternative *
get_playing (LecChoiceMenu *self)
{
  return self->player != NULL ? lec_player_get_playing (self->player) : NULL;
}

/* The sound that was chosen for this channel before, as soon as it is there. */
static void
recall_sound (LecChoiceMenu *self, const GPtrArray *sounds, const LecReport *report)
{
  guint index;

  if (self->remembered == NULL || report == NULL || report->n_tracks == 0
      || lec_player_get_state (self->player) != LEC_PLAYER_PLAYING
      || !g_ptr_array_find_with_equal_func ((GPtrArray *) sounds, self->remembered, g_str_equal,
                                            &index))
    return;
  g_clear_pointer (&self->remembered, g_free);
  g_object_set (self->player, "sound", index, NULL);
}

/* Likewise of captions. */
static void
recall_captions (LecChoiceMenu *self, const GPtrArray *tracks)
{
  const LecCaptionTrack *track = lec_caption_tracks_find (tracks, self->remembered_captions);

  if (track == NULL)
    return;
  g_clear_pointer (&self->remembered_captions, g_free);
  g_object_set (self->player, "captions", track->wanted, NULL);
}

static void
update (LecChoiceMenu *self)
{
  g_autoptr (LecReport) report = self->player != NULL ? lec_player_dup_report (self->player) : NULL;
  const LecStreamReport *stream = find_stream (report);
  const LecTsProgramStats *chosen = stream != NULL ? lec_stream_report_get_program (stream) : NULL;

  g_autoptr (GPtrArray) sounds = lec_sound_tracks_list (report, get_playing (self));
  g_autoptr (GPtrArray) captions = NULL;
  guint kinds = 0, wanted = LEC_CAPTIONS_AUTOMATIC, sound = 0;

  if (self->player != NULL)
    g_object_get (self->player, "caption-kinds", &kinds, NULL);
  captions = lec_caption_tracks_list (report, kinds);
  recall_sound (self, sounds, report);
  recall_captions (self, captions);
  if (self->player != NULL)
    g_object_get (self->player, "captions", &wanted, "sound", &sound, NULL);
  set_choices (self, report, stream, sounds, captions);
  g_simple_action_set_state (self->sound, g_variant_new_uint32 (sound));
  g_simple_action_set_state (self->captions, g_variant_new_uint32 (wanted));
  g_simple_action_set_state (self->program,
                             g_variant_new_uint32 (chosen != NULL ? chosen->number : 0));
  g_simple_action_set_state (self->station, g_variant_new_string (get_station (report)));
}

static void
choose_program_cb (GSimpleAction *action, GVariant *number, LecChoiceMenu *self)
{
  if (self->player == NULL)
    return;
  g_object_set (self->player, "program", g_variant_get_uint32 (number), NULL);
  g_simple_action_set_state (action, number);
}

static void
choose_station_cb (GSimpleAction *action, GVariant *address, LecChoiceMenu *self)
{
  if (self->player == NULL)
    return;
  g_object_set (self->player, "station", g_variant_get_string (address, NULL), NULL);
  g_simple_action_set_state (action, address);
}

static void
choose_sound_cb (GSimpleAction *action, GVariant *number, LecChoiceMenu *self)
{
  if (self->player == NULL)
    return;
  lec_choices_set_sound (self->player, g_variant_get_uint32 (number));
  g_simple_action_set_state (action, number);
}

static void
choose_captions_cb (GSimpleAction *action, GVariant *number, LecChoiceMenu *self)
{
  if (self->player == NULL)
    return;
  g_clear_pointer (&self->remembered_captions, g_free);
  lec_choices_set_captions (self->player, g_variant_get_uint32 (number));
  g_simple_action_set_state (action, number);
}

/* ---- when ---- */

static gboolean
timer_cb (gpointer data)
{
  update (data);
  return G_SOURCE_CONTINUE;
}

static void
state_cb (LecChoiceMenu *self)
{
  const gboolean is_on
      = self->player != NULL && lec_player_state_is_on (lec_player_get_state (self->player));

  if (!is_on)
    g_clear_handle_id (&self->timer, g_source_remove);
  else if (self->timer == 0)
    self->timer = g_timeout_add_seconds (1, timer_cb, self);
  update (self);
}

static void
channel_cb (LecChoiceMenu *self)
{
  g_free (self->remembered);
  self->remembered = lec_choices_dup_sound (self->player);
  g_free (self->remembered_captions);
  self->remembered_captions = lec_choices_dup_captions (self->player);
  /* those that are off never flash up */
  g_object_set (self->player, "program", 0, "station", NULL, "captions",
                g_strcmp0 (self->remembered_captions, "off") == 0 ? LEC_CAPTIONS_OFF
                                                                  : LEC_CAPTIONS_AUTOMATIC,
                NULL);
  update (self);
}

/* ---- life ---- */

static void
set_player (LecChoiceMenu *self, LecPlayer *player)
{
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_set_object (&self->player, player);
  if (player != NULL) {
    g_signal_connect_swapped (player, "notify::state", G_CALLBACK (state_cb), self);
    g_signal_connect_swapped (player, "notify::channel", G_CALLBACK (channel_cb), self);
    g_signal_connect_swapped (player, "notify::caption-kinds", G_CALLBACK (update), self);
  }
}

static void
lec_choice_menu_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecChoiceMenu *self = LEC_CHOICE_MENU (object);

  switch (id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_choice_menu_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecChoiceMenu *self = LEC_CHOICE_MENU (object);

  switch (id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    state_cb (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_choice_menu_dispose (GObject *object)
{
  LecChoiceMenu *self = LEC_CHOICE_MENU (object);

  set_player (self, NULL);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->program);
  g_clear_object (&self->station);
  g_clear_object (&self->sound);
  g_clear_object (&self->captions);
  g_clear_pointer (&self->remembered, g_free);
  g_clear_pointer (&self->remembered_captions, g_free);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (lec_choice_menu_parent_class)->dispose (object);
}

static void
lec_choice_menu_class_init (LecChoiceMenuClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_choice_menu_get_property;
  object_class->set_property = lec_choice_menu_set_property;
  object_class->dispose = lec_choice_menu_dispose;

  g_object_class_install_property (
      object_class, PROP_PLAYER,
      g_param_spec_object ("player", NULL, NULL, LEC_TYPE_PLAYER,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_css_name (widget_class, "choicemenu");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lec_choice_menu_init (LecChoiceMenu *self)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->program
      = g_simple_action_new_stateful (PROGRAM, G_VARIANT_TYPE_UINT32, g_variant_new_uint32 (0));
  g_signal_connect (self->program, "change-state", G_CALLBACK (choose_program_cb), self);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (self->program));
  self->station
      = g_simple_action_new_stateful (STATION, G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  g_signal_connect (self->station, "change-state", G_CALLBACK (choose_station_cb), self);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (self->station));
  self->sound
      = g_simple_action_new_stateful (SOUND, G_VARIANT_TYPE_UINT32, g_variant_new_uint32 (0));
  g_signal_connect (self->sound, "change-state", G_CALLBACK (choose_sound_cb), self);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (self->sound));
  self->captions = g_simple_action_new_stateful (CAPTIONS, G_VARIANT_TYPE_UINT32,
                                                 g_variant_new_uint32 (LEC_CAPTIONS_AUTOMATIC));
  g_signal_connect (self->captions, "change-state", G_CALLBACK (choose_captions_cb), self);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (self->captions));
  gtk_widget_insert_action_group (GTK_WIDGET (self), GROUP, G_ACTION_GROUP (actions));

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "view-list-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_widget_set_tooltip_text (self->button, _ ("Sound, Captions and Program"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sound, Captions and Program"), -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
