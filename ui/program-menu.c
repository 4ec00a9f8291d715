/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/program-menu.h"

#include <glib/gi18n.h>

#include "play/player.h"
#include "report/fields.h"

#define ACTION "program"

struct _LecProgramMenu
{
  GtkWidget parent_instance;

  GtkWidget *button;
  GSimpleAction *choose; /* owned; its state is the number of what is played */

  /* owned */
  LecPlayer *player;
  char *shown; /* (nullable): what the menu was made of */

  guint timer; /* 0: nothing is received */
};

enum {
  PROP_PLAYER = 1,
};

G_DEFINE_FINAL_TYPE (LecProgramMenu, lec_program_menu, GTK_TYPE_WIDGET)

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

static void
add_item (GMenu *menu, const LecTsProgramStats *program)
{
  g_autofree char *name = dup_name (program);
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);

  g_menu_item_set_label (item, name);
  g_menu_item_set_action_and_target (item, ACTION "." ACTION, "u", program->number);
  g_menu_append_item (menu, item);
}

/* An open menu is left alone unless it says something else now. */
static void
set_programs (LecProgramMenu *self, const LecTsStats *ts)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; ts != NULL && i < ts->n_programs; i++) {
    if (!is_offered (&ts->programs[i]))
      continue;
    add_item (menu, &ts->programs[i]);
    g_string_append_printf (shown, "%u %s\n", ts->programs[i].number, ts->programs[i].name);
  }
  if (g_strcmp0 (shown->str, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (shown->str);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self), g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 1);
}

static void
update (LecProgramMenu *self)
{
  g_autoptr (LecReport) report = self->player != NULL ? lec_player_dup_report (self->player) : NULL;
  const LecStreamReport *stream = find_stream (report);
  const LecTsProgramStats *chosen = stream != NULL ? lec_stream_report_get_program (stream) : NULL;

  set_programs (self, stream != NULL ? &stream->ts : NULL);
  g_simple_action_set_state (self->choose,
                             g_variant_new_uint32 (chosen != NULL ? chosen->number : 0));
}

static void
choose_cb (GSimpleAction *action, GVariant *number, LecProgramMenu *self)
{
  if (self->player == NULL)
    return;
  g_object_set (self->player, "program", g_variant_get_uint32 (number), NULL);
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
state_cb (LecProgramMenu *self)
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
channel_cb (LecProgramMenu *self)
{
  g_object_set (self->player, "program", 0, NULL);
  update (self);
}

/* ---- life ---- */

static void
set_player (LecProgramMenu *self, LecPlayer *player)
{
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_set_object (&self->player, player);
  if (player != NULL) {
    g_signal_connect_swapped (player, "notify::state", G_CALLBACK (state_cb), self);
    g_signal_connect_swapped (player, "notify::channel", G_CALLBACK (channel_cb), self);
  }
}

static void
lec_program_menu_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecProgramMenu *self = LEC_PROGRAM_MENU (object);

  switch (id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_program_menu_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecProgramMenu *self = LEC_PROGRAM_MENU (object);

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
lec_program_menu_dispose (GObject *object)
{
  LecProgramMenu *self = LEC_PROGRAM_MENU (object);

  set_player (self, NULL);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->choose);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (lec_program_menu_parent_class)->dispose (object);
}

static void
lec_program_menu_class_init (LecProgramMenuClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = lec_program_menu_get_property;
  object_class->set_property = lec_program_menu_set_property;
  object_class->dispose = lec_program_menu_dispose;

  g_object_class_install_property (
      object_class, PROP_PLAYER,
      g_param_spec_object ("player", NULL, NULL, LEC_TYPE_PLAYER,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  gtk_widget_class_set_css_name (widget_class, "programmenu");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lec_program_menu_init (LecProgramMenu *self)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->choose
      = g_simple_action_new_stateful (ACTION, G_VARIANT_TYPE_UINT32, g_variant_new_uint32 (0));
  g_signal_connect (self->choose, "change-state", G_CALLBACK (choose_cb), self);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (self->choose));
  gtk_widget_insert_action_group (GTK_WIDGET (self), ACTION, G_ACTION_GROUP (actions));

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "view-list-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_widget_set_tooltip_text (self->button, _ ("Program"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Program"), -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
