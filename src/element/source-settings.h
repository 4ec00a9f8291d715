/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What whoever uses channelsrc wishes: its properties that can be set. Not thread-safe. */
#pragma once

#include <gst/gst.h>

#include "channel/channel.h"

G_BEGIN_DECLS

#define LEC_SOURCE_LATENCY_AUTO (-1)

typedef enum {
  LEC_SOURCE_CLOCK_AUTO,
  LEC_SOURCE_CLOCK_PIPELINE,
  LEC_SOURCE_CLOCK_SENDER,
} LecSourceClock;

/* Numbers of the properties; those of other kinds come after them. */
enum {
  LEC_SETTING_LOCATION = 1,
  LEC_SETTING_CHANNEL,
  LEC_SETTING_ALTERNATIVE,
  LEC_SETTING_INTERFACE,
  LEC_SETTING_LOW_PORTS,
  LEC_SETTING_REPAIR,
  LEC_SETTING_SHORTENS_SOUND,
  LEC_SETTING_LATENCY,
  LEC_SETTING_CLOCK,
  LEC_SETTING_CAPTURE,
  LEC_SETTING_REPLAY,
  LEC_SETTING_REPORTS,
  LEC_SETTING_PROGRAM,
  LEC_SETTING_STATION,
  LEC_N_SETTINGS,
};

/* A plain struct to be embedded. Texts are (nullable). */
typedef struct
{
  char *location;
  LecChannel *channel; /* (nullable) */
  guint alternative;
  char *interface;
  gboolean low_ports;
  gboolean repair;
  gboolean shortens_sound;
  int latency_ms; /* or LEC_SOURCE_LATENCY_AUTO */
  guint program;
  char *station;
  LecSourceClock clock;
  char *capture;
  char *replay;
  gboolean reports;
} LecSourceSettings;

/* As the properties say that they are by default. */
void lec_source_settings_init (LecSourceSettings *self);

void lec_source_settings_clear (LecSourceSettings *self);

/* Gives @klass the properties. */
void lec_source_settings_install (GObjectClass *klass);

/* Returns: FALSE where @id is no number of a setting */
gboolean lec_source_settings_set (LecSourceSettings *self, guint id, const GValue *value);

/* Likewise. */
gboolean lec_source_settings_get (const LecSourceSettings *self, guint id, GValue *value);

G_END_DECLS
