/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ways that lead somewhere else, with an opener that finds what the test says. */
#include "play/approach.h"

#include <string.h>

#include "tests/ui/calls.h"
#include "tests/ui/opener-double.h"

#define LIST "http://192.0.2.1/x.asx"

typedef struct
{
  LecApproach *approach;
  LecRollover *rollover;
  GString *told;
  LecError error;    /* why the last one was refused */
  gboolean is_still; /* nobody wants anything to be opened */
} Fixture;

static void
arrived_cb (gpointer data)
{
  Fixture *self = data;

  g_string_append_printf (self->told, "arrived %s; ",
                          lec_rollover_get_alternative (self->rollover)->is_media ? "file"
                                                                                  : "group");
}

static void
refused_cb (LecError error, const char *reason, gpointer data)
{
  Fixture *self = data;

  g_assert_cmpstr (reason, !=, "");
  self->error = error;
  g_string_append (self->told, "refused; ");
}

static gboolean
opening_cb (const char *sentence, gpointer data)
{
  Fixture *self = data;

  g_assert_nonnull (strstr (sentence, "192.0.2.1"));
  g_string_append (self->told, "opening; ");
  return !self->is_still;
}

static void
entered_cb (const char *uri, gpointer data)
{
  g_string_append_printf (((Fixture *) data)->told, "entered %s; ", uri);
}

static void
renewed_cb (gpointer data)
{
  g_string_append (((Fixture *) data)->told, "renewed; ");
}

static const LecApproachCallbacks callbacks
    = { arrived_cb, refused_cb, opening_cb, entered_cb, renewed_cb };

static void
set_up (Fixture *self, gconstpointer data)
{
  self->approach = lec_approach_new (&callbacks, self);
  self->told = g_string_new (NULL);
  g_free (calls_take ());
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  lec_approach_free (self->approach);
  lec_rollover_free (self->rollover);
  g_string_free (self->told, TRUE);
  g_free (calls_take ());
}

static void
assert_told (Fixture *self, const char *expected)
{
  g_assert_cmpstr (self->told->str, ==, expected);
  g_string_truncate (self->told, 0);
}

static LecChannel *
finish (LecChannelInfo *info)
{
  g_autoptr (GError) error = NULL;
  LecChannel *channel;

  info->title = g_strdup ("Lecture");
  channel = lec_channel_new (info, &error);
  g_assert_no_error (error);
  return channel;
}

static LecChannel *
new_way (const char *uri, gboolean is_media)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *way = lec_channel_info_add_alternative (info, LEC_KIND_URI);

  way->uri = g_strdup (uri);
  way->is_media = is_media;
  return finish (info);
}

static LecChannel *
new_group (guint bandwidth_mbit)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *way = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (way, LEC_MEDIA_VIDEO);

  stream->bandwidth = bandwidth_mbit * 1000 * 1000;
  lec_stream_add_leg (stream, "239.9.9.6", 5004);
  lec_stream_add_payload (stream, 26, "JPEG", 90000);
  return finish (info);
}

static void
begin (Fixture *self, LecChannel *channel, const char *origin, gboolean asks)
{
  g_clear_pointer (&self->rollover, lec_rollover_free);
  self->rollover = lec_rollover_new (channel);
  lec_approach_begin (self->approach, self->rollover, origin, origin, TRUE, asks);
  lec_approach_try (self->approach);
}

/* What is being opened announces @channel (transfer full). */
static void
deliver (const char *uri, LecChannel *channel)
{
  g_autoptr (GPtrArray) channels
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_channel_unref);

  g_ptr_array_add (channels, channel);
  opener_double_deliver_from (uri, channels);
}

static void
test_at_once (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) group = new_group (1);
  g_autoptr (LecChannel) file = new_way ("http://192.0.2.1/x.webm", TRUE);
  g_autoptr (LecChannel) much = new_group (200);

  begin (self, group, LIST, TRUE);
  assert_told (self, "arrived group; ");
  begin (self, file, LIST, TRUE);
  assert_told (self, "arrived file; ");
  begin (self, much, LIST, TRUE);
  assert_told (self, "refused; ");
  g_assert_cmpint (self->error, ==, LEC_ERROR_TOO_MUCH);
  begin (self, much, LIST, FALSE); /* the viewer has said yes, or cannot be asked */
  assert_told (self, "arrived group; ");
  assert_calls ("");
}

/* Where it leads is asked of what is found there. */
static void
test_nested (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) outer = new_way ("http://192.0.2.1/a.asx", FALSE);

  begin (self, outer, LIST, TRUE);
  assert_told (self, "opening; ");
  assert_calls ("open http://192.0.2.1/a.asx; ");
  g_assert_cmpstr (lec_approach_get_origin (self->approach), ==, LIST);
  deliver ("http://192.0.2.1/a.asx", new_way ("http://192.0.2.1/b.asx", FALSE));
  assert_told (self, "entered http://192.0.2.1/a.asx; opening; ");
  g_assert_cmpstr (lec_approach_get_origin (self->approach), ==, "http://192.0.2.1/a.asx");
  assert_calls ("open http://192.0.2.1/b.asx; ");
  deliver ("http://192.0.2.1/b.asx", new_group (1));
  assert_told (self, "entered http://192.0.2.1/b.asx; arrived group; ");

  begin (self, outer, LIST, TRUE);
  opener_double_refuse (LEC_ERROR_UNREACHABLE, "Nobody is there");
  assert_told (self, "opening; refused; ");
  g_assert_cmpint (self->error, ==, LEC_ERROR_UNREACHABLE);
}

static void
test_circle (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) outer = new_way ("http://192.0.2.1/a.asx", FALSE);

  begin (self, outer, LIST, TRUE);
  for (guint i = 0; i < 2 * LEC_ROLLOVER_NESTED && !g_str_has_suffix (self->told->str, "refused; ");
       i++)
    deliver ("http://192.0.2.1/a.asx", new_way ("http://192.0.2.1/a.asx", FALSE));
  g_assert_true (g_str_has_suffix (self->told->str, "refused; "));
  g_assert_cmpint (self->error, ==, LEC_ERROR_MALFORMED);
}

/* Who writes what lies on a server knows nothing of files here; who has a file may mean others. */
static void
test_origin (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) local = new_way ("file:///etc/x.asx", FALSE);
  g_autoptr (LecChannel) outer = new_way ("http://192.0.2.1/a.asx", FALSE);

  begin (self, local, LIST, TRUE);
  assert_told (self, "refused; ");
  g_assert_cmpint (self->error, ==, LEC_ERROR_UNSUPPORTED);
  /* nor does a file lead there by way of a server */
  begin (self, outer, "/home/x.asx", TRUE);
  deliver ("http://192.0.2.1/a.asx", new_way ("file:///etc/x.asx", FALSE));
  assert_told (self, "opening; entered http://192.0.2.1/a.asx; refused; ");
}

/* What is not waited for any more is not told of. */
static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) outer = new_way ("http://192.0.2.1/a.asx", FALSE);

  begin (self, outer, LIST, TRUE);
  lec_approach_cancel (self->approach);
  assert_calls ("open http://192.0.2.1/a.asx; cancel; ");
  begin (self, outer, LIST, TRUE);
  lec_approach_end (self->approach);
  assert_calls ("open http://192.0.2.1/a.asx; cancel; ");
  g_assert_null (lec_approach_get_origin (self->approach));
  self->is_still = TRUE; /* who was told has stopped it */
  begin (self, outer, LIST, TRUE);
  assert_calls ("");
}

/* What its file says by now is fetched once, and tried in the place of what it said. */
static void
test_renewed (Fixture *self, gconstpointer data)
{
  g_autoptr (LecChannel) group = new_group (1);

  begin (self, group, LIST, TRUE);
  assert_told (self, "arrived group; ");
  lec_approach_renew (self->approach);
  lec_approach_renew (self->approach);
  assert_calls ("open " LIST "; ");
  deliver (LIST, new_group (2));
  assert_told (self, "renewed; arrived group; ");
  lec_approach_renew (self->approach);
  assert_calls ("");

  begin (self, group, LIST, TRUE);
  lec_approach_renew (self->approach);
  opener_double_refuse (LEC_ERROR_UNREACHABLE, "Nobody is there");
  assert_told (self, "arrived group; "); /* it may still send what is described */
  begin (self, group, NULL, TRUE);       /* announced nowhere */
  lec_approach_renew (self->approach);
  assert_calls ("open " LIST "; ");
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/approach/at once", test_at_once);
  ADD ("/approach/nested", test_nested);
  ADD ("/approach/circle", test_circle);
  ADD ("/approach/origin", test_origin);
  ADD ("/approach/cancelled", test_cancelled);
  ADD ("/approach/renewed", test_renewed);
  return g_test_run ();
}
