/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/slides.h"

#include <string.h>

#include "web-server.h"

#define GIF "GIF89a\1\1\1\1\1"

typedef struct
{
  WebServer *server;
  char *base;
  LecSlides *slides;
  guint changes;
  GMutex mutex;      /* of what follows, which the server's threads see */
  GString *requests; /* their paths */
} Fixture;

static void
answer (const char *path, GOutputStream *out, gpointer data)
{
  Fixture *fixture = data;

  g_mutex_lock (&fixture->mutex);
  g_string_append_printf (fixture->requests, "%s ", path);
  g_mutex_unlock (&fixture->mutex);
  if (g_str_has_suffix (path, ".gif"))
    web_write (out, "HTTP/1.1 200 OK\r\n\r\n" GIF);
  else
    web_write (out, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
}

static void
changed_cb (gpointer data)
{
  ((Fixture *) data)->changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->requests = g_string_new (NULL);
  fixture->server = web_server_new ("127.0.0.1", NULL, answer, fixture);
  fixture->base = g_strdup_printf ("http://127.0.0.1:%u", web_server_get_port (fixture->server));
  fixture->slides = lec_slides_new (changed_cb, fixture);
  lec_slides_begin (fixture->slides, fixture->base, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lec_slides_free (fixture->slides);
  web_server_free (fixture->server);
  g_string_free (fixture->requests, TRUE);
  g_free (fixture->base);
}

static char *
at (Fixture *fixture, const char *path)
{
  return g_strconcat (fixture->base, path, NULL);
}

static void
show (Fixture *fixture, const char *path)
{
  g_autofree char *uri = at (fixture, path);

  lec_slides_show (fixture->slides, uri);
}

static void
prepare (Fixture *fixture, const char *path)
{
  g_autofree char *uri = at (fixture, path);

  lec_slides_prepare (fixture->slides, uri);
}

static void
wait_for_changes (Fixture *fixture, guint changes)
{
  while (fixture->changes < changes)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->changes, ==, changes);
}

static void
check_shown (Fixture *fixture, const char *path)
{
  g_autofree char *uri = path != NULL ? at (fixture, path) : NULL;
  GBytes *bytes = lec_slides_get_bytes (fixture->slides);

  g_assert_cmpstr (lec_slides_get_uri (fixture->slides), ==, uri);
  g_assert_cmpint (bytes != NULL, ==, path != NULL);
  if (bytes != NULL)
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), GIF, strlen (GIF));
}

static void
check_requests (Fixture *fixture, const char *requests)
{
  g_mutex_lock (&fixture->mutex);
  g_assert_cmpstr (fixture->requests->str, ==, requests);
  g_mutex_unlock (&fixture->mutex);
}

/* A slide is shown when it is there, and the one before stays until then. One that cannot be had
 * takes it away. */
static void
test_show (Fixture *fixture, gconstpointer data)
{
  show (fixture, "/1.gif");
  check_shown (fixture, NULL);
  wait_for_changes (fixture, 1);
  check_shown (fixture, "/1.gif");
  show (fixture, "/2.gif");
  check_shown (fixture, "/1.gif");
  wait_for_changes (fixture, 2);
  check_shown (fixture, "/2.gif");
  show (fixture, "/missing");
  wait_for_changes (fixture, 3);
  check_shown (fixture, NULL);
}

/* One that is kept is there at once, and is not asked for again. */
static void
test_turn_back (Fixture *fixture, gconstpointer data)
{
  show (fixture, "/1.gif");
  wait_for_changes (fixture, 1);
  show (fixture, "/2.gif");
  wait_for_changes (fixture, 2);
  show (fixture, "/1.gif");
  g_assert_cmpuint (fixture->changes, ==, 3);
  check_shown (fixture, "/1.gif");
  lec_slides_show (fixture->slides, NULL);
  g_assert_cmpuint (fixture->changes, ==, 4);
  check_shown (fixture, NULL);
  check_requests (fixture, "/1.gif /2.gif ");
}

/* However many are named: the newest is fetched, and few are asked for. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *path = g_strdup_printf ("/%u.gif", i);

    show (fixture, path);
  }
  wait_for_changes (fixture, 1);
  check_shown (fixture, "/999.gif");
  g_assert_cmpuint (web_server_count_requests (fixture->server), <=, 2);
}

/* What is prepared is not shown, and then is there at once. */
static void
test_prepare (Fixture *fixture, gconstpointer data)
{
  prepare (fixture, "/2.gif");
  show (fixture, "/1.gif");
  wait_for_changes (fixture, 1);
  check_shown (fixture, "/1.gif");
  prepare (fixture, "/2.gif");
  while (web_server_count_requests (fixture->server) < 2 || fixture->changes < 2) {
    g_main_context_iteration (NULL, FALSE);
    if (web_server_count_requests (fixture->server) >= 2)
      show (fixture, "/2.gif");
  }
  check_shown (fixture, "/2.gif");
}

/* Nothing of the channel before is shown with the next one. */
static void
test_begin (Fixture *fixture, gconstpointer data)
{
  show (fixture, "/1.gif");
  wait_for_changes (fixture, 1);
  show (fixture, "/2.gif");
  lec_slides_begin (fixture->slides, NULL, TRUE);
  g_assert_cmpuint (fixture->changes, ==, 2);
  check_shown (fixture, NULL);
  show (fixture, "/1.gif"); /* which lies nowhere near any more, and is not kept */
  lec_slides_begin (fixture->slides, fixture->base, FALSE);
  show (fixture, "/3.gif");
  wait_for_changes (fixture, 3);
  check_shown (fixture, "/3.gif");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/slides/show", test_show);
  ADD ("/slides/turn-back", test_turn_back);
  ADD ("/slides/flood", test_flood);
  ADD ("/slides/prepare", test_prepare);
  ADD ("/slides/begin", test_begin);
  return g_test_run ();
}
