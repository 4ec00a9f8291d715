/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is said when: tables of rules, of which the first that applies speaks.
 *
 * In a text, a name in braces stands for a figure of the reception: see rules.c for those there
 * are. */
#pragma once

#include "report/diagnosis.h"
#include "report/reception.h"

G_BEGIN_DECLS

/* How far a reception has come. */
typedef enum {
  LEC_PHASE_NOTHING = 1 << 0, /* nothing has come since the join */
  LEC_PHASE_UNSEEN = 1 << 1,  /* packets come, and nothing is seen or heard */
  LEC_PHASE_SILENT = 1 << 2,  /* something came, and nothing does any more */
  LEC_PHASE_PLAYING = 1 << 3, /* something is seen or heard */
} LecPhase;

typedef struct
{
  /* @alternative: what is being received, where the table is about that */
  gboolean (*applies) (const LecReception *reception, const LecAlternative *alternative);
  const char *text; /* to be translated */
  LecError error;   /* what a program would do something about */
  LecDoctorCode code;
  LecSeverity severity;
} LecRule;

/* Returns: TRUE, for the last rule of a table that always has something to say */
gboolean lec_rule_always (const LecReception *reception, const LecAlternative *alternative);

/* Of a Windows Media station: it waits; it sends only what its file does not describe; or what
 * comes is none of it. */
gboolean lec_rule_is_msb_waiting (const LecReception *reception, const LecAlternative *alternative);
gboolean lec_rule_is_msb_undescribed (const LecReception *reception,
                                      const LecAlternative *alternative);
gboolean lec_rule_is_no_msb (const LecReception *reception, const LecAlternative *alternative);

#define LEC_TEXT_MSB_WAITING N_ ("The station is there and is waiting to begin (beacons) …")
#define LEC_TEXT_MSB_UNDESCRIBED                                                                   \
  N_ ("The station sends only formats that the station file (.nsc) does not describe: ask for "    \
      "the "                                                                                       \
      "newest one")
#define LEC_TEXT_NO_MSB N_ ("Packets arrive, but they are not Windows Media multicast")

/* Of what is neither RTP nor a transport stream; the first, where it is known what it is instead.
 */
gboolean lec_rule_is_named (const LecReception *reception, const LecAlternative *alternative);
gboolean lec_rule_is_malformed (const LecReception *reception, const LecAlternative *alternative);

#define LEC_TEXT_NAMED                                                                             \
  N_ ("What comes is plain {foreign}, with neither RTP nor a transport stream around it: ask the " \
      "sender for MPEG-TS")
#define LEC_TEXT_MALFORMED                                                                         \
  N_ ("Packets arrive, but they are neither RTP nor an MPEG transport stream")

/**
 * lec_rules_find:
 * @rules: ends with one without a text
 * @alternative: (nullable)
 *
 * Returns: (nullable): the first that applies
 */
const LecRule *lec_rules_find (const LecRule *rules,
                               const LecReception *reception,
                               const LecAlternative *alternative);

/* Returns: (transfer full): the text, translated, with the figures in it */
char *lec_rule_explain (const LecRule *rule,
                        const LecReception *reception,
                        const LecAlternative *alternative);

/* Appends the figure of that name, if it is one of a reception. */
void lec_rule_append_figure (GString *sentence,
                             const char *name,
                             const LecReception *reception,
                             const LecAlternative *alternative);

G_END_DECLS
