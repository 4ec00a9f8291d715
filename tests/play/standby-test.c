/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is fetched ahead of its time: with pipelines and openers that do what the test says. */
#include "play/standby.h"

#include "tests/ui/calls.h"
#include "tests/ui/opener-double.h"
#include "tests/ui/pipeline-double.h"

#define LIST "http://192.0.2.1/x.asx"

typedef struct
{
  LecSwitcher *switcher;
  LecStandby *standby;
  LecPipelineOptions options;
} Fixture;

static void
nothing_cb (gpointer data)
{
}

static void
failed_cb (LecError error, const char *sentence, gpointer data)
{
  g_assert_not_reached ();
}

static void
text_cb (const char *text, gpointer data)
{
}

static const LecSwitcherCallbacks callbacks
    = { nothing_cb, nothing_cb, failed_cb, failed_cb, nothing_cb, text_cb, text_cb };

static LecChannel *
finish (LecChannelInfo *info)
{
  g_autoptr (GError) error = NULL;
  LecChannel *channel = lec_channel_new (info, &error);

  g_assert_no_error (error);
  return channel;
}

static LecChannel *
new_way (const char *uri, gboolean is_media)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_URI);

  info->title = g_strdup (uri);
  alternative->uri = g_strdup (uri);
  alternative->is_media = is_media;
  return finish (info);
}

static LecChannel *
new_group (void)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO);

  info->title = g_strdup ("group");
  lec_stream_add_leg (stream, "239.9.9.6", 5004);
  lec_stream_add_payload (stream, 26, "JPEG", 90000);
  return finish (info);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) group = new_group ();

  self->options = (LecPipelineOptions){ .latency_ms = -1, .decode = TRUE };
  self->switcher = lec_switcher_new (&callbacks, NULL);
  self->standby = lec_standby_new (self->switcher, &self->options);
  lec_switcher_play (self->switcher, group, 0, &self->options);
  g_free (calls_take ());
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_standby_free (self->standby);
  lec_switcher_free (self->switcher);
  g_free (calls_take ());
}

static void
clear_find (LecStandbyFind *find)
{
  lec_rollover_free (find->rollover);
  g_free (find->origin);
  g_free (find->entered);
}

/* What is done ahead, by what it is and where it is announced. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *uri; /* NULL: a group */
    gboolean is_media;
    const char *origin;
    const char *calls;
  } rows[] = {
    { "http://192.0.2.1/a.wmv", TRUE, LIST, "fetch http://192.0.2.1/a.wmv; " },
    { "http://192.0.2.1/a.asx", FALSE, LIST, "open http://192.0.2.1/a.asx; " },
    { "http://127.0.0.1/a.wmv", TRUE, "/x.asx", "fetch http://127.0.0.1/a.wmv; " },
    { "http://127.0.0.1/a.wmv", TRUE, LIST, "" },
    { "http://127.0.0.1/a.asx", FALSE, LIST, "" },
    { "file:///a.asx", FALSE, LIST, "" },
    { "mmsh://192.0.2.1/live", TRUE, LIST, "" }, /* it would be behind by then */
    { NULL, FALSE, LIST, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecChannel) channel
        = rows[i].uri != NULL ? new_way (rows[i].uri, rows[i].is_media) : new_group ();
    Fixture own;

    set_up (&own, NULL);
    lec_standby_fetch (own.standby, channel, rows[i].origin);
    lec_standby_fetch (own.standby, channel, rows[i].origin); /* it is known */
    assert_calls (rows[i].calls);
    tear_down (&own, NULL);
  }
}

/* It goes on where it has come to, and the pipeline is the one that was fetched. */
static void
test_take (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) outer = new_way ("http://192.0.2.1/a.asx", FALSE);
  g_autoptr (GPtrArray) inner = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);
  LecStandbyFind find;

  g_ptr_array_add (inner, new_way ("http://192.0.2.1/a.wmv", TRUE));
  lec_standby_fetch (self->standby, outer, LIST);
  opener_double_deliver_from ("http://192.0.2.1/b.asx", inner);
  assert_calls ("open http://192.0.2.1/a.asx; fetch http://192.0.2.1/a.wmv; ");
  g_assert_null (lec_switcher_get_prepared (self->switcher)); /* nobody is told of it */
  g_assert_true (lec_standby_take (self->standby, outer, &find));
  g_assert_cmpstr (find.origin, ==, "http://192.0.2.1/a.asx");
  g_assert_cmpstr (find.entered, ==, "http://192.0.2.1/b.asx");
  lec_switcher_prepare (self->switcher, lec_rollover_get_channel (find.rollover),
                        lec_rollover_get_index (find.rollover), &self->options);
  g_assert_nonnull (lec_switcher_get_prepared (self->switcher));
  assert_calls ("start http://192.0.2.1/a.wmv; ");
  clear_find (&find);
}

/* Where something else is played, and where it is not there yet, nothing is left of it. */
static void
test_end (void)
{
  static const struct
  {
    gboolean is_media, is_other;
    const char *calls;
  } rows[] = {
    { TRUE, TRUE, "fetch http://192.0.2.1/a; free; " },
    { FALSE, FALSE, "open http://192.0.2.1/a; cancel; " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecChannel) channel = new_way ("http://192.0.2.1/a", rows[i].is_media);
    g_autoptr (LecChannel) other = new_way ("http://192.0.2.1/b", TRUE);
    LecStandbyFind find;
    Fixture own;

    set_up (&own, NULL);
    lec_standby_fetch (own.standby, channel, LIST);
    g_assert_false (lec_standby_take (own.standby, rows[i].is_other ? other : channel, &find));
    assert_calls (rows[i].calls);
    tear_down (&own, NULL);
  }
}

/* One that is prepared for the viewer goes before, and one that was asked for so shortly ago. */
static void
test_waits (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) group = new_group ();
  g_autoptr (LecChannel) first = new_way ("http://192.0.2.1/a", TRUE);
  g_autoptr (LecChannel) second = new_way ("http://192.0.2.1/b", TRUE);

  lec_standby_fetch (self->standby, first, LIST);
  lec_standby_fetch (self->standby, second, LIST);
  assert_calls ("fetch http://192.0.2.1/a; ");
  lec_switcher_prepare (self->switcher, group, 0, &self->options);
  assert_calls ("free; start group; ");
  lec_switcher_stand_by (self->switcher, first, 0, &self->options);
  assert_calls ("");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  g_test_add_func ("/standby/kinds", test_kinds);
  ADD ("/standby/take", test_take);
  g_test_add_func ("/standby/end", test_end);
  ADD ("/standby/waits", test_waits);
  return g_test_run ();
}
