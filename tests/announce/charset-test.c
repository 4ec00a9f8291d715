/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/charset.h"

#include <string.h>

/* A list as people have it is written in a character set, and has to be read as what it was. */
static const struct
{
  const char *charset;  /* that it is written in */
  const char *language; /* of the desktop */
  const char *text;
} rows[] = {
  { "Windows-1251", "C", "Зал второй" },
  { "Windows-1251", "C", "Первый канал" },
  { "Windows-1251", "de_DE.UTF-8", "Лекция: математический анализ, зал №3 — запись" },
  { "Windows-1251", "C", "НОВОСТИ" },
  { "Windows-1251", "C", "Россия 1 HD" },
  { "Windows-1251", "C", "Перший національний" },
  { "Windows-1251", "C", "Лекційна зала № 2" },
  { "Windows-1251", "C", "Аудитория първа" },
  { "Windows-1251", "C", "Сала за предавања" },
  { "KOI8-R", "C", "Зал второй" },
  { "KOI8-R", "C", "Первый канал" },
  { "KOI8-R", "C", "Лекция по физике, Большой зал" },
  { "KOI8-U", "C", "Перший національний" },
  { "ISO-8859-5", "C", "Большая физическая аудитория" },
  { "CP866", "C", "Зал второй" },
  { "CP866", "C", "Большая физическая аудитория" },
  { "Windows-1250", "C", "Sala główna, wykład z algebry" },
  { "Windows-1250", "C", "Wykład: Łódź" },
  { "Windows-1250", "C", "Telewizja Trwam, życie i śmierć" },
  { "Windows-1250", "C", "Přednáška z matematiky" },
  { "Windows-1250", "C", "Žilina, posluchárna č. 2" },
  { "Windows-1250", "C", "Előadóterem, második emelet: gyűlés" },
  { "Windows-1250", "C", "Predavanje iz fizike, četvrtak, šesta učionica, žuti hodnik" },
  { "Windows-1250", "C", "Sala mare, şedinţă în aulă" },
  { "ISO-8859-2", "C", "Wykład w piątek, część druga" },
  { "ISO-8859-2", "C", "Přednáška, žluťoučký kůň, šest" },
  { "Windows-1253", "C", "Αίθουσα δύο" },
  { "Windows-1253", "C", "Διάλεξη: ανάλυση" },
  { "ISO-8859-7", "C", "Άλγεβρα και ανάλυση" },
  { "Windows-1254", "C", "Büyük salon, ışık dersi, öğrenci işleri" },
  { "Windows-1255", "C", "אולם הרצאות" },
  { "Windows-1256", "C", "قاعة المحاضرات" },
  { "Windows-1257", "C", "Paskaitų salė, šiandien, žinios" },
  { "Windows-1257", "C", "Lekciju zāle, rīta ziņas" },
  { "EUC-JP", "C", "大講堂のライブ中継" },
  { "SHIFT_JIS", "C", "大講堂のライブ中継" },
  { "GBK", "C", "第三报告厅 直播" },
  { "GBK", "zh_CN.UTF-8", "大学讲堂" },
  { "EUC-KR", "C", "대강당 강의 방송" },
  { "EUC-KR", "ko_KR.UTF-8", "강의실" },
  { "BIG5", "zh_TW.UTF-8", "第三演講廳" },

  /* what Western Europe writes stays what it was */
  { "Windows-1252", "C", "Hörsaal" },
  { "Windows-1252", "ru_RU.UTF-8", "Großer Hörsaal, Übertragung" },
  { "Windows-1252", "pl_PL.UTF-8", "Amphithéâtre à côté" },
  { "Windows-1252", "C", "Première leçon: où, déjà, ça" },
  { "Windows-1252", "C", "Salón de actos, año nuevo, ¿qué?" },
  { "Windows-1252", "C", "Sala de conferências, sessão única" },
  { "Windows-1252", "C", "Føroyar, Ærø og Århus" },
  { "Windows-1252", "C", "Föreläsningssal på övervåningen" },
  { "Windows-1252", "C", "Fyrirlestur á íslensku, þriðjudagur" },
  { "Windows-1252", "C", "“Hall” – 10 €, ©" },
  { "Windows-1252", "C", "¿Ñandú?" },
  { "Windows-1252", "C", "à" },
  { "Windows-1252", "C", "ÉCOLE POLYTECHNIQUE FÉDÉRALE" },
  { "Windows-1252", "C", "L’université d’été" },
};

static char *
write_as (const char *text, const char *charset, gsize *length)
{
  g_autofree char *list
      = g_strdup_printf ("#EXTM3U\n#EXTINF:-1 tvg-id=\"x\",%s\nudp://@239.1.2.3:1234\n", text);
  g_autoptr (GError) error = NULL;
  char *bytes = g_convert (list, -1, charset, "UTF-8", NULL, length, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  gsize length;
  g_autofree char *bytes = write_as (rows[i].text, rows[i].charset, &length);
  const char *charset = lec_charset_guess (bytes, length, rows[i].language);
  g_autofree char *read
      = lec_charset_decode (bytes, length, charset != NULL ? charset : "Windows-1252");

  g_test_message ("read as %s", charset != NULL ? charset : "Western European");
  if (strstr (read, rows[i].text) == NULL)
    g_error ("“%s” became “%s” by %s", rows[i].text, read, charset);
  g_assert_true (strcmp (rows[i].charset, "Windows-1252") != 0 || charset == NULL);
}

/* Few bytes prove nothing, unless the desktop is written so. */
static void
test_doubt (void)
{
  g_assert_null (lec_charset_guess ("", 0, "ru_RU.UTF-8"));
  g_assert_null (lec_charset_guess ("x", 1, NULL));
  g_assert_null (lec_charset_guess ("\xff", 1, "C"));
  g_assert_null (lec_charset_guess ("caf\xe9", 4, "pl"));
  g_assert_cmpstr (lec_charset_guess ("\xe0\xe0", 2, "C"), ==, "Windows-1251");
}

/* Whatever is in it: it ends, and what comes out is UTF-8. */
static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 300; i++) {
    guint8 noise[64];
    const char *charset;
    g_autofree char *text = NULL;

    for (guint j = 0; j < sizeof noise; j++)
      noise[j] = (guint8) g_rand_int_range (rand, i % 2 == 0 ? 0x80 : 1, 0x100);
    charset = lec_charset_guess ((char *) noise, sizeof noise, "ja");
    text = lec_charset_decode ((char *) noise, sizeof noise,
                               charset != NULL ? charset : "Windows-1252");
    g_assert_true (g_utf8_validate (text, -1, NULL));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/charset/%s/%u", rows[i].charset, i);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
  }
  g_test_add_func ("/charset/doubt", test_doubt);
  g_test_add_func ("/charset/noise", test_noise);
  return g_test_run ();
}
