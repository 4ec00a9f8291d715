/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the network does to a receiver, and what would help. */
#pragma once

#include "net/querier.h"

G_BEGIN_DECLS

#define LEC_ADVICE_MAX 256

typedef struct
{
  guint64 rejoins;             /* for silence, and for changes of links */
  guint64 forwarding_losses;   /* times that packets came back as soon as they were asked for */
  LecQuerierState querier;     /* whether somebody asks for memberships */
  gint64 querier_age_ns;       /* since then; -1: never, or not known */
  gboolean wireless;           /* packets may come over Wi-Fi */
  char advice[LEC_ADVICE_MAX]; /* a sentence or two; empty: there is nothing to do */
} LecReceiverStats;

G_END_DECLS
