/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/charset.h"

#include <string.h>

#define LOOKED_AT 4096 /* bytes beyond ASCII that are judged */
#define UNKNOWN 0xfffd

/* Points for each byte beyond ASCII. */
#define MOST_USUAL 10     /* the commonest letter of the language... */
#define LEAST_USUAL 4     /* ...and its rarest one */
#define FOREIGN (-10)     /* a letter of another language, or nothing at all */
#define SYMBOL (-8)       /* a drawing, a fraction, a small number */
#define MARK (-1)         /* quotation marks and the like, which all use */
#define AMONG_OWN 2       /* beside a letter that it may stand beside */
#define ALONE (-3)        /* beside none */
#define AMONG_OTHERS (-8) /* a letter of another script inside a word of ASCII */
#define ODD_CAPITAL (-6)  /* behind a small letter */
#define RARE_CHARSET (-2) /* one that few texts were ever in */
#define OWN_LANGUAGE 1    /* that of the desktop */

#define MARGIN 12  /* what another one must be better by than the Western European ones */
#define DOUBTFUL 8 /* points a byte below which two bytes may be one character */

typedef enum {
  LATIN, /* its letters stand among those of ASCII */
  CASED, /* another script, with capitals */
  CASELESS,
} Script;

/* Letters in the order of how often they come, the commonest first. Where several fit equally, the
 * first row is taken. */
static const struct
{
  const char *language;
  const char *charset; /* NULL: Western European */
  Script script;
  int prior; /* points a byte */
  const char *letters;
} rows[] = {
  { "de", NULL, LATIN, 0, "üäöß" },
  { "fr", NULL, LATIN, 0, "éèàêçôâûîùëïœæÿ" },
  { "es", NULL, LATIN, 0, "óíáéñúü" },
  { "it", NULL, LATIN, 0, "èàòùéì" },
  { "pt", NULL, LATIN, 0, "ãçáéíóêâõôúà" },
  { "sv", NULL, LATIN, 0, "äåöé" },
  { "da", NULL, LATIN, 0, "øåæé" },
  { "nl", NULL, LATIN, 0, "ëéïèöü" },
  { "is", NULL, LATIN, 0, "áðíþóæéöúý" },
  { "ca", NULL, LATIN, 0, "óàèéçíúòïü" },
  { "sq", NULL, LATIN, 0, "ëç" },
  { "ru", "Windows-1251", CASED, 0, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё" },
  { "ru", "KOI8-R", CASED, 0, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё" },
  { "ru", "ISO-8859-5", CASED, RARE_CHARSET, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё" },
  { "ru", "CP866", CASED, RARE_CHARSET, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё" },
  { "uk", "Windows-1251", CASED, 0, "оанивітерслкудмпязьгйбчїхцжюєшщфґ" },
  { "uk", "KOI8-U", CASED, RARE_CHARSET / 2, "оанивітерслкудмпязьгйбчїхцжюєшщфґ" },
  { "be", "Windows-1251", CASED, 0, "анеоірлыстякдмвцупзбўьгчжхйюшэёф" },
  { "bg", "Windows-1251", CASED, 0, "аеоитнрсвлкдпмзъугбчяцйщжхшюфь" },
  { "sr", "Windows-1251", CASED, 0, "аоиенсртјвкдуплмзгбшчцжњљхћђфџ" },
  { "mk", "Windows-1251", CASED, 0, "аоеитнрсвдлкјмупгзбчшцжќњѓхфџљѕ" },
  { "pl", "Windows-1250", LATIN, 0, "łóąęśżćńź" },
  { "pl", "ISO-8859-2", LATIN, 0, "łóąęśżćńź" },
  { "cs", "Windows-1250", LATIN, 0, "íáěéřščýžůúňóťď" },
  { "cs", "ISO-8859-2", LATIN, 0, "íáěéřščýžůúňóťď" },
  { "sk", "Windows-1250", LATIN, 0, "áíčéšúžýľôťňäóďŕĺ" },
  { "sk", "ISO-8859-2", LATIN, 0, "áíčéšúžýľôťňäóďŕĺ" },
  { "hu", "Windows-1250", LATIN, 0, "éáöóőüíúű" },
  { "hr", "Windows-1250", LATIN, 0, "čšžćđ" },
  { "hr", "ISO-8859-2", LATIN, 0, "čšžćđ" },
  { "ro", "Windows-1250", LATIN, 0, "ăîţşâ" },
  { "tr", "Windows-1254", LATIN, 0, "ışüöğçİâî" },
  { "el", "Windows-1253", CASED, 0, "αοιετσνηυρπκμλςόίάωγέδήύχθώφβξζψϊΐϋΰ" },
  { "el", "ISO-8859-7", CASED, 0, "αοιετσνηυρπκμλςόίάωγέδήύχθώφβξζψϊΐϋΰ" },
  { "lt", "Windows-1257", LATIN, 0, "ėšųžįąčūę" },
  { "lv", "Windows-1257", LATIN, 0, "āīšēņļžūčģķ" },
  { "et", "Windows-1257", LATIN, 0, "äõüöšž" },
  { "he", "Windows-1255", CASELESS, 0, "יוהלאמרתבשנםדעקחפכטגצסןזךףץ" },
  { "ar", "Windows-1256", CASELESS, 0, "اليمنرتوبةعدسفهكقأحجشطصىخإضزذئثءغآؤظپچژگ" },
};

/* Sets of thousands of characters, two bytes for most. In the lead byte one sees which of them are
 * in daily use; some of these are in every sentence of the language. */
static const struct
{
  const char *language;
  const char *charset;
  struct
  {
    guint8 from, to;
  } usual[2];
  guint needed;   /* of the first range, where the desktop is of another language... */
  gboolean whole; /* ...and then nothing else may come */
} wide_rows[] = {
  { "ja", "EUC-JP", { { 0xa4, 0xa5 }, { 0xb0, 0xcf } }, 1, FALSE },
  { "ja", "SHIFT_JIS", { { 0x82, 0x83 }, { 0x88, 0x97 } }, 1, FALSE },
  { "ko", "EUC-KR", { { 0xb0, 0xc8 }, { 0xb0, 0xc8 } }, 4, TRUE },
  { "zh", "GBK", { { 0xb0, 0xd7 }, { 0xb0, 0xd7 } }, 2, FALSE },
  { "zh", "BIG5", { { 0xa4, 0xc6 }, { 0xa4, 0xc6 } }, 2, FALSE },
};

/* ---- one byte, one character ---- */

/* What the bytes from 0x80 on mean. */
static gboolean
load (const char *charset, gunichar table[128])
{
  GIConv converter = g_iconv_open ("UTF-8", charset);

  if (converter == (GIConv) -1)
    return FALSE;
  for (guint i = 0; i < 128; i++) {
    char in[1] = { (char) (0x80 + i) };
    char out[8] = "";
    char *from = in;
    char *to = out;
    gsize left = 1;
    gsize room = sizeof out - 1;

    g_iconv (converter, NULL, NULL, NULL, NULL);
    table[i] = UNKNOWN;
    /* some keep a letter back, as a sign to be put on it may follow */
    if (g_iconv (converter, &from, &left, &to, &room) != (gsize) -1 && left == 0
        && g_iconv (converter, NULL, NULL, &to, &room) != (gsize) -1)
      table[i] = g_utf8_get_char (out);
    if (g_unichar_iscntrl (table[i]))
      table[i] = UNKNOWN;
  }
  g_iconv_close (converter);
  return TRUE;
}

/* What a byte is worth by itself, and what kind of thing it is. */
typedef struct
{
  int points;
  gboolean is_letter;
  gboolean is_capital;
} Value;

static int
rank (const char *letters, gunichar c)
{
  const char *at = g_utf8_strchr (letters, -1, c);
  const glong n = g_utf8_strlen (letters, -1);

  if (at == NULL)
    return FOREIGN;
  return MOST_USUAL
         - (int) (g_utf8_pointer_to_offset (letters, at) * (MOST_USUAL - LEAST_USUAL)
                  / MAX (1, n - 1));
}

static Value
value_of (gunichar c, const char *letters)
{
  static const gunichar marks[]
      = { 0xa0,   0xa1,   0xa7,   0xa9,   0xab,   0xad,   0xae,   0xb0,
          0xb7,   0xbb,   0xbf,   0x2013, 0x2014, 0x2018, 0x2019, 0x201a,
          0x201c, 0x201d, 0x201e, 0x2022, 0x2026, 0x20ac, 0x2116, 0x2122 };
  Value value = { SYMBOL, FALSE, FALSE };

  if (c == UNKNOWN) {
    value.points = FOREIGN;
  } else if (g_unichar_isalpha (c) || g_unichar_ismark (c)) {
    value.is_letter = TRUE;
    value.is_capital = g_unichar_isupper (c);
    value.points = rank (letters, c);
    if (value.points == FOREIGN)
      value.points = rank (letters, g_unichar_tolower (c));
  }
  for (guint i = 0; i < G_N_ELEMENTS (marks) && !value.is_letter; i++) {
    if (marks[i] == c)
      value.points = MARK;
  }
  return value;
}

/* What stands beside a letter counts as well. */
static int
judge_neighbours (Script script, const char *bytes, gsize length, gsize at, const Value values[128])
{
  const guint8 before = at > 0 ? (guint8) bytes[at - 1] : ' ';
  const guint8 after = at + 1 < length ? (guint8) bytes[at + 1] : ' ';
  const gboolean own = (before >= 0x80 && values[before - 0x80].is_letter)
                       || (after >= 0x80 && values[after - 0x80].is_letter);
  const gboolean ascii = g_ascii_isalpha ((char) before) || g_ascii_isalpha ((char) after);
  const gboolean small_before
      = before >= 0x80 ? values[before - 0x80].is_letter && !values[before - 0x80].is_capital
                       : g_ascii_islower ((char) before);
  int points = 0;

  if (script == LATIN)
    points = ascii ? AMONG_OWN : 2 * ALONE;
  else if (ascii)
    points = AMONG_OTHERS;
  else
    points = own ? AMONG_OWN : ALONE;
  if (script != CASELESS && values[(guint8) bytes[at] - 0x80].is_capital && small_before)
    points += ODD_CAPITAL;
  return points;
}

static int
judge (guint row, const gunichar table[128], const char *bytes, gsize length, guint *n)
{
  Value values[128];
  int points = 0;

  *n = 0;
  for (guint i = 0; i < 128; i++)
    values[i] = value_of (table[i], rows[row].letters);
  for (gsize i = 0; i < length && *n < LOOKED_AT; i++) {
    const guint8 byte = (guint8) bytes[i];

    if (byte < 0x80)
      continue;
    ++*n;
    points += values[byte - 0x80].points + rows[row].prior;
    if (values[byte - 0x80].is_letter)
      points += judge_neighbours (rows[row].script, bytes, length, i, values);
  }
  return points;
}

static gboolean
is_language (const char *language, const char *row)
{
  return language != NULL && g_str_has_prefix (language, row);
}

/* ---- two bytes, one character ---- */

static gboolean
is_usual (guint row, guint range, guint8 lead)
{
  return lead >= wide_rows[row].usual[range].from && lead <= wide_rows[row].usual[range].to;
}

/* Whether @bytes can be of this set, and nearly all that is in them is in daily use there. */
static gboolean
is_wide (guint row, const char *bytes, gsize length, gboolean is_own)
{
  g_autofree char *text
      = g_convert (bytes, (gssize) length, "UTF-8", wide_rows[row].charset, NULL, NULL, NULL);
  guint first = 0;
  guint usual = 0;
  guint n = 0;

  if (text == NULL)
    return FALSE;
  for (gsize i = 0; i + 1 < length; i++) {
    const guint8 lead = (guint8) bytes[i];

    if (lead < 0x80)
      continue;
    n++;
    first += is_usual (row, 0, lead);
    usual += is_usual (row, 0, lead) || is_usual (row, 1, lead);
    i++;
  }
  if (usual * 4 < n * 3)
    return FALSE;
  return is_own || (first >= wide_rows[row].needed && (usual == n || !wide_rows[row].whole));
}

static const char *
guess_wide (const char *bytes, gsize length, const char *language)
{
  const char *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wide_rows); i++) {
    const gboolean is_own = is_language (language, wide_rows[i].language);

    if (!is_wide (i, bytes, length, is_own))
      continue;
    if (is_own)
      return wide_rows[i].charset;
    if (found == NULL)
      found = wide_rows[i].charset;
  }
  return found;
}

/* ---- the whole ---- */

const char *
lec_charset_guess (const char *bytes, gsize length, const char *language)
{
  const char *loaded = "";
  const char *found = NULL;
  gunichar table[128];
  int best = G_MININT;
  int western = G_MININT;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *charset = rows[i].charset != NULL ? rows[i].charset : "Windows-1252";
    int points;

    if (strcmp (charset, loaded) != 0 && !load (charset, table)) {
      loaded = "";
      continue;
    }
    loaded = charset;
    points = judge (i, table, bytes, length, &n);
    if (is_language (language, rows[i].language))
      points += OWN_LANGUAGE * (int) n;
    if (rows[i].charset == NULL)
      western = MAX (western, points);
    if (points > best) {
      best = points;
      found = rows[i].charset;
    }
  }
  if (best < DOUBTFUL * (int) n) {
    const char *wide = guess_wide (bytes, length, language);

    if (wide != NULL)
      return wide;
  }
  return best - western >= MARGIN ? found : NULL;
}

static gboolean
is_wide_charset (const char *charset)
{
  for (guint i = 0; i < G_N_ELEMENTS (wide_rows); i++) {
    if (strcmp (wide_rows[i].charset, charset) == 0)
      return TRUE;
  }
  return FALSE;
}

char *
lec_charset_decode (const char *bytes, gsize length, const char *charset)
{
  GString *text = NULL;
  gunichar table[128];

  if (is_wide_charset (charset)) {
    char *whole = g_convert (bytes, (gssize) length, "UTF-8", charset, NULL, NULL, NULL);

    if (whole != NULL)
      return whole;
  }
  if (is_wide_charset (charset) || !load (charset, table)) {
    for (guint i = 0; i < G_N_ELEMENTS (table); i++)
      table[i] = UNKNOWN;
  }
  text = g_string_sized_new (length * 2);
  for (gsize i = 0; i < length; i++) {
    const guint8 byte = (guint8) bytes[i];

    g_string_append_unichar (text, byte >= 0x80 ? table[byte - 0x80] : byte);
  }
  return g_string_free (text, FALSE);
}
