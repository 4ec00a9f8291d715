/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "discovery/channel-list.h"

#include <string.h>

#define NOW 1000000
#define HALL "sdp hall"
#define NEIGHBOUR "192.0.2.66"
#define STATION "192.0.2.1"

/* What a user of the model has been told, replayed: must be what the model has. */
typedef struct
{
  GPtrArray *items;
  guint signals;
} Mirror;

static LecChannel *
make_channel (const char *id, const char *title, gint64 starts, gint64 ends)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);

  lec_stream_add_leg (lec_alternative_add_stream (alternative, LEC_MEDIA_VIDEO), "239.1.1.1", 5004);
  info->id = g_strdup (id);
  info->title = g_strdup (title);
  info->schedule = lec_schedule_new ();
  lec_schedule_add_period (info->schedule, starts, ends);
  return lec_channel_new (info, NULL);
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, Mirror *mirror)
{
  g_assert_cmpuint (position + removed, <=, mirror->items->len);
  if (removed > 0)
    g_ptr_array_remove_range (mirror->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror->items, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, mirror->items->len);
  mirror->signals++;
}

static LecChannelList *
make_list (Mirror *mirror)
{
  LecChannelList *list = lec_channel_list_new ();

  mirror->items = g_ptr_array_new_with_free_func (g_object_unref);
  mirror->signals = 0;
  g_signal_connect (list, "items-changed", G_CALLBACK (changed_cb), mirror);
  lec_channel_list_set_time (list, NOW);
  return list;
}

static void
drop_list (LecChannelList *list, Mirror *mirror)
{
  g_object_unref (list);
  g_ptr_array_unref (mirror->items);
}

static void
put (LecChannelList *list,
     LecChannelOrigin origin,
     const char *key,
     LecChannel *channel,
     const char *announcer)
{
  g_autoptr (LecAdvertisement) advertisement
      = lec_advertisement_new (origin, key, channel, announcer, LEC_ADVERTISEMENT_CURRENT);

  lec_channel_list_put (list, &advertisement, 1);
  lec_channel_unref (channel);
}

static void
put_sap (LecChannelList *list, const char *key, const char *title, const char *announcer)
{
  put (list, LEC_CHANNEL_ORIGIN_SAP, key, make_channel (HALL, title, 0, 0), announcer);
}

/* `title state origins announcer` of each row, by `, `. */
static char *
describe (LecChannelList *list, const Mirror *mirror)
{
  static const char *const states[] = {
    [LEC_CHANNEL_STATE_NOW] = "now",
    [LEC_CHANNEL_STATE_NOT_REACHING] = "not-reaching",
    [LEC_CHANNEL_STATE_LATER] = "later",
    [LEC_CHANNEL_STATE_ENDED] = "ended",
  };
  GString *text = g_string_new (NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, mirror->items->len);
  for (guint i = 0; i < mirror->items->len; i++) {
    g_autoptr (LecChannelItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);
    g_autofree char *origins
        = g_flags_to_string (LEC_TYPE_CHANNEL_ORIGIN, lec_channel_item_get_origins (item));

    g_assert_true (item == g_ptr_array_index (mirror->items, i));
    for (char *p; (p = strstr (origins, "LEC_CHANNEL_ORIGIN_")) != NULL;)
      memmove (p, p + 19, strlen (p + 19) + 1);
    g_string_append_printf (text, "%s%s %s %s", i > 0 ? ", " : "",
                            lec_channel_item_get_title (item),
                            states[lec_channel_item_get_state (item)], origins);
    if (lec_channel_item_get_announcer (item) != NULL)
      g_string_append_printf (text, " %s", lec_channel_item_get_announcer (item));
  }
  return g_string_free (text, FALSE);
}

static void
assert_list (LecChannelList *list, const Mirror *mirror, const char *expected)
{
  g_autofree char *described = describe (list, mirror);

  g_assert_cmpstr (described, ==, expected);
}

static void
count_up (guint *count)
{
  ++*count;
}

/* What is opened goes before what is announced of the same session, in one row. */
static void
test_merge (void)
{
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);
  g_autoptr (LecChannel) opened = make_channel (HALL, "Hall", 0, 0);

  put_sap (list, "a", "Hall, as announced", STATION);
  lec_channel_list_open (list, opened);
  assert_list (list, &mirror, "Hall now SAP | FILE");
  g_assert_true (lec_channel_list_find (list, opened)
                 == lec_channel_list_open (list, opened)); /* again: the same row */
  put_sap (list, "a", "Hall, announced again", STATION);
  assert_list (list, &mirror, "Hall now SAP | FILE");

  put (list, LEC_CHANNEL_ORIGIN_SAP, "a", NULL, NULL);
  assert_list (list, &mirror, "Hall now FILE");
  put_sap (list, "a", "Hall, as announced", STATION);
  lec_channel_list_close (list, opened);
  assert_list (list, &mirror, "Hall, as announced now SAP 192.0.2.1");
  drop_list (list, &mirror);
}

static LecChannel *
make_version (const char *title, guint64 version)
{
  LecChannelInfo *info = lec_channel_info_new ();

  info->id = g_strdup (HALL);
  info->title = g_strdup (title);
  info->version = version;
  lec_stream_add_leg (lec_alternative_add_stream (
                          lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO),
                      "239.1.1.1", 5004);
  return lec_channel_new (info, NULL);
}

/* A version that is newer than the opened one is known, and not more: the viewer decides. */
static void
test_newer (void)
{
  static const struct
  {
    guint64 opened, announced;
    const char *title;
    gboolean is_newer;
  } rows[] = {
    { 1, 1, "Hall 2", FALSE }, { 1, 2, "Hall 2", TRUE },  { 2, 1, "Hall 2", FALSE },
    { 0, 2, "Hall 2", FALSE }, { 1, 0, "Hall 2", FALSE }, { 1, 2, "Hall", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Mirror mirror;
    LecChannelList *list = make_list (&mirror);
    g_autoptr (LecChannel) opened = make_version ("Hall", rows[i].opened);
    LecChannelItem *item = lec_channel_list_open (list, opened);
    guint notified = 0;

    g_signal_connect_swapped (item, "notify::newer", G_CALLBACK (count_up), &notified);
    put (list, LEC_CHANNEL_ORIGIN_SAP, "a", make_version (rows[i].title, rows[i].announced),
         STATION);
    put (list, LEC_CHANNEL_ORIGIN_SAP, "a", make_version (rows[i].title, rows[i].announced),
         STATION);
    assert_list (list, &mirror, "Hall now SAP | FILE");
    g_assert_true ((lec_channel_item_get_newer (item) != NULL) == rows[i].is_newer);
    g_assert_cmpuint (notified, ==, rows[i].is_newer);
    put (list, LEC_CHANNEL_ORIGIN_SAP, "a", NULL, NULL);
    g_assert_null (lec_channel_item_get_newer (item));
    drop_list (list, &mirror);
  }
}

/* What is opened, and brings nothing for an hour, goes; unless it is tried just now. */
static void
test_dead (void)
{
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);
  g_autoptr (LecChannel) dead = make_channel ("dead", "Dead", 0, 0);
  g_autoptr (LecChannel) tried = make_channel ("tried", "Tried", 0, 0);
  g_autoptr (LecChannel) untried = make_channel ("untried", "Untried", 0, 0);
  g_autoptr (LecChannel) announced = make_channel (HALL, "Hall", 0, 0);

  lec_channel_list_open (list, dead);
  lec_channel_list_open (list, untried);
  lec_channel_list_open (list, announced);
  put_sap (list, "a", "Hall", STATION);
  lec_channel_list_set_current (list, lec_channel_list_open (list, tried));
  lec_channel_list_set_reaching (list, dead, FALSE);
  lec_channel_list_set_reaching (list, announced, FALSE);
  lec_channel_list_set_reaching (list, tried, FALSE);
  g_assert_cmpint (lec_channel_list_set_time (list, NOW + 1), ==, NOW + 3600);
  lec_channel_list_set_reaching (list, dead, FALSE); /* again: it is no younger */
  lec_channel_list_set_time (list, NOW + 3599);
  assert_list (list, &mirror,
               "Dead not-reaching FILE, Untried now FILE, Hall not-reaching SAP | FILE, "
               "Tried not-reaching FILE");
  g_assert_cmpint (lec_channel_list_set_time (list, NOW + 3600), ==, 0);
  assert_list (list, &mirror,
               "Untried now FILE, Hall not-reaching SAP | FILE, Tried not-reaching FILE");
  lec_channel_list_set_current (list, NULL);
  lec_channel_list_set_time (list, NOW + 3601);
  assert_list (list, &mirror, "Untried now FILE, Hall not-reaching SAP | FILE");
  drop_list (list, &mirror);
}

/* @source: (nullable) */
static LecChannel *
make_address (LecKind kind, const char *group, guint16 port, const char *source)
{
  LecChannelInfo *info = lec_channel_info_new ();
  LecLeg *leg = lec_stream_add_leg (
      lec_alternative_add_stream (lec_channel_info_add_alternative (info, kind), LEC_MEDIA_VIDEO),
      group, port);

  if (source != NULL)
    leg->sources = g_strdupv ((char *[]){ (char *) source, NULL });
  return lec_channel_new (info, NULL);
}

/* Of an address alone it is known what is announced for it; of what says more itself, nothing. */
static void
test_find_announced (void)
{
  static const struct
  {
    LecKind kind;
    const char *group;
    guint16 port;
    const char *source;
    const char *found;
  } rows[] = {
    { LEC_KIND_RTP, "239.1.1.1", 5004, NULL, "Hall" },
    { LEC_KIND_RTP, "239.1.1.1", 5006, NULL, "Hall" }, /* its sound */
    { LEC_KIND_RTP, "239.1.1.1", 5005, NULL, NULL },
    { LEC_KIND_RTP, "239.1.1.2", 5004, NULL, NULL },
    { LEC_KIND_RTP, "239.1.1.1", 5004, "192.0.2.9", "Hall" },
    { LEC_KIND_TS, "239.1.1.1", 5004, NULL, NULL },
    { LEC_KIND_RTP, "239.1.1.3", 5004, NULL, NULL }, /* that is opened */
  };
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);
  LecChannelInfo *info = lec_channel_info_new ();
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  g_autoptr (LecChannel) opened = make_address (LEC_KIND_RTP, "239.1.1.3", 5004, NULL);

  info->title = g_strdup ("Hall");
  for (guint i = 0; i < 2; i++) {
    LecStream *stream
        = lec_alternative_add_stream (alternative, i == 0 ? LEC_MEDIA_VIDEO : LEC_MEDIA_AUDIO);

    lec_stream_add_leg (stream, "239.1.1.1", (guint16) (5004 + 2 * i));
    lec_stream_add_payload (stream, 96 + i, "X", 90000);
  }
  put (list, LEC_CHANNEL_ORIGIN_SAP, "a", lec_channel_new (info, NULL), STATION);
  lec_channel_list_open (list, opened);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecChannel) address
        = make_address (rows[i].kind, rows[i].group, rows[i].port, rows[i].source);
    LecChannel *found = lec_channel_list_find_announced (list, address);

    g_assert_cmpstr (found != NULL ? lec_channel_get_title (found) : NULL, ==, rows[i].found);
    if (found != NULL)
      g_assert_null (lec_channel_list_find_announced (list, found));
  }
  drop_list (list, &mirror);
}

static void
test_advertisements (void)
{
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);

  put_sap (list, "a", "Hall", STATION);
  put_sap (list, "b", "Hall", NEIGHBOUR); /* repeats it word by word */
  assert_list (list, &mirror, "Hall now SAP 192.0.2.66");
  put_sap (list, "c", "Not the hall", "192.0.2.67");
  assert_list (list, &mirror, "Hall now SAP 192.0.2.66, Not the hall now SAP 192.0.2.67");

  put (list, LEC_CHANNEL_ORIGIN_SAP, "b", NULL, NULL);
  assert_list (list, &mirror, "Hall now SAP 192.0.2.1, Not the hall now SAP 192.0.2.67");
  put (list, LEC_CHANNEL_ORIGIN_SAP, "a", NULL, NULL);
  assert_list (list, &mirror, "Not the hall now SAP 192.0.2.67");
  put (list, LEC_CHANNEL_ORIGIN_SAP, "c", NULL, NULL);
  put (list, LEC_CHANNEL_ORIGIN_SAP, "c", NULL, NULL); /* nobody is left to take it back */
  assert_list (list, &mirror, "");
  drop_list (list, &mirror);
}

static LecChannel *
announce_by (const char *origin, const char *announcer)
{
  LecChannelInfo *info = lec_channel_info_new ();
  g_autoptr (LecChannel) channel = NULL;

  info->id = g_strdup ("sdp 239.1.1.1 5004");
  info->title = g_strdup ("No Name");
  info->origin = g_strdup (origin);
  lec_stream_add_leg (lec_alternative_add_stream (
                          lec_channel_info_add_alternative (info, LEC_KIND_RTP), LEC_MEDIA_AUDIO),
                      "239.1.1.1", 5004);
  channel = lec_channel_new (info, NULL);
  return lec_channel_new_for_announcer (channel, announcer);
}

/* Two stations that announce the same group in the same words, which do not say who they are, are
 * two; where the words name the host, one of them only repeats them. */
static void
test_two_announcers (void)
{
  static const struct
  {
    const char *origin;
    const char *rows;
  } rows[] = {
    { NULL, "No Name now SAP 192.0.2.1, No Name now SAP 192.0.2.66" },
    { "127.0.0.1", "No Name now SAP 192.0.2.1, No Name now SAP 192.0.2.66" },
    { "192.0.2.9", "No Name now SAP 192.0.2.66" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Mirror mirror;
    LecChannelList *list = make_list (&mirror);
    g_autoptr (LecChannel) neighbours = announce_by (rows[i].origin, NEIGHBOUR);

    put (list, LEC_CHANNEL_ORIGIN_SAP, "a", announce_by (rows[i].origin, STATION), STATION);
    put (list, LEC_CHANNEL_ORIGIN_SAP, "b", lec_channel_ref (neighbours), NEIGHBOUR);
    assert_list (list, &mirror, rows[i].rows);
    g_assert_cmpstr (lec_channel_item_get_announcer (lec_channel_list_find (list, neighbours)), ==,
                     NEIGHBOUR);
    drop_list (list, &mirror);
  }
}

/* Who repeats an announcement word by word to stand in its row cannot change it from there. */
static void
test_usurper (void)
{
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);

  put_sap (list, "a", "Hall", STATION);
  put_sap (list, "b", "Hall", NEIGHBOUR);
  put_sap (list, "b", "Not the hall", NEIGHBOUR);
  assert_list (list, &mirror, "Hall now SAP 192.0.2.1, Not the hall now SAP 192.0.2.66");
  put_sap (list, "a", "Great hall", STATION); /* who is alone in its row may */
  assert_list (list, &mirror, "Great hall now SAP 192.0.2.1, Not the hall now SAP 192.0.2.66");
  drop_list (list, &mirror);
}

static void
test_other_identity (void)
{
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);

  put_sap (list, "a", "Hall", STATION);
  put (list, LEC_CHANNEL_ORIGIN_SAP, "b", make_channel ("sdp lab", "Lab", 0, 0), STATION);
  put (list, LEC_CHANNEL_ORIGIN_SAP, "a", make_channel ("sdp hall 2", "Hall 2", 0, 0), STATION);
  assert_list (list, &mirror, "Lab now SAP 192.0.2.1, Hall 2 now SAP 192.0.2.1");
  drop_list (list, &mirror);
}

static void
test_time (void)
{
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);

  put (list, LEC_CHANNEL_ORIGIN_SAP, "a", make_channel ("a", "A", NOW + 10, NOW + 20), STATION);
  put (list, LEC_CHANNEL_ORIGIN_SAP, "b", make_channel ("b", "B", 0, NOW + 15), STATION);
  assert_list (list, &mirror, "A later SAP 192.0.2.1, B now SAP 192.0.2.1");
  g_assert_cmpint (lec_channel_list_set_time (list, NOW), ==, NOW + 10);
  g_assert_cmpint (lec_channel_list_set_time (list, NOW + 10), ==, NOW + 15);
  assert_list (list, &mirror, "A now SAP 192.0.2.1, B now SAP 192.0.2.1");
  g_assert_cmpint (lec_channel_list_set_time (list, NOW + 15), ==, NOW + 20);
  assert_list (list, &mirror, "A now SAP 192.0.2.1, B ended SAP 192.0.2.1");
  g_assert_cmpint (lec_channel_list_set_time (list, NOW + 20), ==, 0);
  assert_list (list, &mirror, "A ended SAP 192.0.2.1, B ended SAP 192.0.2.1");
  drop_list (list, &mirror);
}

static void
put_flags (LecChannelList *list, LecChannel *channel, LecAdvertisementFlags flags)
{
  g_autoptr (LecAdvertisement) advertisement
      = lec_advertisement_new (LEC_CHANNEL_ORIGIN_SAP, "a", channel, STATION, flags);

  lec_channel_list_put (list, &advertisement, 1);
}

static void
test_silence (void)
{
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);
  g_autoptr (LecChannel) channel = make_channel (HALL, "Hall", 0, 0);

  put_flags (list, channel, LEC_ADVERTISEMENT_SILENT);
  assert_list (list, &mirror, "Hall not-reaching SAP 192.0.2.1");
  /* what plays is on, whoever is silent about it */
  lec_channel_list_set_current (list, lec_channel_list_find (list, channel));
  lec_channel_list_set_reaching (list, channel, TRUE);
  assert_list (list, &mirror, "Hall now SAP 192.0.2.1");
  lec_channel_list_set_current (list, NULL);
  lec_channel_list_set_time (list, NOW + 1);
  assert_list (list, &mirror, "Hall not-reaching SAP 192.0.2.1");
  put_flags (list, channel, LEC_ADVERTISEMENT_CURRENT);
  assert_list (list, &mirror, "Hall now SAP 192.0.2.1");
  put_flags (list, channel, LEC_ADVERTISEMENT_WITHDRAWN);
  assert_list (list, &mirror, "Hall ended SAP 192.0.2.1");
  drop_list (list, &mirror);
}

static void
test_reaching (void)
{
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);
  g_autoptr (LecChannel) channel = make_channel (HALL, "Hall", 0, 0);
  g_autoptr (LecChannel) unknown = make_channel ("other", "Other", 0, 0);

  lec_channel_list_set_reaching (list, unknown, FALSE);
  lec_channel_list_open (list, channel);
  lec_channel_list_set_reaching (list, channel, FALSE);
  assert_list (list, &mirror, "Hall not-reaching FILE");
  lec_channel_list_set_reaching (list, channel, TRUE);
  assert_list (list, &mirror, "Hall now FILE");

  lec_channel_list_set_reaching (list, channel, FALSE);
  lec_channel_list_close (list, channel);
  put_sap (list, "a", "Hall", STATION);
  lec_channel_list_set_reaching (list, channel, FALSE);
  put_sap (list, "a", "Hall on another group", STATION); /* which nobody has tried */
  assert_list (list, &mirror, "Hall on another group now SAP 192.0.2.1");
  drop_list (list, &mirror);
}

static void
count_cb (LecChannelItem *item, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
test_notifies (void)
{
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);
  g_autoptr (LecChannelItem) item = NULL;
  guint count = 0;

  put_sap (list, "a", "Hall", STATION);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_signal_connect (item, "notify::title", G_CALLBACK (count_cb), &count);
  mirror.signals = 0;
  put_sap (list, "a", "Hall", STATION); /* heard again: nothing new */
  g_assert_cmpuint (count, ==, 0);
  g_assert_cmpuint (mirror.signals, ==, 0);
  put_sap (list, "a", "Great hall", STATION);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpuint (mirror.signals, ==, 1);
  drop_list (list, &mirror);
}

/* Many from one host; those that are taken back have no channel. */
static void
put_many (LecChannelList *list, gboolean (*is_there) (guint i), guint n)
{
  g_autoptr (GPtrArray) all
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_advertisement_unref);

  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("c%u", i);
    g_autoptr (LecChannel) channel = is_there (i) ? make_channel (name, name, 0, 0) : NULL;

    g_ptr_array_add (all, lec_advertisement_new (LEC_CHANNEL_ORIGIN_SAP, name, channel, STATION,
                                                 LEC_ADVERTISEMENT_CURRENT));
  }
  lec_channel_list_put (list, (LecAdvertisement **) all->pdata, n);
}

static gboolean
is_any (guint i)
{
  return TRUE;
}

static gboolean
is_seventh_of_1000 (guint i)
{
  return i % 1000 == 7;
}

/* What a flood brings at once is one change, and what goes leaves the others in order. */
static void
test_many (void)
{
  enum { MANY = 4000 };
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);

  put_many (list, is_any, MANY);
  g_assert_cmpuint (mirror.signals, ==, 1);
  g_assert_cmpuint (mirror.items->len, ==, MANY);
  put_many (list, is_seventh_of_1000, MANY);
  assert_list (list, &mirror,
               "c7 now SAP 192.0.2.1, c1007 now SAP 192.0.2.1, c2007 now SAP 192.0.2.1, "
               "c3007 now SAP 192.0.2.1");
  drop_list (list, &mirror);
}

/* What begins at one time is told of at once, however much it is. */
static void
test_together (void)
{
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);
  guint before;

  for (guint i = 0; i < 300; i++) {
    g_autofree char *id = g_strdup_printf ("lecture %u", i);

    put (list, LEC_CHANNEL_ORIGIN_SAP, id, make_channel (id, id, NOW + 60, NOW + 120), STATION);
  }
  before = mirror.signals;
  g_assert_cmpint (lec_channel_list_set_time (list, NOW + 59), ==, NOW + 60);
  g_assert_cmpuint (mirror.signals, ==, before);
  g_assert_cmpint (lec_channel_list_set_time (list, NOW + 60), ==, NOW + 120);
  g_assert_cmpuint (mirror.signals, ==, before + 1);
  for (guint i = 0; i < 300; i++)
    g_assert_cmpint (lec_channel_item_get_state (g_ptr_array_index (mirror.items, i)), ==,
                     LEC_CHANNEL_STATE_NOW);
  /* the clock was set back */
  lec_channel_list_set_time (list, NOW + 59);
  g_assert_cmpint (lec_channel_item_get_state (g_ptr_array_index (mirror.items, 0)), ==,
                   LEC_CHANNEL_STATE_LATER);
  drop_list (list, &mirror);
}

/* Identities of one hash are two rows, whichever goes first. */
static void
test_same_hash (void)
{
  static const char *const ids[] = { "bA", "ab", "BC" };
  Mirror mirror;
  LecChannelList *list = make_list (&mirror);

  g_assert_cmpuint (g_str_hash (ids[0]), ==, g_str_hash (ids[1]));
  for (guint gone = 0; gone < G_N_ELEMENTS (ids); gone++) {
    for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
      put (list, LEC_CHANNEL_ORIGIN_SAP, ids[i], make_channel (ids[i], ids[i], 0, 0), STATION);
    g_assert_cmpuint (mirror.items->len, ==, G_N_ELEMENTS (ids));
    put (list, LEC_CHANNEL_ORIGIN_SAP, ids[gone], NULL, STATION);
    for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
      g_autoptr (LecChannel) channel = make_channel (ids[i], ids[i], 0, 0);
      LecChannelItem *item = lec_channel_list_find (list, channel);

      if (i == gone)
        g_assert_null (item);
      else
        g_assert_cmpstr (lec_channel_item_get_title (item), ==, ids[i]);
    }
  }
  drop_list (list, &mirror);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel-list/merge", test_merge);
  g_test_add_func ("/channel-list/newer", test_newer);
  g_test_add_func ("/channel-list/dead", test_dead);
  g_test_add_func ("/channel-list/find-announced", test_find_announced);
  g_test_add_func ("/channel-list/advertisements", test_advertisements);
  g_test_add_func ("/channel-list/two-announcers", test_two_announcers);
  g_test_add_func ("/channel-list/usurper", test_usurper);
  g_test_add_func ("/channel-list/other-identity", test_other_identity);
  g_test_add_func ("/channel-list/time", test_time);
  g_test_add_func ("/channel-list/silence", test_silence);
  g_test_add_func ("/channel-list/reaching", test_reaching);
  g_test_add_func ("/channel-list/notifies", test_notifies);
  g_test_add_func ("/channel-list/many", test_many);
  g_test_add_func ("/channel-list/together", test_together);
  g_test_add_func ("/channel-list/same-hash", test_same_hash);
  return g_test_run ();
}
