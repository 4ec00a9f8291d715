/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/signal-panel.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "play/diagnosis-of.h"
#include "play/player.h"
#include "report/doctor.h"
#include "report/playback.h"
#include "ui/property-list.h"
#include "ui/signal-words.h"
#include "ui/stream-signal.h"

#define RECENT_S 10 /* the verdict is about so long */
#define LOSSY_S 3   /* so many bad seconds more than good ones last */

struct _LecSignalPanel
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *sentence;
  GtkLabel *advice;
  GtkBox *streams;
  LecPropertyList *facts;

  /* owned */
  LecPlayer *player;
  LecReport *report; /* (nullable): as of the last look */
  LecHistory *history;
  guint generation; /* of the history, that the streams shown are of */
  guint timer;
  LecVerdict verdict;
  const char *summary; /* (nullable) */
  guint bad_seconds;   /* more than good ones, at most LOSSY_S */
  gboolean lossy;
  gboolean has_window_buttons;
};

enum {
  PROP_PLAYER = 1,
  PROP_HAS_WINDOW_BUTTONS,
  PROP_VERDICT,
  PROP_SUMMARY,
  PROP_LOSSY,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LecSignalPanel, lec_signal_panel, GTK_TYPE_WIDGET)

/* ---- showing ---- */

static gboolean
is_on (LecSignalPanel *self)
{
  return self->player != NULL && lec_player_state_is_on (lec_player_get_state (self->player));
}

/* The last seconds, and whether anything comes at the moment. */
static LecReception
get_recent (LecSignalPanel *self)
{
  LecReception recent = lec_history_get_recent (self->history, RECENT_S);
  const LecReception now = lec_reception_read (self->report);

  recent.silent_us = now.silent_us;
  recent.speaking = now.speaking;
  recent.withdrawn = now.withdrawn;
  return recent;
}

static void
judge (LecSignalPanel *self)
{
  const LecReception recent = get_recent (self);
  const LecVerdict verdict = is_on (self)
                                 ? lec_playback_judge (self->report, lec_verdict_of (&recent))
                                 : LEC_VERDICT_NOTHING;
  const char *summary = is_on (self) ? lec_signal_words_verdict (verdict) : NULL;

  if (verdict == self->verdict && g_strcmp0 (summary, self->summary) == 0)
    return;
  self->verdict = verdict;
  self->summary = summary;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VERDICT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SUMMARY]);
}

static void
set_lossy (LecSignalPanel *self, gboolean lossy)
{
  if (lossy == self->lossy)
    return;
  self->lossy = lossy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOSSY]);
}

/* A moment's loss is over when it is seen; and one good second ends nothing. */
static void
count_second (LecSignalPanel *self)
{
  const LecReception second = lec_history_get_recent (self->history, 1);

  if (lec_verdict_of (&second) == LEC_VERDICT_BAD)
    self->bad_seconds = MIN (self->bad_seconds + 1, LOSSY_S);
  else if (self->bad_seconds > 0)
    self->bad_seconds--;
  if (self->bad_seconds == 0 || self->bad_seconds == LOSSY_S)
    set_lossy (self, self->bad_seconds > 0);
}

static void
forget_seconds (LecSignalPanel *self)
{
  self->bad_seconds = 0;
  set_lossy (self, FALSE);
}

/* While nothing comes, the engine knows better why than the figures do. */
static char *
explain (LecSignalPanel *self, LecDiagnosis *diagnosis)
{
  const LecReception recent = get_recent (self);
  const char *message = lec_player_get_message (self->player);

  if (self->verdict == LEC_VERDICT_NOTHING && *message != '\0')
    return g_strdup (message);
  lec_player_diagnose (self->player, self->report, &recent, diagnosis);
  return g_strdup (diagnosis->sentence);
}

/* @told: which may be the first advice. @remedy: (nullable): of that. Returns: (transfer full)
 * (nullable): what is to be told beside it */
static char *
dup_advice (LecSignalPanel *self, const char *told, const char *remedy)
{
  const LecDoctorCase facts = lec_player_open_case (self->player, self->report);
  g_autofree char *advice = lec_doctor_dup_advice (&facts);

  if (advice == NULL)
    return g_strdup (remedy);
  if (g_str_has_prefix (advice, told)) {
    const char *rest = advice + strlen (told);

    return g_str_has_prefix (rest, ". ") ? g_strdup (rest + strlen (". ")) : NULL;
  }
  return remedy != NULL ? g_strdup_printf ("%s. %s", remedy, advice) : g_steal_pointer (&advice);
}

/* Who has read the first word knows whether there is a reason to read on. */
static void
update_verdict (LecSignalPanel *self)
{
  g_auto (LecDiagnosis) diagnosis = { 0 };
  g_autofree char *sentence = NULL, *advice = NULL;

  if (is_on (self)) {
    sentence = explain (self, &diagnosis);
    advice = dup_advice (self, sentence, diagnosis.remedy);
  } else {
    sentence = g_strdup (self->player != NULL ? lec_player_get_message (self->player) : "");
  }
  gtk_image_set_from_icon_name (self->icon, lec_signal_words_icon (self->verdict));
  gtk_label_set_label (self->title,
                       self->summary != NULL ? self->summary : _ ("Nothing Is Playing"));
  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->advice), advice != NULL);
}

static void
rebuild_streams (LecSignalPanel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->streams))) != NULL)
    gtk_box_remove (self->streams, child);
  for (guint i = 0; self->report != NULL && i < self->report->n_streams; i++)
    gtk_box_append (self->streams, lec_stream_signal_new (&self->report->streams[i]));
  self->generation = lec_history_get_generation (self->history);
}

static void
update_streams (LecSignalPanel *self)
{
  GtkWidget *child;
  guint index = 0;

  if (self->generation != lec_history_get_generation (self->history))
    rebuild_streams (self);
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->streams)); child != NULL;
       child = gtk_widget_get_next_sibling (child), index++)
    lec_stream_signal_update (LEC_STREAM_SIGNAL (child), self->report, self->history, index);
}

/* @item: (nullable): what @fields are of; NULL: nothing is known */
static void
set_facts (LecSignalPanel *self, const LecField *fields, gconstpointer item)
{
  for (const LecField *field = fields; field->name != NULL; field++) {
    g_autofree char *value = NULL;

    if (field->label == NULL)
      continue;
    if (item != NULL)
      value = lec_signal_words_field (field, item, self->report);
    lec_property_list_set (self->facts, _ (field->label), value);
  }
}

/* What is of the channel as a whole; most of it is there only when there is something to tell. */
static void
update_facts (LecSignalPanel *self)
{
  set_facts (self, lec_report_fields, self->report);
  set_facts (self, lec_network_fields, self->report != NULL ? &self->report->network : NULL);
}

static void
update (LecSignalPanel *self)
{
  judge (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  update_verdict (self);
  if (self->report != NULL)
    update_streams (self);
  update_facts (self);
}

static void
lec_signal_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lec_signal_panel_parent_class)->map (widget);

  update (LEC_SIGNAL_PANEL (widget));
}

/* ---- looking ---- */

static void
take_report (LecSignalPanel *self, LecReport *report)
{
  if (report != NULL) {
    g_clear_pointer (&self->report, lec_report_unref);
    self->report = lec_report_ref (report);
  }
  update (self);
}

static void
look (LecSignalPanel *self)
{
  g_autoptr (LecReport) report = lec_player_dup_report (self->player);

  lec_history_add (self->history, report, g_get_monotonic_time () * 1000);
  count_second (self);
  take_report (self, report);
}

/* That a station has ended is not to wait for the next second. */
static void
glance (LecSignalPanel *self)
{
  g_autoptr (LecReport) report = lec_player_dup_report (self->player);

  take_report (self, report);
}

static gboolean
timer_cb (gpointer data)
{
  look (data);
  return G_SOURCE_CONTINUE;
}

static void
state_cb (LecSignalPanel *self)
{
  const gboolean on = is_on (self);

  if (on && self->timer == 0) {
    self->timer = g_timeout_add_seconds (1, timer_cb, self);
    look (self);
  } else if (on) {
    glance (self);
  } else {
    g_clear_handle_id (&self->timer, g_source_remove);
    forget_seconds (self);
    update (self);
  }
}

static void
channel_cb (LecSignalPanel *self)
{
  lec_history_clear (self->history);
  forget_seconds (self);
  g_clear_pointer (&self->report, lec_report_unref);
  rebuild_streams (self);
  update (self);
}

static void
set_player (LecSignalPanel *self, LecPlayer *player)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_set_object (&self->player, player);
  if (player == NULL)
    return;

  g_signal_connect_object (player, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (player, "notify::channel", G_CALLBACK (channel_cb), self,
                           G_CONNECT_SWAPPED);
  state_cb (self);
}

/* For whoever is asked for help. */
static void
copied_cb (LecSignalPanel *self)
{
  const LecReception recent = get_recent (self);
  g_autofree char *text = NULL;

  if (self->player == NULL)
    return;
  text = lec_player_dup_report_text (self->player, self->report, &recent);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.notify", "s",
                              _ ("Report copied; paste it into an email to your helpdesk."));
}

/* ---- life ---- */

static void
lec_signal_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LecSignalPanel *self = LEC_SIGNAL_PANEL (object);

  switch (id) {
  case PROP_PLAYER:
    g_value_set_object (value, self->player);
    break;
  case PROP_HAS_WINDOW_BUTTONS:
    g_value_set_boolean (value, self->has_window_buttons);
    break;
  case PROP_VERDICT:
    g_value_set_int (value, (int) self->verdict);
    break;
  case PROP_SUMMARY:
    g_value_set_string (value, self->summary);
    break;
  case PROP_LOSSY:
    g_value_set_boolean (value, self->lossy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_signal_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  LecSignalPanel *self = LEC_SIGNAL_PANEL (object);

  switch (id) {
  case PROP_PLAYER:
    set_player (self, g_value_get_object (value));
    break;
  case PROP_HAS_WINDOW_BUTTONS:
    self->has_window_buttons = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
lec_signal_panel_dispose (GObject *object)
{
  LecSignalPanel *self = LEC_SIGNAL_PANEL (object);

  set_player (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (lec_signal_panel_parent_class)->dispose (object);
}

static void
lec_signal_panel_finalize (GObject *object)
{
  LecSignalPanel *self = LEC_SIGNAL_PANEL (object);

  g_clear_pointer (&self->report, lec_report_unref);
  lec_history_free (self->history);

  G_OBJECT_CLASS (lec_signal_panel_parent_class)->finalize (object);
}

static void
lec_signal_panel_class_init (LecSignalPanelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lec_signal_panel_get_property;
  object_class->set_property = lec_signal_panel_set_property;
  object_class->dispose = lec_signal_panel_dispose;
  object_class->finalize = lec_signal_panel_finalize;
  widget_class->map = lec_signal_panel_map;

  props[PROP_PLAYER] = g_param_spec_object ("player", NULL, NULL, LEC_TYPE_PLAYER, flags);
  props[PROP_HAS_WINDOW_BUTTONS]
      = g_param_spec_boolean ("has-window-buttons", NULL, NULL, FALSE, flags);
  props[PROP_VERDICT] = g_param_spec_int ("verdict", NULL, NULL, 0, G_MAXINT, LEC_VERDICT_NOTHING,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_LOSSY] = g_param_spec_boolean ("lossy", NULL, NULL, FALSE,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (LEC_TYPE_PROPERTY_LIST);
  gtk_widget_class_set_css_name (widget_class, "signalpanel");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lectern/Lectern/signal-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, LecSignalPanel, box);
  gtk_widget_class_bind_template_child (widget_class, LecSignalPanel, icon);
  gtk_widget_class_bind_template_child (widget_class, LecSignalPanel, title);
  gtk_widget_class_bind_template_child (widget_class, LecSignalPanel, sentence);
  gtk_widget_class_bind_template_child (widget_class, LecSignalPanel, advice);
  gtk_widget_class_bind_template_child (widget_class, LecSignalPanel, streams);
  gtk_widget_class_bind_template_child (widget_class, LecSignalPanel, facts);
  gtk_widget_class_bind_template_callback (widget_class, lec_signal_words_behind);
  gtk_widget_class_bind_template_callback (widget_class, copied_cb);
}

static void
lec_signal_panel_init (LecSignalPanel *self)
{
  self->history = lec_history_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
