/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "play/pipeline-options.h"

#define LATENCY_MOST_MS 10000

#define RW (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS)

typedef enum {
  SORT_TEXT, /* char *, nullable */
  SORT_FLAG, /* gboolean */
  SORT_INT,
  SORT_UINT,
} Sort;

/* Where each is, and by what name it is known. */
static const struct
{
  const char *name;
  Sort sort;
  gsize offset; /* [bytes] */
} options[] = {
  [LEC_OPTION_INTERFACE]
  = { "interface", SORT_TEXT, G_STRUCT_OFFSET (LecPipelineOptions, interface) },
  [LEC_OPTION_LOW_PORTS]
  = { "low-ports", SORT_FLAG, G_STRUCT_OFFSET (LecPipelineOptions, low_ports) },
  [LEC_OPTION_REPAIR] = { "repair", SORT_FLAG, G_STRUCT_OFFSET (LecPipelineOptions, repair) },
  [LEC_OPTION_LATENCY] = { "latency", SORT_INT, G_STRUCT_OFFSET (LecPipelineOptions, latency_ms) },
  [LEC_OPTION_CAPTURE] = { "capture", SORT_TEXT, G_STRUCT_OFFSET (LecPipelineOptions, capture) },
  [LEC_OPTION_REPLAY] = { "replay", SORT_TEXT, G_STRUCT_OFFSET (LecPipelineOptions, replay) },
  [LEC_OPTION_RECORD] = { "record", SORT_TEXT, G_STRUCT_OFFSET (LecPipelineOptions, record) },
  [LEC_OPTION_REPORTS] = { "reports", SORT_FLAG, G_STRUCT_OFFSET (LecPipelineOptions, reports) },
  [LEC_OPTION_PROGRAM] = { "program", SORT_UINT, G_STRUCT_OFFSET (LecPipelineOptions, program) },
  [LEC_OPTION_STATION] = { "station", SORT_TEXT, G_STRUCT_OFFSET (LecPipelineOptions, station) },
};

G_STATIC_ASSERT (G_N_ELEMENTS (options) == LEC_N_OPTIONS);

static const LecPipelineOptions defaults
    = { .repair = TRUE, .latency_ms = -1, .decode = TRUE, .reports = TRUE };

void
lec_pipeline_options_init (LecPipelineOptions *self)
{
  *self = defaults;
}

void
lec_pipeline_options_clear (LecPipelineOptions *self)
{
  for (guint i = 0; i < LEC_N_OPTIONS; i++) {
    if (options[i].sort == SORT_TEXT)
      g_clear_pointer ((char **) G_STRUCT_MEMBER_P (self, options[i].offset), g_free);
  }
}

GParamSpec *
lec_pipeline_option_new_param_spec (LecPipelineOption option)
{
  const char *name = options[option].name;
  gconstpointer field = G_STRUCT_MEMBER_P (&defaults, options[option].offset);

  switch (options[option].sort) {
  case SORT_FLAG:
    return g_param_spec_boolean (name, NULL, NULL, *(const gboolean *) field, RW);
  case SORT_INT: /* the latency */
    return g_param_spec_int (name, NULL, NULL, -1, LATENCY_MOST_MS, *(const int *) field, RW);
  case SORT_UINT: /* the program */
    return g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT16, *(const guint *) field, RW);
  case SORT_TEXT:
  default:
    return g_param_spec_string (name, NULL, NULL, NULL, RW);
  }
}

void
lec_pipeline_options_set (LecPipelineOptions *self, LecPipelineOption option, const GValue *value)
{
  gpointer field = G_STRUCT_MEMBER_P (self, options[option].offset);

  switch (options[option].sort) {
  case SORT_FLAG:
    *(gboolean *) field = g_value_get_boolean (value);
    break;
  case SORT_INT:
    *(int *) field = g_value_get_int (value);
    break;
  case SORT_UINT:
    *(guint *) field = g_value_get_uint (value);
    break;
  case SORT_TEXT:
  default:
    g_free (*(char **) field);
    *(char **) field = g_value_dup_string (value);
  }
}

void
lec_pipeline_options_get (const LecPipelineOptions *self, LecPipelineOption option, GValue *value)
{
  gconstpointer field = G_STRUCT_MEMBER_P (self, options[option].offset);

  switch (options[option].sort) {
  case SORT_FLAG:
    g_value_set_boolean (value, *(const gboolean *) field);
    break;
  case SORT_INT:
    g_value_set_int (value, *(const int *) field);
    break;
  case SORT_UINT:
    g_value_set_uint (value, *(const guint *) field);
    break;
  case SORT_TEXT:
  default:
    g_value_set_string (value, *(char *const *) field);
  }
}
