/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whom do we listen to? Anybody may send to a group, and a sender may begin anew at any time.
 *
 * One source (an SSRC from one address, its sequence numbers going on) is the current one; its
 * packets get their extended sequence number and media time here. Others wait as candidates, few
 * and with few packets each, until enough of them agree that the current one is over, or goes on
 * far ahead. So one stray, damaged or forged packet changes nothing, and a real restart loses
 * nothing. */
#pragma once

#include "wire/packet.h"

G_BEGIN_DECLS

#define LEC_SOURCE_CANDIDATES 32 /* a flood of forged ones must not drive out a real one */
#define LEC_SOURCE_HELD 64       /* packets of one candidate; then its oldest goes */
#define LEC_SOURCE_LEGS 4

typedef struct
{
  guint32 ssrc;
  guint64 sender;
  guint32 next;      /* sequence number that would continue it */
  guint consecutive; /* packets so far that continued it */
  gint64 last_ns;    /* arrival of its newest packet; 0: free */
  LecPacket *held[LEC_SOURCE_HELD];
  guint n_held;
} LecCandidate;

/* A plain struct to be embedded. locked, ssrc, highest, highest_media and discarded may be
 * read. */
typedef struct
{
  gboolean locked;
  gboolean bare;   /* to a sender of packets that have no header, so no SSRC and no number */
  gboolean proven; /* a second packet went on from the first one */
  guint32 ssrc;
  guint64 senders[LEC_SOURCE_LEGS];    /* by leg; 0: nothing heard on it yet */
  gint64 leg_last_ns[LEC_SOURCE_LEGS]; /* arrival of the newest packet of each */
  guint rate;                          /* [Hz] of the time stamps */
  guint number_bits;

  gint64 highest;        /* extended sequence number, as the sender counts */
  gint64 shift;          /* from there to the numbers we give, which go on across sources */
  gint64 highest_media;  /* extended time stamp that came with it */
  guint64 dropped;       /* [packets] by this host, of which no number tells yet */
  gint64 last_ns;        /* arrival of the newest packet */
  gboolean ended;        /* it said BYE */
  gboolean is_displaced; /* another one, of this SSRC, is to take its place */
  guint32 successor_ssrc;

  /* packets per second, which decides what is a jump and what only a loss */
  double rate_pps;
  gint64 rate_since_ns;
  guint rate_count;
  gint64 gap_ns, usual_gap_ns; /* longest time between packets, of this second and the one before */

  LecCandidate candidates[LEC_SOURCE_CANDIDATES];
  LecCandidate successor; /* packets of the candidate that took over, until they are taken */
  guint successor_leg;
  guint64 discarded; /* [packets] dropped here */
} LecSource;

/**
 * LecSourceAnswer:
 * @LEC_SOURCE_CURRENT: it is one of the current source; extended_sequence and media_time are set
 * @LEC_SOURCE_HELD_BACK: it is not, or not known to be, and the source has taken it
 * @LEC_SOURCE_CONFIRMED: with it packets far ahead are known to be of the current source, so those
 *   before them are lost: lec_source_take() gives them, this one included
 * @LEC_SOURCE_CHANGED: with it another source has become current: what is queued belongs to the
 *   past, and lec_source_take() gives the packets it has begun with, this one included
 */
typedef enum {
  LEC_SOURCE_CURRENT,
  LEC_SOURCE_HELD_BACK,
  LEC_SOURCE_CONFIRMED,
  LEC_SOURCE_CHANGED,
} LecSourceAnswer;

/**
 * lec_source_init:
 * @rate: [Hz] of the time stamps, not 0
 * @number_bits: width of the sequence numbers
 */
void lec_source_init (LecSource *self, guint rate, guint number_bits);

/* Releases what is held and forgets whom it listened to; numbers go on. */
void lec_source_clear (LecSource *self);

/**
 * lec_source_check:
 * @packet: parsed; stays the caller's with %LEC_SOURCE_CURRENT only
 * @leg: which of the stream's addresses it came on, below %LEC_SOURCE_LEGS
 * @now_ns: its arrival
 */
LecSourceAnswer lec_source_check (LecSource *self, LecPacket *packet, guint leg, gint64 now_ns);

/**
 * lec_source_check_bare:
 * @packet: one without RTP header; stays the caller's with %LEC_SOURCE_CURRENT only
 *
 * Gives it the number after the highest one; the caller may know better, and then tells which by
 * lec_source_accept_bare(). A sender keeps all others out until it has been silent for long; but
 * for one that was known by a single packet with a header: a piece of a stream may look like that.
 */
LecSourceAnswer lec_source_check_bare (LecSource *self, LecPacket *packet, gint64 now_ns);

/* Takes the number of a packet that was checked. */
void lec_source_accept_bare (LecSource *self, const LecPacket *packet);

/**
 * lec_source_place:
 * @packet: one that was rebuilt
 *
 * Sets number and media time of a packet that never came. Nothing is learnt from it.
 *
 * Returns: FALSE where it is none of the current source; then nothing is set
 */
gboolean lec_source_place (const LecSource *self, LecPacket *packet);

/**
 * lec_source_rewind:
 * @packet: one of the current source that seemed to be behind
 *
 * Makes @packet the newest: what was taken for it was not the sender's.
 */
void lec_source_rewind (LecSource *self, LecPacket *packet);

/* Whether a packet comes from whom the stream is taken from on @leg. */
gboolean
lec_source_is_sender (const LecSource *self, const LecPacket *packet, guint leg, gint64 now_ns);

/* Whether a packet comes from a computer that the stream is taken from, whatever its port. */
gboolean lec_source_is_host (const LecSource *self, const LecPacket *packet);

/* Returns: whom the stream is taken from, on any leg; 0: nobody yet */
guint64 lec_source_get_sender (const LecSource *self);

/**
 * lec_source_begin_anew:
 * @first: of the sender that the stream is taken from
 *
 * The sender has said that something else begins: numbers are counted from @first on.
 */
void lec_source_begin_anew (LecSource *self, const LecPacket *first, guint leg, gint64 now_ns);

/* Whether the number of a packet goes on from the newest one, with few missing at most. */
gboolean lec_source_is_next (const LecSource *self, const LecPacket *packet);

/* Notes that this host has dropped @count packets, so that numbers go on so much further. */
void lec_source_note_dropped (LecSource *self, guint64 count);

/* Time stamps count in @rate [Hz] from now on. */
void lec_source_set_rate (LecSource *self, guint rate);

/**
 * lec_source_fill:
 * @packet: parsed, of a payload type that is none of the media's
 *
 * Such a packet of the current source has used up a number all the same; nothing else is learnt
 * from it, as its time stamp need not count what those of the media do.
 *
 * Returns: FALSE where it is none of the current source; else extended_sequence is set
 */
gboolean lec_source_fill (LecSource *self, LecPacket *packet, guint leg, gint64 now_ns);

/* Returns: whether packets of @ssrc wait to be known */
gboolean lec_source_has_candidate (const LecSource *self, guint32 ssrc);

/* The source @ssrc, as soon as it is heard, takes the place of the current one. */
void lec_source_displace (LecSource *self, guint32 ssrc);

/* Returns: how many packets are held back, as it is not known yet whose they are */
guint lec_source_get_held (const LecSource *self);

/**
 * lec_source_take:
 * @leg: (out): on which it came
 *
 * Returns: (nullable) (transfer full): the next of the packets that were held back and now belong
 *   to the current source, NULL when there are no more
 */
LecPacket *lec_source_take (LecSource *self, guint *leg);

/* Returns: [ns] a silence that is longer than those of the last seconds; 0: not known yet */
gint64 lec_source_get_longest_gap (const LecSource *self);

/**
 * lec_source_end:
 *
 * Notes a BYE. It may be forged, so nothing ends; but a successor need not wait.
 */
void lec_source_end (LecSource *self, guint32 ssrc);

G_END_DECLS
