/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "announce/playlist.h"
#include "announce/recognise.h"

#include <string.h>

#include "channel/error.h"
#include "facts.h"
#include "rows.h"

#define BASE "http://station.example/live/x"
#define GROUP "ts video 239.1.2.3:1234"

/* A text, what it promises (as of lec_summary_new()) and what else it says (as of
 * lec_property_list_new(), NULL: not looked at). */
typedef struct
{
  const char *story;
  const char *file;
  const char *text;
  const char *promise;
  const char *facts;
  const char *refusal;
  const char *warning;
} Story;

static const Story stories[] = {
  { "IPTV", "playlist/campus.m3u8", NULL,
    "Hall 3, Analysis: ts video [en] 239.20.0.3:1234 # "
    "Hall 4: rtp video 232.20.0.4:5004 <10.0.0.4 rtcp 5005 # "
    "Campus FM: uri http://fm.example:8000/live?a=1&b=2",
    "[Campus] Hall 3, Analysis; under Lectures; logo http://tv.example/hall3.png; "
    "tvg-id=hall3.example; tvg-name=Hall 3; tvg-language=en # Hall 4; under Lectures # "
    "Campus FM; under Radio; logo http://station.example/live/fm.png",
    .warning = "the part of an address behind “|” was ignored" },
  { "addresses", "playlist/addresses.txt", NULL,
    "239.20.0.3:1234: ts video 239.20.0.3:1234 # "
    "239.20.0.4:5004: rtp video 239.20.0.4:5004 rtcp 5005 # "
    "http://fm.example:8000/: uri http://fm.example:8000/",
    .warning = "" },
  { "PLS", "playlist/campus.pls", NULL,
    "Campus FM: uri http://fm.example:8000/ # Hall 3: ts video 239.20.0.3:1234", .warning = "" },
  { "XSPF", "playlist/campus.xspf", NULL,
    "Hall 3: ts video 239.20.0.3:1234 | uri http://relay.example/hall3.ts # "
    "Campus FM: uri http://fm.example/live/fm.mp3",
    "[Campus] Hall 3; On groups & rings; by Noether; see http://campus.example/hall3; logo "
    "http://station.example/live/hall3.png; Album=Algebra # Campus FM",
    .warning = "" },
  { "old encoding", "playlist/cp1251.m3u", NULL, "Зал второй: ts video 239.80.3.3:5500",
    .warning = "the text is not in UTF-8; it was read as Windows-1251" },
  { "relays and options", "playlist/relays.m3u", NULL,
    "Hall C: ts program 7 video 239.80.3.1:8000 <10.1.1.1 on eth0 | uri program 7 "
    "http://192.0.2.1:4022/udp/10.1.1.1@239.80.3.1:8000 # "
    "Hall D: rtp video 239.80.3.2:8000 rtcp 9000",
    .warning = "1 entry was left out: “Hall E”" },
  { "shortcut of Windows", "playlist/hall3.url", NULL, "x: uri http://campus.example/hall3.asx",
    .warning = "" },
  { "shortcut of a free desktop", "playlist/hall3.desktop", NULL,
    "Hall 3: uri http://campus.example/hall3.sdp", .warning = "" },
  { "shortcut of macOS", "playlist/hall3.webloc", NULL,
    "x: uri http://campus.example/hall3.nsc?a=1&b=2", .warning = "" },
  { "HLS", "bad/hls.m3u8", NULL, .refusal = "unsupported: this is an HLS playlist" },

  { "CRLF and a byte order mark", NULL,
    "\xef\xbb\xbf#EXTM3U\r\n#EXTINF:-1,T\r\nudp://@239.1.2.3\r\n", "T: " GROUP, .warning = "" },
  { "Latin-1", NULL, "#EXTM3U\n#EXTINF:-1,H\xf6rsaal\nudp://@239.1.2.3\n", "Hörsaal: " GROUP,
    .warning = "Windows-1252" },
  { "encoding that is not named", NULL,
    "#EXTM3U\n#EXTINF:-1,\xc7\xe0\xeb \xe2\xf2\xee\xf0\xee\xe9\nudp://@239.1.2.3\n",
    "Зал второй: " GROUP, .warning = "it was read as Windows-1251" },
  { "named encoding", NULL,
    "#EXTM3U\n#EXTENC:windows-1251\n#EXTINF:-1,\xc7\xe0\xeb\nudp://@239.1.2.3\n", "Зал: " GROUP },
  { "programs of one stream", NULL,
    "#EXTM3U\n#EXTINF:-1,A\n#EXTVLCOPT:program=1102\nudp://@239.1.2.3\n#EXTVLCOPT:program=1101\n"
    "#EXTINF:-1,B\nudp://@239.1.2.3\n#EXTINF:-1,C\nudp://@239.1.2.3\n",
    "A: ts program 1102 video 239.1.2.3:1234 # B: ts program 1101 video 239.1.2.3:1234 # C: " GROUP,
    .warning = "" },
  { "the card of a list", NULL,
    "#EXTM3U\n#EXTINF:-1,T\n#EXTVLCOPT:miface=eth0\n#EXTVLCOPT--network-caching=300\n"
    "udp://@239.1.2.3\n#EXTINF:-1,U\nudp://eth1@239.1.2.3\n",
    "T: " GROUP " on eth0 # U: " GROUP " on eth1", .warning = "" },
  { "options of VLC in quotes", NULL,
    "#EXTM3U\n#EXTINF:-1,T\n#EXTVLCOPT:miface=\"eth0\"\n#EXTVLCOPT:rtcp-port=6000\n"
    "rtp://@239.1.2.3\n",
    "T: rtp video 239.1.2.3:5004 on eth0 rtcp 6000", .warning = "" },
  { "options of VLC that are for others", NULL,
    "#EXTM3U\n#EXTINF:-1,T\n#EXTVLCOPT:http-user-agent=x\nhttp://a.example/\n",
    "T: uri http://a.example/", .warning = "options for VLC were ignored" },
  { "the card of a page", NULL,
    "#EXTM3U\n#EXTINF:-1,T\n#EXTVLCOPT:miface=eth0\nhttp://a.example/\n",
    "T: uri http://a.example/", .warning = "options for VLC were ignored" },
  { "options behind the address", NULL,
    "#EXTM3U\n#EXTINF:-1,T\nudp://@239.1.2.3 :program=7 :miface=eth0\n",
    "T: ts program 7 video 239.1.2.3:1234 on eth0", .warning = "" },
  { "properties of Kodi", NULL,
    "#EXTM3U\n#EXTINF:-1,T\n#KODIPROP:inputstream=inputstream.ffmpegdirect\n"
    "#KODIPROP:inputstream.ffmpegdirect.program_number=7\nudp://@239.1.2.3\n",
    "T: ts program 7 video 239.1.2.3:1234", .warning = "options for Kodi were ignored" },
  { "relays", NULL,
    "#EXTM3U\n#EXTINF:-1,T\n#EXTVLCOPT:program=7\nhttp://192.0.2.1:4022/udp/239.1.2.3:1234\n"
    "#EXTINF:-1,U\nhttp://192.0.2.1:4022/rtp/10.0.0.1@232.1.2.3:1234/\n",
    "T: ts program 7 video 239.1.2.3:1234 | uri program 7 "
    "http://192.0.2.1:4022/udp/239.1.2.3:1234 # U: rtp video 232.1.2.3:1234 <10.0.0.1 rtcp 1235 | "
    "uri http://192.0.2.1:4022/rtp/10.0.0.1@232.1.2.3:1234/",
    .warning = "" },
  { "a relay on whoever's computer made the list", NULL,
    "#EXTM3U\n#EXTINF:-1,T\nhttp://127.0.0.1:4022/udp/239.1.2.3:1234\n", "T: " GROUP,
    .warning = "may not refer to local files or hosts" },
  { "words for set-top boxes", NULL,
    "#EXTM3U\n#EXTINF:-1,T\nifm igmp://239.1.2.3:1234\n#EXTINF:-1,U\nffmpeg http://a.example/\n",
    "T: " GROUP " # U: uri http://a.example/", .warning = "" },
  { "what is left out is named", NULL,
    "#EXTM3U\n#EXTINF:1,S\nsmb://s/x\n#EXTINF:1,H\nudp://@hall:1\n#EXTINF:1,T\n"
    "udp://@239.1.2.3\n#EXTINF:1,No address\n#EXTINF:1,Off\n#udp://@239.1.2.4\n",
    "T: " GROUP, .warning = "3 entries were left out: “S”, “H”, “No address”;" },
  { "what is left out and has no name", NULL, "#EXTM3U\nsmb://s/x\nudp://@239.1.2.3\n",
    "239.1.2.3:1234: " GROUP, .warning = "1 entry was left out: “smb://s/x”;" },
  { "what is left out at the end", NULL, "#EXTM3U\nudp://@239.1.2.3\n#EXTINF:1,T\n",
    "239.1.2.3:1234: " GROUP, .warning = "1 entry was left out: “T”" },
  { "much is left out", NULL,
    "#EXTM3U\n#EXTINF:1,1\n#EXTINF:1,2\n#EXTINF:1,3\n#EXTINF:1,4\n#EXTINF:1,5\n#EXTINF:1,6\n"
    "#EXTINF:1,7\nudp://@239.1.2.3\n",
    "7: " GROUP, .warning = "6 entries were left out: “1”, “2”, “3”, “4”, “5” …" },
  { "a program that is none", NULL,
    "#EXTM3U\n#EXTINF:-1,T\n#EXTVLCOPT:program=x\nudp://@239.1.2.3\n", "T: " GROUP,
    .warning = "options for VLC" },
  { "no header", NULL, "#EXTINF:0,T\nudp://@239.1.2.3\n", "T: " GROUP },
  { "comments first", NULL, "# ours\n#\n\nudp://@239.1.2.3\nrtp://239.1.2.3\n",
    "239.1.2.3:1234: " GROUP " # 239.1.2.3:5004: rtp video 239.1.2.3:5004 rtcp 5005" },
  { "comma in quotes", NULL, "#EXTM3U\n#EXTINF:-1 a=\"x, y\" b='p, q',T, t\nudp://@239.1.2.3\n",
    "T, t: " GROUP, "T, t; a=x, y; b=p, q" },
  { "quote without end", NULL, "#EXTM3U\n#EXTINF:-1 group-title=\"x,T\nudp://@239.1.2.3\n",
    "T: " GROUP, "T; under x" },
  { "apostrophe in an attribute", NULL,
    "#EXTM3U\n#EXTINF:-1 tvg-name=\"Noether's\",Noether's\nudp://@239.1.2.3\n", "Noether's: " GROUP,
    "Noether's; tvg-name=Noether's" },
  { "unquoted attributes", NULL,
    "#EXTM3U\n#EXTINF:-1 tvg-logo=http://a.example/l.png group-title=News,T\nudp://@239.1.2.3\n",
    "T: " GROUP, "T; under News; logo http://a.example/l.png" },
  { "no title but a name", NULL, "#EXTM3U\n#EXTINF:-1 tvg-name=\"N\",\nudp://@239.1.2.3\n",
    "N: " GROUP },
  { "no comma", NULL, "#EXTM3U\n#EXTINF:-1 T\nudp://@239.1.2.3\n", "T: " GROUP },
  { "no duration", NULL, "#EXTM3U\n#EXTINF:,T\nudp://@239.1.2.3\n", "T: " GROUP },
  { "what was said is for one entry", NULL,
    "#EXTM3U\n#EXTINF:1 group-title=\"g\" tvg-logo=\"l\",T\nhttp://a.example/\nhttp://b.example/\n",
    "T: uri http://a.example/ # http://b.example/: uri http://b.example/",
    "T; under g; logo http://station.example/live/l # http://b.example/" },
  { "a heading stands until the next", NULL,
    "#EXTM3U\n#EXTGRP:a\n#EXTINF:1,T\nx\n#EXTINF:1,U\ny\n#EXTGRP:b\n#EXTINF:1,V\nz\n",
    "T: uri http://station.example/live/x # U: uri http://station.example/live/y # "
    "V: uri http://station.example/live/z",
    "T; under a # U; under a # V; under b" },
  { "language that is a name", NULL,
    "#EXTM3U\n#EXTINF:1 tvg-language=\"English\",T\nudp://@239.1.2.3\n", "T: " GROUP,
    "T; tvg-language=English" },
  { "artist and cover", NULL,
    "#EXTM3U\n#EXTINF:1,T\n#EXTART:Noether\n#EXTALBUMARTURL:http://a.example/c.png\nx.ogg\n",
    "T: uri http://station.example/live/x.ogg", "T; by Noether; logo http://a.example/c.png" },
  { "bad beside good", NULL,
    "#EXTM3U\n#EXTINF:1,S\nsmb://s/x\n#EXTINF:1,H\nudp://@hall:1\n#EXTINF:1,T\nudp://@239.1.2.3\n",
    "T: " GROUP, .warning = "may not refer to smb" },
  { "only bad", NULL, "#EXTM3U\nfile:///etc/passwd\n",
    .refusal = "unsupported: may not refer to file" },
  { "this computer", NULL, "#EXTM3U\nhttp://127.0.0.1:631/\n",
    .refusal = "unsupported: may not refer to local files or hosts" },
  { "nothing", NULL, "#EXTM3U\n#EXTINF:1,T\n", .refusal = "unsupported: the playlist is empty" },
  { "HLS of several rates", NULL, "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n",
    .refusal = "unsupported: this is an HLS playlist" },
  { "an address that reminds of HLS", NULL, "#EXTM3U\nhttp://a.example/#EXT-X-VERSION:3\n",
    "http://a.example/#EXT-X-VERSION:3: uri http://a.example/#EXT-X-VERSION:3" },
  { "RealAudio", NULL, "rtsp://a.example/x.rm\n--stop--\npnm://a.example/x.rm\n",
    "rtsp://a.example/x.rm: uri rtsp://a.example/x.rm", .warning = "" },
  { "prose in a list", NULL, "http://a.example/\nis where it is\n",
    "http://a.example/: uri http://a.example/",
    .warning = "“is where it is” is not a valid address" },

  { "PLS in any order", NULL,
    "[Playlist]\nTITLE10=T\nfile10 = http://a.example/\nFile2=udp://@239.1.2.3\nFile3=\n"
    "Title4=no file\nFile2=http://no.example/\n",
    "239.1.2.3:1234: " GROUP " # T: uri http://a.example/" },
  { "PLS without section", NULL, "File1=http://a.example/\nTitle1=T\n",
    "T: uri http://a.example/" },
  { "PLS with paths", NULL, "[playlist]\nFile1=C:\\x.mp3\n",
    .refusal = "unsupported: lies on a Windows computer" },
  { "PLS without files", NULL, "[playlist]\nNumberOfEntries=0\n",
    .refusal = "unsupported: the playlist is empty" },

  { "PLS without some files", NULL,
    "[playlist]\nFile1=udp://@239.1.2.3\nTitle2=no file\nFile3=smb://s/x\nTitle3=bad\n",
    "239.1.2.3:1234: " GROUP, .warning = "2 entries were left out: “no file”, “bad”" },
  { "XSPF for VLC", NULL,
    "<playlist "
    "xmlns:vlc='x'><trackList><track><title>T</title><location>udp://@239.1.2.3</location>"
    "<extension application='http://www.videolan.org/vlc/playlist/0'><vlc:id>0</vlc:id>"
    "<vlc:option>program=7</vlc:option><vlc:option>miface=eth0</vlc:option></extension></track>"
    "<track><title>U</title><location>rtp://@239.1.2.3</location><extension><vlc:option>sout=x"
    "</vlc:option></extension></track><track><title>V</title></track></trackList></playlist>",
    "T: ts program 7 video 239.1.2.3:1234 on eth0 # U: rtp video 239.1.2.3:5004 rtcp 5005",
    .warning = "1 entry was left out: “V”; options for VLC were ignored" },
  { "XSPF with a prefix", NULL,
    "<x:playlist xmlns:x=\"http://xspf.org/ns/0/\"><x:trackList/></x:playlist>",
    .refusal = "unsupported: this is XML" },
  { "XSPF with its own prefix", NULL,
    "<xspf:playlist xmlns:xspf=\"http://xspf.org/ns/0/\"><xspf:trackList><xspf:track>"
    "<xspf:title>T</xspf:title><xspf:location>x</xspf:location></xspf:track></xspf:trackList>"
    "</xspf:playlist>",
    "T: uri http://station.example/live/x" },
  { "XSPF that breaks off", NULL,
    "<?xml version='1.0'?>\n<playlist>\n<trackList><track><location>a</location></track>\n<track>",
    "http://station.example/live/a: uri http://station.example/live/a",
    .warning = "only the tracks before line 4" },
  { "XSPF that breaks first", NULL, "<?xml version='1.0'?>\n<playlist>\n<trackList></track>",
    .refusal = "malformed: the XML breaks in line 3" },
  { "XSPF with an entity", NULL,
    "<!DOCTYPE x [<!ENTITY a \"b\">]><playlist><trackList><track><title>&a;</title>",
    .refusal = "malformed: the XML breaks in line 1" },
  { "XSPF of bases", NULL,
    "<playlist xml:base=\"/a/\"><trackList><track xml:base=\"b/\"><title>T</title>"
    "<location xml:base=\"c/\">d</location><location>e</location></track></trackList></playlist>",
    "T: uri http://station.example/a/b/c/d | uri http://station.example/a/b/e" },
  { "XSPF of nothing", NULL, "<playlist version='1'><trackList/></playlist>",
    .refusal = "unsupported: the playlist is empty" },

  { "shortcut without address", NULL, "[InternetShortcut]\nURL=\n",
    .refusal = "malformed: the shortcut names no address" },
  { "shortcut to a program", NULL,
    "[Desktop Entry]\nType=Application\nExec=rm\nURL=http://a.example/",
    .refusal = "unsupported: this starts a program" },
  { "shortcut to a file", NULL, "[InternetShortcut]\nURL=file:///C:/x.asx\n",
    .refusal = "unsupported: may not refer to file" },
  { "shortcut to a script", NULL, "[InternetShortcut]\nURL=javascript:x\n",
    .refusal = "unsupported: may not refer to javascript" },
  { "property list without address", NULL, "<plist><dict><key>No</key><string>x</string>",
    .refusal = "malformed: the shortcut names no address" },
  { "QuickTime", NULL, "RTSPtext\r\nrtsp://a.example/x.mov\r\n", "x: uri rtsp://a.example/x.mov" },
  { "QuickTime in one line", NULL, "RTSPtextRTSP://a.example/x.mov",
    "x: uri RTSP://a.example/x.mov" },
};

static void
test_story (gconstpointer data)
{
  const Story *story = data;
  const LecRow row = { story->story,   story->text,    story->text == NULL ? story->file : NULL,
                       story->promise, story->refusal, story->warning };
  gsize length = 0;
  g_autofree char *text = NULL;
  g_autofree char *facts = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;

  lec_row_check (&row);
  if (story->facts == NULL)
    return;
  text = story->text != NULL ? g_strdup (story->text) : lec_data_load (story->file, &length);
  announcement = lec_announcement_parse (text, strlen (text), BASE, NULL);
  facts = lec_property_list_new (announcement);
  g_assert_cmpstr (facts, ==, story->facts);
}

static void
check_bound (const char *head, const char *entry)
{
  g_autoptr (GString) text = g_string_new (head);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;

  for (guint i = 1; text->len < 1000000; i++)
    g_string_append_printf (text, "%s%u\n", entry, i);
  announcement = lec_announcement_parse (text->str, text->len, BASE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (announcement->channels->len, ==, LEC_MAX_ENTRIES);
  g_assert_cmpstr (g_ptr_array_index (announcement->warnings, 0), ==,
                   "only the first 10000 entries are listed");
}

/* The longest list there is, and one that says a long thing for all its entries. */
static void
test_bounds (void)
{
  g_autofree char *filler = g_strnfill (4000, 'a');
  g_autoptr (GString) text = g_string_new ("<playlist xml:base=\"http://a.example/");
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autoptr (GError) error = NULL;

  check_bound ("#EXTM3U\n", "");
  check_bound ("", "http://a.example/");
  g_string_append_printf (text, "%s/\"><trackList>", filler);
  for (guint i = 0; i < 9000; i++)
    g_string_append (text, "<track><location>x</location></track>\n");
  g_string_append (text, "</trackList></playlist>");
  announcement = lec_announcement_parse (text->str, text->len, BASE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (announcement->channels->len, <, 2000);
  g_assert_cmpuint (announcement->warnings->len, ==, 1);
}

/* A list of which nothing can be used but one entry does not flood whoever reads the notes. */
static void
test_notes (void)
{
  g_autoptr (GString) text = g_string_new ("#EXTM3U\n");
  g_autoptr (LecAnnouncement) announcement = NULL;

  for (guint i = 1; i <= 40; i++)
    g_string_append_printf (text, "#EXTINF:-1,E%u\nsmb://h/%u\n", i, i);
  g_string_append (text, "udp://@239.1.2.3\n");
  announcement = lec_announcement_parse (text->str, text->len, BASE, NULL);
  g_assert_cmpuint (announcement->warnings->len, ==, 10);
  g_assert_cmpstr (g_ptr_array_index (announcement->warnings, 0), ==,
                   "40 entries were left out: “E1”, “E2”, “E3”, “E4”, “E5” …");
  g_assert_cmpstr (g_ptr_array_index (announcement->warnings, 9), ==,
                   "32 more references were ignored");
}

/* All notes of a text of two bytes a character are of what is in it. */
static void
test_wide (void)
{
  static const char text[] = "#EXTM3U\nudp://@239.1.2.3\n";
  gsize length;
  g_autofree char *bytes = g_convert (text, -1, "UTF-16LE", "UTF-8", NULL, &length, NULL);
  g_autoptr (LecAnnouncement) announcement = lec_announcement_parse (bytes, length, BASE, NULL);

  g_assert_cmpuint (announcement->warnings->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (announcement->warnings, 0), ==,
                   "the text is not in UTF-8; it was read as UTF-16");
}

/* Nor does one entry hold all that a text can say of it. */
static void
test_attributes (void)
{
  g_autoptr (GString) text = g_string_new ("#EXTM3U\n#EXTINF:-1 ");
  g_autoptr (LecAnnouncement) announcement = NULL;
  const LecChannelInfo *info;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "a=\"b\" ");
  g_string_append (text, ",T\nhttp://a.example/\n");
  announcement = lec_announcement_parse (text->str, text->len, BASE, NULL);
  info = lec_channel_get_info (g_ptr_array_index (announcement->channels, 0));
  g_assert_cmpstr (info->title, ==, "T");
  g_assert_cmpuint (g_strv_length (info->details), ==, 64);
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("<playlist>");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "<a>");
  g_assert_null (lec_announcement_parse (text->str, text->len, BASE, &error));
  g_assert_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "more than 32 deep"));
}

/* The name of the file is the title of a shortcut; a local one may name local things. */
static void
test_names (void)
{
  static const struct
  {
    const char *base_uri;
    const char *promise;
  } rows[] = {
    { "file:///srv/Hall%203.url", "Hall 3: uri file:///srv/x.asx" },
    { "file:///srv/Hall.3.url", "Hall.3: uri file:///srv/x.asx" },
    { "file:///srv/h%F6.url", "file:///srv/x.asx: uri file:///srv/x.asx" },
    { "file:///srv/", "file:///srv/x.asx: uri file:///srv/x.asx" },
  };
  static const char text[] = "[InternetShortcut]\nURL=file:///srv/x.asx\n";

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LecAnnouncement) announcement
        = lec_announcement_parse (text, strlen (text), rows[i].base_uri, &error);
    g_autofree char *summary = NULL;

    g_assert_no_error (error);
    summary = lec_summary_new (announcement);
    g_assert_cmpstr (summary, ==, rows[i].promise);
    g_assert_cmpstr (announcement->format, ==, "shortcut");
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *path = g_strconcat ("/playlist/", stories[i].story, NULL);

    g_test_add_data_func (path, &stories[i], test_story);
  }
  g_test_add_func ("/playlist/bounds", test_bounds);
  g_test_add_func ("/playlist/notes", test_notes);
  g_test_add_func ("/playlist/wide", test_wide);
  g_test_add_func ("/playlist/attributes", test_attributes);
  g_test_add_func ("/playlist/depth", test_depth);
  g_test_add_func ("/playlist/names", test_names);
  return g_test_run ();
}
