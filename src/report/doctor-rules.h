/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private to the doctor: how a rule of the table looks, and what a predicate is told. */
#pragma once

#include "report/doctor-case.h"

G_BEGIN_DECLS

/* How far a reception has come; a rule speaks in some of these. */
typedef enum {
  LEC_PHASE_REFUSED = 1 << 0, /* it cannot be received at all */
  LEC_PHASE_NOTHING = 1 << 1, /* nothing has come since the join */
  LEC_PHASE_UNSEEN = 1 << 2,  /* packets come, and nothing is seen or heard */
  LEC_PHASE_SILENT = 1 << 3,  /* something came, and nothing does any more */
  LEC_PHASE_PLAYING = 1 << 4, /* something is seen or heard */
  LEC_PHASE_ADVICE = 1 << 5,  /* said beside whatever else is said */
} LecPhase;

/* What a predicate is asked of, one after the other. */
typedef enum {
  LEC_ABOUT_CHANNEL,
  LEC_ABOUT_STREAM,
  LEC_ABOUT_TRACK, /* of those that are to be decoded */
} LecAbout;

/* A case as it is gone through. */
typedef struct
{
  const LecDoctorCase *facts;
  const LecReception *reception; /* of @facts */
  const LecReception *recent;    /* likewise; never NULL */
  LecPhase phase;
  const LecStreamReport *stream; /* (nullable): that it is about; of a track, what it comes in */
  const LecTrackReport *track;   /* (nullable): likewise */
} LecExam;

/* Returns: whether that is so */
typedef gboolean LecDoctorPredicate (const LecExam *exam);

typedef struct
{
  guint phases; /* of LecPhase */
  LecAbout about;
  LecDoctorPredicate *applies;
  LecDoctorCode code;
  LecSeverity severity; /* at most: while something is seen or heard, nothing is fatal */
  LecError error;
  const char *text;   /* to be translated; {figures} are those of doctor-figures.c */
  const char *sound;  /* (nullable): in place of that, of a track of sound */
  const char *remedy; /* (nullable): likewise, the thing to try */
} LecDoctorRule;

/* All of them, in the order of precedence; ends with one without a text. */
extern const LecDoctorRule lec_doctor_rules[];

/* Returns: (transfer full): @text, which has been translated, with its figures */
char *lec_doctor_fill (const char *text, const LecExam *exam);

/* ---- what keeps a medium from being seen or heard ---- */

/* Returns: whether @rule says such a thing: it may do so before and after that */
gboolean lec_doctor_rule_is_of_media (const LecDoctorRule *rule);

/* Returns: (nullable): the first such rule that applies to the stream, or the track, of @exam */
const LecDoctorRule *lec_doctor_find_of_stream (const LecExam *exam);
const LecDoctorRule *lec_doctor_find_of_track (const LecExam *exam);

/* Returns: whether any does, of all of them */
gboolean lec_doctor_has_trouble (const LecExam *exam);

G_END_DECLS
