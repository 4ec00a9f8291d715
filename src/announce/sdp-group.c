/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/sdp-group.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/sdp-attribute.h"
#include "announce/sdp-crypto.h"
#include "announce/sdp-feedback.h"
#include "announce/sdp-repair.h"

#define MAX_MEMBERS 64 /* of a group that are looked at */

/* What the groups are applied to. */
typedef struct
{
  LecAlternative *alternative;
  GArray *sections;    /* of LecSdpSection */
  GPtrArray *assigned; /* of LecStream: repair that has its place, and may get another one */
  LecWarnings *warnings;
} Grouping;

/* The streams that a group names, each once, in its order. */
static GPtrArray *
find_members (const Grouping *self, char **mids)
{
  GPtrArray *streams = g_ptr_array_new ();

  for (; *mids != NULL; mids++) {
    for (guint i = 0; i < self->sections->len; i++) {
      const LecSdpSection *section = &g_array_index (self->sections, LecSdpSection, i);

      if (g_strcmp0 (section->mid, *mids) != 0)
        continue;
      if (section->stream != NULL && !g_ptr_array_find (streams, section->stream, NULL))
        g_ptr_array_add (streams, section->stream);
      break;
    }
  }
  return streams;
}

/* Whoever is named by the sections of @from is @to from now on; NULL: nobody. */
static void
replace_stream (const Grouping *self, LecStream *from, LecStream *to)
{
  for (guint i = 0; i < self->sections->len; i++) {
    LecSdpSection *section = &g_array_index (self->sections, LecSdpSection, i);

    if (section->stream == from)
      section->stream = to;
  }
  g_ptr_array_remove (self->alternative->streams, from);
}

static gboolean
has_same_payloads (const LecStream *a, const LecStream *b)
{
  if (a->payloads->len != b->payloads->len)
    return FALSE;
  for (guint i = 0; i < a->payloads->len; i++) {
    const LecPayload *x = g_ptr_array_index (a->payloads, i);
    const LecPayload *y = g_ptr_array_index (b->payloads, i);

    if (x->payload != y->payload || strcmp (x->encoding, y->encoding) != 0
        || x->clock_rate != y->clock_rate)
      return FALSE;
  }
  return TRUE;
}

/* Both legs carry the same packets, so their formats have the same numbers. */
static void
merge_duplicate (const Grouping *self, LecStream *to, LecStream *from)
{
  if (to->media != from->media || !has_same_payloads (to, from)
      || !lec_sdp_crypto_is_same (to, from)) {
    lec_warnings_add (self->warnings, _ ("two streams are called duplicates but differ in format"));
    return;
  }
  if (to->legs->len + from->legs->len > LEC_MAX_LEGS)
    lec_warnings_add (self->warnings, _ ("only the first %d legs of a stream are received"),
                      LEC_MAX_LEGS);
  else
    g_ptr_array_extend_and_steal (to->legs, g_ptr_array_ref (from->legs));
  lec_sdp_repair_move (to, from);
  replace_stream (self, from, to);
}

/* `a=group:DUP 1 2`: every further member is a leg of the first. */
static void
apply_duplicates (const Grouping *self, GPtrArray *members)
{
  for (guint i = 1; i < members->len; i++)
    merge_duplicate (self, g_ptr_array_index (members, 0), g_ptr_array_index (members, i));
}

/* `a=group:FEC-FR 1 2`, `a=group:FID 1 2`: the format shows which of them is the repair. It may be
 * of several streams (RFC 5956, section 4), in one group or in more: each is told of it. */
static void
apply_repair (const Grouping *self, GPtrArray *members)
{
  for (guint i = 0; i < members->len; i++) {
    LecStream *repair = g_ptr_array_index (members, i);

    for (guint j = 0; lec_sdp_repair_is_all (repair) && j < members->len; j++) {
      LecStream *stream = g_ptr_array_index (members, j);

      if (lec_sdp_repair_is_all (stream))
        continue;
      lec_sdp_repair_add (stream, repair, self->warnings);
      if (!g_ptr_array_find (self->assigned, repair, NULL))
        g_ptr_array_add (self->assigned, repair);
    }
  }
}

/* `a=group:LS 1 2`: their clocks may be compared. A stream that is in two groups is in the first.
 */
static void
apply_lip_sync (const Grouping *self, GPtrArray *members)
{
  guint number = 1;

  for (guint i = 0; i < self->alternative->streams->len; i++) {
    const LecStream *stream = g_ptr_array_index (self->alternative->streams, i);

    number = MAX (number, stream->sync_group + 1);
  }
  for (guint i = 0; i < members->len; i++) {
    LecStream *stream = g_ptr_array_index (members, i);

    if (stream->sync_group == 0)
      stream->sync_group = number;
  }
}

/* `a=group:ANAT 1 2` (RFC 4091): one stream at several addresses, the best first. */
static void
apply_choice (const Grouping *self, GPtrArray *members)
{
  for (guint i = 1; i < members->len; i++)
    replace_stream (self, g_ptr_array_index (members, i), NULL);
  if (members->len > 1)
    lec_warnings_add (
        self->warnings,
        g_dngettext (
            GETTEXT_PACKAGE, "a stream is sent at %u address to choose from; the first is taken",
            "a stream is sent at %u addresses to choose from; the first is taken", members->len),
        members->len);
}

/* `a=group:DDP 1 2` (RFC 5583): layers; those that only add to others are of no use alone. */
static void
apply_layers (const Grouping *self, GPtrArray *members)
{
  for (guint i = self->sections->len; i > 0; i--) {
    const LecSdpSection *section = &g_array_index (self->sections, LecSdpSection, i - 1);

    if (!section->depends || section->stream == NULL
        || !g_ptr_array_find (members, section->stream, NULL))
      continue;
    replace_stream (self, section->stream, NULL);
    lec_warnings_add (
        self->warnings,
        g_dngettext (
            GETTEXT_PACKAGE, "a stream is sent in %u layer; only the first of them is received",
            "a stream is sent in %u layers; only the first of them is received", members->len),
        members->len);
  }
}

/* Streams that share a port are told apart by their formats already. */
static void
apply_nothing (const Grouping *self, GPtrArray *members)
{
}

static void
apply_group (const Grouping *self, const char *value)
{
  static const struct
  {
    const char *semantics;
    void (*apply) (const Grouping *self, GPtrArray *members);
  } kinds[] = {
    { "DUP", apply_duplicates }, { "FEC-FR", apply_repair },  { "FEC", apply_repair },
    { "FID", apply_repair },     { "LS", apply_lip_sync },    { "ANAT", apply_choice },
    { "DDP", apply_layers },     { "BUNDLE", apply_nothing },
  };
  g_auto (GStrv) words = g_strsplit_set (value, " \t", MAX_MEMBERS);
  g_autoptr (GPtrArray) members = NULL;

  if (words[0] == NULL)
    return;
  members = find_members (self, words + 1);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_ascii_strcasecmp (words[0], kinds[i].semantics) == 0) {
      kinds[i].apply (self, members);
      return;
    }
  }
  if (members->len > 0)
    lec_warnings_add (
        self->warnings,
        _ ("streams are grouped as “%.20s”, which is not known; each is received by itself"),
        words[0]);
}

/* Repair that no group assigns belongs to the stream before it: that is how cameras write it. */
static void
assign_lone_repair (const Grouping *self)
{
  LecStream *before = NULL;

  for (guint i = 0; i < self->alternative->streams->len;) {
    LecStream *stream = g_ptr_array_index (self->alternative->streams, i);

    if (!lec_sdp_repair_is_all (stream)) {
      before = stream;
      i++;
      continue;
    }
    if (before != NULL)
      lec_sdp_repair_add (before, stream, self->warnings);
    else
      lec_warnings_add (self->warnings, _ ("error correction that protects no stream was ignored"));
    replace_stream (self, stream, NULL);
  }
}

static gboolean
has_same_list (GStrv a, GStrv b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

static gboolean
has_same_leg (const LecStream *a, const LecStream *b)
{
  const LecLeg *x = g_ptr_array_index (a->legs, 0);
  const LecLeg *y = g_ptr_array_index (b->legs, 0);

  return x->port == y->port && strcmp (x->group, y->group) == 0
         && has_same_list (x->sources, y->sources) && has_same_list (x->excluded, y->excluded);
}

/* A section that stands there twice, as in a text that was pasted twice, is one stream. */
static void
drop_repeated (const Grouping *self)
{
  GPtrArray *streams = self->alternative->streams;

  for (guint i = streams->len; i > 1; i--) {
    LecStream *stream = g_ptr_array_index (streams, i - 1);

    for (guint j = 0; j < i - 1; j++) {
      const LecStream *earlier = g_ptr_array_index (streams, j);

      if (earlier->media != stream->media || !has_same_leg (earlier, stream)
          || !has_same_payloads (earlier, stream))
        continue;
      lec_warnings_add (self->warnings, _ ("a stream repeats an earlier one and was ignored"));
      replace_stream (self, stream, NULL);
      break;
    }
  }
}

/* Counts the groups of lip sync in the order of their streams, so that a channel is the same
 * whichever way its groups were written. */
static void
number_lip_sync (const LecAlternative *alternative)
{
  guint given = 0;
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < alternative->streams->len; i++) {
    LecStream *stream = g_ptr_array_index (alternative->streams, i);
    gpointer key = GUINT_TO_POINTER (stream->sync_group);

    if (stream->sync_group == 0)
      continue;
    if (!g_hash_table_contains (numbers, key))
      g_hash_table_insert (numbers, key, GUINT_TO_POINTER (++given));
    stream->sync_group = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, key));
  }
}

void
lec_sdp_group_apply (const GstSDPMessage *message,
                     LecAlternative *alternative,
                     GArray *sections,
                     LecWarnings *warnings)
{
  g_autoptr (GPtrArray) assigned = g_ptr_array_new ();
  const Grouping self = { alternative, sections, assigned, warnings };
  g_autoptr (GPtrArray) groups = lec_sdp_attribute_list (message, NULL, "group");

  for (guint i = 0; i < groups->len; i++)
    apply_group (&self, g_ptr_array_index (groups, i));
  for (guint i = 0; i < assigned->len; i++)
    replace_stream (&self, g_ptr_array_index (assigned, i), NULL);
  assign_lone_repair (&self);
  drop_repeated (&self);
  for (guint i = 0; i < alternative->streams->len; i++) {
    lec_sdp_repair_note_inside (g_ptr_array_index (alternative->streams, i), warnings);
    lec_sdp_feedback_settle (g_ptr_array_index (alternative->streams, i));
  }
  number_lip_sync (alternative);
}
