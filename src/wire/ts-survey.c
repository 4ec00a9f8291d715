/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-survey.h"

#include <string.h>

#include "wire/ts-subtitles.h"
#include "wire/ts-text.h"

#define PCR_WRAP ((gint64) 300 << 33)
#define PCR_LATEST LEC_TS_CLOCK /* further on is a jump; 100 ms are allowed (2.7.2) */
#define WINDOW LEC_TS_CLOCK     /* over which the rate is measured */
#define SAME_COUNTER 15         /* as lec_ts_counter_diff() has it */

void
lec_ts_survey_init (LecTsSurvey *self)
{
  memset (self, 0, sizeof *self);
  self->pids = g_new0 (LecTsPid, LEC_TS_PIDS);
  self->is_table = g_new0 (gboolean, LEC_TS_PIDS);
  self->pcr_pid = self->clock_pid = LEC_TS_NULL_PID;
  self->pcr = self->window_pcr = -1;
}

void
lec_ts_survey_clear (LecTsSurvey *self)
{
  g_clear_pointer (&self->pids, g_free);
  g_clear_pointer (&self->is_table, g_free);
}

void
lec_ts_survey_want (LecTsSurvey *self, guint number)
{
  self->wanted = number;
  memset (self->pat_crcs, 0, sizeof self->pat_crcs); /* it may be one that was passed over */
}

const LecTsProgram *
lec_ts_survey_find (const LecTsSurvey *self, guint number)
{
  for (guint i = 0; i < self->n_programs; i++) {
    if (self->programs[i].entry.number == number)
      return &self->programs[i];
  }
  return NULL;
}

/* ---- PAT ---- */

/* PMTs are put together PID by PID: some senders have all of them on one. */
static void
watch_pmts (LecTsSurvey *self)
{
  guint16 before[LEC_TS_PROGRAMS];

  memcpy (before, self->pmt_pids, sizeof before);
  for (guint i = 0; i < LEC_TS_PROGRAMS; i++) {
    self->is_table[before[i]] = FALSE;
    self->pmt_pids[i] = 0;
  }
  for (guint i = 0; i < self->n_programs; i++)
    self->is_table[self->programs[i].entry.pmt_pid] = TRUE;
  for (guint i = 0; i < LEC_TS_PROGRAMS; i++) { /* those that stay go on where they are */
    if (before[i] != 0 && self->is_table[before[i]])
      self->pmt_pids[i] = before[i];
  }
  for (guint i = 0; i < self->n_programs; i++) {
    const guint16 pid = self->programs[i].entry.pmt_pid;
    guint free = LEC_TS_PROGRAMS, j;

    for (j = 0; j < LEC_TS_PROGRAMS && self->pmt_pids[j] != pid; j++) {
      if (self->pmt_pids[j] == 0 && free == LEC_TS_PROGRAMS)
        free = j;
    }
    if (j < LEC_TS_PROGRAMS || free == LEC_TS_PROGRAMS)
      continue;
    self->pmt_pids[free] = pid;
    memset (&self->pmts[free], 0, sizeof self->pmts[free]);
  }
}

static gboolean
has_entry (const LecTsPat *pat, const LecTsPatEntry *entry)
{
  for (guint i = 0; i < pat->n_programs; i++) {
    if (pat->programs[i].number == entry->number)
      return pat->programs[i].pmt_pid == entry->pmt_pid;
  }
  return FALSE;
}

static void
remove_gone (LecTsSurvey *self, const LecTsPat *pat)
{
  guint kept = 0;

  for (guint i = 0; i < self->n_programs; i++) {
    LecTsProgram *program = &self->programs[i];

    if (program->pat_section > pat->table.last
        || (program->pat_section == pat->table.number && !has_entry (pat, &program->entry)))
      continue;
    if (kept != i)
      self->programs[kept] = *program;
    kept++;
  }
  self->n_programs = kept;
}

/* A place for one more: the last one's where there is none and the new one is wanted. */
static LecTsProgram *
get_place (LecTsSurvey *self, guint number)
{
  if (self->n_programs < LEC_TS_PROGRAMS)
    return &self->programs[self->n_programs++];
  return number == self->wanted ? &self->programs[LEC_TS_PROGRAMS - 1] : NULL;
}

/* PMTs do not come on PIDs that mean something else. */
static gboolean
is_pmt_pid (guint16 pid)
{
  return pid > LEC_TS_SDT_PID && pid < LEC_TS_NULL_PID;
}

static void
add_new (LecTsSurvey *self, const LecTsPat *pat)
{
  for (guint i = 0; i < pat->n_programs; i++) {
    const LecTsPatEntry *entry = &pat->programs[i];
    LecTsProgram *program;

    if (!is_pmt_pid (entry->pmt_pid) || lec_ts_survey_find (self, entry->number) != NULL)
      continue;
    program = get_place (self, entry->number);
    if (program == NULL)
      continue;
    memset (program, 0, sizeof *program);
    program->entry = *entry;
    program->pat_section = pat->table.number;
  }
}

static guint32
get_crc (const guint8 *section, guint length)
{
  const guint8 *at = section + length - LEC_TS_SECTION_CRC;

  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

static void
take_pat (const guint8 *section, guint length, gpointer data)
{
  LecTsSurvey *self = data;
  const guint32 crc = get_crc (section, length);
  LecTsPat pat;

  if (!lec_ts_pat_parse (section, length, &pat) || !pat.table.is_now
      || pat.table.number > pat.table.last || self->pat_crcs[pat.table.number] == crc)
    return;
  self->pat_crcs[pat.table.number] = crc;
  memset (self->sdt_crcs, 0, sizeof self->sdt_crcs); /* new ones have no name yet */
  self->has_pat = TRUE;
  self->changes++;
  remove_gone (self, &pat);
  add_new (self, &pat);
  watch_pmts (self);
}

/* ---- PMT and SDT ---- */

static void
take_pmt (const guint8 *section, guint length, gpointer data)
{
  LecTsSurvey *self = data;
  LecTsProgram *program
      = (LecTsProgram *) lec_ts_survey_find (self, lec_ts_pmt_get_number (section, length));
  LecTsPmt pmt;

  if (program == NULL || program->entry.pmt_pid != self->section_pid)
    return;
  if (program->has_pmt && program->section_length == length
      && memcmp (program->section, section, length) == 0)
    return;
  if (!lec_ts_pmt_parse (section, length, &pmt) || !pmt.table.is_now)
    return;
  program->pmt = pmt;
  program->has_pmt = TRUE;
  program->section_length = length;
  memcpy (program->section, section, length);
  self->changes++;
}

static void
take_name (guint number, const guint8 *name, guint name_length, gpointer data)
{
  LecTsProgram *program = (LecTsProgram *) lec_ts_survey_find (data, number);

  if (program != NULL)
    lec_ts_text_copy (name, name_length, program->name, sizeof program->name);
}

static void
take_sdt (const guint8 *section, guint length, gpointer data)
{
  LecTsSurvey *self = data;
  const guint32 crc = get_crc (section, length);

  if (self->sdt_crcs[section[6]] == crc) /* section_number; it is as long at least */
    return;
  self->sdt_crcs[section[6]] = crc;
  lec_ts_sdt_foreach (section, length, take_name, self);
}

static void
note_table (LecTsSurvey *self, const LecTsPacket *packet, const guint8 *bytes)
{
  if (packet->pid == 0) {
    lec_ts_section_feed (&self->pat, packet, bytes, take_pat, self);
    return;
  }
  if (packet->pid == LEC_TS_SDT_PID) {
    lec_ts_section_feed (&self->sdt, packet, bytes, take_sdt, self);
    return;
  }
  self->section_pid = packet->pid;
  for (guint i = 0; i < LEC_TS_PROGRAMS; i++) {
    if (self->pmt_pids[i] == packet->pid) {
      lec_ts_section_feed (&self->pmts[i], packet, bytes, take_pmt, self);
      return;
    }
  }
}

/* ---- clock ---- */

static void
begin_window (LecTsSurvey *self, gint64 pcr)
{
  self->window_pcr = pcr;
  self->window_packets = self->window_nulls = 0;
}

static void
measure (LecTsSurvey *self, gint64 pcr)
{
  const gint64 passed = (pcr - self->window_pcr + PCR_WRAP) % PCR_WRAP;

  if (passed < WINDOW)
    return;
  self->bit_rate = self->window_packets * LEC_TS_PACKET * 8 * LEC_TS_CLOCK / (guint64) passed;
  self->null_share = (double) self->window_nulls / (double) self->window_packets;
  begin_window (self, pcr);
}

static void
note_pcr (LecTsSurvey *self, const LecTsPacket *packet)
{
  const gint64 step = (packet->pcr - self->pcr + PCR_WRAP) % PCR_WRAP;

  if (self->pcr_pid != LEC_TS_NULL_PID && packet->pid != self->pcr_pid)
    return;
  if (self->pcr_pid == LEC_TS_NULL_PID && self->clock_pid != LEC_TS_NULL_PID
      && packet->pid != self->clock_pid)
    return;
  if (self->clock_pid != packet->pid || self->pcr < 0) {
    begin_window (self, packet->pcr);
  } else if (packet->discontinuity || step > PCR_LATEST) {
    self->discontinuities += !packet->discontinuity; /* that was counted as such */
    begin_window (self, packet->pcr);
  } else {
    measure (self, packet->pcr);
  }
  self->clock_pid = packet->pid;
  self->pcr = packet->pcr;
}

/* ---- packets ---- */

/* Of a payload: two that are made to follow each other differ in it as good as always. */
static guint64
get_digest (const guint8 *bytes, guint offset)
{
  guint64 first = 0, last;

  memcpy (&first, bytes + offset, MIN (sizeof first, LEC_TS_PACKET - offset));
  memcpy (&last, bytes + LEC_TS_PACKET - sizeof last, sizeof last);
  return first * 31 + last;
}

/* Counts what is missing before @packet. Returns FALSE where it came before (2.4.3.3: a packet may
 * be sent twice, not more, and its counter then stands). */
static gboolean
check_counter (LecTsSurvey *self, LecTsPid *pid, const LecTsPacket *packet, const guint8 *bytes)
{
  const guint ahead = lec_ts_counter_diff (pid->counter, packet->counter);
  const guint64 digest = get_digest (bytes, packet->payload_offset);
  const gboolean same = digest == pid->digest;

  pid->digest = digest;
  if (pid->known && !packet->discontinuity && ahead == SAME_COUNTER && same) {
    self->duplicate++;
    return FALSE;
  }
  if (pid->known && !packet->discontinuity) {
    pid->lost += ahead;
    self->lost += ahead;
  }
  pid->known = TRUE;
  pid->counter = packet->counter;
  return TRUE;
}

static void
note_payload (LecTsPid *pid, const LecTsPacket *packet, const guint8 *bytes, gint64 now_ns)
{
  const guint8 *payload = bytes + packet->payload_offset;
  const guint size = LEC_TS_PACKET - packet->payload_offset;

  if (packet->scrambling != 0) {
    pid->scrambled++;
    pid->units += packet->starts;
    return;
  }
  pid->clear++;
  pid->clear_ns = now_ns;
  if (packet->starts && size >= 4 && payload[0] == 0 && payload[1] == 0 && payload[2] == 1) {
    pid->units++;
    pid->stream_id = payload[3];
  }
}

gboolean
lec_ts_survey_note (LecTsSurvey *self, const guint8 *bytes, LecTsPacket *packet, gint64 now_ns)
{
  LecTsPid *pid;

  if (!lec_ts_packet_parse (bytes, packet))
    return FALSE;
  self->packets++;
  self->window_packets++;
  if (packet->pid == LEC_TS_NULL_PID) {
    self->null_packets++;
    self->window_nulls++;
    return TRUE;
  }
  pid = &self->pids[packet->pid];
  self->discontinuities += packet->discontinuity;
  if (packet->discontinuity)
    pid->known = FALSE;
  if (packet->pcr >= 0)
    note_pcr (self, packet);
  pid->packets++;
  pid->random_access += packet->random_access;
  if (!lec_ts_packet_has_payload (packet))
    return TRUE;
  if (!check_counter (self, pid, packet, bytes))
    return FALSE;
  note_payload (pid, packet, bytes, now_ns);
  if (packet->pid == 0 || packet->pid == LEC_TS_SDT_PID || self->is_table[packet->pid])
    note_table (self, packet, bytes);
  return TRUE;
}

/* ---- what it comes to ---- */

static gboolean
is_media (const LecTsElement *element)
{
  return element->codec != NULL && element->codec->playable;
}

static gboolean
is_pid_alive (const LecTsPid *pid, gint64 now_ns)
{
  return pid->clear > 0 && now_ns - pid->clear_ns < LEC_TS_ALIVE;
}

gboolean
lec_ts_survey_is_alive (const LecTsSurvey *self, const LecTsProgram *program, gint64 now_ns)
{
  if (!program->has_pmt)
    return FALSE;
  for (guint i = 0; i < program->pmt.n_elements; i++) {
    const LecTsElement *element = &program->pmt.elements[i];

    if (is_media (element) && is_pid_alive (&self->pids[element->pid], now_ns))
      return TRUE;
  }
  return FALSE;
}

gboolean
lec_ts_survey_is_open (const LecTsSurvey *self, const LecTsProgram *program)
{
  gboolean has_media = FALSE;

  if (!program->has_pmt)
    return TRUE;
  for (guint i = 0; i < program->pmt.n_elements; i++) {
    const LecTsElement *element = &program->pmt.elements[i];

    if (is_media (element) && self->pids[element->pid].scrambled > 0)
      return FALSE;
    has_media |= is_media (element);
  }
  return has_media;
}

/* Of what is not known the PES header still says which kind it is (2.4.3.7, table 2-22). */
static LecMedia
get_media (const LecTsElement *element, const LecTsPid *pid)
{
  if (element->codec != NULL)
    return element->codec->media;
  if ((pid->stream_id & 0xf0) == 0xe0)
    return LEC_MEDIA_VIDEO;
  return (pid->stream_id & 0xe0) == 0xc0 ? LEC_MEDIA_AUDIO : LEC_MEDIA_APPLICATION;
}

static void
read_stream (const LecTsSurvey *self, const LecTsElement *element, LecTsStreamStats *stats)
{
  const LecTsPid *pid = &self->pids[element->pid];

  stats->pid = element->pid;
  stats->type = element->type;
  stats->media = get_media (element, pid);
  stats->codec = element->codec != NULL ? element->codec->name : NULL;
  stats->playable = is_media (element);
  memcpy (stats->language, element->language, sizeof stats->language);
  stats->packets = pid->packets;
  stats->units = pid->units;
  stats->scrambled = pid->scrambled;
  stats->random_access = pid->random_access;
  stats->lost = pid->lost;
}

static void
read_subtitles (const LecTsProgram *program, const LecTsElement *element, LecTsProgramStats *stats)
{
  LecTsSubtitles *subtitles = stats->subtitles + stats->n_subtitles;
  const guint n = lec_ts_subtitles_list (program->section + element->at, element->length, subtitles,
                                         LEC_TS_SUBTITLES - stats->n_subtitles);

  for (guint i = 0; i < n; i++)
    subtitles[i].pid = element->pid;
  stats->n_subtitles += n;
}

static void
read_program (const LecTsSurvey *self,
              const LecTsProgram *program,
              gint64 now_ns,
              LecTsProgramStats *stats)
{
  stats->number = program->entry.number;
  memcpy (stats->name, program->name, sizeof stats->name);
  stats->pmt_pid = program->entry.pmt_pid;
  stats->has_pmt = program->has_pmt;
  stats->playable = lec_ts_survey_is_alive (self, program, now_ns);
  if (!program->has_pmt)
    return;
  stats->pcr_pid = program->pmt.pcr_pid;
  stats->ca_system = program->pmt.ca_system;
  stats->n_streams = program->pmt.n_elements;
  stats->n_subtitles = 0;
  for (guint i = 0; i < stats->n_streams; i++) {
    read_stream (self, &program->pmt.elements[i], &stats->streams[i]);
    read_subtitles (program, &program->pmt.elements[i], stats);
  }
}

void
lec_ts_survey_read (const LecTsSurvey *self, gint64 now_ns, LecTsStats *stats)
{
  stats->packets = self->packets;
  stats->null_packets = self->null_packets;
  stats->lost = self->lost;
  stats->duplicate = self->duplicate;
  stats->discontinuities = self->discontinuities;
  stats->bit_rate = self->bit_rate;
  stats->null_share = self->null_share;
  stats->has_pat = self->has_pat;
  stats->n_programs = self->n_programs;
  for (guint i = 0; i < self->n_programs; i++) {
    read_program (self, &self->programs[i], now_ns, &stats->programs[i]);
    stats->has_pmt |= stats->programs[i].has_pmt;
  }
}
