/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/ts-filter.h"

#include <string.h>

#include "wire/ts-survey.h"
#include "wire/units.h"

#define WAIT SECOND          /* for a program that would be taken before others */
#define LOOK (250 * MSECOND) /* between two looks at whether the chosen one is alive */
#define DEAD (5 * SECOND)    /* without sound or picture, and another one is taken */
#define SLOTS (2 * LEC_TS_STREAMS)
#define PMT_PACKETS 6 /* that the longest PMT takes */

/* What an input PID becomes. */
#define DROPPED 0
#define CLOCK (SLOTS + 1) /* else: one more than the slot */

/* One elementary stream as it is handed on. It keeps its PID while its codec is the same. */
typedef struct
{
  gboolean used;
  guint order; /* of joining */
  guint16 pid; /* it comes on */
  guint8 type;
  const LecTsCodec *codec;
  char language[4];
  guint8 shift;   /* of the counter, from its own to what is handed on */
  guint8 counter; /* handed on last */
  gboolean moved; /* it goes on with the next unit */
} Slot;

struct _LecTsFilter
{
  LecTsSurvey survey;
  guint wanted;     /* program number; 0: any */
  guint chosen;     /* 0: none */
  guint seen;       /* survey.changes when it was looked at last */
  gint64 began_ns;  /* since when there are programs to choose from */
  gint64 looked_ns; /* at whether it is alive */
  gint64 alive_ns;  /* when it was last */
  guint64 table_changes;
  gboolean is_program_stream; /* what came instead, before there was any packet */

  Slot slots[SLOTS];
  guint next_slot, joined;
  guint8 *roles;     /* LEC_TS_PIDS: what they become */
  guint16 clock_pid; /* that CLOCK is said of; 0: none */

  guint8 pat[LEC_TS_PACKET];
  guint8 pmt[PMT_PACKETS][LEC_TS_PACKET];
  guint n_pmt; /* 0: there is none yet */
  guint next_pmt;
  guint pending; /* of its packets that should go out as soon as there is room */
  guint8 pat_counter, pmt_counter;
  guint version;
  guint8 section[LEC_TS_SECTION_MAX];
  guint section_length;
};

/* ---- tables that are handed on ---- */

/* Puts a section into packets with a pointer field first and stuffing behind (2.4.4.2). */
static guint
packetize (guint16 pid, const guint8 *section, guint length, guint8 (*packets)[LEC_TS_PACKET])
{
  guint n = 0;

  for (guint at = 0; at < length; n++) {
    guint8 *packet = packets[n];
    const guint head = at == 0 ? 5 : 4;
    const guint more = MIN (length - at, LEC_TS_PACKET - head);

    memset (packet, 0xff, LEC_TS_PACKET);
    packet[0] = LEC_TS_SYNC;
    packet[1] = (guint8) ((at == 0 ? 0x40 : 0) | pid >> 8);
    packet[2] = (guint8) pid;
    packet[3] = 0x10;
    packet[4] = 0;
    memcpy (packet + head, section + at, more);
    at += more;
  }
  return n;
}

static void
put_table (guint8 *bytes, const guint8 *packet, guint8 *counter)
{
  memcpy (bytes, packet, LEC_TS_PACKET);
  *counter = (*counter + 1) & 0x0f;
  bytes[3] |= *counter;
}

static void
put_pmt (LecTsFilter *self, guint8 *bytes)
{
  put_table (bytes, self->pmt[self->next_pmt], &self->pmt_counter);
  self->next_pmt = (self->next_pmt + 1) % self->n_pmt;
  if (self->pending > 0)
    self->pending--;
}

/* Room that nobody needs is where tables come in time that did not fit where theirs were. */
static void
put_nothing (LecTsFilter *self, guint8 *bytes)
{
  if (self->pending > 0)
    put_pmt (self, bytes);
  else
    lec_ts_packet_clear (bytes);
}

/* All but what follows the version's byte is the same until something changes. */
static void
set_pmt (LecTsFilter *self, const LecTsPmt *pmt, const guint8 *from)
{
  guint8 section[LEC_TS_SECTION_MAX];
  guint length = lec_ts_pmt_print (pmt, from, self->version, section);

  if (length == self->section_length && memcmp (section, self->section, length) == 0)
    return;
  if (self->n_pmt > 0) {
    self->version = (self->version + 1) & 0x1f;
    length = lec_ts_pmt_print (pmt, from, self->version, section);
  }
  memcpy (self->section, section, length);
  self->section_length = length;
  self->n_pmt = packetize (LEC_TS_OUT_PMT_PID, section, length, self->pmt);
  self->next_pmt = 0;
  self->pending = self->n_pmt;
}

/* ---- which PID becomes which ---- */

static guint16
get_out_pid (guint slot)
{
  return (guint16) (LEC_TS_OUT_FIRST_PID + slot);
}

static gboolean
is_same_codec (const Slot *slot, const LecTsElement *element)
{
  return slot->type == element->type && slot->codec == element->codec;
}

static gboolean
is_same_pid (const Slot *slot, const LecTsElement *element)
{
  return is_same_codec (slot, element) && slot->pid == element->pid;
}

static gboolean
is_same_language (const Slot *slot, const LecTsElement *element)
{
  return is_same_codec (slot, element) && strcmp (slot->language, element->language) == 0;
}

/* The longest unheard place, so that a PID does not soon mean something else. */
static guint
take_free_slot (LecTsFilter *self)
{
  guint slot;

  do {
    slot = self->next_slot;
    self->next_slot = (slot + 1) % SLOTS;
  } while (self->slots[slot].used);
  self->slots[slot] = (Slot){
    .used = TRUE,
    .order = self->joined++,
    .counter = self->slots[slot].counter, /* what had the PID before is not repeated */
  };
  return slot;
}

/* PIDs of tables are not taken for streams, whatever a PMT says. */
static gboolean
is_stream_pid (const LecTsFilter *self, guint16 pid)
{
  return pid > LEC_TS_SDT_PID && pid < LEC_TS_NULL_PID && !self->survey.is_table[pid];
}

/* Gives elements without a slot one that none has, by how well they fit. */
static void
match (LecTsFilter *self,
       const LecTsPmt *pmt,
       gboolean (*fits) (const Slot *slot, const LecTsElement *element),
       gint *places,
       gboolean *taken)
{
  for (guint i = 0; i < pmt->n_elements; i++) {
    for (guint j = 0; j < SLOTS && places[i] < 0; j++) {
      if (!self->slots[j].used || taken[j] || !fits (&self->slots[j], &pmt->elements[i]))
        continue;
      places[i] = (gint) j;
      taken[j] = TRUE;
    }
  }
}

static void
fill_slot (Slot *slot, const LecTsElement *element)
{
  if (slot->pid != element->pid)
    slot->moved = TRUE;
  slot->pid = element->pid;
  slot->type = element->type;
  slot->codec = element->codec;
  memcpy (slot->language, element->language, sizeof slot->language);
}

/* Which slot each element of @pmt is in now. */
static void
assign (LecTsFilter *self, const LecTsPmt *pmt, gint places[LEC_TS_STREAMS])
{
  gboolean taken[SLOTS] = { FALSE };

  for (guint i = 0; i < LEC_TS_STREAMS; i++)
    places[i] = -1;
  match (self, pmt, is_same_pid, places, taken);
  match (self, pmt, is_same_language, places, taken);
  match (self, pmt, is_same_codec, places, taken);
  for (guint i = 0; i < SLOTS; i++) {
    if (self->slots[i].used)
      self->roles[self->slots[i].pid] = DROPPED;
  }
  for (guint i = 0; i < pmt->n_elements; i++) {
    if (!is_stream_pid (self, pmt->elements[i].pid)) {
      places[i] = -1;
      continue;
    }
    if (places[i] < 0)
      places[i] = (gint) take_free_slot (self);
    taken[places[i]] = TRUE;
    fill_slot (&self->slots[places[i]], &pmt->elements[i]);
  }
  for (guint i = 0; i < SLOTS; i++)
    self->slots[i].used &= taken[i];
  for (guint i = 0; i < pmt->n_elements; i++) {
    if (places[i] >= 0)
      self->roles[pmt->elements[i].pid] = (guint8) (places[i] + 1);
  }
}

static guint16
assign_clock (LecTsFilter *self, guint16 pcr_pid)
{
  if (self->clock_pid != 0 && self->roles[self->clock_pid] == CLOCK)
    self->roles[self->clock_pid] = DROPPED;
  self->clock_pid = 0;
  self->survey.pcr_pid = pcr_pid;
  if (!is_stream_pid (self, pcr_pid))
    return LEC_TS_NULL_PID;
  if (self->roles[pcr_pid] != DROPPED)
    return get_out_pid (self->roles[pcr_pid] - 1U);
  self->roles[pcr_pid] = CLOCK;
  self->clock_pid = pcr_pid;
  return LEC_TS_OUT_PCR_PID;
}

/* In the order of joining, as the order in a PMT means nothing. */
static void
sort_elements (const LecTsFilter *self, LecTsPmt *pmt)
{
  for (guint i = 1; i < pmt->n_elements; i++) {
    const LecTsElement element = pmt->elements[i];
    guint j = i;

    for (; j > 0
           && self->slots[pmt->elements[j - 1].pid - LEC_TS_OUT_FIRST_PID].order
                  > self->slots[element.pid - LEC_TS_OUT_FIRST_PID].order;
         j--)
      pmt->elements[j] = pmt->elements[j - 1];
    pmt->elements[j] = element;
  }
}

static void
apply_pmt (LecTsFilter *self, const LecTsProgram *program)
{
  LecTsPmt out = program->pmt;
  gint places[LEC_TS_STREAMS];
  const guint version = self->version;

  assign (self, &program->pmt, places);
  out.table.id = LEC_TS_OUT_PROGRAM;
  out.pcr_pid = assign_clock (self, program->pmt.pcr_pid);
  out.n_elements = 0;
  for (guint i = 0; i < program->pmt.n_elements; i++) {
    if (places[i] < 0)
      continue;
    out.elements[out.n_elements] = program->pmt.elements[i];
    out.elements[out.n_elements++].pid = get_out_pid ((guint) places[i]);
  }
  sort_elements (self, &out);
  set_pmt (self, &out, program->section);
  self->table_changes += version != self->version;
}

/* ---- which program ---- */

static gboolean
is_waiting (const LecTsFilter *self, gint64 now_ns)
{
  return now_ns - self->began_ns < WAIT;
}

/* The first one that is there; one that may still turn out to be is given some time. */
static const LecTsProgram *
find_alive (const LecTsFilter *self, gint64 now_ns)
{
  const LecTsSurvey *survey = &self->survey;

  for (guint i = 0; i < survey->n_programs; i++) {
    const LecTsProgram *program = &survey->programs[i];

    if (lec_ts_survey_is_alive (survey, program, now_ns))
      return program;
    if (is_waiting (self, now_ns) && lec_ts_survey_is_open (survey, program))
      return NULL;
  }
  return NULL;
}

/* Where none can be played, one has to be the one of which that is said. */
static const LecTsProgram *
find_any (const LecTsFilter *self)
{
  for (guint i = 0; i < self->survey.n_programs; i++) {
    if (self->survey.programs[i].has_pmt)
      return &self->survey.programs[i];
  }
  return NULL;
}

static const LecTsProgram *
choose (const LecTsFilter *self, gint64 now_ns)
{
  const LecTsProgram *program = lec_ts_survey_find (&self->survey, self->wanted);

  if (program != NULL && (program->has_pmt || is_waiting (self, now_ns)))
    return program->has_pmt ? program : NULL;
  if (self->wanted != 0 && program == NULL && is_waiting (self, now_ns))
    return NULL;
  if (self->survey.n_programs == 1)
    return find_any (self);
  program = find_alive (self, now_ns);
  if (program == NULL && !is_waiting (self, now_ns))
    program = find_any (self);
  return program;
}

static void
take_program (LecTsFilter *self, const LecTsProgram *program, gint64 now_ns)
{
  const gboolean other = self->chosen != 0 && program->entry.number != self->chosen;
  const guint64 changes = self->table_changes;

  self->chosen = program->entry.number;
  self->alive_ns = now_ns;
  apply_pmt (self, program);
  /* another program has another clock, even where its streams are alike */
  self->table_changes += other && changes == self->table_changes;
}

/* Whether another one is to be taken for the one that is chosen: what was wanted has come, or the
 * one that was not asked for has died. */
static const LecTsProgram *
find_better (LecTsFilter *self, const LecTsProgram *chosen, gint64 now_ns)
{
  const LecTsProgram *program;

  if (lec_ts_survey_is_alive (&self->survey, chosen, now_ns))
    self->alive_ns = now_ns;
  if (self->wanted != 0 && self->wanted != self->chosen) {
    program = lec_ts_survey_find (&self->survey, self->wanted);
    if (program != NULL && program->has_pmt)
      return program;
  }
  if (self->wanted == self->chosen || now_ns - self->alive_ns < DEAD)
    return NULL;
  program = find_alive (self, now_ns);
  return program != chosen ? program : NULL;
}

/* Where the chosen one has gone, streams go on as they were until another one is known. */
static void
look (LecTsFilter *self, gint64 now_ns)
{
  const LecTsProgram *chosen = lec_ts_survey_find (&self->survey, self->chosen);
  const LecTsProgram *program;

  self->looked_ns = now_ns;
  if (self->seen == 0 && self->survey.changes > 0)
    self->began_ns = now_ns;
  if (chosen == NULL && self->chosen != 0) {
    self->chosen = 0;
    self->began_ns = now_ns;
  }
  program = chosen != NULL ? find_better (self, chosen, now_ns) : choose (self, now_ns);
  if (program != NULL)
    take_program (self, program, now_ns);
  else if (chosen != NULL && chosen->has_pmt && self->seen != self->survey.changes)
    apply_pmt (self, chosen);
  self->seen = self->survey.changes;
}

/* While there is nothing chosen each packet may decide. */
static gboolean
is_time_to_look (const LecTsFilter *self, gint64 now_ns)
{
  if (self->survey.changes == 0)
    return FALSE;
  return self->chosen == 0 || self->seen != self->survey.changes
         || now_ns - self->looked_ns >= LOOK;
}

/* ---- packets ---- */

/* What is scrambled is of no use to anybody here, but the clock in it is. */
static void
keep_clock_only (guint8 *bytes, const LecTsPacket *packet)
{
  const guint used = packet->payload_offset;

  bytes[1] &= 0xbf;
  bytes[3] = (guint8) ((bytes[3] & 0x0f) | 0x20);
  bytes[4] = LEC_TS_PACKET - 5;
  memset (bytes + used, 0xff, LEC_TS_PACKET - used);
}

static void
set_pid (guint8 *bytes, guint16 pid)
{
  bytes[1] = (guint8) ((bytes[1] & 0xe0) | pid >> 8);
  bytes[2] = (guint8) pid;
}

/* A stream that has moved goes on where a unit begins, and its counter goes on as if it had not. */
static gboolean
put_element (LecTsFilter *self, Slot *slot, guint8 *bytes, LecTsPacket *packet)
{
  if (packet->scrambling != 0) {
    if (packet->pcr < 0)
      return FALSE;
    keep_clock_only (bytes, packet);
    packet->payload_offset = LEC_TS_PACKET;
  }
  if (slot->moved && lec_ts_packet_has_payload (packet)) {
    if (!packet->starts)
      return FALSE;
    slot->shift = (guint8) (slot->counter + 1 - packet->counter);
    slot->moved = FALSE;
  }
  set_pid (bytes, get_out_pid ((guint) (slot - self->slots)));
  if (lec_ts_packet_has_payload (packet))
    slot->counter = (guint8) (packet->counter + slot->shift) & 0x0f;
  bytes[3] = (guint8) ((bytes[3] & 0xf0) | slot->counter);
  return TRUE;
}

static gboolean
put (LecTsFilter *self, guint8 *bytes, LecTsPacket *packet)
{
  const guint role = self->roles[packet->pid];
  const LecTsProgram *chosen;

  if (packet->pid == 0 && self->survey.has_pat) {
    put_table (bytes, self->pat, &self->pat_counter);
    return TRUE;
  }
  if (role == CLOCK) {
    set_pid (bytes, LEC_TS_OUT_PCR_PID);
    return TRUE;
  }
  if (role != DROPPED)
    return put_element (self, &self->slots[role - 1], bytes, packet);
  if (self->n_pmt == 0 || !self->survey.is_table[packet->pid])
    return FALSE;
  chosen = lec_ts_survey_find (&self->survey, self->chosen);
  if (chosen == NULL || chosen->entry.pmt_pid != packet->pid)
    return FALSE;
  put_pmt (self, bytes);
  return TRUE;
}

/* A pack header (2.5.3.4): a start code, then 01 of MPEG-2 or 0010 of MPEG-1. */
static gboolean
has_pack_header (const guint8 *bytes, gsize size)
{
  static const guint8 code[4] = { 0, 0, 1, 0xba };
  const guint8 *at = size > 0 ? memmem (bytes, size, code, sizeof code) : NULL;

  if (at == NULL || at + sizeof code == bytes + size)
    return FALSE;
  return at[sizeof code] >> 6 == 1 || at[sizeof code] >> 4 == 2;
}

void
lec_ts_filter_note_other (LecTsFilter *self, const guint8 *bytes, gsize size)
{
  if (!self->is_program_stream && self->survey.packets == 0)
    self->is_program_stream = has_pack_header (bytes, size);
}

void
lec_ts_filter_process (LecTsFilter *self, guint8 *bytes, gsize size, gint64 now_ns)
{
  if (!lec_ts_is_aligned (bytes, size)) {
    lec_ts_filter_note_other (self, bytes, size);
    return;
  }
  for (guint8 *at = bytes; at < bytes + size; at += LEC_TS_PACKET) {
    LecTsPacket packet;
    const gboolean good = lec_ts_survey_note (&self->survey, at, &packet, now_ns);

    if (is_time_to_look (self, now_ns))
      look (self, now_ns);
    if (good && packet.pid == LEC_TS_NULL_PID && self->pending == 0)
      continue;
    if (!good || !put (self, at, &packet))
      put_nothing (self, at);
  }
}

/* ---- life ---- */

void
lec_ts_filter_set_program (LecTsFilter *self, guint number)
{
  if (self->wanted == number)
    return;
  self->wanted = number;
  lec_ts_survey_want (&self->survey, number);
}

static void
read_out_pids (const LecTsFilter *self, LecTsProgramStats *program)
{
  for (guint i = 0; i < program->n_subtitles; i++) {
    const guint role = self->roles[program->subtitles[i].pid];

    program->subtitles[i].out_pid = role != DROPPED && role != CLOCK ? get_out_pid (role - 1) : 0;
  }
}

void
lec_ts_filter_read (const LecTsFilter *self, gint64 now_ns, LecTsStats *stats)
{
  lec_ts_survey_read (&self->survey, now_ns, stats);
  stats->table_changes = self->table_changes;
  stats->is_program_stream = self->is_program_stream && self->survey.packets == 0;
  stats->wanted = self->wanted;
  stats->chosen = -1;
  for (guint i = 0; i < stats->n_programs; i++) {
    if (stats->programs[i].number != self->chosen)
      continue;
    stats->chosen = (gint) i;
    read_out_pids (self, &stats->programs[i]);
  }
}

LecTsFilter *
lec_ts_filter_new (void)
{
  LecTsFilter *self = g_new0 (LecTsFilter, 1);
  guint8 section[LEC_TS_SECTION_MAX];

  lec_ts_survey_init (&self->survey);
  self->roles = g_new0 (guint8, LEC_TS_PIDS);
  self->pat_counter = self->pmt_counter = 0x0f;
  packetize (0, section, lec_ts_pat_print (LEC_TS_OUT_PROGRAM, LEC_TS_OUT_PMT_PID, section),
             &self->pat);
  return self;
}

void
lec_ts_filter_free (LecTsFilter *self)
{
  if (self == NULL)
    return;
  lec_ts_survey_clear (&self->survey);
  g_free (self->roles);
  g_free (self);
}
