/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fetch/opener.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "channel/error.h"

#define PATIENCE_S 10
#define LIST                                                                                       \
  "<ASX VERSION=\"3.0\"><REPEAT><ENTRY><REF HREF=\"rtp://239.1.1.1:5004\" "                        \
  "/></ENTRY></REPEAT>"                                                                            \
  "<EVENT NAME=\"break\" WHENDONE=\"RESUME\"><ENTRY><REF HREF=\"rtp://239.1.1.2:5004\" "           \
  "/></ENTRY></EVENT>"                                                                             \
  "<ENTRYREF HREF=\"missing.asx\" /></ASX>"

typedef struct
{
  LecOpener *opener;
  LecAnnouncement *announcement;
  GError *error;
  guint calls;
} Fixture;

static void
opened_cb (LecAnnouncement *announcement, const GError *error, gpointer data)
{
  Fixture *self = data;

  self->calls++;
  self->announcement = announcement;
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_clear_pointer (&self->opener, lec_opener_free);
}

static void
fixture_clear (Fixture *self)
{
  lec_opener_free (self->opener);
  lec_announcement_free (self->announcement);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static gboolean
late_cb (gpointer data)
{
  g_error ("nothing was opened");
  return G_SOURCE_REMOVE;
}

static void
await (Fixture *self)
{
  guint late = g_timeout_add_seconds (PATIENCE_S, late_cb, NULL);

  while (self->calls == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

/* All that an announcement says arrives, with what is wrong with the lists it includes. */
static void
test_all (void)
{
  g_auto (Fixture) self = { NULL };
  g_autofree char *folder = g_dir_make_tmp ("lectern-opener-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "list.asx", NULL);

  g_assert_true (g_file_set_contents (path, LIST, -1, NULL));
  self.opener = lec_opener_new (path, opened_cb, &self);
  g_assert_cmpuint (self.calls, ==, 0); /* never before it returns */
  await (&self);
  g_assert_no_error (self.error);
  g_assert_cmpuint (self.announcement->channels->len, ==, 1);
  g_assert_cmpuint (self.announcement->repeat_from, ==, 0);
  g_assert_cmpuint (self.announcement->repeat_to, ==, 1);
  g_assert_cmpuint (self.announcement->events->len, ==, 1);
  g_assert_cmpuint (self.announcement->warnings->len, ==, 1);
  g_remove (path);
  g_rmdir (folder);
}

/* A caller decides by the code, not by the words. */
static void
test_codes (void)
{
  static const struct
  {
    const char *location;
    LecError code;
  } rows[] = {
    { "/nonexistent/x.sdp", LEC_ERROR_UNREACHABLE },
    { "rtp://239.1.1.1:99999", LEC_ERROR_MALFORMED },
    { "udp://@239.1.1.1:0", LEC_ERROR_MALFORMED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Fixture) self = { NULL };

    self.opener = lec_opener_new (rows[i].location, opened_cb, &self);
    await (&self);
    g_assert_null (self.announcement);
    g_assert_error (self.error, LEC_ERROR, (int) rows[i].code);
    g_assert_true (g_str_has_prefix (self.error->message, rows[i].location));
  }
}

/* Whether it is cancelled while the thread works or after: the caller is gone. */
static void
test_freed (void)
{
  for (guint i = 0; i < 40; i++) {
    Fixture gone = { NULL };
    g_auto (Fixture) next = { NULL };

    gone.opener = lec_opener_new ("/nonexistent/x.sdp", opened_cb, &gone);
    if (i % 2 == 0)
      g_usleep (i * 100);
    lec_opener_free (gone.opener);
    next.opener = lec_opener_new ("rtp://239.1.1.1:5004", opened_cb, &next);
    await (&next);
    g_assert_no_error (next.error);
    g_assert_cmpuint (gone.calls, ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/opener/all", test_all);
  g_test_add_func ("/opener/codes", test_codes);
  g_test_add_func ("/opener/freed", test_freed);
  return g_test_run ();
}
