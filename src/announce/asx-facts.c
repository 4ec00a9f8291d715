/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/asx-facts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "announce/asx-time.h"
#include "announce/reference.h"

#define MAX_LOG_URLS 8
#define MAX_PARAMS 64 /* of a playlist or an entry */

/* [bytes] of a text before it is cleaned and cut. */
#define MAX_STORED (4 * LEC_MAX_TEXT)

/* (nullable): NULL for what an event says outside of its entries. */
static LecAsxFacts *
get_facts (LecAsxReader *self)
{
  if (self->entry != NULL)
    return &self->entry->facts;
  return self->in_event ? NULL : &self->playlist->facts;
}

void
lec_asx_facts_close_text (LecAsxReader *self)
{
  if (self->text_target != NULL && *self->text_target == NULL) {
    g_strstrip (self->text->str);
    *self->text_target = g_strndup (self->text->str, MAX_STORED);
  }
  self->text_target = NULL;
  g_string_truncate (self->text, 0);
}

static void
open_text (LecAsxReader *self, char **target)
{
  lec_asx_facts_close_text (self);
  if (target != NULL && !self->in_banner && !self->tags.closed && *target == NULL)
    self->text_target = target;
}

gboolean
lec_asx_reader_says (const LecAsxReader *self, const char *attribute, const char *word)
{
  g_autofree char *value = lec_tags_dup_attribute (&self->tags, attribute);

  return value != NULL && g_ascii_strcasecmp (value, word) == 0;
}

/* (nullable): what the open element says which part of. */
static LecAsxSpan *
get_span (LecAsxReader *self)
{
  if (self->ref != NULL)
    return &self->ref->span;
  return self->entry != NULL ? &self->entry->span : NULL;
}

static void
read_time (LecAsxReader *self, gint64 *time_us)
{
  g_autofree char *value = lec_tags_dup_attribute (&self->tags, "value");
  gint64 parsed_us;

  if (*time_us >= 0 || value == NULL)
    return;
  if (lec_asx_parse_time (value, &parsed_us))
    *time_us = parsed_us;
  else
    lec_warnings_add (self->warnings, _ ("“%.20s” is not a valid time and was ignored"), value);
}

static void
read_start_time (LecAsxReader *self)
{
  LecAsxSpan *span = get_span (self);

  if (span != NULL)
    read_time (self, &span->start_us);
}

static void
read_duration (LecAsxReader *self)
{
  LecAsxSpan *span = get_span (self);

  if (span != NULL)
    read_time (self, &span->duration_us);
}

/* A marker has a number or a name; where both are given, the number counts. */
static void
read_marker (LecAsxReader *self, char **marker)
{
  g_autofree char *value = NULL;

  if (*marker != NULL)
    return;
  value = lec_tags_dup_attribute (&self->tags, "number");
  if (value == NULL || value[0] == '\0') {
    g_free (value);
    value = lec_tags_dup_attribute (&self->tags, "name");
  }
  if (value != NULL && value[0] != '\0' && strlen (value) <= LEC_MAX_TEXT)
    *marker = g_steal_pointer (&value);
}

static void
read_start_marker (LecAsxReader *self)
{
  LecAsxSpan *span = get_span (self);

  if (span != NULL)
    read_marker (self, &span->start_marker);
}

static void
read_end_marker (LecAsxReader *self)
{
  LecAsxSpan *span = get_span (self);

  if (span != NULL)
    read_marker (self, &span->end_marker);
}

static void
read_link (LecAsxReader *self, char **target)
{
  g_autofree char *link = NULL;

  if (target == NULL || self->in_banner || *target != NULL)
    return;
  link = lec_tags_dup_attribute (&self->tags, "href");
  if (link == NULL || link[0] == '\0')
    return;
  if (strlen (link) <= LEC_MAX_REFERENCE)
    *target = g_steal_pointer (&link);
  else
    lec_warnings_add (self->warnings, _ ("a link of more than %d bytes was ignored"),
                      LEC_MAX_REFERENCE);
}

static void
open_banner (LecAsxReader *self)
{
  LecAsxFacts *facts = get_facts (self);

  lec_asx_facts_close_text (self);
  self->in_banner = FALSE;
  read_link (self, facts != NULL ? &facts->banner : NULL);
  self->in_banner = !self->tags.closed;
}

static void
open_logo (LecAsxReader *self)
{
  LecAsxFacts *facts = get_facts (self);

  lec_asx_facts_close_text (self);
  read_link (self, facts != NULL ? &facts->logo : NULL);
}

static void
open_title (LecAsxReader *self)
{
  LecAsxFacts *facts = get_facts (self);

  self->in_banner = FALSE; /* a banner has no title: its end tag is missing */
  open_text (self, facts != NULL ? &facts->title : NULL);
}

static void
open_author (LecAsxReader *self)
{
  LecAsxFacts *facts = get_facts (self);

  self->in_banner = FALSE;
  open_text (self, facts != NULL ? &facts->author : NULL);
}

static void
open_copyright (LecAsxReader *self)
{
  LecAsxFacts *facts = get_facts (self);

  self->in_banner = FALSE;
  open_text (self, facts != NULL ? &facts->copyright : NULL);
}

static void
open_abstract (LecAsxReader *self)
{
  LecAsxFacts *facts = get_facts (self);

  open_text (self, facts != NULL ? &facts->description : NULL);
}

static void
open_more_info (LecAsxReader *self)
{
  LecAsxFacts *facts = get_facts (self);

  lec_asx_facts_close_text (self);
  read_link (self, facts != NULL ? &facts->more_info : NULL);
}

static void
open_base (LecAsxReader *self)
{
  LecAsxFacts *facts = get_facts (self);

  lec_asx_facts_close_text (self);
  read_link (self, facts != NULL ? &facts->base : NULL);
}

/* Any number of them counts. */
static void
open_log_url (LecAsxReader *self)
{
  LecAsxFacts *facts = get_facts (self);
  char *link = NULL;

  lec_asx_facts_close_text (self);
  read_link (self, facts != NULL ? &link : NULL);
  if (link == NULL)
    return;
  if (facts->log_urls == NULL)
    facts->log_urls = g_ptr_array_new_with_free_func (g_free);
  if (facts->log_urls->len < MAX_LOG_URLS)
    g_ptr_array_add (facts->log_urls, link);
  else
    g_free (link);
}

/* Encoding is about the text, and has been used to read it. */
static void
open_param (LecAsxReader *self)
{
  LecAsxFacts *facts = get_facts (self);
  g_autofree char *name = lec_tags_dup_attribute (&self->tags, "name");
  char *value;

  lec_asx_facts_close_text (self);
  if (facts == NULL || name == NULL || name[0] == '\0'
      || g_ascii_strcasecmp (name, "encoding") == 0)
    return;
  if (facts->params == NULL)
    facts->params = g_ptr_array_new_with_free_func (g_free);
  if (facts->params->len == 2 * MAX_PARAMS)
    return;
  value = lec_tags_dup_attribute (&self->tags, "value");
  g_ptr_array_add (facts->params, g_strndup (name, MAX_STORED));
  g_ptr_array_add (facts->params, g_strndup (value != NULL ? value : "", MAX_STORED));
  g_free (value);
}

static void
close_banner (LecAsxReader *self)
{
  lec_asx_facts_close_text (self);
  self->in_banner = FALSE;
}

/* What each element of a fact does where it begins, and what is to do where it ends. */
static const struct
{
  const char *name;
  void (*open) (LecAsxReader *self);
  void (*close) (LecAsxReader *self);
} elements[] = {
  { "title", open_title, lec_asx_facts_close_text },
  { "author", open_author, lec_asx_facts_close_text },
  { "copyright", open_copyright, lec_asx_facts_close_text },
  { "abstract", open_abstract, lec_asx_facts_close_text },
  { "moreinfo", open_more_info, NULL },
  { "banner", open_banner, close_banner },
  { "logo", open_logo, NULL },
  { "base", open_base, NULL },
  { "logurl", open_log_url, NULL },
  { "param", open_param, NULL },
  { "starttime", read_start_time, NULL },
  { "duration", read_duration, NULL },
  { "startmarker", read_start_marker, NULL },
  { "endmarker", read_end_marker, NULL },
};

gboolean
lec_asx_facts_handle (LecAsxReader *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++) {
    if (strcmp (elements[i].name, self->tags.name) != 0)
      continue;
    if (self->tags.kind == LEC_TAG_START)
      elements[i].open (self);
    else if (elements[i].close != NULL)
      elements[i].close (self);
    return TRUE;
  }
  return FALSE;
}

void
lec_asx_facts_take_text (LecAsxReader *self)
{
  g_autofree char *text = NULL;

  if (self->text_target == NULL)
    return;
  text = lec_tags_dup_text (&self->tags);
  g_string_append (self->text, text);
}
