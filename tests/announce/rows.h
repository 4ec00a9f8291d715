/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Tables of announcements: a text goes in, one line says what it promises. */
#pragma once

#include "announce/recognise.h"

G_BEGIN_DECLS

/* One story. Either @promise or @refusal is given. */
typedef struct
{
  const char *story;
  const char *text;    /* the announcement itself, or ... */
  const char *file;    /* ... its name below tests/data */
  const char *promise; /* as of lec_summary_new() */
  const char *refusal; /* "CODE: " and a piece of the sentence */
  const char *warning; /* a piece of one of the warnings; "": there are none; NULL: any */
} LecRow;

/**
 * lec_rows_add:
 * @prefix: of the names of the tests
 * @rows: (array length=n_rows): must stay
 *
 * Adds a test for each row. Relative references are relative to http://station.example/live/x.
 */
void lec_rows_add (const char *prefix, const LecRow *rows, guint n_rows);

/* Checks one row at once, for texts that are made while the test runs. */
void lec_row_check (const LecRow *row);

/**
 * lec_summary_new:
 *
 * Returns: (transfer full): channels between ` # `, of each the title and its alternatives between
 *   ` | `, as in `Hall 3: rtp video 239.1.1.1:5004/1 rtcp 5005 {96 H264/90000}`; of keys only the
 *   kind and the length
 */
char *lec_summary_new (const LecAnnouncement *announcement);

/* (transfer full): the bytes of a file below tests/data. */
char *lec_data_load (const char *file, gsize *length);

G_END_DECLS
