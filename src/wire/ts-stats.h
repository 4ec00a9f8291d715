/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is known of one transport stream: its programs, their streams, and how they come.
 *
 * Counters are of transport stream packets unless said, and only grow. */
#pragma once

#include "channel/channel-info.h"

G_BEGIN_DECLS

#define LEC_TS_PROGRAMS 16 /* that are looked at */
#define LEC_TS_STREAMS 16  /* of each that are */
#define LEC_TS_SUBTITLES 8 /* of each program that are */
#define LEC_TS_NAME 64     /* [bytes] of the name of a service */

/* One elementary stream of a program. */
typedef struct
{
  guint pid;
  guint type;        /* stream_type */
  LecMedia media;    /* of what is not known, as its packets say; else of the codec */
  const char *codec; /* (nullable): a constant; NULL: not known, the type is all that there is */
  gboolean playable; /* something here may decode it */
  char language[4];  /* ISO 639-2; "": not said */
  guint64 packets;
  guint64 units;         /* PES packets begun [units] */
  guint64 scrambled;     /* of those packets, with transport_scrambling_control */
  guint64 random_access; /* said to be where decoding may begin */
  guint64 lost;          /* missing by the continuity counter */
} LecTsStreamStats;

/* Subtitles of a program, of which an elementary stream may have several. */
typedef struct
{
  guint pid;
  guint out_pid; /* as it is handed on; 0: it is not */
  guint page;    /* composition page, or page of teletext as a viewer writes it: 0x888 */
  guint ancillary;
  gboolean is_teletext;
  gboolean is_hard_of_hearing;
  char language[4]; /* ISO 639-2; "": not said */
} LecTsSubtitles;

typedef struct
{
  guint number;
  char name[LEC_TS_NAME]; /* of the service; "": not said */
  guint pmt_pid;
  guint pcr_pid;
  gboolean has_pmt;
  gboolean playable; /* sound or picture of it has come in the last second, in the clear */
  guint ca_system;   /* CA_system_ID; 0: none is said */
  guint n_streams;
  LecTsStreamStats streams[LEC_TS_STREAMS];
  guint n_subtitles;
  LecTsSubtitles subtitles[LEC_TS_SUBTITLES];
} LecTsProgramStats;

typedef struct
{
  guint64 packets;         /* 0: this is no transport stream, or nothing has come */
  guint64 null_packets;    /* of those, stuffing */
  guint64 lost;            /* missing by the continuity counters */
  guint64 duplicate;       /* sent twice, as it is allowed (2.4.3.3) */
  guint64 discontinuities; /* times that the clock did not go on, or the sender says so [times] */
  guint64 table_changes;   /* of what is handed on: a demuxer that cannot follow is to be made anew
                            * [times] */
  gboolean has_pat, has_pmt;
  gboolean is_program_stream; /* what comes is an MPEG program stream (2.5) instead */
  guint64 bit_rate;           /* [bit/s] by the PCR, stuffing included; 0: not known */
  double null_share;          /* of the packets, when that was measured */
  guint wanted;               /* program number asked for; 0: any */
  gint chosen;                /* index of what is handed on; -1: none yet */
  guint n_programs;
  LecTsProgramStats programs[LEC_TS_PROGRAMS];
} LecTsStats;

G_END_DECLS
