/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* gallery STATE: the window in one of its states, to be looked at.
 *
 * States: empty waiting picture both both-stale sound silent source stale refused stopped notice
 * captions sound-captions link slide sound-slide question.
 *
 * From the environment: GALLERY_SIZE=400x600; GALLERY_LIST=mixed, =many or =none shows the list of
 * channels, GALLERY_TROUBLE says why it is empty, GALLERY_SEARCH is looked for in it, GALLERY_RTL
 * turns everything round; GALLERY_SLIDE is the address of a slide. Its language is that of the
 * environment. */
#include "language.h"
#include "tests/ui/channels.h"
#include "tests/ui/find.h"
#include "tests/ui/opener-double.h"
#include "tests/ui/pipeline-double.h"
#include "ui/application.h"
#include "ui/window.h"

static LecChannelList *list;

static GPtrArray *
channels_new (const char *group)
{
  static const char *const titles[]
      = { "Thermodynamics <II>", "Thermodynamics II (slides)", "Overflow room <B> & foyer" };
  GPtrArray *channels = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    LecChannelInfo *info = lec_channel_info_new ();
    LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_TS);
    g_autoptr (GError) error = NULL;
    LecChannel *channel;

    info->title = g_strdup (titles[i]);
    info->description = i == 1 ? g_strdup ("The projector of hall 4, without the speaker") : NULL;
    lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), group,
                        (guint16) (5004 + 2 * i));
    channel = lec_channel_new (info, &error);
    g_assert_no_error (error);
    g_ptr_array_add (channels, channel);
  }
  return channels;
}

static void
show (GstElement *sink, const char *size)
{
  g_autofree char *description = g_strdup_printf (
      "videotestsrc is-live=true ! video/x-raw,%s,framerate=5/1 ! videoconvert ! "
      "identity silent=true",
      size);
  GstElement *source = gst_parse_bin_from_description (description, TRUE, NULL);
  GstElement *pipeline = gst_pipeline_new (NULL);

  gst_bin_add_many (GST_BIN (pipeline), source, sink, NULL);
  gst_element_link (source, sink);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
}

static void
show_media (PipelineDoubleMedia media)
{
  pipeline_double_show (media);
  if ((media & PIPELINE_DOUBLE_CAMERA) != 0)
    show (pipeline_double_get_sink (GST_STREAM_TYPE_VIDEO, 0), "width=640,height=360");
  if ((media & PIPELINE_DOUBLE_SLIDES) != 0)
    show (pipeline_double_get_sink (GST_STREAM_TYPE_VIDEO, 1), "width=960,height=720");
}

static const struct
{
  const char *name;
  PipelineDoubleMedia media; /* shown; 0: none */
  guint silence;             /* [s] after that */
  const char *notice;
  const char *refusal;
  gboolean is_stopped;
  const char *caption;
  const char *link;
  gboolean has_slide;
} rooms[] = {
  { "waiting" },
  { "picture", PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND },
  { "both", PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SLIDES | PIPELINE_DOUBLE_SOUND },
  { "both-stale", PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SLIDES | PIPELINE_DOUBLE_SOUND, 5 },
  { "sound", PIPELINE_DOUBLE_SOUND },
  { "silent" },
  { "source" },
  { "stale", PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND, 5 },
  { "refused",
    .refusal = "“hall <4> & foyer.sdp” is not an announcement: it begins with a picture." },
  { "stopped", .is_stopped = TRUE },
  { "captions", PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND,
    .caption = "so the entropy of a closed system\nnever gets less, as we have seen\nlast week;" },
  { "sound-captions", PIPELINE_DOUBLE_SOUND,
    .caption = "so the entropy of a closed system\nnever gets less, as we have seen\nlast week;" },
  { "link", PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND,
    .caption = "so the entropy of a closed system\nnever gets less, as we have seen\nlast week;",
    .link = "http://thermodynamics.lectures.example/script/7.html" },
  { "slide", PIPELINE_DOUBLE_CAMERA | PIPELINE_DOUBLE_SOUND,
    .caption = "so the entropy of a closed system\nnever gets less, as we have seen\nlast week;",
    .has_slide = TRUE },
  { "sound-slide", PIPELINE_DOUBLE_SOUND, .has_slide = TRUE },
  { "question", PIPELINE_DOUBLE_CAMERA, .link = "http://slides.example/7.png" },
  { "notice", PIPELINE_DOUBLE_CAMERA, .notice = "No sound device was found; there is no sound" },
};

/* Leads the player there; from waiting to silent it goes by itself, in three seconds. */
static void
enter (LecPlayer *player, gsize room)
{
  if (g_str_equal (rooms[room].name, "waiting"))
    pipeline_double_receive ();
  if (rooms[room].media != 0)
    show_media (rooms[room].media);
  pipeline_double_pass (rooms[room].silence);
  if (rooms[room].notice != NULL)
    pipeline_double_notice (rooms[room].notice);
  if (rooms[room].caption != NULL)
    pipeline_double_caption (rooms[room].caption);
  if (rooms[room].link != NULL)
    pipeline_double_cue ("URL", rooms[room].link, TRUE);
  if (rooms[room].has_slide)
    pipeline_double_cue ("URL", g_getenv ("GALLERY_SLIDE"), TRUE);
  if (rooms[room].refusal != NULL)
    pipeline_double_fail (LEC_ERROR_MALFORMED, rooms[room].refusal);
  if (rooms[room].is_stopped)
    lec_player_stop (player);
}

/* Once the window knows how wide it is. */
static gboolean
show_list_cb (gpointer window)
{
  const char *contents = g_getenv ("GALLERY_LIST");
  const char *search = g_getenv ("GALLERY_SEARCH");

  if (g_strcmp0 (contents, "mixed") == 0)
    channels_fill (list, g_get_real_time () / G_USEC_PER_SEC);
  else if (g_strcmp0 (contents, "many") == 0)
    channels_flood (list, 0, 4000);
  if (contents != NULL)
    gtk_widget_activate_action (window, "win.find-channel", NULL);
  if (search != NULL)
    gtk_editable_set_text (GTK_EDITABLE (find (window, has_id, "search")), search);
  return G_SOURCE_REMOVE;
}

static void
activate_cb (GtkApplication *application, const char *name)
{
  GtkWindow *window = gtk_application_get_active_window (application);
  g_autoptr (GPtrArray) channels
      = channels_new (g_strcmp0 (name, "source") == 0 ? "232.1.2.3" : "239.1.2.3");
  g_autoptr (LecPlayer) player = NULL;
  const char *size = g_getenv ("GALLERY_SIZE");
  int width, height;

  g_object_get (window, "player", &player, NULL);
  if (size != NULL && sscanf (size, "%dx%d", &width, &height) == 2)
    gtk_window_set_default_size (window, width, height);
  for (guint i = 0; i < G_N_ELEMENTS (rooms); i++) {
    if (g_strcmp0 (rooms[i].name, name) != 0)
      continue;
    lec_player_open (player, "x.asx");
    opener_double_deliver_from (g_getenv ("GALLERY_SLIDE"), channels);
    enter (player, i);
  }
  g_timeout_add (300, show_list_cb, window);
}

int
main (int argc, char *argv[])
{
  g_autoptr (LecApplication) application = NULL;

  lec_language_init ();
  gtk_disable_setlocale ();
  gst_init (NULL, NULL);
  gtk_init ();
  if (g_getenv ("GALLERY_RTL") != NULL)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  list = lec_channel_list_new ();
  application = lec_application_new ("gallery", list);
  lec_application_set_discovery_error (application, g_getenv ("GALLERY_TROUBLE"));
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect_after (application, "activate", G_CALLBACK (activate_cb), argv[argc - 1]);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
