/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tag soup: what Windows Media players take for XML.
 *
 * Nothing is balanced, nothing is declared, nothing fails: every text is a sequence of tags and of
 * the text between them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LEC_MAX_TAG 32 /* [bytes] of the name of an element; longer ones are unknown anyway */

typedef enum {
  LEC_TAG_START,
  LEC_TAG_END,
  LEC_TAG_TEXT,
  LEC_TAG_NONE, /* the end of the text */
} LecTagKind;

typedef struct
{
  const char *at; /* what is read next */
  LecTagKind kind;
  char name[LEC_MAX_TAG]; /* in lower case */
  gboolean closed;        /* a start tag that is its own end: `<REF/>` */
  gboolean verbatim;      /* text in which nothing is escaped (CDATA) */
  const char *content;    /* of a start tag: its attributes; of text: the text */
  gsize length;           /* [bytes] of @content */
} LecTags;

/**
 * lec_tags_init:
 * @text: (transfer none): must outlive the reader
 */
void lec_tags_init (LecTags *self, const char *text);

/**
 * lec_tags_next:
 *
 * Passes over comments, declarations and processing instructions.
 *
 * Returns: what comes next; it can be asked about until the next call
 */
LecTagKind lec_tags_next (LecTags *self);

/**
 * lec_tags_dup_attribute:
 * @name: compared without case; the first of that name counts
 *
 * Returns: (nullable) (transfer full): its value, trimmed and unescaped; NULL where it is not given
 */
char *lec_tags_dup_attribute (const LecTags *self, const char *name);

/**
 * lec_tags_dup_text:
 *
 * Returns: (transfer full): the text as it is meant, unescaped
 */
char *lec_tags_dup_text (const LecTags *self);

G_END_DECLS
