/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a Windows Media station file says, collected: its keys may stand in any order. */
#pragma once

#include "announce/announcement.h"

G_BEGIN_DECLS

#define LEC_NSC_BUFFER_MS 3000 /* of media held where a file does not say how much */

typedef struct
{
  LecWarnings *warnings;       /* borrowed: gets what is ignored */
  LecChannelInfo *info;        /* gets the texts */
  LecAlternative *alternative; /* of @info: gets the formats */
  char *group;                 /* (nullable): these as written, to be checked when all is read */
  char *port;                  /* (nullable) */
  char *ttl;                   /* (nullable) */
  char *adapter;               /* (nullable) */
  char *unicast_url;           /* (nullable) */
  LecMsb said;                 /* the plain fields, until there is a format to keep them with */
  GHashTable *seen;            /* keys in lower case */
  GHashTable *descriptions;    /* texts by the number of their format */
  GArray *numbers;             /* guint of each format: the x of Format<x> */
  char *refused_format;        /* (nullable): the key of the first one that cannot be used */
  const char *refusal;         /* (nullable): and why */
  gboolean has_video;
  guint n_details;
} LecNscStation;

/**
 * lec_nsc_station_init:
 * @warnings: (transfer none): must outlive the station
 */
void lec_nsc_station_init (LecNscStation *self, LecWarnings *warnings);
void lec_nsc_station_clear (LecNscStation *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LecNscStation, lec_nsc_station_clear)

/**
 * lec_nsc_station_read:
 * @key: compared without case; the first of each counts
 * @value: plain or encoded
 */
void lec_nsc_station_read (LecNscStation *self, const char *key, const char *value);

/* Whether @key has a meaning of its own, so that no other fact may be kept under it. */
gboolean lec_nsc_is_known_key (const char *key);

/**
 * lec_nsc_parse_number:
 * @text: `0x` and hexadecimal digits, or decimal ones
 * @number: (out): set on success only
 */
gboolean lec_nsc_parse_number (const char *text, guint32 *number);

G_END_DECLS
