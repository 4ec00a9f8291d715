/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a demuxer behind the filter sees, whatever the station does with its tables. */
#include "wire/ts-filter.h"

#include <math.h>
#include <string.h>

#include "support/ts-station.h"
#include "wire/ts-survey.h"
#include "wire/units.h"

#define H264 0x1b
#define H265 0x24
#define AAC 0x0f
#define MPEG_AUDIO 0x03
#define UNKNOWN 0xd7 /* a stream type that nobody has */

#define VIDEO(pid)                                                                                 \
  {                                                                                                \
    pid, H264, 6                                                                                   \
  }
#define AUDIO(pid)                                                                                 \
  {                                                                                                \
    pid, AAC, 1                                                                                    \
  }
#define CA "\x09\x04\x06\x04\xe1"
#define REGISTERED "\x05\x04Opus\x7f\x02\x80"

/* ---- what comes out ---- */

typedef struct
{
  LecTsFilter *filter;
  LecTsSurvey out;
  TsMux mux;
  gint64 now_ns;
  guint versions; /* PMTs that came out and were not as the one before */
  guint changes;
} Chain;

static void
chain_init (Chain *self)
{
  memset (self, 0, sizeof *self);
  self->filter = lec_ts_filter_new ();
  lec_ts_survey_init (&self->out);
  ts_mux_init (&self->mux);
  self->now_ns = SECOND;
}

static void
chain_clear (Chain *self)
{
  lec_ts_filter_free (self->filter);
  lec_ts_survey_clear (&self->out);
  ts_mux_clear (&self->mux);
}

/* All that a demuxer relies on: one program under one number, in packets whose counters go on. */
static void
take (Chain *self, const guint8 *bytes, gsize size)
{
  for (gsize at = 0; at < size; at += LEC_TS_PACKET) {
    LecTsPacket packet;

    g_assert_true (lec_ts_survey_note (&self->out, bytes + at, &packet, self->now_ns));
    g_assert_cmpuint (packet.scrambling, ==, 0);
    g_assert_true (packet.pid == 0 || packet.pid == LEC_TS_NULL_PID
                   || packet.pid == LEC_TS_OUT_PMT_PID || packet.pid == LEC_TS_OUT_PCR_PID
                   || packet.pid >= LEC_TS_OUT_FIRST_PID);
    g_assert_cmpuint (self->out.n_programs, <=, 1);
    if (self->out.n_programs == 0)
      continue;
    g_assert_cmpuint (self->out.programs[0].entry.number, ==, LEC_TS_OUT_PROGRAM);
    g_assert_cmpuint (self->out.programs[0].entry.pmt_pid, ==, LEC_TS_OUT_PMT_PID);
    if (self->out.changes != self->changes && self->out.programs[0].has_pmt)
      self->versions++;
    self->changes = self->out.changes;
  }
}

static void
flush (Chain *self)
{
  GByteArray *bytes = self->mux.bytes;
  const gsize piece = 7 * LEC_TS_PACKET;

  for (gsize at = 0; at < bytes->len; at += piece) {
    const gsize size = MIN (piece, bytes->len - at);

    lec_ts_filter_process (self->filter, bytes->data + at, size, self->now_ns);
    take (self, bytes->data + at, size);
  }
  g_byte_array_set_size (bytes, 0);
}

static void
run (Chain *self, const TsPlan *plan, guint turns)
{
  for (guint i = 0; i < turns; i++) {
    TsPlan now = *plan;

    ts_mux_run (&self->mux, &now, 1);
    flush (self);
    self->now_ns += TS_TURN;
  }
}

/* "1b 0f": stream types of what is handed on, in the order of the PMT. */
static char *
list_types (const Chain *self)
{
  GString *types = g_string_new (NULL);

  for (guint i = 0; self->out.n_programs > 0 && i < self->out.programs[0].pmt.n_elements; i++)
    g_string_append_printf (types, "%s%02x", i > 0 ? " " : "",
                            self->out.programs[0].pmt.elements[i].type);
  return g_string_free (types, FALSE);
}

static guint64
count_units (const Chain *self, guint index)
{
  const LecTsElement *element = &self->out.programs[0].pmt.elements[index];

  g_assert_cmpuint (index, <, self->out.programs[0].pmt.n_elements);
  return lec_ts_survey_get_pid (&self->out, element->pid)->units;
}

static LecTsStats *
read_stats (const Chain *self)
{
  LecTsStats *stats = g_new0 (LecTsStats, 1);

  lec_ts_filter_read (self->filter, self->now_ns, stats);
  return stats;
}

/* ---- what changes on the way ---- */

typedef struct
{
  const char *name;
  TsPlan before, after; /* two seconds of each */
  guint wanted;
  guint chosen;      /* program number at the end */
  const char *types; /* what is handed on at the end */
  guint changes;     /* of the tables, that a demuxer has to follow */
  guint units;       /* least of the first stream handed on, of the 100 that are sent */
} Row;

#define ONE(...)                                                                                   \
  {                                                                                                \
    .programs = { __VA_ARGS__ }                                                                    \
  }
#define PLAIN                                                                                      \
  {                                                                                                \
    1, 4096, 256, .streams = { VIDEO (256), AUDIO (257) }                                          \
  }

static const Row rows[] = {
  { "nothing", ONE (PLAIN), ONE (PLAIN), 0, 1, "1b 0f", 0, 99 },
  { "programme number",
    ONE (PLAIN),
    { .pat_version = 1, .programs = { { 7, 4096, 256, .streams = { VIDEO (256), AUDIO (257) } } } },
    0,
    7,
    "1b 0f",
    0,
    99 },
  { "programme number, versions as before", ONE (PLAIN),
    ONE ({ 7, 4096, 256, .streams = { VIDEO (256), AUDIO (257) } }), 0, 7, "1b 0f", 0, 99 },
  { "everything moves",
    ONE (PLAIN),
    { .pat_version = 1, .programs = { { 2, 500, 456, .streams = { VIDEO (456), AUDIO (457) } } } },
    0,
    2,
    "1b 0f",
    0,
    95 },
  { "PMT moves", ONE (PLAIN), ONE ({ 1, 500, 256, .streams = { VIDEO (256), AUDIO (257) } }), 0, 1,
    "1b 0f", 0, 99 },
  { "video PID, version raised", ONE (PLAIN),
    ONE ({ 1, 4096, 301, 1, .streams = { VIDEO (301), AUDIO (257) } }), 0, 1, "1b 0f", 0, 99 },
  { "video PID, version not raised", ONE (PLAIN),
    ONE ({ 1, 4096, 301, .streams = { VIDEO (301), AUDIO (257) } }), 0, 1, "1b 0f", 0, 99 },
  { "both trade places in the PMT", ONE (PLAIN),
    ONE ({ 1, 4096, 256, 1, .streams = { AUDIO (257), VIDEO (256) } }), 0, 1, "1b 0f", 0, 99 },
  { "sound joins", ONE ({ 1, 4096, 256, .streams = { VIDEO (256) } }), ONE (PLAIN), 0, 1, "1b 0f",
    1, 99 },
  { "sound leaves", ONE (PLAIN), ONE ({ 1, 4096, 256, .streams = { VIDEO (256) } }), 0, 1, "1b", 1,
    99 },
  { "codec changes", ONE (PLAIN),
    ONE ({ 1, 4096, 256, 1, .streams = { { 256, H265, 6 }, AUDIO (257) } }), 0, 1, "0f 24", 1, 99 },
  { "codec changes, version not raised", ONE (PLAIN),
    ONE ({ 1, 4096, 256, .streams = { VIDEO (256), { 257, MPEG_AUDIO, 1 } } }), 0, 1, "1b 03", 1,
    99 },
  { "scrambled first",
    ONE ({ 1, 200, 356, .streams = { { 356, H264, 6, TRUE }, { 357, AAC, 1, TRUE } } },
         { 2, 4096, 256, .streams = { VIDEO (256), AUDIO (257) } }),
    { .programs = { { 1, 200, 356, .streams = { { 356, H264, 6, TRUE }, { 357, AAC, 1, TRUE } } },
                    { 2, 4096, 256, .streams = { VIDEO (256), AUDIO (257) } } } },
    0,
    2,
    "1b 0f",
    0,
    98 },
  { "two programmes, the first without a word",
    ONE (PLAIN, { 2, 200, 357, .streams = { AUDIO (357) } }),
    ONE (PLAIN, { 2, 200, 357, .streams = { AUDIO (357) } }), 0, 1, "1b 0f", 0, 98 },
  { "two programmes, the second asked for",
    ONE (PLAIN, { 2, 200, 357, .streams = { AUDIO (357) } }),
    ONE (PLAIN, { 2, 200, 357, .streams = { AUDIO (357) } }), 2, 2, "0f", 0, 99 },
  { "asked for, and not there", ONE (PLAIN), ONE (PLAIN), 9, 1, "1b 0f", 0, 70 },
  { "asked for, and scrambled",
    ONE ({ 1, 200, 356, .streams = { { 356, H264, 6, TRUE } } },
         { 2, 300, 257, .streams = { AUDIO (257) } }),
    ONE ({ 1, 200, 356, .streams = { { 356, H264, 6, TRUE } } },
         { 2, 300, 257, .streams = { AUDIO (257) } }),
    1, 1, "1b", 0, 0 },
  { "one programme, scrambled", ONE ({ 1, 200, 356, .streams = { { 356, H264, 6, TRUE } } }),
    ONE ({ 1, 200, 356, .streams = { { 356, H264, 6, TRUE } } }), 0, 1, "1b", 0, 0 },
  { "first is dead",
    ONE ({ 1, 200, 356, .streams = { { 356, H264, 6, .mute = TRUE } } },
         { 2, 300, 256, .streams = { VIDEO (256) } }),
    ONE ({ 1, 200, 356, .streams = { { 356, H264, 6, .mute = TRUE } } },
         { 2, 300, 256, .streams = { VIDEO (256) } }),
    0, 2, "1b", 0, 70 },
  { "first has no PMT", ONE ({ 1, 0, 0 }, { 2, 300, 256, .streams = { VIDEO (256) } }),
    ONE ({ 1, 0, 0 }, { 2, 300, 256, .streams = { VIDEO (256) } }), 0, 2, "1b", 0, 70 },
  { "all PMTs on one PID",
    ONE ({ 1, 200, 256, .streams = { VIDEO (256) } }, { 2, 200, 257, .streams = { AUDIO (257) } }),
    ONE ({ 1, 200, 256, .streams = { VIDEO (256) } }, { 2, 200, 257, .streams = { AUDIO (257) } }),
    2, 2, "0f", 0, 98 },
  { "PCR on a PID of its own", ONE ({ 1, 4096, 300, .streams = { VIDEO (256), AUDIO (257) } }),
    ONE ({ 1, 4096, 301, .streams = { VIDEO (256), AUDIO (257) } }), 0, 1, "1b 0f", 0, 99 },
  { "a stream type that nobody knows",
    ONE ({ 1, 4096, 257, .streams = { { 256, UNKNOWN, 6 }, AUDIO (257) } }),
    ONE ({ 1, 4096, 257, .streams = { { 256, UNKNOWN, 6 }, AUDIO (257) } }), 0, 1, "d7 0f", 0, 99 },
  { "the chosen one disappears",
    ONE (PLAIN, { 2, 200, 456, .streams = { VIDEO (456), AUDIO (457) } }),
    ONE ({ 2, 200, 456, .streams = { VIDEO (456), AUDIO (457) } }), 0, 2, "1b 0f", 0, 95 },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree LecTsStats *stats = NULL;
  g_autofree char *types = NULL;
  Chain chain;

  chain_init (&chain);
  lec_ts_filter_set_program (chain.filter, row->wanted);
  run (&chain, &row->before, 50);
  run (&chain, &row->after, 50);
  stats = read_stats (&chain);
  types = list_types (&chain);
  g_assert_cmpstr (types, ==, row->types);
  g_assert_cmpuint (chain.out.lost, ==, 0);
  g_assert_cmpuint (stats->lost, ==, 0);
  g_assert_cmpuint (stats->table_changes, ==, row->changes);
  g_assert_cmpuint (chain.versions, ==, 1 + row->changes);
  g_assert_cmpint (stats->chosen, >=, 0);
  g_assert_cmpuint (stats->programs[stats->chosen].number, ==, row->chosen);
  g_assert_cmpuint (count_units (&chain, 0), >=, row->units);
  chain_clear (&chain);
}

/* ---- one after the other ---- */

/* A demuxer that has begun sees no more of a move than a unit that is a little late. */
static void
test_moves_again_and_again (void)
{
  g_autofree LecTsStats *stats = NULL;
  Chain chain;

  chain_init (&chain);
  for (guint i = 0; i < 40; i++) {
    const TsPlan plan
        = { .pat_version = i,
            .programs
            = { { 1 + i, (guint16) (100 + i), (guint16) (300 + i), i,
                  .streams = { VIDEO ((guint16) (300 + i)), AUDIO ((guint16) (400 + i)) } } } };

    run (&chain, &plan, 5);
  }
  stats = read_stats (&chain);
  g_assert_cmpuint (stats->table_changes, ==, 0);
  g_assert_cmpuint (chain.out.lost, ==, 0);
  g_assert_cmpuint (count_units (&chain, 0), >=, 40 * 4);
  chain_clear (&chain);
}

/* Streams that come and go for ever find places. */
static void
test_joins_again_and_again (void)
{
  const TsPlan with = ONE (PLAIN), without = ONE ({ 1, 4096, 256, .streams = { VIDEO (256) } });
  g_autofree LecTsStats *stats = NULL;
  Chain chain;

  chain_init (&chain);
  for (guint i = 0; i < 50; i++) {
    run (&chain, &with, 3);
    run (&chain, &without, 3);
  }
  stats = read_stats (&chain);
  g_assert_cmpuint (stats->table_changes, ==, 99);
  g_assert_cmpuint (chain.versions, ==, 100);
  g_assert_cmpuint (chain.out.lost, ==, 0);
  chain_clear (&chain);
}

/* Wishes are taken while it runs, and a program that comes back is taken again when it is wanted.
 */
static void
test_set_program (void)
{
  const TsPlan both = ONE (PLAIN, { 2, 200, 456, .streams = { VIDEO (456), AUDIO (457) } });
  const TsPlan first = ONE (PLAIN);
  static const struct
  {
    guint wanted;
    gboolean is_there;
    guint chosen;
  } steps[] = {
    { 0, TRUE, 1 }, { 2, TRUE, 2 }, { 2, FALSE, 1 }, { 2, TRUE, 2 }, { 0, TRUE, 2 }, { 1, TRUE, 1 },
  };
  Chain chain;

  chain_init (&chain);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree LecTsStats *stats = NULL;

    lec_ts_filter_set_program (chain.filter, steps[i].wanted);
    run (&chain, steps[i].is_there ? &both : &first, 50);
    stats = read_stats (&chain);
    g_assert_cmpint (stats->chosen, >=, 0);
    g_assert_cmpuint (stats->programs[stats->chosen].number, ==, steps[i].chosen);
    g_assert_cmpuint (stats->wanted, ==, steps[i].wanted);
    g_assert_cmpuint (chain.out.lost, ==, 0);
  }
  chain_clear (&chain);
}

/* What dies on the way makes room for another one, but what was asked for is waited for. */
static void
test_dies (void)
{
  const TsPlan both = ONE (PLAIN, { 2, 200, 456, .streams = { VIDEO (456) } });
  const TsPlan dead = ONE ({ 1, 4096, 256, .streams = { { 256, H264, 6, .mute = TRUE } } },
                           { 2, 200, 456, .streams = { VIDEO (456) } });

  for (guint wanted = 0; wanted < 2; wanted++) {
    g_autofree LecTsStats *stats = NULL;
    Chain chain;

    chain_init (&chain);
    lec_ts_filter_set_program (chain.filter, wanted);
    run (&chain, &both, 25);
    run (&chain, &dead, 8 * 25);
    stats = read_stats (&chain);
    g_assert_cmpuint (stats->programs[stats->chosen].number, ==, wanted == 0 ? 2 : 1);
    chain_clear (&chain);
  }
}

/* The first one that is clearly fine is not waited with. */
static void
test_begins_at_once (void)
{
  const TsPlan plan = ONE (PLAIN, { 2, 200, 456, .streams = { VIDEO (456), AUDIO (457) } });
  Chain chain;

  chain_init (&chain);
  run (&chain, &plan, 2);
  g_assert_cmpuint (count_units (&chain, 0), >=, 1);
  chain_clear (&chain);
}

/* A PMT that takes two packets is handed on whole. */
static void
test_long_pmt (void)
{
  char padding[200];
  TsPlan plan = ONE (PLAIN);
  Chain chain;

  memset (padding, 'x', sizeof padding);
  padding[0] = (char) 0xfe;
  padding[1] = (char) (sizeof padding - 2);
  plan.programs[0].descriptors = padding;
  plan.programs[0].length = sizeof padding;
  chain_init (&chain);
  run (&chain, &plan, 20);
  g_assert_true (chain.out.programs[0].has_pmt);
  g_assert_cmpuint (chain.out.programs[0].section_length, >, 200);
  g_assert_cmpuint (count_units (&chain, 0), >=, 19);
  g_assert_cmpuint (chain.out.lost, ==, 0);
  plan.programs[0].streams[0].pid = plan.programs[0].pcr_pid = 300;
  run (&chain, &plan, 20);
  g_assert_cmpuint (chain.versions, ==, 1);
  g_assert_cmpuint (count_units (&chain, 0), >=, 38);
  chain_clear (&chain);
}

/* A table whose CRC is wrong changes nothing. */
static void
test_broken_crc (void)
{
  const TsPlan good = ONE (PLAIN);
  const TsPlan other = ONE ({ 5, 4000, 501, .streams = { { 501, H265, 6 } } });
  g_autofree LecTsStats *stats = NULL;
  Chain chain;

  chain_init (&chain);
  run (&chain, &good, 10);
  for (guint i = 0; i < 10; i++) {
    ts_mux_run (&chain.mux, &good, 1);
    chain.mux.spoil = 3;
    ts_mux_run (
        &chain.mux,
        &(TsPlan){ .programs = { { other.programs[0].number, other.programs[0].pmt_pid } } }, 1);
    chain.mux.spoil = 0;
    flush (&chain);
    chain.now_ns += 2 * TS_TURN;
  }
  stats = read_stats (&chain);
  g_assert_cmpuint (stats->n_programs, ==, 1);
  g_assert_cmpuint (stats->table_changes, ==, 0);
  g_assert_cmpuint (stats->programs[0].number, ==, 1);
  chain_clear (&chain);
}

/* ---- facts ---- */

static void
test_facts (void)
{
  const TsPlan plan = {
    .nulls = 3,
    .programs = { { 1101, 200, 356, .name = "\x15H\xc3\xb6rsaal", .descriptors = CA, .length = 6,
                    .streams = { { 356, H264, 6, TRUE },
                                 { 357, AAC, 1, TRUE,
                                   .descriptors = "\x0a\x04"
                                                  "deu",
                                   .length = 6 } } },
                  { 1102, 4096, 256, .name = "Hall B",
                    .streams = { VIDEO (256),
                                 { 258, 0x06, 1, .descriptors = REGISTERED, .length = 10 },
                                 { 259, UNKNOWN, 1 } } } },
  };
  g_autofree LecTsStats *stats = NULL;
  const LecTsProgramStats *program;
  Chain chain;

  chain_init (&chain);
  run (&chain, &plan, 100);
  stats = read_stats (&chain);
  g_assert_true (stats->has_pat && stats->has_pmt);
  g_assert_cmpuint (stats->n_programs, ==, 2);
  g_assert_cmpint (stats->chosen, ==, 1);
  g_assert_cmpuint (stats->lost, ==, 0);
  g_assert_cmpuint (stats->discontinuities, ==, 0);
  g_assert_cmpuint (stats->null_packets, ==, 300);
  g_assert_cmpfloat (fabs (stats->null_share - 3.0 / (18 + 4)), <, 0.02);
  g_assert_cmpfloat (fabs ((double) stats->bit_rate - 22 * 188 * 8 * 25), <,
                     22 * 188 * 8 * 25 / 20);

  program = &stats->programs[0];
  g_assert_cmpstr (program->name, ==, "Hörsaal");
  g_assert_cmpuint (program->ca_system, ==, 0x0604);
  g_assert_cmpstr (lec_ts_ca_get_name (program->ca_system), ==, "Irdeto");
  g_assert_false (program->playable);
  g_assert_cmpuint (program->streams[0].scrambled, ==, program->streams[0].packets);
  g_assert_cmpstr (program->streams[1].language, ==, "deu");

  program = &stats->programs[1];
  g_assert_cmpstr (program->name, ==, "Hall B");
  g_assert_true (program->playable);
  g_assert_cmpuint (program->pmt_pid, ==, 4096);
  g_assert_cmpuint (program->pcr_pid, ==, 256);
  g_assert_cmpuint (program->n_streams, ==, 3);
  g_assert_cmpstr (program->streams[0].codec, ==, "H.264");
  g_assert_cmpuint (program->streams[0].packets, ==, 600);
  g_assert_cmpuint (program->streams[0].units, ==, 100);
  g_assert_cmpuint (program->streams[0].scrambled, ==, 0);
  g_assert_cmpstr (program->streams[1].codec, ==, "Opus");
  g_assert_cmpuint (program->streams[1].media, ==, LEC_MEDIA_AUDIO);
  g_assert_null (program->streams[2].codec);
  g_assert_cmpuint (program->streams[2].type, ==, UNKNOWN);
  g_assert_cmpuint (program->streams[2].media, ==, LEC_MEDIA_VIDEO); /* its PES header says so */
  g_assert_false (program->streams[2].playable);
  chain_clear (&chain);
}

/* A clock that jumps, and counters that do, are told. */
static void
test_faults (void)
{
  const TsPlan plan = ONE (PLAIN);
  g_autofree LecTsStats *stats = NULL;
  Chain chain;

  chain_init (&chain);
  run (&chain, &plan, 30);
  chain.mux.clock += 10 * LEC_TS_CLOCK;
  run (&chain, &plan, 30);
  chain.mux.counters[256] += 3;
  run (&chain, &plan, 30);
  stats = read_stats (&chain);
  g_assert_cmpuint (stats->discontinuities, ==, 1);
  g_assert_cmpuint (stats->lost, ==, 3);
  g_assert_cmpuint (stats->programs[0].streams[0].lost, ==, 3);
  g_assert_cmpuint (stats->programs[0].streams[1].lost, ==, 0);
  chain_clear (&chain);
}

/* A packet may be sent twice, which is no loss, and goes on once. */
static void
test_doubled_packets (void)
{
  const TsPlan plan = ONE (PLAIN);
  g_autofree LecTsStats *stats = NULL;
  guint64 doubled = 0;
  Chain chain;

  chain_init (&chain);
  for (guint i = 0; i < 50; i++) {
    g_autoptr (GByteArray) twice = g_byte_array_new ();

    ts_mux_run (&chain.mux, &plan, 1);
    for (guint at = 0; at < chain.mux.bytes->len; at += LEC_TS_PACKET) {
      g_byte_array_append (twice, chain.mux.bytes->data + at, LEC_TS_PACKET);
      if (chain.mux.bytes->data[at + 3] & 0x10 && at % 3 == 0) {
        g_byte_array_append (twice, chain.mux.bytes->data + at, LEC_TS_PACKET);
        doubled++;
      }
    }
    g_byte_array_set_size (chain.mux.bytes, 0);
    g_byte_array_append (chain.mux.bytes, twice->data, twice->len);
    flush (&chain);
    chain.now_ns += TS_TURN;
  }
  stats = read_stats (&chain);
  g_assert_cmpuint (stats->lost, ==, 0);
  g_assert_cmpuint (stats->duplicate, ==, doubled);
  g_assert_cmpuint (chain.out.duplicate, ==, 0);
  g_assert_cmpuint (chain.out.lost, ==, 0);
  chain_clear (&chain);
}

/* A program stream is no transport stream, and its name is known. */
static void
test_program_stream (void)
{
  static const guint8 pack[] = { 0xff, 0, 0, 1, 0xba, 0x44, 0, 4, 0, 4, 1 };
  static const guint8 other[] = { 0xff, 0, 0, 1, 0xba, 0xc4, 0, 4, 0, 4, 1 };
  g_autofree LecTsStats *stats = NULL;
  guint8 bytes[sizeof pack];
  Chain chain;

  chain_init (&chain);
  memcpy (bytes, other, sizeof bytes);
  lec_ts_filter_process (chain.filter, bytes, sizeof bytes, 0);
  stats = read_stats (&chain);
  g_assert_false (stats->is_program_stream);
  lec_ts_filter_note_other (chain.filter, pack, sizeof pack);
  lec_ts_filter_read (chain.filter, 0, stats);
  g_assert_true (stats->is_program_stream);
  g_assert_false (stats->has_pat);
  run (&chain, &(TsPlan) ONE (PLAIN), 5);
  lec_ts_filter_read (chain.filter, 0, stats);
  g_assert_false (stats->is_program_stream);
  chain_clear (&chain);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/ts-filter/changes/%s", rows[i].name);

    g_test_add_data_func (path, &rows[i], test_row);
  }
  g_test_add_func ("/ts-filter/moves-again-and-again", test_moves_again_and_again);
  g_test_add_func ("/ts-filter/joins-again-and-again", test_joins_again_and_again);
  g_test_add_func ("/ts-filter/set-program", test_set_program);
  g_test_add_func ("/ts-filter/dies", test_dies);
  g_test_add_func ("/ts-filter/begins-at-once", test_begins_at_once);
  g_test_add_func ("/ts-filter/long-pmt", test_long_pmt);
  g_test_add_func ("/ts-filter/broken-crc", test_broken_crc);
  g_test_add_func ("/ts-filter/facts", test_facts);
  g_test_add_func ("/ts-filter/faults", test_faults);
  g_test_add_func ("/ts-filter/doubled-packets", test_doubled_packets);
  g_test_add_func ("/ts-filter/program-stream", test_program_stream);
  return g_test_run ();
}
