/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How a channel is to be received, as somebody has chosen it: what each pipeline is made by.
 *
 * Where they are properties of an object, what their names, ranges and defaults are is said here. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct
{
  char *interface;    /* (nullable): to join on; NULL: chosen */
  gboolean low_ports; /* those of the system may be listened on */
  gboolean repair;    /* lost packets are rebuilt */
  int latency_ms;     /* -1: as needed */
  gboolean decode;    /* FALSE: packets are received and dropped */
  char *capture;      /* (nullable): file that gets every datagram (pcap) */
  char *replay;       /* (nullable): such a file, that is played instead of what comes */
  char *record;       /* (nullable): file that gets the streams as they were sent */
  gboolean reports;   /* sent where the announcement asks for them */
  guint program; /* of a transport stream, by its number; 0: as announced, or the first good one */
  guint subtitles; /* of a transport stream, by their id of LecCaptionChoice; 0: none */
  char *station;   /* (nullable): address of the host to receive, where several send; NULL: any */
} LecPipelineOptions;

/* Those that are properties, by their names without LEC_OPTION_. */
typedef enum {
  LEC_OPTION_INTERFACE,
  LEC_OPTION_LOW_PORTS,
  LEC_OPTION_REPAIR,
  LEC_OPTION_LATENCY,
  LEC_OPTION_CAPTURE,
  LEC_OPTION_REPLAY,
  LEC_OPTION_RECORD,
  LEC_OPTION_REPORTS,
  LEC_OPTION_PROGRAM,
  LEC_OPTION_STATION,
  LEC_N_OPTIONS,
} LecPipelineOption;

/* @self: (out): as they are where nobody has chosen anything: all is decoded */
void lec_pipeline_options_init (LecPipelineOptions *self);

/* Frees what it has, not @self. */
void lec_pipeline_options_clear (LecPipelineOptions *self);

/* Returns: (transfer floating): what the property for @option is, which can be read and written */
GParamSpec *lec_pipeline_option_new_param_spec (LecPipelineOption option);

/* @value: of the type of that property. Both copy. */
void lec_pipeline_options_set (LecPipelineOptions *self,
                               LecPipelineOption option,
                               const GValue *value);
void lec_pipeline_options_get (const LecPipelineOptions *self,
                               LecPipelineOption option,
                               GValue *value);

G_END_DECLS
