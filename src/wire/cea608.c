/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/cea608.h"

#include <string.h>

#define BOTTOM (LEC_CEA608_ROWS - 1)

/* ---- characters (47 CFR 15.119 (g), and the extended ones of CEA-608, 6.4.2) ---- */

/* 0x20 to 0x7F where they are not those of ASCII */
static gunichar2
get_basic (guint8 byte)
{
  switch (byte) {
  case 0x2A:
    return 0xE1; /* á */
  case 0x5C:
    return 0xE9; /* é */
  case 0x5E:
    return 0xED; /* í */
  case 0x5F:
    return 0xF3; /* ó */
  case 0x60:
    return 0xFA; /* ú */
  case 0x7B:
    return 0xE7; /* ç */
  case 0x7C:
    return 0xF7; /* ÷ */
  case 0x7D:
    return 0xD1; /* Ñ */
  case 0x7E:
    return 0xF1; /* ñ */
  case 0x7F:
    return 0x2588; /* █ */
  default:
    return byte;
  }
}

/* 0x11 0x30 to 0x3F: ® ° ½ ¿ ™ ¢ £ ♪ à (transparent) è â ê î ô û */
static const gunichar2 specials[16] = { 0xAE, 0xB0, 0xBD, 0xBF, 0x2122, 0xA2, 0xA3, 0x266A,
                                        0xE0, 0x20, 0xE8, 0xE2, 0xEA,   0xEE, 0xF4, 0xFB };

/* 0x12 0x20 to 0x3F, Spanish and French; then 0x13 0x20 to 0x3F, Portuguese, German, Danish */
static const gunichar2 extended[2][32] = {
  { 0xC1, 0xC9,   0xD3,   0xDA,   0xDC,   0xFC, 0x2018, 0xA1, 0x2A, 0x27, 0x2014,
    0xA9, 0x2120, 0x2022, 0x201C, 0x201D, 0xC0, 0xC2,   0xC7, 0xC8, 0xCA, 0xCB,
    0xEB, 0xCE,   0xCF,   0xEF,   0xD4,   0xD9, 0xF9,   0xDB, 0xAB, 0xBB },
  { 0xC3, 0xE3,   0xCD, 0xCC, 0xEC, 0xD2, 0xF2,   0xD5,   0xF5,   0x7B,  0x7D,
    0x5C, 0x5E,   0x5F, 0xA6, 0x7E, 0xC4, 0xE4,   0xD6,   0xF6,   0xDF,  0xA5,
    0xA4, 0x2502, 0xC5, 0xE5, 0xD8, 0xF8, 0x250C, 0x2510, 0x2514, 0x2518 },
};

/* ---- memory ---- */

static LecCea608Memory *
get_memory (LecCea608 *self)
{
  return self->mode == LEC_CEA608_POP_ON ? &self->hidden : &self->shown;
}

static gboolean
is_taken (const LecCea608 *self)
{
  return !self->is_other && self->mode != LEC_CEA608_NONE && self->mode != LEC_CEA608_OTHER;
}

static void
clear (LecCea608Memory *memory)
{
  memset (memory, 0, sizeof *memory);
}

/* The last column is written again and again (15.119 (f)(1)(v)). */
static gboolean
write_character (LecCea608 *self, gunichar2 character)
{
  get_memory (self)->cells[self->row][self->column] = character;
  if (self->column < LEC_CEA608_COLUMNS - 1)
    self->column++;
  return self->mode != LEC_CEA608_POP_ON;
}

static gboolean
go_back (LecCea608 *self)
{
  if (self->column > 0)
    self->column--;
  get_memory (self)->cells[self->row][self->column] = 0;
  return self->mode != LEC_CEA608_POP_ON;
}

static gboolean
erase_to_end (LecCea608 *self)
{
  for (guint i = self->column; i < LEC_CEA608_COLUMNS; i++)
    get_memory (self)->cells[self->row][i] = 0;
  return self->mode != LEC_CEA608_POP_ON;
}

/* The lines of roll-up end in that of the cursor; those above it go. */
static gboolean
roll_up (LecCea608 *self)
{
  const guint top = self->row + 1 >= self->depth ? self->row + 1 - self->depth : 0;

  if (self->mode != LEC_CEA608_ROLL_UP)
    return FALSE;
  for (guint i = 0; i < LEC_CEA608_ROWS; i++) {
    if (i < top || i > self->row)
      memset (self->shown.cells[i], 0, sizeof self->shown.cells[i]);
    else if (i < self->row)
      memcpy (self->shown.cells[i], self->shown.cells[i + 1], sizeof self->shown.cells[i]);
  }
  memset (self->shown.cells[self->row], 0, sizeof self->shown.cells[self->row]);
  self->column = 0;
  return TRUE;
}

static gboolean
begin_roll_up (LecCea608 *self, guint depth)
{
  const gboolean changes = self->mode != LEC_CEA608_ROLL_UP;

  if (changes) { /* from another style all goes (15.119 (f)(1)(ii)) */
    clear (&self->shown);
    clear (&self->hidden);
    self->row = BOTTOM;
    self->column = 0;
  }
  self->mode = LEC_CEA608_ROLL_UP;
  self->depth = depth;
  return changes;
}

static gboolean
end_caption (LecCea608 *self)
{
  const LecCea608Memory shown = self->shown;

  self->shown = self->hidden;
  self->hidden = shown;
  self->mode = LEC_CEA608_POP_ON;
  return TRUE;
}

/* ---- codes ---- */

/* 0x14 0x20 to 0x2F */
static gboolean
take_command (LecCea608 *self, guint8 code)
{
  switch (code) {
  case 0x20: /* RCL */
    self->mode = LEC_CEA608_POP_ON;
    return FALSE;
  case 0x21: /* BS */
    return is_taken (self) && go_back (self);
  case 0x24: /* DER */
    return is_taken (self) && erase_to_end (self);
  case 0x25: /* RU2 to RU4 */
  case 0x26:
  case 0x27:
    return begin_roll_up (self, code - 0x23u);
  case 0x29: /* RDC */
    self->mode = LEC_CEA608_PAINT_ON;
    return FALSE;
  case 0x2A: /* TR, RTD */
  case 0x2B:
    self->mode = LEC_CEA608_OTHER;
    return FALSE;
  case 0x2C: /* EDM */
    clear (&self->shown);
    return TRUE;
  case 0x2D: /* CR */
    return is_taken (self) && roll_up (self);
  case 0x2E: /* ENM */
    clear (&self->hidden);
    return FALSE;
  case 0x2F: /* EOC */
    return end_caption (self);
  default: /* AOF, AON, FON: of no use here */
    return FALSE;
  }
}

/* A preamble address code; each row but the eleventh is one of two (15.119 (g)). */
static gboolean
move_to_row (LecCea608 *self, guint8 first, guint8 second)
{
  static const guint8 rows[8] = { 10, 0, 2, 11, 13, 4, 6, 8 }; /* of the codes below 0x60 */
  const guint low = rows[first & 0x07];
  const guint row = (first & 0x07) == 0 ? low : MIN (low + (second >= 0x60 ? 1u : 0u), BOTTOM);

  if (self->mode == LEC_CEA608_ROLL_UP && row != self->row) {
    /* what is there moves along (15.119 (f)(1)(ii)) */
    LecCea608Memory moved = { 0 };

    for (guint i = 0; i < self->depth && i <= row && i <= self->row; i++)
      memcpy (moved.cells[row - i], self->shown.cells[self->row - i], sizeof moved.cells[0]);
    self->shown = moved;
  }
  self->row = row;
  self->column = (second & 0x10) != 0 ? ((second & 0x0E) >> 1) * 4u : 0;
  return self->mode == LEC_CEA608_ROLL_UP;
}

/* It stands in the place of the character before it, which is there for decoders that know no
 * better. */
static gboolean
write_extended (LecCea608 *self, guint8 first, guint8 second)
{
  if (self->column > 0 && self->column < LEC_CEA608_COLUMNS - 1)
    self->column--;
  return write_character (self, extended[first - 0x12][second - 0x20]);
}

static gboolean
take_control (LecCea608 *self, guint8 first, guint8 second)
{
  self->is_other = (first >> 3 & 1) != (self->channel & 1);
  first &= 0xF7;
  if (self->is_other)
    return FALSE;
  if ((first == 0x14 || first == 0x15) && second >= 0x20 && second <= 0x2F)
    return take_command (self, second);
  if (!is_taken (self))
    return FALSE;
  if (second >= 0x40)
    return move_to_row (self, first, second);
  if (first == 0x17 && second >= 0x21 && second <= 0x23) { /* TO1 to TO3 */
    self->column = MIN (self->column + second - 0x20u, LEC_CEA608_COLUMNS - 1u);
    return FALSE;
  }
  if (first == 0x11 && second >= 0x30)
    return write_character (self, specials[second - 0x30]);
  if (first == 0x11) /* a change of style takes a cell */
    return write_character (self, ' ');
  if (first == 0x12 || first == 0x13)
    return write_extended (self, first, second);
  return FALSE;
}

void
lec_cea608_init (LecCea608 *self, guint channel)
{
  memset (self, 0, sizeof *self);
  self->channel = channel;
  self->row = BOTTOM;
  self->depth = 2;
}

static gboolean
has_odd_parity (guint8 byte)
{
  byte ^= byte >> 4;
  byte ^= byte >> 2;
  byte ^= byte >> 1;
  return (byte & 1) != 0;
}

static gboolean
take_characters (LecCea608 *self, guint8 first, guint8 second)
{
  gboolean changed = FALSE;

  if (!is_taken (self))
    return FALSE;
  if (first >= 0x20)
    changed = write_character (self, get_basic (first));
  if (second >= 0x20)
    changed = write_character (self, get_basic (second)) || changed;
  return changed;
}

/* The second field has data of other kinds between captions: from a class to 0x0F, or to a code of
 * captions (CEA-608, 8.6). Returns: whether the pair is of them */
static gboolean
is_xds (LecCea608 *self, guint8 first)
{
  const gboolean was = self->is_xds;

  if (self->channel < 2)
    return FALSE;
  if (first > 0 && first < 0x10)
    self->is_xds = first != 0x0F;
  else if (first >= 0x10 && first < 0x20)
    self->is_xds = FALSE;
  return self->is_xds || (was && first == 0x0F);
}

/* A pair that is damaged is left out: a wrong command is worse than one that is missing. */
gboolean
lec_cea608_feed (LecCea608 *self, guint8 first, guint8 second)
{
  const guint8 pair[2] = { first & 0x7F, second & 0x7F };

  if (!has_odd_parity (first) || !has_odd_parity (second))
    return FALSE;
  if ((pair[0] == 0 && pair[1] == 0) || is_xds (self, pair[0]))
    return FALSE;
  if (pair[0] >= 0x10 && pair[0] < 0x20 && pair[1] >= 0x20) {
    if (memcmp (pair, self->last, 2) == 0) {
      self->last[0] = 0;
      return FALSE;
    }
    memcpy (self->last, pair, 2);
    return take_control (self, pair[0], pair[1]);
  }
  self->last[0] = 0;
  if (pair[0] > 0 && pair[0] < 0x10)
    return FALSE; /* XDS, of the other field */
  return take_characters (self, pair[0], pair[1]);
}

gboolean
lec_cea608_feed_cc_data (LecCea608 *self, const guint8 *data, gsize size)
{
  gboolean changed = FALSE;

  for (gsize i = 0; i + 3 <= size; i += 3) {
    const gboolean is_valid = (data[i] & 0x04) != 0;
    const guint type = data[i] & 0x03; /* 0: field 1, 1: field 2, 2 and 3: DTVCC */

    if (is_valid && type == self->channel / 2)
      changed = lec_cea608_feed (self, data[i + 1], data[i + 2]) || changed;
  }
  return changed;
}

/* ---- reading ---- */

static gboolean
is_blank (guint16 cell)
{
  return cell == 0 || cell == ' ';
}

/* Returns: where the row ends in @to */
static char *
print_row (const guint16 *cells, char *to)
{
  guint begin = 0, end = LEC_CEA608_COLUMNS;

  while (begin < end && is_blank (cells[begin]))
    begin++;
  while (end > begin && is_blank (cells[end - 1]))
    end--;
  for (guint i = begin; i < end; i++)
    to += g_unichar_to_utf8 (cells[i] != 0 ? cells[i] : ' ', to);
  return to;
}

void
lec_cea608_print (const LecCea608 *self, char text[LEC_CEA608_TEXT])
{
  char *to = text;

  for (guint i = 0; i < LEC_CEA608_ROWS; i++) {
    char *row = to > text ? to + 1 : to;
    char *end = print_row (self->shown.cells[i], row);

    if (end == row)
      continue;
    if (row > to)
      *to = '\n';
    to = end;
  }
  *to = '\0';
}
