/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rows.h"

#include <string.h>

#include "channel/error.h"

#define BASE "http://station.example/live/x"

static void
add_list (GString *line, const char *sign, GStrv list)
{
  g_autofree char *joined = list != NULL ? g_strjoinv (",", list) : NULL;

  if (joined != NULL)
    g_string_append_printf (line, " %s%s", sign, joined);
}

static void
add_leg (GString *line, const LecLeg *leg)
{
  g_string_append_printf (line, strchr (leg->group, ':') != NULL ? " [%s]:%u" : " %s:%u",
                          leg->group, leg->port);
  if (leg->ttl >= 0)
    g_string_append_printf (line, "/%d", leg->ttl);
  add_list (line, "<", leg->sources);
  add_list (line, "!", leg->excluded);
  if (leg->interface != NULL)
    g_string_append_printf (line, " on %s", leg->interface);
  if (leg->rtcp_port != 0)
    g_string_append_printf (line, " rtcp %s%s%u", leg->rtcp_group != NULL ? leg->rtcp_group : "",
                            leg->rtcp_group != NULL ? ":" : "", leg->rtcp_port);
}

static void
add_parameters (GString *line, GStrv parameters)
{
  for (guint i = 0; parameters != NULL && parameters[i] != NULL; i += 2)
    g_string_append_printf (line, " %s=%s", parameters[i], parameters[i + 1]);
}

static void
add_payload (GString *line, const LecPayload *payload)
{
  g_string_append_printf (line, " {%u %s/%u", payload->payload, payload->encoding,
                          payload->clock_rate);
  if (payload->channels != 0)
    g_string_append_printf (line, "/%u", payload->channels);
  add_parameters (line, payload->parameters);
  g_string_append_c (line, '}');
}

static void
add_repair (GString *line, const LecRepair *repair)
{
  static const char *const schemes[] = { "ulpfec", "flexfec", "2022-1", "rtx" };

  g_string_append_printf (line, " repair %s %s:%u", schemes[repair->scheme], repair->group,
                          repair->port);
  add_list (line, "<", repair->sources);
  add_list (line, "!", repair->excluded);
  if (repair->payload < 0)
    return;
  g_string_append_printf (line, " {%d/%u", repair->payload, repair->clock_rate);
  add_parameters (line, repair->parameters);
  g_string_append_c (line, '}');
}

static void
add_reference (GString *line, const LecReference *reference)
{
  static const char *const sources[]
      = { "ntp", "ptp", "gps", "galileo", "glonass", "local", "private" };

  g_string_append_printf (line, " by %s", sources[reference->source]);
  if (reference->version != NULL)
    g_string_append_printf (line, " %s", reference->version);
  if (reference->identity != NULL)
    g_string_append_printf (line, " %s", reference->identity);
  if (reference->domain >= 0)
    g_string_append_printf (line, " domain %d", reference->domain);
  if (reference->traceable)
    g_string_append (line, " traceable");
}

static void
add_media_clock (GString *line, const LecMediaClock *clock)
{
  static const char *const kinds[] = { "", " clock sender", " clock direct", " clock stream" };

  g_string_append (line, kinds[clock->kind]);
  if (clock->kind == LEC_MEDIA_CLOCK_DIRECT)
    g_string_append_printf (line, " %" G_GUINT64_FORMAT, clock->offset);
  if (clock->rate_denominator != 0)
    g_string_append_printf (line, " rate %u/%u", clock->rate_numerator, clock->rate_denominator);
  if (clock->kind == LEC_MEDIA_CLOCK_STREAM)
    g_string_append_printf (line, " %" G_GINT64_MODIFIER "x", clock->stream_id);
}

/* With how many keys of which kind; the keys themselves are seen by nobody. */
static void
add_keys (GString *line, const GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++) {
    const LecKey *key = g_ptr_array_index (keys, i);

    g_string_append_printf (line, " key %s %" G_GSIZE_FORMAT, key->suite,
                            g_bytes_get_size (key->key));
    if (key->mki != NULL)
      g_string_append_printf (line, " of %" G_GSIZE_FORMAT, g_bytes_get_size (key->mki));
  }
}

static void
add_stream (GString *line, const LecStream *stream)
{
  static const char *const media[] = { "video", "audio", "text", "application" };

  g_string_append_printf (line, " %s", media[stream->media]);
  if (stream->label != NULL)
    g_string_append_printf (line, " \"%s\"", stream->label);
  if (stream->language != NULL)
    g_string_append_printf (line, " [%s]", stream->language);
  if (stream->bandwidth != 0)
    g_string_append_printf (line, " %ub/s", stream->bandwidth);
  if (stream->rtcp_receivers == 0)
    g_string_append (line, " silent");
  if (stream->content != NULL)
    g_string_append_printf (line, " showing %s", stream->content);
  if (stream->sync_group != 0)
    g_string_append_printf (line, " sync %u", stream->sync_group);
  if (stream->packet_time_us != 0)
    g_string_append_printf (line, " %" G_GINT64_FORMAT "us", stream->packet_time_us);
  add_keys (line, stream->keys);
  for (guint i = 0; i < stream->references->len; i++)
    add_reference (line, g_ptr_array_index (stream->references, i));
  add_media_clock (line, &stream->media_clock);
  for (guint i = 0; i < stream->legs->len; i++)
    add_leg (line, g_ptr_array_index (stream->legs, i));
  for (guint i = 0; i < stream->payloads->len; i++)
    add_payload (line, g_ptr_array_index (stream->payloads, i));
  for (guint i = 0; i < stream->repairs->len; i++)
    add_repair (line, g_ptr_array_index (stream->repairs, i));
  if (stream->feedback.nack)
    g_string_append (line, " nack");
  if (stream->feedback.target != NULL)
    g_string_append_printf (line, " %s:%u", stream->feedback.target, stream->feedback.port);
}

static void
add_alternative (GString *line, const LecAlternative *alternative)
{
  static const char *const kinds[] = { "rtp", "ts", "msb", "uri" };

  g_string_append (line, kinds[alternative->kind]);
  if (alternative->program != 0)
    g_string_append_printf (line, " program %u", alternative->program);
  if (alternative->uri != NULL)
    g_string_append_printf (line, " %s", alternative->uri);
  if (alternative->start_us != 0)
    g_string_append_printf (line, " +%" G_GINT64_FORMAT "us", alternative->start_us);
  if (alternative->duration_us != 0)
    g_string_append_printf (line, " for %" G_GINT64_FORMAT "us", alternative->duration_us);
  for (guint i = 0; i < alternative->streams->len; i++)
    add_stream (line, g_ptr_array_index (alternative->streams, i));
}

char *
lec_summary_new (const LecAnnouncement *announcement)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < announcement->channels->len; i++) {
    const LecChannel *channel = g_ptr_array_index (announcement->channels, i);
    const LecChannelInfo *info = lec_channel_get_info (channel);

    g_string_append_printf (line, "%s%s: ", i > 0 ? " # " : "", info->title);
    for (guint j = 0; j < info->alternatives->len; j++) {
      g_string_append (line, j > 0 ? " | " : "");
      add_alternative (line, g_ptr_array_index (info->alternatives, j));
    }
  }
  return g_string_free (line, FALSE);
}

char *
lec_data_load (const char *file, gsize *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", file, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
check_warnings (const LecRow *row, const LecAnnouncement *announcement)
{
  g_autofree char *all = NULL;

  if (row->warning == NULL)
    return;
  g_ptr_array_add (announcement->warnings, NULL);
  all = g_strjoinv ("; ", (char **) announcement->warnings->pdata);
  if (row->warning[0] == '\0')
    g_assert_cmpstr (all, ==, "");
  else if (strstr (all, row->warning) == NULL)
    g_error ("“%s” is not among the warnings: %s", row->warning, all);
}

static void
check_refusal (const LecRow *row, const GError *error)
{
  g_autofree char *said = g_strdup_printf ("%s: %s", lec_error_get_name (error), error->message);
  const char *sentence = strchr (row->refusal, ' ') + 1;

  g_assert_true (error->domain == LEC_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_false (g_str_has_suffix (error->message, "."));
  if (strncmp (said, row->refusal, (gsize) (sentence - row->refusal)) != 0
      || strstr (said, sentence) == NULL)
    g_error ("expected “%s”, not “%s”", row->refusal, said);
}

void
lec_row_check (const LecRow *row)
{
  gsize length = row->text != NULL ? strlen (row->text) : 0;
  g_autofree char *bytes
      = row->text != NULL ? g_memdup2 (row->text, length) : lec_data_load (row->file, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = lec_announcement_parse (bytes, length, BASE, &error);
  g_autofree char *summary = NULL;

  if (row->refusal != NULL) {
    g_assert_null (announcement);
    check_refusal (row, error);
    return;
  }
  g_assert_no_error (error);
  summary = lec_summary_new (announcement);
  g_assert_cmpstr (summary, ==, row->promise);
  check_warnings (row, announcement);
}

static void
test_row (gconstpointer data)
{
  lec_row_check (data);
}

void
lec_rows_add (const char *prefix, const LecRow *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%s", prefix, rows[i].story);

    g_test_add_data_func (path, &rows[i], test_row);
  }
}
