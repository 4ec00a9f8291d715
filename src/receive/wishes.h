/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What other threads wish of reception, until the receive thread takes it over: of each kind the
 * newest counts. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A plain struct to be embedded. All fields are private. */
typedef struct
{
  GMutex mutex;
  int wake;
  gint64 latency_ns;
  gboolean has_latency;
  guint program;
  char *station; /* (nullable) */
} LecWishes;

typedef struct
{
  gint64 latency_ns; /* if it was wished since the last time */
  gboolean has_latency;
  guint program;
  char *station; /* (nullable) (transfer full) */
} LecWishesTaken;

void lec_wishes_init (LecWishes *self);
void lec_wishes_clear (LecWishes *self);

/* Returns: what is readable when something is wished; -1: the system has none left */
int lec_wishes_get_fd (const LecWishes *self);

/* From any thread. */
void lec_wishes_set_latency (LecWishes *self, gint64 latency_ns);
void lec_wishes_set_program (LecWishes *self, guint program);
void lec_wishes_set_station (LecWishes *self, const char *station);

/* Returns: whether something was wished since the last time; only then @taken is set */
gboolean lec_wishes_take (LecWishes *self, LecWishesTaken *taken);

G_END_DECLS
