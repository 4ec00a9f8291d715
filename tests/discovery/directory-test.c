/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/directory.h"

#include <string.h>

#include "announce/sap.h"

#define STATION "192.0.2.1"
#define NEIGHBOUR "192.0.2.66"
#define ON "239.255.255.255"
#define SECOND 1000
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/* A directory, what it has told so far, and the time. */
typedef struct
{
  LecDirectory *directory;
  GPtrArray *rows; /* of LecAdvertisement, in the order of their coming */
  gint64 now_ms;
} World;

static void
world_init (World *world)
{
  world->directory = lec_directory_new ();
  world->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_advertisement_unref);
  world->now_ms = HOUR;
}

static void
world_clear (World *world)
{
  lec_directory_free (world->directory);
  g_ptr_array_unref (world->rows);
}

static guint
find_row (const World *world, const LecAdvertisement *advertisement)
{
  guint i = 0;

  while (i < world->rows->len
         && !lec_advertisement_is_same (g_ptr_array_index (world->rows, i), advertisement))
    i++;
  return i;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const LecAdvertisement *x = *(LecAdvertisement *const *) a;
  const LecAdvertisement *y = *(LecAdvertisement *const *) b;
  guint64 numbers[] = { g_ascii_strtoull (x->key, NULL, 10), g_ascii_strtoull (y->key, NULL, 10) };

  return numbers[0] < numbers[1] ? -1 : numbers[0] > numbers[1];
}

/* Does with the changes what a list would. */
static void
follow (World *world)
{
  g_autoptr (GPtrArray) changes = lec_directory_take_changes (world->directory);

  g_ptr_array_sort (changes, compare_numbers);
  g_ptr_array_set_free_func (changes, NULL);
  for (guint i = 0; i < changes->len; i++) {
    LecAdvertisement *advertisement = g_ptr_array_index (changes, i);
    guint row = find_row (world, advertisement);

    if (advertisement->channel == NULL) {
      lec_advertisement_unref (advertisement);
      if (row < world->rows->len)
        g_ptr_array_remove_index (world->rows, row);
    } else if (row < world->rows->len) {
      lec_advertisement_unref (g_ptr_array_index (world->rows, row));
      g_ptr_array_index (world->rows, row) = advertisement;
    } else {
      g_ptr_array_add (world->rows, advertisement);
    }
  }
}

/* `TITLE from ADDRESS, silent`, by ` | `. */
static void
assert_rows (World *world, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  follow (world);
  for (guint i = 0; i < world->rows->len; i++) {
    const LecAdvertisement *row = g_ptr_array_index (world->rows, i);

    g_string_append_printf (text, "%s%s from %s%s%s", i > 0 ? " | " : "",
                            lec_channel_get_title (row->channel), row->announcer,
                            (row->flags & LEC_ADVERTISEMENT_SILENT) != 0 ? ", silent" : "",
                            (row->flags & LEC_ADVERTISEMENT_WITHDRAWN) != 0 ? ", withdrawn" : "");
  }
  g_assert_cmpstr (text->str, ==, expected);
}

static char *
make_sdp (const char *origin, const char *title, const char *group)
{
  return g_strdup_printf ("v=0\r\no=%s\r\ns=%s\r\nc=IN IP4 %s/1\r\nt=0 0\r\n"
                          "m=video 5004 RTP/AVP 33\r\n",
                          origin, title, group);
}

static void
send_from (World *world, LecSapKind kind, const char *from, const char *source, const char *sdp)
{
  g_autoptr (GBytes) packet = lec_sap_print (kind, source, sdp);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (packet, &length);

  lec_directory_process (world->directory, bytes, length, from, ON, world->now_ms);
}

static void
announce (World *world, const char *origin, const char *title, const char *group)
{
  g_autofree char *sdp = make_sdp (origin, title, group);

  send_from (world, LEC_SAP_ANNOUNCE, STATION, STATION, sdp);
}

static void
withdraw (World *world, const char *from, const char *origin, const char *title, const char *group)
{
  g_autofree char *sdp = make_sdp (origin, title, group);

  send_from (world, LEC_SAP_DELETE, from, STATION, sdp);
}

static void
pass (World *world, gint64 ms)
{
  world->now_ms += ms;
  lec_directory_age (world->directory, world->now_ms);
}

#define V(version) "- 7 " version " IN IP4 " STATION
#define OTHER "- 8 1 IN IP4 " STATION
#define NOBODY "- 0 0 IN IP4 127.0.0.1" /* as FFmpeg writes it for all */
#define A "239.255.1.1"
#define B "239.255.1.2"

static void
test_versions (World *world)
{
  announce (world, V ("1"), "Hall", A);
  announce (world, V ("1"), "Hall", A);
  assert_rows (world, "Hall from 192.0.2.1");
  announce (world, V ("2"), "Hall, group B", B);
  assert_rows (world, "Hall, group B from 192.0.2.1");
  announce (world, V ("1"), "Hall", A); /* came late */
  assert_rows (world, "Hall, group B from 192.0.2.1");
  announce (world, V ("2"), "Hall, group B", B);
  announce (world, V ("1"), "Hall", A); /* and once more, but not twice in a row */
  assert_rows (world, "Hall, group B from 192.0.2.1");
  announce (world, V ("1"), "Hall", A); /* the station counts from the beginning */
  assert_rows (world, "Hall from 192.0.2.1");
  announce (world, V ("1"), "Hall, same version", A);
  assert_rows (world, "Hall, same version from 192.0.2.1");
}

static void
test_deletion (World *world)
{
  announce (world, V ("1"), "Hall", A);
  announce (world, OTHER, "Lab", B);
  withdraw (world, NEIGHBOUR, V ("1"), "Hall", A); /* who has announced nothing */
  assert_rows (world, "Hall from 192.0.2.1 | Lab from 192.0.2.1");
  withdraw (world, STATION, V ("1"), "Hall", A);
  assert_rows (world, "Hall from 192.0.2.1, withdrawn | Lab from 192.0.2.1");
  pass (world, 59 * SECOND);
  assert_rows (world, "Hall from 192.0.2.1, withdrawn | Lab from 192.0.2.1");
  pass (world, SECOND);
  assert_rows (world, "Lab from 192.0.2.1");
  announce (world, V ("1"), "Hall", A); /* a new lecture */
  assert_rows (world, "Lab from 192.0.2.1 | Hall from 192.0.2.1");
}

/* A deletion that was forged well enough is put right by the next announcement. */
static void
test_revival (World *world)
{
  announce (world, V ("1"), "Hall", A);
  withdraw (world, STATION, V ("1"), "Hall", A);
  pass (world, 10 * SECOND);
  announce (world, V ("1"), "Hall", A);
  assert_rows (world, "Hall from 192.0.2.1");
}

static void
test_deletion_by_origin (World *world)
{
  announce (world, V ("1"), "Hall", A);
  announce (world, OTHER, "Lab", B);
  send_from (world, LEC_SAP_DELETE, STATION, STATION, "o=" V ("1") "\r\n"); /* of another hash */
  assert_rows (world, "Hall from 192.0.2.1, withdrawn | Lab from 192.0.2.1");
}

/* The hash of a deletion may be that of another session by chance. */
static void
test_clashing_hash (World *world)
{
  g_autofree char *hall = make_sdp (V ("1"), "Hall", A);
  g_autoptr (GBytes) packet = lec_sap_print (LEC_SAP_ANNOUNCE, STATION, hall);
  const guint8 *bytes = g_bytes_get_data (packet, NULL);
  guint8 deletion[64] = { 0x24, 0, bytes[2], bytes[3], 192, 0, 2, 1 };

  memcpy (deletion + 8, "o=- 99 1 IN IP4 192.0.2.1", 25);
  announce (world, V ("1"), "Hall", A);
  lec_directory_process (world->directory, deletion, 8 + 25, STATION, ON, world->now_ms);
  assert_rows (world, "Hall from 192.0.2.1");
  lec_directory_process (world->directory, deletion, 8, STATION, ON,
                         world->now_ms); /* hash alone */
  assert_rows (world, "Hall from 192.0.2.1, withdrawn");
}

/* All sessions of one origin: told apart by where they are sent, deleted by hash. */
static void
test_same_origin (World *world)
{
  announce (world, NOBODY, "One", A);
  announce (world, NOBODY, "Two", B);
  assert_rows (world, "One from 192.0.2.1 | Two from 192.0.2.1");
  send_from (world, LEC_SAP_DELETE, STATION, STATION, "o=" NOBODY "\r\n"); /* which of them? */
  assert_rows (world, "One from 192.0.2.1 | Two from 192.0.2.1");
  withdraw (world, STATION, NOBODY, "Two", B);
  assert_rows (world, "One from 192.0.2.1 | Two from 192.0.2.1, withdrawn");
}

static void
test_two_hosts (World *world)
{
  g_autofree char *sdp = make_sdp (V ("1"), "Hall", A);
  g_autofree char *forged = make_sdp (V ("2"), "Not the hall", B);

  send_from (world, LEC_SAP_ANNOUNCE, STATION, STATION, sdp);
  send_from (world, LEC_SAP_ANNOUNCE, NEIGHBOUR, STATION, forged);
  assert_rows (world, "Hall from 192.0.2.1 | Not the hall from 192.0.2.66");
}

/* As VLC does: video only, and in the same moment video and sound under another identity. */
static void
test_superseded (World *world)
{
  announce (world, "- 100 1 IN IP4 hall.example", "Hall", A);
  announce (world, "- 101 1 IN IP4 hall.example", "Hall", A);
  assert_rows (world, "Hall from 192.0.2.1");
  announce (world, "- 102 1 IN IP4 hall.example", "Hall", B); /* sent elsewhere */
  assert_rows (world, "Hall from 192.0.2.1 | Hall from 192.0.2.1");
}

/* Two that are both repeated are two, and do not take turns. */
static void
test_same_place (World *world)
{
  for (guint i = 0; i < 4; i++) {
    announce (world, "- 100 1 IN IP4 hall.example", "Hall", A);
    announce (world, "- 101 1 IN IP4 hall.example", "Hall", A);
    pass (world, 5 * SECOND);
    follow (world);
    if (i > 0)
      assert_rows (world, "Hall from 192.0.2.1 | Hall from 192.0.2.1");
  }
}

static void
announce_often (World *world, guint times, gint64 interval_ms)
{
  for (guint i = 0; i < times; i++) {
    if (i > 0)
      pass (world, interval_ms);
    announce (world, V ("1"), "Hall", A);
  }
}

static void
test_silence (World *world)
{
  announce_often (world, 6, 20 * SECOND);
  pass (world, 59 * SECOND);
  assert_rows (world, "Hall from 192.0.2.1");
  pass (world, SECOND); /* three intervals */
  assert_rows (world, "Hall from 192.0.2.1, silent");
  announce (world, V ("1"), "Hall", A);
  assert_rows (world, "Hall from 192.0.2.1");
}

/* As lectern-cast begins, after 1 and 3 s, before the interval that RFC 2974 asks for. */
static void
test_beginning (World *world)
{
  announce_often (world, 2, SECOND);
  pass (world, 3 * SECOND);
  announce (world, V ("1"), "Hall", A);
  pass (world, 400 * SECOND);
  assert_rows (world, "Hall from 192.0.2.1");
}

/* RFC 2974, section 4: an hour, or ten intervals where these are longer. */
static void
test_forgetting (World *world)
{
  announce_often (world, 6, 20 * SECOND);
  pass (world, HOUR - 1);
  assert_rows (world, "Hall from 192.0.2.1, silent");
  pass (world, 1);
  assert_rows (world, "");

  announce_often (world, 6, 10 * MINUTE);
  pass (world, 100 * MINUTE - 1);
  assert_rows (world, "Hall from 192.0.2.1, silent");
  pass (world, 1);
  assert_rows (world, "");
}

/* Nobody knows how long to wait for the second one; who announces every few seconds is missed
 * soon. */
static void
test_first_interval (World *world)
{
  static const struct
  {
    guint times;
    gint64 interval_ms, missed_ms;
  } rows[] = {
    { 1, 0, 15 * MINUTE },           { 2, 11 * SECOND, 15 * MINUTE },
    { 3, 11 * SECOND, 15 * MINUTE }, /* a station begins with some short ones */
    { 2, 10 * SECOND, 30 * SECOND }, { 2, 5 * SECOND, 30 * SECOND },
    { 4, SECOND, 30 * SECOND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    announce_often (world, rows[i].times, rows[i].interval_ms);
    pass (world, rows[i].missed_ms - 1);
    assert_rows (world, "Hall from 192.0.2.1");
    pass (world, 1);
    assert_rows (world, "Hall from 192.0.2.1, silent");
    pass (world, 10 * HOUR);
    assert_rows (world, "");
  }
}

/* The same packet on two interfaces says nothing of the interval. */
static void
test_two_interfaces (World *world)
{
  for (guint i = 0; i < 8; i++) {
    announce (world, V ("1"), "Hall", A);
    pass (world, 2);
    announce (world, V ("1"), "Hall", A);
    pass (world, 60 * SECOND - 2);
  }
  pass (world, 119 * SECOND);
  assert_rows (world, "Hall from 192.0.2.1");
}

static void
test_deadline (World *world)
{
  gint64 next_ms = lec_directory_age (world->directory, world->now_ms);

  g_assert_cmpint (next_ms, ==, G_MAXINT64);
  announce_often (world, 6, 20 * SECOND);
  next_ms = lec_directory_age (world->directory, world->now_ms);
  g_assert_cmpint (next_ms, ==, world->now_ms + 60 * SECOND);
}

static void
announce_number (World *world, const char *from, guint number)
{
  g_autofree char *origin = g_strdup_printf ("- %u 1 IN IP4 %s", number + 1, from);
  g_autofree char *title = g_strdup_printf ("Number %u", number);
  g_autofree char *group = g_strdup_printf ("239.255.%u.%u", number / 250, number % 250 + 1);
  g_autofree char *sdp = make_sdp (origin, title, group);

  send_from (world, LEC_SAP_ANNOUNCE, from, from, sdp);
}

static guint
count_from (World *world, const char *announcer)
{
  guint count = 0;

  follow (world);
  for (guint i = 0; i < world->rows->len; i++)
    count
        += strcmp (((LecAdvertisement *) g_ptr_array_index (world->rows, i))->announcer, announcer)
           == 0;
  return count;
}

/* One host announces without end: it takes no place from others, and those behind it find one. */
static void
test_flood (World *world)
{
  g_auto (GStrv) notes = NULL;

  announce (world, V ("1"), "Hall", A);
  for (guint i = 0; i < 10000; i++)
    announce_number (world, NEIGHBOUR, i);
  g_assert_cmpuint (count_from (world, NEIGHBOUR), ==, LEC_MAX_ANNOUNCED - 1);
  g_assert_cmpuint (count_from (world, STATION), ==, 1);

  for (guint i = 0; i < 100; i++) {
    pass (world, SECOND);
    announce_number (world, "192.0.2.2", i);
  }
  g_assert_cmpuint (count_from (world, "192.0.2.2"), ==, 100);
  g_assert_cmpuint (count_from (world, STATION), ==, 1);
  g_assert_cmpuint (world->rows->len, ==, LEC_MAX_ANNOUNCED);
  notes = lec_directory_dup_notes (world->directory);
  g_assert_cmpuint (g_strv_length (notes), ==, 1);
  g_assert_nonnull (strstr (notes[0], "too many"));
}

/* Everybody announces once from an address of their own: who is heard again and again stays. */
static void
test_forged_hosts (World *world)
{
  announce_often (world, 3, 20 * SECOND);
  for (guint i = 0; i < 6000; i++) {
    g_autofree char *from = g_strdup_printf ("10.0.%u.%u", i / 250, i % 250 + 1);

    pass (world, 11);
    announce_number (world, from, i);
  }
  g_assert_cmpuint (count_from (world, STATION), ==, 1);
  g_assert_cmpuint (world->rows->len, ==, LEC_MAX_ANNOUNCED);
}

static void
test_below_bound (World *world)
{
  for (guint round = 0; round < 2; round++) {
    for (guint i = 0; i < 4000; i++)
      announce_number (world, STATION, i);
  }
  g_assert_cmpuint (count_from (world, STATION), ==, 4000);
}

static void
test_notes (World *world)
{
  g_auto (GStrv) notes = NULL;
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  send_from (world, LEC_SAP_ANNOUNCE, STATION, STATION, "v=0\r\ns=Nothing\r\n");
  send_from (world, LEC_SAP_ANNOUNCE, STATION, STATION, "v=0\r\ns=Nothing\r\n");
  lec_directory_process (world->directory, (const guint8 *) "junk", 4, NEIGHBOUR, ON, 0);
  lec_directory_process (world->directory, g_bytes_get_data (nothing, NULL), 0, "192.0.2.2", ON, 0);
  assert_rows (world, "");
  notes = lec_directory_dup_notes (world->directory);
  g_assert_cmpuint (g_strv_length (notes), ==, 3);
  g_assert_nonnull (strstr (notes[0], STATION));
  g_assert_nonnull (strstr (notes[1], NEIGHBOUR));
  g_assert_nonnull (strstr (notes[2], "192.0.2.2"));
}

static guint
count_on (const World *world, const char *group)
{
  g_autoptr (GHashTable) counts = lec_directory_count (world->directory);
  const guint *count = g_hash_table_lookup (counts, group);

  return count != NULL ? *count : 0;
}

/* For the interval that RFC 2974, section 3.1, asks of a station. */
static void
test_count (World *world)
{
  announce (world, V ("1"), "Hall", A);
  announce (world, OTHER, "Lab", B);
  g_assert_cmpuint (count_on (world, ON), ==, 2);
  g_assert_cmpuint (count_on (world, "224.2.127.254"), ==, 0);
  withdraw (world, STATION, OTHER, "Lab", B);
  g_assert_cmpuint (count_on (world, ON), ==, 1);
}

/* What comes and goes while nobody asks leaves nothing behind. */
static void
test_unpublished (World *world)
{
  g_autoptr (GPtrArray) changes = NULL;

  announce (world, V ("1"), "Hall", A);
  assert_rows (world, "Hall from 192.0.2.1");
  for (guint i = 0; i < LEC_MAX_ANNOUNCED + 100; i++) {
    g_autofree char *from = g_strdup_printf ("10.0.%u.%u", i / 250, i % 250 + 1);

    world->now_ms += 11; /* as often as one may take the place of another */
    announce_number (world, from, i);
  }
  changes = lec_directory_take_changes (world->directory);
  g_assert_cmpuint (changes->len, <=, LEC_MAX_ANNOUNCED + 1);
}

typedef void (*Story) (World *world);

static void
run_story (gconstpointer data)
{
  World world;

  world_init (&world);
  (*(const Story *) data) (&world);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    Story story;
  } stories[] = {
    { "versions", test_versions },
    { "deletion", test_deletion },
    { "revival", test_revival },
    { "deletion-by-origin", test_deletion_by_origin },
    { "clashing-hash", test_clashing_hash },
    { "same-origin", test_same_origin },
    { "two-hosts", test_two_hosts },
    { "superseded", test_superseded },
    { "same-place", test_same_place },
    { "silence", test_silence },
    { "forgetting", test_forgetting },
    { "first-interval", test_first_interval },
    { "beginning", test_beginning },
    { "two-interfaces", test_two_interfaces },
    { "deadline", test_deadline },
    { "flood", test_flood },
    { "forged-hosts", test_forged_hosts },
    { "below-bound", test_below_bound },
    { "notes", test_notes },
    { "count", test_count },
    { "unpublished", test_unpublished },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strconcat ("/directory/", stories[i].path, NULL);

    g_test_add_data_func (path, &stories[i].story, run_story);
  }
  return g_test_run ();
}
