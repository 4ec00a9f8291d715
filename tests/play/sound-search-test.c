/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When a sound device is looked for: with devices, and a time, that are the test's. */
#include "play/sound-search.h"

#include "play/output.h"

#define SECOND G_TIME_SPAN_SECOND

/* ---- the world ---- */

static gint64 now_us;
static GArray *waits; /* of guint: [s] each, in their order */

static struct
{
  GCancellable *cancellable; /* (owned); NULL: nothing is looked for */
  void (*found) (gboolean is_there, gpointer data);
  gpointer data;
  guint count; /* looks so far */
} look;

gint64
g_get_monotonic_time (void)
{
  return now_us;
}

/* It passes as soon as somebody lets it. */
guint
g_timeout_add_seconds (guint interval, GSourceFunc function, gpointer data)
{
  g_array_append_val (waits, interval);
  return g_idle_add (function, data);
}

void
lec_output_find_device (GCancellable *cancellable,
                        void (*found) (gboolean is_there, gpointer data),
                        gpointer data)
{
  g_assert_null (look.cancellable);
  look.cancellable = g_object_ref (cancellable);
  look.found = found;
  look.data = data;
  look.count++;
}

/* Unless nobody wants to know any more. */
static void
answer (gboolean is_there)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&look.cancellable);

  g_assert_nonnull (cancellable);
  if (!g_cancellable_is_cancelled (cancellable))
    look.found (is_there, look.data);
}

/* What is waited for comes. Returns: [s] after which; 0: nothing is waited for */
static guint
wait (void)
{
  const guint seconds = waits->len > 0 ? g_array_index (waits, guint, 0) : 0;

  if (!g_main_context_iteration (NULL, FALSE))
    return 0;
  g_assert_cmpuint (waits->len, ==, 1); /* at a time */
  g_array_set_size (waits, 0);
  now_us += seconds * SECOND;
  return seconds;
}

/* ---- the stories ---- */

typedef struct
{
  LecSoundSearch *search;
  guint found;
} Fixture;

static void
found_cb (gpointer data)
{
  ((Fixture *) data)->found++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  now_us = 1000 * SECOND;
  waits = g_array_new (FALSE, FALSE, sizeof (guint));
  look.count = 0;
  self->search = lec_sound_search_new (found_cb, self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->search, lec_sound_search_free);
  g_assert_cmpuint (wait (), ==, 0);
  g_clear_object (&look.cancellable);
  g_array_unref (waits);
}

static void
test_at_once (Fixture *self, gconstpointer data)
{
  lec_sound_search_begin (self->search);
  g_assert_cmpuint (look.count, ==, 1);
  g_assert_cmpuint (self->found, ==, 0);
  answer (TRUE);
  g_assert_cmpuint (self->found, ==, 1);
  g_assert_cmpuint (wait (), ==, 0); /* nothing is looked for any more */
  g_assert_cmpuint (look.count, ==, 1);
}

/* One that is being plugged in comes soon; one that does not exist is asked for now and then. */
static void
test_in_vain (Fixture *self, gconstpointer data)
{
  lec_sound_search_begin (self->search);
  for (guint i = 0; i < 40; i++) {
    answer (FALSE);
    g_assert_cmpuint (look.count, ==, i + 1); /* not at once */
    g_assert_cmpuint (wait (), ==, i < 15 ? 2 : 15);
    g_assert_cmpuint (look.count, ==, i + 2);
  }
  answer (TRUE);
  g_assert_cmpuint (self->found, ==, 1);
}

/* One that opens and fails is not tried again and again; one that has worked is. */
static void
test_fails (Fixture *self, gconstpointer data)
{
  lec_sound_search_begin (self->search);
  answer (TRUE);
  for (guint i = 2; i < 6; i++) {
    lec_sound_search_note_use (self->search);
    now_us += 5 * SECOND;
    lec_sound_search_begin (self->search);
    g_assert_cmpuint (look.count, ==, i - 1);
    g_assert_cmpuint (wait (), ==, 2);
    g_assert_cmpuint (look.count, ==, i);
    answer (TRUE);
  }
  lec_sound_search_note_use (self->search);
  now_us += 31 * SECOND;
  lec_sound_search_begin (self->search);
  g_assert_cmpuint (look.count, ==, 6);
  answer (TRUE);
  g_assert_cmpuint (self->found, ==, 6);
}

/* Nothing is told afterwards, whether it was looking or waiting. */
static void
test_stopped (Fixture *self, gconstpointer data)
{
  lec_sound_search_begin (self->search);
  lec_sound_search_stop (self->search);
  answer (TRUE);
  g_assert_cmpuint (self->found, ==, 0);

  lec_sound_search_begin (self->search);
  answer (FALSE);
  lec_sound_search_stop (self->search);
  g_assert_cmpuint (wait (), ==, 0);
  g_assert_cmpuint (look.count, ==, 2);

  g_array_set_size (waits, 0);
  lec_sound_search_stop (self->search); /* again: nothing happens */
  now_us += 60 * SECOND;
  lec_sound_search_begin (self->search);
  answer (TRUE);
  g_assert_cmpuint (self->found, ==, 1);
}

static void
test_freed (Fixture *self, gconstpointer data)
{
  lec_sound_search_begin (self->search);
  g_clear_pointer (&self->search, lec_sound_search_free);
  answer (TRUE);
  g_assert_cmpuint (self->found, ==, 0);
  self->search = lec_sound_search_new (found_cb, self);
  lec_sound_search_begin (self->search);
  answer (FALSE); /* it waits when it is freed */
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sound-search/at once", test_at_once);
  ADD ("/sound-search/in vain", test_in_vain);
  ADD ("/sound-search/fails", test_fails);
  ADD ("/sound-search/stopped", test_stopped);
  ADD ("/sound-search/freed", test_freed);
  return g_test_run ();
}
