/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tests/ui/channels.h"

#define HOUR 3600

typedef struct
{
  const char *title;
  const char *description;
  const char *category;
  const char *language;
  const char *announcer; /* NULL: opened by hand */
  gint64 starts;         /* [s] from now; 0: open */
  gint64 ends;
  LecMedia media;
  LecAdvertisementFlags flags;
} Row;

static const Row rows[] = {
  { "Thermodynamics <II> & entropy", "Prof. Ludwig, lecture hall 4: the second law", "Physics",
    "de", "192.0.2.10", 0, 2 * HOUR },
  { "Überblick: Numerik", NULL, "Mathematics", "de", "192.0.2.11", 0, 0 },
  { "Overflow room", "Picture of hall 1", NULL, NULL, "192.0.2.12" },
  { "Overflow room", "Picture of hall 2", NULL, NULL, "192.0.2.13" },
  { "Campus radio", "Music and news", "Radio", "en", "192.0.2.14", 0, 0, LEC_MEDIA_AUDIO },
  { "A seminar whose title goes on and on about everything that is said there and then some more",
    NULL, NULL, NULL, "192.0.2.15" },
  { "Town hall meeting", NULL, NULL, "en", "192.0.2.16", 0, 0, LEC_MEDIA_VIDEO,
    LEC_ADVERTISEMENT_SILENT },
  { "Organic chemistry", "Prof. Aroma", "Chemistry", "en", "192.0.2.17", 20 * HOUR, 22 * HOUR },
  { "Evening concert", NULL, NULL, NULL, "192.0.2.18", 30, 3 * HOUR, LEC_MEDIA_AUDIO },
  { "Yesterday’s colloquium", NULL, NULL, NULL, "192.0.2.19", -26 * HOUR, -24 * HOUR },
  { "Withdrawn lecture", NULL, NULL, NULL, "192.0.2.20", 0, 0, LEC_MEDIA_VIDEO,
    LEC_ADVERTISEMENT_WITHDRAWN },
  { "שיעור בפיזיקה", NULL, "פיזיקה", "he", "192.0.2.21" },
};

static LecStream *
add_stream (LecChannelInfo *info, LecMedia media, guint16 port)
{
  LecAlternative *alternative = lec_channel_info_add_alternative (info, LEC_KIND_RTP);
  LecStream *stream = lec_alternative_add_stream (alternative, media);

  lec_stream_add_leg (stream, "239.1.2.3", port);
  if (media == LEC_MEDIA_AUDIO)
    lec_stream_add_payload (stream, 97, "opus", 48000);
  else
    lec_stream_add_payload (stream, 96, "H264", 90000);
  return stream;
}

static LecChannel *
finish (LecChannelInfo *info)
{
  g_autoptr (GError) error = NULL;
  LecChannel *channel = lec_channel_new (info, &error);

  g_assert_no_error (error);
  return channel;
}

static LecChannel *
make (const char *title, LecMedia media, guint16 port)
{
  LecChannelInfo *info = lec_channel_info_new ();

  info->id = g_strdup (title);
  info->title = g_strdup (title);
  add_stream (info, media, port);
  return finish (info);
}

LecChannel *
channels_make (const char *title, guint16 port)
{
  return make (title, LEC_MEDIA_VIDEO, port);
}

LecChannel *
channels_make_radio (const char *title, guint16 port)
{
  return make (title, LEC_MEDIA_AUDIO, port);
}

void
channels_advertise (LecChannelList *list,
                    const char *key,
                    LecChannel *channel,
                    const char *announcer,
                    LecAdvertisementFlags flags)
{
  g_autoptr (LecAdvertisement) advertisement
      = lec_advertisement_new (LEC_CHANNEL_ORIGIN_SAP, key, channel, announcer, flags);

  lec_channel_list_put (list, &advertisement, 1);
}

void
channels_announce (LecChannelList *list,
                   const char *key,
                   LecChannel *channel,
                   const char *announcer)
{
  channels_advertise (list, key, channel, announcer, LEC_ADVERTISEMENT_CURRENT);
}

static void
put_row (LecChannelList *list, const Row *row, guint number, gint64 now)
{
  LecChannelInfo *info = lec_channel_info_new ();
  g_autofree char *key = g_strdup_printf ("row %u", number);
  g_autoptr (LecChannel) channel = NULL;

  info->id = g_strdup (key);
  info->title = g_strdup (row->title);
  info->description = g_strdup (row->description);
  info->category = g_strdup (row->category);
  info->schedule = lec_schedule_new ();
  lec_schedule_add_period (info->schedule, row->starts != 0 ? now + row->starts : 0,
                           row->ends != 0 ? now + row->ends : 0);
  add_stream (info, row->media, (guint16) (5004 + 2 * number))->language = g_strdup (row->language);
  channel = finish (info);
  channels_advertise (list, key, channel, row->announcer, row->flags);
}

void
channels_fill (LecChannelList *list, gint64 now)
{
  lec_channel_list_set_time (list, now);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    put_row (list, &rows[i], i, now);
}

void
channels_flood (LecChannelList *list, guint first, guint n)
{
  g_autoptr (GPtrArray) all
      = g_ptr_array_new_with_free_func ((GDestroyNotify) lec_advertisement_unref);

  for (guint i = 0; i < n; i++) {
    const guint number = first + i;
    /* not in the order in which they come */
    g_autofree char *title = g_strdup_printf ("Lecture %u of %u", number * 7919 % 10007, number);
    g_autoptr (LecChannel) channel = channels_make (title, 5004);
    LecAdvertisementFlags flags = LEC_ADVERTISEMENT_CURRENT;

    if (number % 5 == 0)
      flags |= LEC_ADVERTISEMENT_WITHDRAWN;
    if (number % 7 == 0)
      flags |= LEC_ADVERTISEMENT_SILENT;
    g_ptr_array_add (
        all, lec_advertisement_new (LEC_CHANNEL_ORIGIN_SAP, title, channel, "192.0.2.1", flags));
  }
  lec_channel_list_put (list, (LecAdvertisement **) all->pdata, n);
}
