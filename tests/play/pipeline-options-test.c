/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each option is one property, with a value of its own. */
#include "play/pipeline-options.h"

static void
test_defaults (void)
{
  LecPipelineOptions options;

  lec_pipeline_options_init (&options);
  g_assert_true (options.decode && options.reports && options.repair);
  g_assert_false (options.low_ports);
  g_assert_cmpint (options.latency_ms, ==, -1);
  g_assert_null (options.interface);

  /* what nobody has set is what the property says */
  for (guint i = 0; i < LEC_N_OPTIONS; i++) {
    g_autoptr (GParamSpec) spec = g_param_spec_ref_sink (lec_pipeline_option_new_param_spec (i));
    g_auto (GValue) value = G_VALUE_INIT;

    g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (spec));
    lec_pipeline_options_get (&options, i, &value);
    g_assert_true (g_param_value_defaults (spec, &value));
  }
  lec_pipeline_options_clear (&options);
}

/* A value for option @i that no other has, and that it does not have by itself. */
static void
choose (guint i, GParamSpec *spec, GValue *value)
{
  g_autofree char *text = g_strdup_printf ("text %u", i);

  g_value_init (value, G_PARAM_SPEC_VALUE_TYPE (spec));
  if (G_VALUE_HOLDS_STRING (value))
    g_value_set_string (value, text);
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, !G_PARAM_SPEC_BOOLEAN (spec)->default_value);
  else if (G_VALUE_HOLDS_INT (value))
    g_value_set_int (value, (int) i);
  else
    g_value_set_uint (value, i);
}

/* Whatever is set before and behind it, twice. */
static void
test_each (void)
{
  LecPipelineOptions options;

  lec_pipeline_options_init (&options);
  for (guint i = 0; i < 2 * LEC_N_OPTIONS; i++) {
    const LecPipelineOption option = (i * 7) % LEC_N_OPTIONS;
    g_autoptr (GParamSpec) spec
        = g_param_spec_ref_sink (lec_pipeline_option_new_param_spec (option));
    g_auto (GValue) value = G_VALUE_INIT;

    choose (option, spec, &value);
    lec_pipeline_options_set (&options, option, &value);
  }
  for (guint i = 0; i < LEC_N_OPTIONS; i++) {
    g_autoptr (GParamSpec) spec = g_param_spec_ref_sink (lec_pipeline_option_new_param_spec (i));
    g_auto (GValue) expected = G_VALUE_INIT;
    g_auto (GValue) value = G_VALUE_INIT;

    choose (i, spec, &expected);
    g_value_init (&value, G_PARAM_SPEC_VALUE_TYPE (spec));
    lec_pipeline_options_get (&options, i, &value);
    g_assert_cmpint (g_param_values_cmp (spec, &value, &expected), ==, 0);
  }
  g_assert_cmpstr (options.interface, ==, "text 0");
  g_assert_cmpint (options.latency_ms, ==, LEC_OPTION_LATENCY);
  g_assert_cmpuint (options.program, ==, LEC_OPTION_PROGRAM);
  lec_pipeline_options_clear (&options);
  g_assert_null (options.station);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipeline-options/defaults", test_defaults);
  g_test_add_func ("/pipeline-options/each", test_each);
  return g_test_run ();
}
