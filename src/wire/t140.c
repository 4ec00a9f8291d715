/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/t140.h"

#include <string.h>

#include "wire/red.h"
#include "wire/serial.h"

#define FAR 1000 /* a step in the sequence beyond it is another beginning */
#define LONGEST_STRING                                                                             \
  64 /* characters that a control string may have, until it is taken for text */

#define BACKSPACE 0x08
#define ESCAPE 0x1b
#define START_OF_STRING 0x98
#define CONTROL_SEQUENCE 0x9b /* of ISO 6429: colours and the like, "SGR" in T.140 */
#define STRING_TERMINATOR 0x9c
#define LINE_SEPARATOR 0x2028
#define PARAGRAPH_SEPARATOR 0x2029
#define BYTE_ORDER_MARK 0xfeff
#define MISSING 0xfffd /* of RFC 4103, section 5.4; also of bytes that are no text */

enum {
  STATE_TEXT,
  STATE_RETURN, /* behind CR, whose LF is no other line */
  STATE_ESCAPE,
  STATE_SEQUENCE,
  STATE_STRING,
};

/* ---- the screen ---- */

static void
drop_first (LecT140 *self, gsize length)
{
  memmove (self->text, self->text + length, self->length - length);
  self->length -= length;
  self->text[self->length] = '\0';
}

static guint
count_lines (const LecT140 *self)
{
  guint lines = 1;

  for (const char *at = self->text; (at = strchr (at, '\n')) != NULL; at++)
    lines++;
  return lines;
}

/* The oldest word of the oldest line, as near as that can be told. */
static gsize
get_oldest (const LecT140 *self)
{
  const gsize word = strcspn (self->text, " \n");

  if (word < self->length && word < LEC_T140_TEXT / 4)
    return word + 1;
  return (gsize) (g_utf8_next_char (self->text) - self->text);
}

static void
put (LecT140 *self, gunichar c)
{
  char bytes[6];
  const gsize length = (gsize) g_unichar_to_utf8 (c, bytes);

  while (self->length + length > LEC_T140_TEXT)
    drop_first (self, get_oldest (self));
  memcpy (self->text + self->length, bytes, length);
  self->length += length;
  self->text[self->length] = '\0';
  if (c == '\n' && count_lines (self) > LEC_T140_LINES)
    drop_first (self, strcspn (self->text, "\n") + 1);
}

/* The last character goes with the marks on it. */
static void
erase (LecT140 *self)
{
  gboolean more;

  do {
    const char *last = g_utf8_find_prev_char (self->text, self->text + self->length);

    if (last == NULL)
      return;
    more = g_unichar_ismark (g_utf8_get_char (last));
    self->length = (gsize) (last - self->text);
    self->text[self->length] = '\0';
  } while (more);
}

/* ---- characters ---- */

/* Controls do not show, nor does what turns the direction of writing (Unicode TR 36). */
static gboolean
is_shown (gunichar c)
{
  return !g_unichar_iscntrl (c) && c != BYTE_ORDER_MARK && !(c >= 0x202a && c <= 0x202e)
         && !(c >= 0x2066 && c <= 0x2069);
}

static void
take_text (LecT140 *self, gunichar c)
{
  const gboolean ends_line = c == '\n' && self->state == STATE_RETURN;

  self->state = STATE_TEXT;
  if (ends_line)
    return;
  switch (c) {
  case '\r':
    self->state = STATE_RETURN;
    G_GNUC_FALLTHROUGH;
  case '\n':
  case LINE_SEPARATOR:
  case PARAGRAPH_SEPARATOR:
    put (self, '\n');
    break;
  case BACKSPACE:
    erase (self);
    break;
  case ESCAPE:
    self->state = STATE_ESCAPE;
    break;
  case CONTROL_SEQUENCE:
    self->state = STATE_SEQUENCE;
    break;
  case START_OF_STRING:
    self->state = STATE_STRING;
    break;
  default:
    if (is_shown (c))
      put (self, c);
  }
}

/* What is said to the terminal, about colours or the session, is not for the reader. */
static void
take_control (LecT140 *self, gunichar c)
{
  gboolean ends = FALSE;

  if (self->state == STATE_ESCAPE && c == '[')
    self->state = STATE_SEQUENCE;
  else if (self->state == STATE_ESCAPE)
    ends = TRUE;
  else if (self->state == STATE_SEQUENCE)
    ends = c < 0x20 || (c >= 0x40 && c <= 0x7e);
  else
    ends = c == STRING_TERMINATOR;
  if (ends || ++self->n_ignored > LONGEST_STRING) {
    self->state = STATE_TEXT;
    self->n_ignored = 0;
  }
}

static void
take (LecT140 *self, gunichar c)
{
  if (self->state == STATE_TEXT || self->state == STATE_RETURN)
    take_text (self, c);
  else
    take_control (self, c);
}

/* Characters are never cut between packets (RFC 4103, section 4.3). */
static void
read_block (LecT140 *self, const guint8 *bytes, gsize length)
{
  while (length > 0) {
    gunichar c = bytes[0];
    gsize size = 1;

    if (c >= 0x80) {
      c = g_utf8_get_char_validated ((const char *) bytes, (gssize) length);
      if (c == (gunichar) -1 || c == (gunichar) -2)
        c = MISSING;
      else
        size = (gsize) (g_utf8_next_char ((const char *) bytes) - (const char *) bytes);
    }
    take (self, c);
    bytes += size;
    length -= size;
  }
}

/* ---- packets ---- */

/* The blocks of a packet are those of the packets before it, by number (RFC 4103, section 4.2). */
static gboolean
feed (LecT140 *self, guint16 sequence, const LecRedBlock *blocks, guint count)
{
  const gint step = lec_serial_diff (self->sequence, sequence, 16);
  const gboolean goes_on = self->begun && ABS (step) < FAR;
  char before[LEC_T140_TEXT + 1];
  guint missing = 0;

  if (goes_on && step <= 0)
    return FALSE;
  memcpy (before, self->text, self->length + 1);
  if (goes_on)
    missing = (guint) step - 1;
  if (missing > count - 1) {
    self->state = STATE_TEXT;
    put (self, MISSING);
    missing = count - 1;
  }
  for (guint i = count - 1 - missing; i < count; i++)
    read_block (self, blocks[i].bytes, blocks[i].length);
  self->begun = TRUE;
  self->sequence = sequence;
  return strcmp (before, self->text) != 0;
}

gboolean
lec_t140_feed (LecT140 *self, guint16 sequence, const guint8 *bytes, gsize length)
{
  return feed (self, sequence, &(LecRedBlock){ .bytes = bytes, .length = length }, 1);
}

gboolean
lec_t140_feed_redundant (LecT140 *self, guint16 sequence, const guint8 *bytes, gsize length)
{
  LecRedBlock blocks[LEC_RED_BLOCKS];
  const guint count = lec_red_read (bytes, length, blocks);

  return count > 0 && feed (self, sequence, blocks, count);
}
