/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/report-builder.h"

#include <sys/socket.h>

#include "channel/profile.h"
#include "net/host.h"
#include "report/fields.h"
#include "report/throughput.h"

/* What a payload type means. */
typedef struct
{
  guint payload;
  char encoding[LEC_REPORT_ENCODING];
} Encoding;

/* What was announced of a stream. */
typedef struct
{
  LecMedia media;
  GArray *encodings;     /* of Encoding, as announced; empty: a bare address */
  const char *container; /* (nullable): encoding of the one that all comes in */
  guint n_legs;
  LecLegReport legs[LEC_MAX_LEGS];
} Promise;

/* What a Windows Media station has announced, if it is one. */
typedef struct
{
  gboolean is_msb;
  struct sockaddr_storage source; /* AF_UNSPEC: none */
} MsbPromise;

struct _LecReportBuilder
{
  guint n_streams;
  MsbPromise msb;
  Promise promises[LEC_MAX_STREAMS];
  LecThroughput throughput;
};

/* In capitals, as names of encodings are the same in both. */
static void
set_encoding (char encoding[LEC_REPORT_ENCODING], const char *name)
{
  gsize i;

  for (i = 0; name[i] != '\0' && i < LEC_REPORT_ENCODING - 1; i++)
    encoding[i] = g_ascii_toupper (name[i]);
  encoding[i] = '\0';
}

static void
init_promise (Promise *self, const LecStream *stream, const LecFormat *format)
{
  self->media = stream->media;
  self->container = format->encoding;
  self->encodings = g_array_new (FALSE, FALSE, sizeof (Encoding));
  for (guint i = 0; i < stream->payloads->len; i++) {
    const LecPayload *payload = g_ptr_array_index (stream->payloads, i);
    Encoding encoding = { .payload = payload->payload };

    set_encoding (encoding.encoding, payload->encoding);
    g_array_append_val (self->encodings, encoding);
  }
  self->n_legs = stream->legs->len;
  for (guint i = 0; i < stream->legs->len; i++) {
    const LecLeg *leg = g_ptr_array_index (stream->legs, i);

    g_strlcpy (self->legs[i].group, leg->group, sizeof self->legs[i].group);
    self->legs[i].port = leg->port;
  }
}

LecReportBuilder *
lec_report_builder_new (const LecAlternative *alternative)
{
  LecReportBuilder *self = g_new0 (LecReportBuilder, 1);

  self->n_streams = alternative->streams->len;
  for (guint i = 0; i < self->n_streams; i++)
    init_promise (&self->promises[i], g_ptr_array_index (alternative->streams, i),
                  lec_format_of (alternative->kind));
  self->msb.is_msb = alternative->msb != NULL;
  if (self->msb.is_msb && alternative->msb->source != NULL)
    lec_host_parse (alternative->msb->source, 0, &self->msb.source);
  return self;
}

void
lec_report_builder_free (LecReportBuilder *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_streams; i++)
    g_array_unref (self->promises[i].encodings);
  g_free (self);
}

/* The encoding of what arrives, or of what was announced first. */
static void
describe_encoding (LecStreamReport *report, const Promise *promise)
{
  const LecProfileEntry *entry;

  if (promise->container != NULL) {
    set_encoding (report->encoding, promise->container);
    return;
  }
  if (report->stats.found == LEC_FOUND_BARE_TS || report->stats.found == LEC_FOUND_OTHER_TS) {
    set_encoding (report->encoding, lec_format_ts.encoding);
    return;
  }
  for (guint i = 0; i < promise->encodings->len; i++) {
    const Encoding *encoding = &g_array_index (promise->encodings, Encoding, i);

    if (report->stats.received == 0 || encoding->payload == report->stats.payload) {
      set_encoding (report->encoding, encoding->encoding);
      return;
    }
  }
  if (promise->encodings->len > 0 || report->stats.received == report->stats.malformed)
    return; /* something else came, or nobody has said, as nothing was RTP */
  entry = lec_profile_lookup (report->stats.payload);
  if (entry != NULL)
    set_encoding (report->encoding, entry->encoding);
}

static void
describe_stream (LecStreamReport *report, const Promise *promise, gint64 started_ns)
{
  /* the kernel may have had it before the start */
  if (report->stats.received > 0)
    report->stats.first_packet_ns = MAX (report->stats.first_packet_ns - started_ns, 0);
  report->media = promise->media;
  describe_encoding (report, promise);
  report->n_legs = promise->n_legs;
  for (guint i = 0; i < promise->n_legs; i++) {
    report->legs[i] = promise->legs[i];
    report->legs[i].stats = report->stats.legs[i];
  }
}

/* Behind a translation of addresses that is no fault. */
static void
describe_msb (const LecReportBuilder *self, LecReportDraft *draft)
{
  LecStreamReport *stream = &draft->streams[0];
  struct sockaddr_storage sender;

  if (!self->msb.is_msb || draft->n_streams == 0)
    return;
  draft->msb = lec_msb_state_find (&stream->stats, draft->joined_ns, draft->now_ns);
  if (self->msb.source.ss_family == AF_UNSPEC || !lec_host_parse (stream->sender, 0, &sender))
    return;
  if (!lec_host_equal (&sender, &self->msb.source))
    lec_host_format (&self->msb.source, stream->announced_sender);
}

static void
describe_throughput (LecReportBuilder *self, LecReportDraft *draft)
{
  LecStats sum = { 0 };

  for (guint i = 0; i < draft->n_streams; i++)
    lec_stats_add (&sum, &draft->streams[i].stats);
  lec_throughput_note (&self->throughput, &sum, draft->now_ns);
  draft->network.rate = self->throughput.rate;
  draft->network.capped = self->throughput.is_capped;
}

LecReportDraft *
lec_report_builder_draft (LecReportBuilder *self,
                          LecReport *before,
                          const LecStreams *streams,
                          const LecEndpoints *endpoints,
                          const LecMembershipManager *memberships,
                          gint64 started_ns,
                          gint64 now_ns)
{
  LecReportDraft *draft
      = before != NULL ? lec_report_draft_renew (before) : lec_report_draft_new (self->n_streams);

  draft->now_ns = now_ns;
  draft->joined_ns = started_ns;
  lec_membership_manager_describe (memberships, &draft->network);
  for (guint i = 0; i < self->n_streams; i++) {
    LecStreamReport *stream = &draft->streams[i];

    stream->stats = lec_session_get_stats (streams->sessions[i]);
    lec_session_read_ts (streams->sessions[i], now_ns, &stream->ts);
    g_strlcpy (stream->interfaces, lec_endpoints_get_interfaces (endpoints, i),
               sizeof stream->interfaces);
    describe_stream (stream, &self->promises[i], started_ns);
  }
  describe_throughput (self, draft);
  lec_station_table_describe (&streams->stations, draft);
  describe_msb (self, draft);
  return draft;
}
