/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/rules.h"

#include <glib/gi18n-lib.h>

#include "report/fields.h"
#include "report/text.h"

gboolean
lec_rule_always (const LecReception *reception, const LecAlternative *alternative)
{
  return TRUE;
}

gboolean
lec_rule_is_msb_waiting (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->msb == LEC_MSB_STATE_WAITING;
}

gboolean
lec_rule_is_msb_undescribed (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->msb != LEC_MSB_STATE_NONE && lec_reception_is_foreign (reception)
         && reception->sum.unknown_formats > 0;
}

gboolean
lec_rule_is_no_msb (const LecReception *reception, const LecAlternative *alternative)
{
  return reception->msb != LEC_MSB_STATE_NONE && lec_reception_is_foreign (reception);
}

gboolean
lec_rule_is_named (const LecReception *reception, const LecAlternative *alternative)
{
  return lec_reception_is_malformed (reception) && reception->foreign != LEC_FOREIGN_UNKNOWN;
}

gboolean
lec_rule_is_malformed (const LecReception *reception, const LecAlternative *alternative)
{
  return lec_reception_is_malformed (reception);
}

const LecRule *
lec_rules_find (const LecRule *rules,
                const LecReception *reception,
                const LecAlternative *alternative)
{
  for (const LecRule *rule = rules; rule->text != NULL; rule++) {
    if (rule->applies (reception, alternative))
      return rule;
  }
  return NULL;
}

/* ---- figures ---- */

static guint64
count_all (const LecReception *reception)
{
  return lec_stats_count_good (&reception->sum) + lec_stats_count_missing (&reception->sum);
}

static gboolean
append_number (GString *sentence, const char *name, const LecReception *reception)
{
  const LecStats *sum = &reception->sum;
  const struct
  {
    const char *name;
    guint64 value;
  } numbers[] = {
    { "lost", sum->lost },
    { "lost-local", sum->lost_local },
    { "damaged", sum->damaged },
    { "late", sum->late },
    { "recovered", sum->recovered },
    { "all", count_all (reception) },
    { "legs", reception->legs },
    { "silent-legs", reception->silent_legs },
    { "missing", reception->missing },
    { "payload", reception->payload },
    { "run", sum->lost / MAX (sum->gaps, 1) },
    { "speed", reception->network.speed },
    { "more-others", reception->others - 1 },
    { "seconds", (guint64) MAX (reception->silent_us, 0) / G_USEC_PER_SEC },
    { "buffer", reception->network.buffer_refused / 2 }, /* the kernel counts its own needs too */
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    if (g_str_equal (name, numbers[i].name)) {
      g_string_append_printf (sentence, "%" G_GUINT64_FORMAT, numbers[i].value);
      return TRUE;
    }
  }
  return FALSE;
}

static void
append_percent (GString *sentence, guint64 part, guint64 all)
{
  g_string_append_printf (sentence, "%.2f %%", 100.0 * (double) part / (double) MAX (all, 1));
}

static void
append_place (GString *sentence, const LecReception *reception, const LecAlternative *alternative)
{
  g_autofree char *address = lec_alternative_dup_address (alternative);

  if (*reception->interfaces != '\0')
    g_string_append_printf (sentence, _ ("%1$s on %2$s"), address, reception->interfaces);
  else
    g_string_append (sentence, address);
}

void
lec_rule_append_figure (GString *sentence,
                        const char *name,
                        const LecReception *reception,
                        const LecAlternative *alternative)
{
  if (append_number (sentence, name, reception))
    return;
  if (g_str_equal (name, "place"))
    append_place (sentence, reception, alternative);
  else if (g_str_equal (name, "foreign"))
    g_string_append (sentence, lec_foreign_get_name (reception->foreign));
  else if (g_str_equal (name, "loss"))
    append_percent (sentence, reception->sum.lost, count_all (reception));
  else if (g_str_equal (name, "lateness"))
    append_percent (sentence, reception->sum.late, count_all (reception));
  else if (g_str_equal (name, "other"))
    g_string_append (sentence, reception->other);
  else if (g_str_equal (name, "protocol"))
    g_string_append (sentence,
                     reception->network.protocol == LEC_REPORT_PROTOCOL_MLD ? "MLD" : "IGMP");
}

typedef struct
{
  const LecReception *reception;
  const LecAlternative *alternative;
} Subject;

static void
append_figure (GString *sentence, const char *name, gconstpointer data)
{
  const Subject *subject = data;

  lec_rule_append_figure (sentence, name, subject->reception, subject->alternative);
}

char *
lec_rule_explain (const LecRule *rule,
                  const LecReception *reception,
                  const LecAlternative *alternative)
{
  const Subject subject = { reception, alternative };

  return lec_text_fill (_ (rule->text), append_figure, &subject);
}
