/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/teletext-letters.h"

#include <string.h>

#define BLOCK 0x25A0
#define REGIONS 11

/* What tables 32 and 33 tell apart. */
typedef enum {
  NONE,
  ENGLISH, /* Latin, with the thirteen places of table 36 that differ from nation to nation */
  GERMAN,
  SWEDISH, /* and Finnish, Hungarian */
  ITALIAN,
  FRENCH,
  PORTUGUESE, /* and Spanish */
  CZECH,      /* and Slovak */
  POLISH,
  TURKISH,
  SERBIAN_LATIN, /* and Croatian, Slovenian */
  ROMANIAN,
  ESTONIAN,
  LETTISH, /* and Lithuanian */
  SERBIAN, /* of other letters */
  RUSSIAN, /* and Bulgarian */
  UKRAINIAN,
  GREEK,
  ARABIC,
  HEBREW,
} Set;

static const guint8 sets[REGIONS][8] = {
  { ENGLISH, GERMAN, SWEDISH, ITALIAN, FRENCH, PORTUGUESE, CZECH, NONE },
  { POLISH, GERMAN, SWEDISH, ITALIAN, FRENCH, NONE, CZECH, NONE },
  { ENGLISH, GERMAN, SWEDISH, ITALIAN, FRENCH, PORTUGUESE, TURKISH, NONE },
  { NONE, NONE, NONE, NONE, NONE, SERBIAN_LATIN, NONE, ROMANIAN },
  { SERBIAN, GERMAN, ESTONIAN, LETTISH, RUSSIAN, UKRAINIAN, CZECH, NONE },
  { NONE },
  { NONE, NONE, NONE, NONE, NONE, NONE, TURKISH, GREEK },
  { NONE },
  { ENGLISH, NONE, NONE, NONE, FRENCH, NONE, NONE, ARABIC },
  { NONE },
  { NONE, NONE, NONE, NONE, NONE, HEBREW, NONE, ARABIC },
};

#define ARABIC_REGION 8
#define HEBREW_REGION 10

static const struct
{
  const char *language;
  guint8 region;
} languages[] = {
  { "pol", 1 }, { "tur", 2 }, { "hrv", 3 }, { "scr", 3 }, { "slv", 3 },  { "bos", 3 }, { "rum", 3 },
  { "ron", 3 }, { "srp", 4 }, { "scc", 4 }, { "mkd", 4 }, { "mac", 4 },  { "rus", 4 }, { "bul", 4 },
  { "ukr", 4 }, { "bel", 4 }, { "est", 4 }, { "lav", 4 }, { "lit", 4 },  { "gre", 6 }, { "ell", 6 },
  { "ara", 8 }, { "per", 8 }, { "fas", 8 }, { "urd", 8 }, { "heb", 10 },
};

static const guint8 national_places[13]
    = { 0x23, 0x24, 0x40, 0x5B, 0x5C, 0x5D, 0x5E, 0x5F, 0x60, 0x7B, 0x7C, 0x7D, 0x7E };

static const gunichar2 national[][13] = {
  [ENGLISH]
  = { 0xA3, 0x24, 0x40, 0x2190, 0xBD, 0x2192, 0x2191, 0x23, 0x2014, 0xBC, 0x2016, 0xBE, 0xF7 },
  [GERMAN] = { 0x23, 0x24, 0xA7, 0xC4, 0xD6, 0xDC, 0x5E, 0x5F, 0xB0, 0xE4, 0xF6, 0xFC, 0xDF },
  [SWEDISH] = { 0x23, 0xA4, 0xC9, 0xC4, 0xD6, 0xC5, 0xDC, 0x5F, 0xE9, 0xE4, 0xF6, 0xE5, 0xFC },
  [ITALIAN] = { 0xA3, 0x24, 0xE9, 0xB0, 0xE7, 0x2192, 0x2191, 0x23, 0xF9, 0xE0, 0xF2, 0xE8, 0xEC },
  [FRENCH] = { 0xE9, 0xEF, 0xE0, 0xEB, 0xEA, 0xF9, 0xEE, 0x23, 0xE8, 0xE2, 0xF4, 0xFB, 0xE7 },
  [PORTUGUESE] = { 0xE7, 0x24, 0xA1, 0xE1, 0xE9, 0xED, 0xF3, 0xFA, 0xBF, 0xFC, 0xF1, 0xE8, 0xE0 },
  [CZECH] = { 0x23, 0x16F, 0x10D, 0x165, 0x17E, 0xFD, 0xED, 0x159, 0xE9, 0xE1, 0x11B, 0xFA, 0x161 },
  [POLISH]
  = { 0x23, 0x144, 0x105, 0x17B, 0x15A, 0x141, 0x107, 0xF3, 0x119, 0x17C, 0x15B, 0x142, 0x17A },
  [TURKISH]
  = { 0x20A4, 0x11F, 0x130, 0x15E, 0xD6, 0xC7, 0xDC, 0x11E, 0x131, 0x15F, 0xF6, 0xE7, 0xFC },
  [SERBIAN_LATIN]
  = { 0x23, 0xCB, 0x10C, 0x106, 0x17D, 0x110, 0x160, 0xEB, 0x10D, 0x107, 0x17E, 0x111, 0x161 },
  [ROMANIAN]
  = { 0x23, 0xA4, 0x162, 0xC2, 0x15E, 0x102, 0xCE, 0x131, 0x163, 0xE2, 0x15F, 0x103, 0xEE },
  [ESTONIAN] = { 0x23, 0xF5, 0x160, 0xC4, 0xD6, 0x17D, 0xDC, 0xD5, 0x161, 0xE4, 0xF6, 0x17E, 0xFC },
  [LETTISH]
  = { 0x23, 0x24, 0x160, 0x117, 0x119, 0x17D, 0x10D, 0x16B, 0x161, 0x105, 0x173, 0x17E, 0x12F },
};

/* From 0x40 on, the first half of capitals; the others follow by the same distance. */
static const gunichar2 serbian[32] = {
  0x427, 0x410, 0x411, 0x426, 0x414, 0x415, 0x424, 0x413, 0x425, 0x418, 0x408,
  0x41A, 0x41B, 0x41C, 0x41D, 0x41E, 0x41F, 0x40C, 0x420, 0x421, 0x422, 0x423,
  0x412, 0x403, 0x409, 0x40A, 0x417, 0x40B, 0x416, 0x402, 0x428, 0x40F,
};
static const gunichar2 russian[32] = {
  0x42E, 0x410, 0x411, 0x426, 0x414, 0x415, 0x424, 0x413, 0x425, 0x418, 0x419,
  0x41A, 0x41B, 0x41C, 0x41D, 0x41E, 0x41F, 0x42F, 0x420, 0x421, 0x422, 0x423,
  0x416, 0x412, 0x42C, 0x42A, 0x417, 0x428, 0x42D, 0x429, 0x427, 0x42B,
};

/* From 0x40 on: a letter has two places or more, for its forms. The last is lam with alef. */
static const gunichar2 arabic[63] = {
  0x629, 0x621, 0x628, 0x628, 0x62A, 0x62A, 0x627, 0x627, 0x628, 0x629, 0x62A,  0x62B, 0x62C,
  0x62D, 0x62E, 0x62F, 0x630, 0x631, 0x632, 0x633, 0x634, 0x635, 0x636, 0x637,  0x638, 0x639,
  0x63A, 0x62B, 0x62C, 0x62D, 0x62E, 0x23,  0x640, 0x641, 0x642, 0x643, 0x644,  0x645, 0x646,
  0x647, 0x648, 0x649, 0x64A, 0x62B, 0x62C, 0x62D, 0x62E, 0x64A, 0x649, 0x639,  0x63A, 0x641,
  0x641, 0x642, 0x642, 0x643, 0x644, 0x644, 0x645, 0x645, 0x646, 0x646, 0xFEFB,
};

/* 0x20 to 0x7F; column 4 is of accents. */
static const gunichar2 latin_g2[96] = {
  0x20,   0xA1,   0xA2,   0xA3,   0x24,   0xA5,   0x23,   0xA7,   0xA4,  0x2018, 0x201C, 0xAB,
  0x2190, 0x2191, 0x2192, 0x2193, 0xB0,   0xB1,   0xB2,   0xB3,   0xD7,  0xB5,   0xB6,   0xB7,
  0xF7,   0x2019, 0x201D, 0xBB,   0xBC,   0xBD,   0xBE,   0xBF,   0x20,  0x60,   0xB4,   0x2C6,
  0x2DC,  0xAF,   0x2D8,  0x2D9,  0xA8,   0x20,   0x2DA,  0xB8,   0x5F,  0x2DD,  0x2DB,  0x2C7,
  0x2015, 0xB9,   0xAE,   0xA9,   0x2122, 0x266A, 0x20AC, 0x2030, 0x3B1, 0x20,   0x20,   0x20,
  0x215B, 0x215C, 0x215D, 0x215E, 0x2126, 0xC6,   0x110,  0xAA,   0x126, 0x20,   0x132,  0x13F,
  0x141,  0xD8,   0x152,  0xBA,   0xDE,   0x166,  0x14A,  0x149,  0x138, 0xE6,   0x111,  0xF0,
  0x127,  0x131,  0x133,  0x140,  0x142,  0xF8,   0x153,  0xDF,   0xFE,  0x167,  0x14B,  BLOCK,
};

/* The accents of column 4, to be put on a letter. */
static const gunichar2 combining[16] = { 0,     0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307,
                                         0x308, 0,     0x30A, 0x327, 0,     0x30B, 0x328, 0x30C };

/* Where those of other scripts differ from Latin: Latin letters that look like none of theirs. */
static const char cyrillic_g2[] = "DEFGIJKLNQRSUVWZdefgijklnqrsuvwz"; /* from 0x60 on */
static const char greek_g2_low[12]
    = { ' ', 'a', 'b', 0, 'e', 'h', 0, 0, ':', 0, 0, 'k' }; /* from 0x20 on; 0: as Latin */
static const gunichar2 greek_g2_high[40] = {
  0x3B1, 0x38A, 0x38E, 0x38F, 0x215B, 0x215C, 0x215D, 0x215E, 'C',   'D',   'F',   'G',  'J', 'L',
  'Q',   'R',   'S',   'U',   'V',    'W',    'Y',    'Z',    0x386, 0x389, 'c',   'd',  'f', 'g',
  'j',   'l',   'q',   'r',   's',    'u',    'v',    'w',    'y',   'z',   0x388, BLOCK
}; /* from 0x58 on */
static const gunichar2 arabic_g2[16] = { 0x20,  0x639, 0x639, 0x623, 0x624, 0x625, 0x626, 0x626,
                                         0x686, 0x686, 0x686, 0x67E, 0x67E, 0x67E, 0x6A4, 0x6A9 };

static Set
get_set (guint designation)
{
  const guint region = designation / LEC_TELETEXT_REGION;

  return region < REGIONS ? sets[region][designation % LEC_TELETEXT_REGION] : NONE;
}

guint
lec_teletext_find_region (const char *language)
{
  for (guint i = 0; language != NULL && i < G_N_ELEMENTS (languages); i++) {
    if (g_ascii_strcasecmp (languages[i].language, language) == 0)
      return languages[i].region * LEC_TELETEXT_REGION;
  }
  return 0;
}

guint
lec_teletext_choose (guint designation, guint option)
{
  const guint region = designation - designation % LEC_TELETEXT_REGION;

  if (get_set (region + option % LEC_TELETEXT_REGION) != NONE)
    return region + option % LEC_TELETEXT_REGION;
  return get_set (designation) != NONE ? designation : 0;
}

static gunichar2
get_national (Set set, guint8 code)
{
  for (guint i = 0; i < G_N_ELEMENTS (national_places); i++) {
    if (national_places[i] == code)
      return national[set][i];
  }
  return code;
}

static gunichar2
get_cyrillic (Set set, guint8 code)
{
  static const struct
  {
    guint8 code;
    gunichar2 letter;
  } ukrainian[] = { { 0x26, 0x457 }, { 0x59, 0x406 }, { 0x5C, 0x404 },
                    { 0x5F, 0x407 }, { 0x79, 0x456 }, { 0x7C, 0x454 } };
  gunichar2 capital;

  for (guint i = 0; set == UKRAINIAN && i < G_N_ELEMENTS (ukrainian); i++) {
    if (ukrainian[i].code == code)
      return ukrainian[i].letter;
  }
  if (code == 0x26 && set == RUSSIAN)
    return 0x44B;
  if (code < 0x40)
    return code;
  capital = (set == SERBIAN ? serbian : russian)[code & 0x1F];
  if (code < 0x60)
    return capital;
  return (gunichar2) (capital + (capital < 0x410 ? 0x50 : 0x20));
}

static gunichar2
get_greek (guint8 code)
{
  switch (code) {
  case 0x3C:
    return 0xAB;
  case 0x3E:
    return 0xBB;
  case 0x52:
    return 0x384;
  default:
    return code < 0x40 ? code : (gunichar2) (0x390 + code - 0x40);
  }
}

static gunichar2
get_hebrew (guint8 code)
{
  if (code >= 0x60 && code <= 0x7A)
    return (gunichar2) (0x5D0 + code - 0x60);
  return code == 0x7B ? 0x20AA : get_national (ENGLISH, code);
}

static gunichar2
get_arabic (guint8 code)
{
  static const gunichar2 signs[32] = {
    0x20, '!', '"', 0xA3, '$', '%', 0x649, 0x64A, ')', '(', '*', '+',   0x60C, '-', '.', '/',
    '0',  '1', '2', '3',  '4', '5', '6',   '7',   '8', '9', ':', 0x61B, '>',   '=', '<', 0x61F,
  };

  return code < 0x40 ? signs[code & 0x1F] : arabic[code - 0x40];
}

gunichar2
lec_teletext_get_letter (guint designation, guint8 code)
{
  const Set set = get_set (designation);

  g_return_val_if_fail (code >= 0x20 && code <= 0x7F, ' ');

  if (code == 0x7F)
    return BLOCK;
  switch (set) {
  case SERBIAN:
  case RUSSIAN:
  case UKRAINIAN:
    return get_cyrillic (set, code);
  case GREEK:
    return get_greek (code);
  case ARABIC:
    return get_arabic (code);
  case HEBREW:
    return get_hebrew (code);
  case ENGLISH:
  case GERMAN:
  case SWEDISH:
  case ITALIAN:
  case FRENCH:
  case PORTUGUESE:
  case CZECH:
  case POLISH:
  case TURKISH:
  case SERBIAN_LATIN:
  case ROMANIAN:
  case ESTONIAN:
  case LETTISH:
    return get_national (set, code);
  case NONE:
  default:
    return get_national (ENGLISH, code);
  }
}

static gunichar2
get_greek_g2 (guint8 code)
{
  static const char signs[]
      = { [0x14] = 'x', [0x15] = 'm', [0x16] = 'n', [0x17] = 'p', [0x1B] = 't', [0x1F] = 'x' };

  if (code < 0x20 + sizeof greek_g2_low && greek_g2_low[code - 0x20] != 0)
    return (gunichar2) greek_g2_low[code - 0x20];
  if (code == 0x26)
    return 'i';
  if (code >= 0x30 && code < 0x40 && signs[code - 0x20] != 0)
    return (gunichar2) signs[code - 0x20];
  if (code == 0x50)
    return '?';
  return code >= 0x58 ? greek_g2_high[code - 0x58] : latin_g2[code - 0x20];
}

static gunichar2
get_cyrillic_g2 (guint8 code)
{
  static const gunichar2 others[] = { 0x141, 0x142, 0xDF };

  if (code >= 0x60)
    return (gunichar2) cyrillic_g2[code - 0x60];
  return code >= 0x59 && code <= 0x5B ? others[code - 0x59] : latin_g2[code - 0x20];
}

static gunichar2
get_arabic_g2 (guint8 code)
{
  static const gunichar2 more[] = { 0x63A, 0x63A, 0xFEFB, 0x647, 0x647, 0x647 };
  static const guint8 places[] = { 0x40, 0x5B, 0x5C, 0x5D, 0x5E, 0x60, 0x7B, 0x7C, 0x7D, 0x7E };
  static const gunichar2 french[] = { 0xE0, 0xEB, 0xEA, 0xF9, 0xEE, 0xE9, 0xE2, 0xF4, 0xFB, 0xE7 };

  if (code < 0x30)
    return arabic_g2[code - 0x20];
  if (code < 0x3A)
    return (gunichar2) (0x660 + code - 0x30);
  if (code < 0x40)
    return more[code - 0x3A];
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    if (places[i] == code)
      return french[i];
  }
  return code == 0x5F ? 0x639 : code == 0x7F ? BLOCK : code;
}

gunichar2
lec_teletext_get_supplement (guint designation, guint8 code)
{
  const guint region = designation / LEC_TELETEXT_REGION;

  g_return_val_if_fail (code >= 0x20 && code <= 0x7F, ' ');

  if (region == ARABIC_REGION || region == HEBREW_REGION)
    return get_arabic_g2 (code);
  switch (get_set (designation)) {
  case SERBIAN:
  case RUSSIAN:
  case UKRAINIAN:
    return get_cyrillic_g2 (code);
  case GREEK:
    return get_greek_g2 (code);
  case NONE:
  case ENGLISH:
  case GERMAN:
  case SWEDISH:
  case ITALIAN:
  case FRENCH:
  case PORTUGUESE:
  case CZECH:
  case POLISH:
  case TURKISH:
  case SERBIAN_LATIN:
  case ROMANIAN:
  case ESTONIAN:
  case LETTISH:
  case ARABIC:
  case HEBREW:
  default:
    return latin_g2[code - 0x20];
  }
}

gunichar2
lec_teletext_get_accented (guint designation, guint accent, guint8 code)
{
  const gunichar2 letter
      = get_set (designation) >= SERBIAN ? lec_teletext_get_letter (designation, code) : code;
  gunichar composed;

  if (combining[accent & 0x0F] != 0
      && g_unichar_compose (letter, combining[accent & 0x0F], &composed) && composed <= 0xFFFF)
    return (gunichar2) composed;
  return letter;
}

/* ---- right to left ---- */

static gboolean
is_right_to_left (gunichar2 cell)
{
  return (cell >= 0x590 && cell < 0x660) || (cell >= 0x66A && cell < 0x700) || cell >= 0xFB50;
}

static gboolean
is_digit (gunichar2 cell)
{
  return (cell >= '0' && cell <= '9') || (cell >= 0x660 && cell < 0x66A);
}

static gboolean
is_left_to_right (gunichar2 cell)
{
  return is_digit (cell) || (!is_right_to_left (cell) && g_unichar_isalpha (cell));
}

static void
reverse (gunichar2 *cells, guint n)
{
  for (guint i = 0; i < n / 2; i++) {
    const gunichar2 cell = cells[i];

    cells[i] = cells[n - 1 - i];
    cells[n - 1 - i] = cell;
  }
}

/* Whether what is from @end to @next belongs to what is around it: of words in Latin whatever it
 * is, of numbers a sign of theirs (UAX #9, W4). */
static gboolean
is_joint (const gunichar2 *cells, guint end, guint next)
{
  if (is_digit (cells[end - 1]) || is_digit (cells[next]))
    return next == end + 1 && is_digit (cells[end - 1]) && is_digit (cells[next])
           && strchr (".,:/+-", (int) MIN (cells[end], 0x7F)) != NULL;
  return TRUE;
}

/* Returns: where the run that begins at @begin, of what is read from left to right, ends */
static guint
find_end (const gunichar2 *cells, guint begin, guint n)
{
  guint end = begin + 1;

  while (end < n) {
    guint next = end;

    while (next < n && !is_left_to_right (cells[next]) && !is_right_to_left (cells[next]))
      next++;
    if (next == n || is_right_to_left (cells[next]) || (next > end && !is_joint (cells, end, next)))
      break;
    end = next + 1;
  }
  return end;
}

gboolean
lec_teletext_reorder (gunichar2 *cells, guint n)
{
  gboolean found = FALSE;

  for (guint i = 0; i < n; i++)
    found |= is_right_to_left (cells[i]);
  if (!found)
    return FALSE;
  reverse (cells, n);
  for (guint i = 0; i < n;) {
    gunichar mirrored;

    if (is_left_to_right (cells[i])) {
      const guint end = find_end (cells, i, n);

      reverse (cells + i, end - i);
      i = end;
    } else { /* who shows it turns it round again */
      if (g_unichar_get_mirror_char (cells[i], &mirrored))
        cells[i] = (gunichar2) mirrored;
      i++;
    }
  }
  return TRUE;
}
