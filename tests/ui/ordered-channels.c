/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ui/ordered-channels.h"

#include <string.h>

#include "tests/ui/channels.h"
#include "tests/ui/wait.h"
#include "ui/channel-order.h"
#include "ui/channel-words.h"

#define SEEDS 12
#define STEPS 400
#define TITLES 60 /* channels share some */

typedef struct
{
  LecChannelList *list;
  LecOrderedChannels *ordered;
  GPtrArray *seen;  /* what is known to somebody who goes by the signals alone */
  guint most_added; /* in one change */
} Fixture;

static void
items_changed_cb (Fixture *fixture, guint position, guint removed, guint added)
{
  g_assert_cmpuint (position + removed, <=, fixture->seen->len);
  if (removed > 0)
    g_ptr_array_remove_range (fixture->seen, position, removed);
  for (guint i = position; i < position + added; i++)
    g_ptr_array_insert (fixture->seen, (int) i,
                        g_list_model_get_item (G_LIST_MODEL (fixture->ordered), i));
  fixture->most_added = MAX (fixture->most_added, added - MIN (added, removed));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  *fixture = (Fixture){ lec_channel_list_new (), lec_ordered_channels_new (),
                        g_ptr_array_new_with_free_func (g_object_unref) };
  g_signal_connect_swapped (fixture->ordered, "items-changed", G_CALLBACK (items_changed_cb),
                            fixture);
  lec_channel_list_set_time (fixture->list, CHANNELS_NOW);
  lec_ordered_channels_set_list (fixture->ordered, G_LIST_MODEL (fixture->list));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->ordered);
  g_ptr_array_unref (fixture->seen);
  g_object_unref (fixture->list);
}

static void
settle (Fixture *fixture)
{
  WAIT_UNTIL (lec_ordered_channels_is_settled (fixture->ordered));
}

static void
put (Fixture *fixture, guint number, const char *title, LecAdvertisementFlags flags)
{
  g_autofree char *key = g_strdup_printf ("%u", number);
  g_autoptr (LecChannel) channel = title != NULL ? channels_make (title, 5004) : NULL;
  g_autofree char *announcer = g_strdup_printf ("192.0.2.%u", number % 250);

  channels_advertise (fixture->list, key, channel, announcer, flags);
}

static char *
list_titles (GListModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (LecChannelItem) item = g_list_model_get_item (model, i);

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", lec_channel_item_get_title (item));
  }
  return g_string_free (text, FALSE);
}

#define assert_titles(fixture, expected)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *titles_ = NULL;                                                               \
                                                                                                   \
    settle (fixture);                                                                              \
    titles_ = list_titles (G_LIST_MODEL ((fixture)->ordered));                                     \
    g_assert_cmpstr (titles_, ==, (expected));                                                     \
  }                                                                                                \
  G_STMT_END

/* On now before silent before later before ended; numbers in titles count as such. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  put (fixture, 0, "Hall 10", LEC_ADVERTISEMENT_CURRENT);
  put (fixture, 1, "hall 2", LEC_ADVERTISEMENT_CURRENT);
  put (fixture, 2, "Aula", LEC_ADVERTISEMENT_WITHDRAWN);
  put (fixture, 3, "Aula 2", LEC_ADVERTISEMENT_SILENT);
  assert_titles (fixture, "hall 2, Hall 10, Aula 2, Aula");

  put (fixture, 0, "Hall 10", LEC_ADVERTISEMENT_WITHDRAWN);
  put (fixture, 2, NULL, LEC_ADVERTISEMENT_CURRENT);
  assert_titles (fixture, "hall 2, Aula 2, Hall 10");
}

/* Few are there as soon as they are announced. */
static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  put (fixture, 0, "B", LEC_ADVERTISEMENT_CURRENT);
  put (fixture, 1, "A", LEC_ADVERTISEMENT_CURRENT);
  g_assert_true (lec_ordered_channels_is_settled (fixture->ordered));
  g_assert_cmpuint (fixture->seen->len, ==, 2);
  lec_ordered_channels_set_search (fixture->ordered, "a");
  g_assert_cmpuint (fixture->seen->len, ==, 1);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LecChannelItem) first = NULL;

  put (fixture, 0, "Physics 1", LEC_ADVERTISEMENT_CURRENT);
  put (fixture, 1, "Chemistry 1", LEC_ADVERTISEMENT_CURRENT);
  put (fixture, 2, "Physics 2", LEC_ADVERTISEMENT_WITHDRAWN);
  lec_ordered_channels_set_search (fixture->ordered, " PHYSICS ");
  first = lec_ordered_channels_find_first (fixture->ordered); /* before it was looked for */
  g_assert_cmpstr (lec_channel_item_get_title (first), ==, "Physics 1");
  assert_titles (fixture, "Physics 1, Physics 2");

  lec_ordered_channels_set_search (fixture->ordered, "physics 3");
  g_assert_null (lec_ordered_channels_find_first (fixture->ordered));
  assert_titles (fixture, "");
  lec_ordered_channels_set_search (fixture->ordered, "");
  assert_titles (fixture, "Chemistry 1, Physics 1, Physics 2");
}

/* By what it is called now. */
static void
test_first (Fixture *fixture, gconstpointer data)
{
  static const char *const titles[] = { "C", "A", "D" };

  put (fixture, 0, "B", LEC_ADVERTISEMENT_CURRENT);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++) {
    g_autoptr (LecChannelItem) first = NULL;

    put (fixture, 1, titles[i], LEC_ADVERTISEMENT_CURRENT);
    settle (fixture);
    first = lec_ordered_channels_find_first (fixture->ordered);
    g_assert_cmpstr (lec_channel_item_get_title (first), ==, i == 1 ? "A" : "B");
  }
}

static void
fail_cb (void)
{
  g_assert_not_reached ();
}

/* Where only what a row says is another, it is told of by the row, and no item comes or goes. */
static void
test_stays (Fixture *fixture, gconstpointer data)
{
  put (fixture, 0, "A", LEC_ADVERTISEMENT_CURRENT);
  put (fixture, 1, "B", LEC_ADVERTISEMENT_CURRENT);
  put (fixture, 2, "C", LEC_ADVERTISEMENT_CURRENT);
  settle (fixture);
  g_signal_handlers_disconnect_by_func (fixture->ordered, items_changed_cb, fixture);
  g_signal_connect (fixture->ordered, "items-changed", G_CALLBACK (fail_cb), NULL);
  put (fixture, 2, "C", LEC_ADVERTISEMENT_SILENT);
  settle (fixture);
  g_signal_handlers_disconnect_by_func (fixture->ordered, fail_cb, NULL);
}

/* A view makes widgets for what comes: of many only a few at once, and nobody waits for the rest.
 */
static void
test_few_at_once (Fixture *fixture, gconstpointer data)
{
  channels_flood (fixture->list, 0, 1000);
  WAIT_UNTIL (fixture->seen->len >= 256);
  g_assert_cmpuint (fixture->most_added, <=, 8);
  settle (fixture);
  g_assert_cmpuint (fixture->seen->len, ==, 1000);
}

static void
test_other_list (Fixture *fixture, gconstpointer data)
{
  put (fixture, 0, "A", LEC_ADVERTISEMENT_CURRENT);
  settle (fixture);
  put (fixture, 1, "B", LEC_ADVERTISEMENT_CURRENT);
  lec_ordered_channels_set_list (fixture->ordered, NULL);
  assert_titles (fixture, "");
  lec_ordered_channels_set_list (fixture->ordered, G_LIST_MODEL (fixture->list));
  assert_titles (fixture, "A, B");
}

/* ---- whatever comes ---- */

typedef struct
{
  char *key;
  gint64 number;
  LecChannelItem *item;
} Expected;

static int
compare_expected (gconstpointer a, gconstpointer b)
{
  const Expected *one = a, *other = b;
  const int order = strcmp (one->key, other->key);

  return order != 0 ? order : (one->number > other->number) - (one->number < other->number);
}

static void
expected_clear (gpointer data)
{
  Expected *self = data;

  g_free (self->key);
  g_object_unref (self->item);
}

/* All of the list that are found, sorted at once. */
static void
assert_right (Fixture *fixture, const char *search)
{
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (Expected));
  g_auto (GStrv) needles = lec_words_split (search);

  settle (fixture);
  g_array_set_clear_func (expected, expected_clear);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->list)); i++) {
    LecChannelItem *item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);
    Expected one = { lec_channel_order_key (item), lec_channel_item_get_number (item), item };

    if (lec_words_match (lec_channel_item_get_channel (item), (const char *const *) needles))
      g_array_append_val (expected, one);
    else
      expected_clear (&one);
  }
  g_array_sort (expected, compare_expected);
  g_assert_cmpuint (fixture->seen->len, ==, expected->len);
  for (guint i = 0; i < expected->len; i++)
    g_assert_true (g_ptr_array_index (fixture->seen, i)
                   == g_array_index (expected, Expected, i).item);
}

static void
test_seeds (Fixture *fixture, gconstpointer data)
{
  static const char *const searches[] = { "", "", "1", "lecture 2", "nothing like this", "LEC 3" };

  for (guint32 seed = 0; seed < SEEDS; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    const char *search = "";

    for (guint step = 0; step < STEPS; step++) {
      const guint number = (guint) g_rand_int_range (rand, 0, 100);
      g_autofree char *title = g_strdup_printf ("Lecture %d", g_rand_int_range (rand, 0, TITLES));
      const LecAdvertisementFlags flags = (LecAdvertisementFlags) g_rand_int_range (rand, 0, 4);

      put (fixture, number, g_rand_int_range (rand, 0, 4) > 0 ? title : NULL, flags);
      if (g_rand_int_range (rand, 0, 40) == 0) {
        search = searches[g_rand_int_range (rand, 0, G_N_ELEMENTS (searches))];
        lec_ordered_channels_set_search (fixture->ordered, search);
      }
      /* some time passes, or none */
      for (int i = g_rand_int_range (rand, -3, 3); i > 0; i--)
        g_main_context_iteration (NULL, FALSE);
      if (g_rand_int_range (rand, 0, 50) == 0)
        assert_right (fixture, search);
    }
    assert_right (fixture, search);
    lec_ordered_channels_set_search (fixture->ordered, "");
  }
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/ordered-channels/order", test_order },
    { "/ordered-channels/at-once", test_at_once },
    { "/ordered-channels/search", test_search },
    { "/ordered-channels/first", test_first },
    { "/ordered-channels/stays", test_stays },
    { "/ordered-channels/few-at-once", test_few_at_once },
    { "/ordered-channels/other-list", test_other_list },
    { "/ordered-channels/seeds", test_seeds },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
