/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which packets are missing, and which of them to ask for again, and when: generic NACK (RFC 4585,
 * section 6.2.1), as one of a hall of receivers that all miss the same.
 *
 * A packet is missing when a later one has come. It is asked for after a random wait, of which most
 * are long (as in RFC 5740, section 5.2), so that few ask before all hear that somebody did; not
 * while it may come by itself, or otherwise; and not where it cannot be here in time any more.
 * Until somebody has answered, one request a second is a trial. Nothing is allocated after
 * lec_nack_allow(). Knows no clock; not thread-safe. */
#pragma once

#include "wire/rtcp.h"

G_BEGIN_DECLS

#define LEC_NACK_MISSING 256 /* [packets] that are remembered; of more, the newest */
#define LEC_NACK_TRIES 3     /* requests of ours for one packet */
#define LEC_NACK_YIELDS 2    /* requests of others for it that we wait for to be answered */
#define LEC_NACK_SETTLE_NS (5 * G_GINT64_CONSTANT (1000000)) /* overtaken packets come by then */
#define LEC_NACK_WAIT_NS (40 * G_GINT64_CONSTANT (1000000))  /* longest random wait */
#define LEC_NACK_WAIT_AGAIN_NS (LEC_NACK_WAIT_NS / 2) /* and before it is asked for once more */
#define LEC_NACK_LEAST_NS (10 * G_GINT64_CONSTANT (1000000))     /* between two requests... */
#define LEC_NACK_PROBE_NS G_GINT64_CONSTANT (1000000000)         /* ...until one is answered */
#define LEC_NACK_SILENT_NS (5 * G_GINT64_CONSTANT (1000000000))  /* nobody answers: then... */
#define LEC_NACK_RARELY_NS (30 * G_GINT64_CONSTANT (1000000000)) /* ...the station is tried so */
#define LEC_NACK_REPEAT_NS                                                                         \
  (60 * G_GINT64_CONSTANT (1000000000)) /* so long there is time to ask twice */
#define LEC_NACK_KEPT_NS (3 * G_GINT64_CONSTANT (1000000000)) /* what comes later is of no use */

typedef struct
{
  gint64 number;
  gint64 noted_ns;
  gint64 pts_ns;   /* of the packet that has shown it to be missing */
  gint64 ask_ns;   /* when; G_MAXINT64: not any more */
  gint64 asked_ns; /* by whomever, the last time; G_MININT64: never */
  guint8 tries, yields;
  gboolean lost;     /* it was given up */
  gboolean repaired; /* it was sent again */
} LecNackEntry;

/* A plain struct to be embedded; zeroed, it notes what is missing and asks nobody. All fields are
 * private. */
typedef struct
{
  gboolean running;
  gint64 newest; /* number */
  LecNackEntry entries[LEC_NACK_MISSING];
  guint count;

  GRand *rng;          /* NULL: nobody is asked */
  double rate;         /* [bytes/s] for requests of all receivers */
  gint64 kept_ns;      /* what is missing for longer is not asked for */
  guint members;       /* that ask, as far as is known */
  gboolean is_open;    /* whom we ask may be asked now */
  gboolean is_station; /* it is the one that the stream comes from, or its group */
  gboolean has_ceased; /* it was no station, and has not answered */

  gint64 next_ns;       /* no request before that */
  gint64 unanswered_ns; /* the first request since the last answer; G_MAXINT64: none */
  gboolean answered;    /* somebody answers */
  gint64 round_trip_ns, deviation_ns; /* from a request to its answer (RFC 6298); 0: not known */
  gint64 useful_ns;   /* when it was last of use, or would have been with more time; 0: never */
  gint64 repeated_ns; /* when asking once was last not enough; 0: never */
} LecNack;

/**
 * lec_nack_allow:
 * @rate: [bytes/s] that all receivers may take for requests
 * @kept_ns: what is older is not kept by whom we ask; 0: that is not known
 * @seed: of all that is left to chance
 */
void lec_nack_allow (LecNack *self, double rate, gint64 kept_ns, guint32 seed);
void lec_nack_clear (LecNack *self);

/* Another sender, or one that begins anew: nothing is missing, and nobody has been asked. */
void lec_nack_reset (LecNack *self);

/**
 * lec_nack_open:
 * @is_open: whom we ask may be asked
 * @is_station: it is the computer that the stream comes from, or the group; any other one is asked
 *   no more when it has not answered for %LEC_NACK_SILENT_NS
 * @members: that are known to report or to ask
 *
 * How things stand now.
 */
void lec_nack_open (LecNack *self, gboolean is_open, gboolean is_station, guint members);

/**
 * lec_nack_note:
 * @number: extended number of what came, media or not
 * @pts_ns: its time
 * @hold_ns: a packet is of use until so long after its time
 */
void lec_nack_note (LecNack *self, gint64 number, gint64 pts_ns, gint64 hold_ns, gint64 now_ns);

/* @number is here, however that came about. */
void lec_nack_note_here (LecNack *self, gint64 number);

/* Somebody else asks for packets, or says that they are known to be lost. @near: the newest number,
 * as the sender counts; @shift: from there to ours */
void lec_nack_note_other (LecNack *self,
                          const LecNackField *field,
                          gint64 near,
                          gint64 shift,
                          gint64 now_ns);

/* Returns: whether @number is missing, so that it is of use when it is sent again */
gboolean lec_nack_is_missing (const LecNack *self, gint64 number);

/**
 * lec_nack_note_answer:
 * @number: is missing, and was sent again
 * @is_theirs: it comes from whom we ask
 */
void lec_nack_note_answer (LecNack *self, gint64 number, gboolean is_theirs, gint64 now_ns);

/* Whom we ask answers, if not what is missing just now. */
void lec_nack_note_alive (LecNack *self);

/* Returns: whether @number, which has come by itself now, was sent again before; asked once, it is
 * forgotten */
gboolean lec_nack_take_back (LecNack *self, gint64 number);

/* Numbers from @first to before @end are given up. Returns: how many of them were asked for */
guint lec_nack_note_loss (LecNack *self, gint64 first, gint64 end, gint64 now_ns);

/* Returns: whether any of these numbers may still be sent again */
gboolean lec_nack_may_come (const LecNack *self, gint64 first, gint64 end, gint64 now_ns);

/* Returns: whether who would be asked now is not the station, and has not answered yet */
gboolean lec_nack_is_on_trial (const LecNack *self);

/* When to ask lec_nack_take(); %G_MAXINT64: not before something changes */
gint64 lec_nack_get_wake (const LecNack *self);

/**
 * lec_nack_take:
 * @hold_ns: as above
 * @comes: (nullable): whether a number may come in another way, so that it is not asked for as long
 *   as there is time to wait
 * @shift: from the numbers of the sender to ours
 * @fields: (out): room for #LEC_RTCP_NACKS
 *
 * Returns: how many of them are to be sent now
 */
guint lec_nack_take (LecNack *self,
                     gint64 hold_ns,
                     gboolean (*comes) (gint64 number, gpointer data),
                     gpointer data,
                     gint64 shift,
                     gint64 now_ns,
                     LecNackField *fields);

/* Returns: [ns] how much later than a packet it comes when it is sent again, at the second time of
 * asking where that was needed of late; 0: nobody answers, as far as is known */
gint64 lec_nack_get_need (const LecNack *self, gint64 now_ns);

/* Returns: [ns] the same; 0 also where that was of no use since @since_ns */
gint64 lec_nack_get_time (const LecNack *self, gint64 since_ns, gint64 now_ns);

G_END_DECLS
