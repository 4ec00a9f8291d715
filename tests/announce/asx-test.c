/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rows.h"

#include <string.h>

#include "announce/asx.h"
#include "facts.h"

#define SHORT "uri http://station.example/video/timecode-short.wmv"
#define LONG "uri http://station.example/video/timecode-long.wmv"
#define ONE "Short timecode video: " SHORT
#define ASX(inside) "<ASX VERSION=\"3.0\">" inside "</ASX>"
#define REF(inside) ASX ("<ENTRY><TITLE>T</TITLE><REF HREF=" inside "></ENTRY>")
#define NOVELL "Short timecode video; by Novell, Inc; © (c) 2008 Novell, Inc"
#define SOMA(what)                                                                                 \
  "SomaFM: Secret Agent; Loading" what ": Secret Agent from SomaFM.com; by Keep us on the air! "   \
  "Click Support SomaFM above!; HTMLView=http://somafm.com/wma128/?secretagent"
#define X "T: uri http://a.example/x"

/* Metafiles of stations and of other projects: tests/data/README.md says which. */
static const LecRow wild[] = {
  { "multicast announcement", .file = "asx/bbcone-announcement.asx",
    .promise = "BBC One: uri http://support.bbc.co.uk/multicast/asx/bbcone.nsc", .warning = "" },
  { "rollover", .file = "asx/pukas-rollover.wax",
    .promise = "Pukas: uri mms://82.135.234.195/Pukas | uri http://82.135.234.199/Pukas",
    .warning = "" },
  { "references of a server", .file = "asx/reference-ini-wma-suffix.wma.txt",
    .promise = "http://195.134.224.231/wma/WMA9.1_98_quality_48khz_vbr_s.wma?MSWMExt=.asf: uri "
               "http://195.134.224.231/wma/WMA9.1_98_quality_48khz_vbr_s.wma?MSWMExt=.asf | uri "
               "http://195.134.224.231:80/wma/WMA9.1_98_quality_48khz_vbr_s.wma?MSWMExt=.asf",
    .warning = "" },
  { "references with CRLF", .file = "asx/antena3-reference.asxini",
    .promise = "http://195.245.168.21/antena3?MSWMExt=.asf: uri "
               "http://195.245.168.21/antena3?MSWMExt=.asf | uri "
               "http://195.245.168.21:80/antena3?MSWMExt=.asf",
    .warning = "" },
  { "repeat for ever", .file = "asx/somafm-secretagent.asx",
    .promise = "SomaFM: Secret Agent: uri http://streamer-ntc-aa03.somafm.com:80/stream/1021 # "
               "SomaFM: Secret Agent: uri http://streamer-ntc-aa04.somafm.com:80/stream/1021 # "
               "SomaFM: Secret Agent: uri http://streamer-mtc-aa03.somafm.com:80/stream/1021 # "
               "SomaFM: Secret Agent: uri http://ice.somafm.com/secretagent",
    .warning = "" },
  { "mixed case of end tags", .file = "asx/darkerradio.asx",
    .promise = ":: Willkommen bei darkerradio - Tune in, turn on, burn out: uri "
               "http://85.214.44.27:8000",
    .warning = "" },
  { "no final newline", .file = "asx/zottebeatjes-listen.asx",
    .promise = "Zottebeatjes: uri http://sunbow.be:8080" },
  { "mixed case", .file = "asx/mixedcase-tags-listen.asx",
    .promise = "Gay FM Brasil - Ao Vivo: uri "
               "https://gayfmbr.mooo.com/listen/gay_fm_br/radio.mp3" },
  { "apostrophe", .file = "asx/mms-with-port.asx",
    .promise = "JarodLee's PodCast: uri mms://lavie.ghtxx.cn:2014/" },
  { "all in one line", .file = "asx/one-line.asx",
    .promise = "http://198.27.65.17:5914: uri http://198.27.65.17:5914" },
  { "title behind the reference", .file = "asx/docradio-crlf-tabs.asx",
    .promise
    = "DOC Radio - Christian Top 40 Hits: uri http://server10.reliastream.com:8043/stream" },
  { "Latin-1", .file = "asx/lizzy-latin1.asx",
    .promise = "Short Announcement to Play Before Main Stream: uri "
               "http://example.com/announcement.wma # Example radio: uri http://example.com:8080",
    .warning = "Windows-1252" },
  { "relative", .file = "asx/lizzy-repeat-relative.asx",
    .promise = "Vista Butterfly Video: uri http://station.example/live/Butterfly.wmv" },
  { "log addresses", .file = "asx/lizzy-logurl.asx",
    .promise = "Example Media Player Show: uri mms://ucast.proseware.com/Media1.asf",
    .warning = "" },
  { "empty", .file = "bad/empty-asx.asx", .refusal = "unsupported: the playlist is empty" },
  { "entry of an event only", .file = "bad/entry-in-event.asx",
    .refusal = "unsupported: the playlist is empty" },
};

#define MOON(name, ...)                                                                            \
  {                                                                                                \
    name, .file = "asx/moonlight/" name ".asx", __VA_ARGS__                                        \
  }

static const LecRow moonlight[] = {
  MOON ("case-mismatched-asx-tag", .promise = ONE, .warning = ""),
  MOON ("initial-whitespace", .promise = ONE, .warning = ""),
  MOON ("asx-no-version", .promise = ONE, .warning = ""),
  MOON ("very-long-unescaped", .promise = ONE "?dummy&unescaped"),
  MOON ("asx-version-4.0", .promise = ONE),
  MOON ("asx-nested", .promise = ONE),
  MOON ("multiple-refs", .promise = ONE " | " LONG),
  MOON ("multiple-entries", .promise = ONE " # Long timecode video: " LONG),
  MOON ("playlist", .promise = "Oh a cute butterfly: " LONG),
  MOON ("nested-1", .promise = "Oh a cute butterfly: uri http://station.example/live/playlist.asx"),
  MOON ("nested-6", .promise = "Oh a cute butterfly: uri http://station.example/live/nested-5.asx"),
  MOON ("entryref-in-asx",
        .promise = "My Test Playlist: uri http://station.example/live/nested-1.asx # " ONE),
  MOON ("entryref-without-href", .promise = ONE),
  MOON ("entryref-with-clientbind-yes",
        .promise = "My Test Playlist: uri http://station.example/live/nested-1.asx # " ONE),
  MOON ("repeat-with-number", .promise = ONE " # " ONE),
  MOON ("repeat-with-repeat", .promise = ONE),
  MOON ("repeat-with-entryref",
        .promise = "My Test Playlist: uri http://station.example/nested-1.asx # "
                   "My Test Playlist: uri http://station.example/nested-1.asx"),
  MOON ("event-with-name-and-whendone-break", .promise = ONE),
  MOON ("startmarker-in-ref", .promise = ONE),
  MOON ("endmarker-with-name-and-number", .promise = ONE),
  MOON ("ref-with-starttime", .promise = "My Test Playlist: " SHORT " +1000000us"),
  MOON ("ref-with-duration", .promise = "My Test Playlist: " SHORT " for 15000000us"),
  MOON ("ref-with-text", .promise = "My Test Playlist: " SHORT),
  MOON ("title-with-tag", .promise = ONE),
  MOON ("invalid-tag", .promise = ONE),
  MOON ("ref-in-asx", .promise = "My Test Playlist: " SHORT),
  MOON ("deleted-entry", .promise = "My Test Playlist: " SHORT),
  MOON ("title-in-asx-twice", .promise = ONE),
  MOON ("base-in-asx", .promise = ONE),
  MOON ("base-casemismatched-href",
        .promise = "Short timecode video: uri http://moonlightmedia:81/source/matrix.wmv"),
  MOON ("param-with-name-and-value", .promise = ONE),
  MOON ("moreinfo-with-href-and-target", .promise = ONE),
  MOON ("starttime-in-twice", .promise = ONE " +1000000us"),
  MOON ("starttime-with-only-fraction", .promise = ONE, .warning = "“.3” is not a valid time"),
  MOON ("starttime-with-negative-value", .promise = ONE, .warning = "“-0.2” is not a valid time"),
  MOON ("starttime-with-many-colons", .promise = ONE, .warning = ""),
  MOON ("starttime-with-invalid-value-time", .promise = ONE " +176521100100us"),
  MOON ("starttime-text-at-end", .promise = ONE " +400000us"),
  MOON ("starttime-value-with-7.5-seconds", .promise = ONE " +7500000us"),
  MOON ("starttime-with-single-digit-value", .promise = ONE " +3000000us"),
  MOON ("duration-in-entry", .promise = ONE " for 1000000us"),
  MOON ("duration-zero-in-entry", .promise = ONE),
  MOON ("entry-with-clientskip-no", .promise = ONE),
};

/* Tag soup. */
static const LecRow soup[] = {
  { "blank before the name",
    "<   ASX VERSION = 3><ENTRY>< TITLE >T</ TITLE ><REF HREF = 'http://a.example/x' / ></ENTRY>",
    .promise = X },
  { "comment first", "<!-- <ASX> --> \r\n<!-- -->" REF ("\"http://a.example/x\""), .promise = X },
  { "declaration first", "<?xml version=\"1.0\"?><!DOCTYPE asx>" REF ("\"http://a.example/x\""),
    .promise = X },
  { "comment around an entry",
    ASX ("<!--<ENTRY><REF HREF=\"http://no.example/\"></ENTRY>-->"
         "<ENTRY><TITLE>T</TITLE><REF HREF=\"http://a.example/x\"></ENTRY>"),
    .promise = X },
  { "comment without end",
    ASX ("<ENTRY><TITLE>T</TITLE><REF HREF=\"http://a.example/x\">"
         "<!-- <REF HREF=\"http://no.example/\">"),
    .promise = X },
  { "unquoted", REF ("http://a.example/x"), .promise = X },
  { "unquoted with its own end", REF ("http://a.example/x/"), .promise = X },
  { "slash that belongs to the address", REF ("http://a.example/x/ "), .promise = X "/" },
  { "single quotes", REF ("'http://a.example/x'"), .promise = X },
  { "opening quote only", REF ("\"http://a.example/x"), .promise = X },
  { "closing quote only", REF ("http://a.example/x\""), .promise = X },
  { "quote without end before another tag",
    ASX ("<ENTRY><REF HREF=\"http://a.example/x><TITLE>T</TITLE><PARAM NAME=\"a\"></ENTRY>"),
    .promise = X },
  { "first attribute of a name", REF ("\"http://a.example/x\" HREF=\"http://no.example/\""),
    .promise = X },
  { "entities",
    ASX ("<ENTRY><TITLE>&lt;T&gt; &amp; &#65;&#x42; &copy; &#0; &amp</TITLE>"
         "<REF HREF=\"http://a.example/x?a=1&b=2&amp;copy=3&copy=4\"></ENTRY>"),
    .promise = "<T> & AB &copy; &#0; &amp: uri http://a.example/x?a=1&b=2&copy=3&copy=4" },
  { "entity that would turn the writing",
    ASX ("<ENTRY><TITLE>T&#x202e;</TITLE><REF HREF=\"http://a.example/x\"></ENTRY>"),
    .promise = "T&#x202e;: uri http://a.example/x" },
  { "verbatim title",
    ASX ("<ENTRY><TITLE><![CDATA[<T> &amp; co]]></TITLE>"
         "<REF HREF=\"http://a.example/x\"></ENTRY>"),
    .promise = "<T> &amp; co: uri http://a.example/x" },
  { "title without end", ASX ("<TITLE>Show<TITLE>Other<ENTRY><REF HREF=\"http://a.example/x\">"),
    .promise = "Show: uri http://a.example/x" },
  { "nothing is closed",
    "<asx><entry><title>T<ref href=\"http://a.example/x\"><entry><ref href=\"http://b.example/\">",
    .promise = X " # http://b.example/: uri http://b.example/" },
  { "title over two lines",
    ASX ("<ENTRY><TITLE>\r\n  Hall\t3 \r\n\r\n</TITLE><REF HREF=\"http://a.example/x\"></ENTRY>"),
    .promise = "Hall 3: uri http://a.example/x" },
  { "a banner has its own texts",
    ASX ("<ENTRY><BANNER HREF=\"http://b.example/\"><ABSTRACT>no</ABSTRACT></BANNER>"
         "<TITLE>T</TITLE><REF HREF=\"http://a.example/x\"></ENTRY>"),
    .promise = X },
  { "address in ENTRY", ASX ("<ENTRY HREF=\"http://a.example/x\"><TITLE>T</TITLE></ENTRY>"),
    .promise = X },
  { "the same reference twice",
    ASX ("<ENTRY><TITLE>T</TITLE><REF HREF=\"http://a.example/x\"/>"
         "<REF HREF=\"http://a.example/x\"/></ENTRY>"),
    .promise = X },
  { "repeat of zero",
    ASX ("<REPEAT COUNT=\"0\"><ENTRY><TITLE>T</TITLE>"
         "<REF HREF=\"http://a.example/x\"/></ENTRY></REPEAT>"),
    .promise = X },
  { "second repeat counts once",
    ASX ("<REPEAT COUNT=\"1\"></REPEAT><REPEAT COUNT=\"3\"><ENTRY><TITLE>T</TITLE>"
         "<REF HREF=\"http://a.example/x\"/></ENTRY></REPEAT>"),
    .promise = X },
  { "count that is none",
    ASX ("<REPEAT COUNT=\"many\"><ENTRY><TITLE>T</TITLE>"
         "<REF HREF=\"http://a.example/x\"/></ENTRY></REPEAT>"),
    .promise = X, .warning = "“many” is not a valid count" },
  { "minutes and a fraction",
    ASX ("<ENTRY><TITLE>T</TITLE><REF HREF=\"http://a.example/x\"/>"
         "<STARTTIME VALUE=\"1:01.5\"/></ENTRY>"),
    .promise = X " +61500000us" },
  { "time of a reference beats that of its entry",
    ASX ("<ENTRY><TITLE>T</TITLE><DURATION VALUE=\"9\"/><REF HREF=\"http://a.example/x\">"
         "<DURATION VALUE=\"5\"/></REF><REF HREF=\"http://b.example/\"/></ENTRY>"),
    .promise = X " for 5000000us | uri http://b.example/ for 9000000us" },
  { "time without end",
    ASX ("<ENTRY><TITLE>T</TITLE><REF HREF=\"http://a.example/x\"/>"
         "<STARTTIME VALUE=\"99999999999999999999\"/></ENTRY>"),
    .promise = X, .warning = "is not a valid time" },
  { "half a character of UTF-16", "\xff\xfe<", .refusal = "malformed: it is empty" },
};

/* What a reference may be. */
static const LecRow references[] = {
  { "RTP", REF ("\"rtp://239.1.2.3:5004\""), .promise = "T: rtp video 239.1.2.3:5004 rtcp 5005" },
  { "UDP before a server",
    ASX ("<ENTRY><TITLE>T</TITLE><REF HREF=\"udp://@239.1.2.3\"/><REF "
         "HREF=\"mms://b.example/\"/></ENTRY>"),
    .promise = "T: ts video 239.1.2.3:1234 | uri mms://b.example/" },
  { "blanks and what is escaped", REF ("\" http://a.example/a b%20c \""),
    .promise = "T: uri http://a.example/a%20b%20c" },
  { "backslashes", REF ("\"http:\\\\a.example\\x\""), .promise = X },
  { "relative to the host", REF ("\"\\x\""), .promise = "T: uri http://station.example/x" },
  { "host without scheme", REF ("\"radio.example:8000/live\""),
    .promise = "T: uri http://radio.example:8000/live" },
  { "address without scheme", REF ("\"192.0.2.1:8000\""),
    .promise = "T: uri http://192.0.2.1:8000" },
  { "www", REF ("\"www.example.com/x\""), .promise = "T: uri http://www.example.com/x" },
  { "letters beyond ASCII", REF ("\"http://a.example/h\xc3\xb6rsaal\""),
    .promise = "T: uri http://a.example/h%C3%B6rsaal" },
  { "base of the entry beats that of the show",
    ASX ("<BASE HREF=\"http://b.example/show\"/><ENTRY><TITLE>T</TITLE><REF HREF=\"x\"/>"
         "<BASE HREF=\"http://a.example\"/></ENTRY>"),
    .promise = X },
  { "base without slash",
    ASX ("<BASE HREF=\"http://b.example/show\"/><ENTRY><TITLE>T</TITLE>"
         "<REF HREF=\"x\"/></ENTRY>"),
    .promise = "T: uri http://b.example/show/x" },
  { "bad base",
    ASX ("<BASE HREF=\"javascript:x\"/><ENTRY><TITLE>T</TITLE><REF HREF=\"x\"/></ENTRY>"),
    .promise = "T: uri http://station.example/live/x", .warning = "a base was ignored" },
  { "script", REF ("\"javascript:alert(1)\""),
    .refusal = "unsupported: may not refer to javascript" },
  { "local file from the network", REF ("\"file:///etc/passwd\""),
    .refusal = "unsupported: may not refer to file" },
  { "drive", REF ("\"C:\\talk.wmv\""), .refusal = "unsupported: lies on a Windows computer" },
  { "share", REF ("\"\\\\server\\share\\talk.wmv\""),
    .refusal = "unsupported: lies on a Windows computer" },
  { "share as address", REF ("\"file://\\\\server\\share\\talk.wmv\""),
    .refusal = "unsupported: lies on a Windows computer" },
  { "smb", REF ("\"smb://server/share\""), .refusal = "unsupported: may not refer to smb" },
  { "multicast by name", REF ("\"udp://hall3.example:1234\""),
    .refusal = "unsupported: is not a numeric address" },
  { "bad beside good",
    ASX ("<ENTRY><TITLE>T</TITLE><REF HREF=\"smb://s/\"/>"
         "<REF HREF=\"http://a.example/x\"/></ENTRY>"),
    .promise = X, .warning = "may not refer to smb addresses" },
};

/* The two generations before. */
static const LecRow old[] = {
  { "redirect", "ASF  http://a.example/x.asf \r\n",
    .promise = "http://a.example/x.asf: uri http://a.example/x.asf" },
  { "redirect to nowhere", "ASF  \r\n", .refusal = "unsupported: the playlist is empty" },
  { "list with description",
    "[reference]\r\nREF02 = "
    "mms://b.example/\r\nRef1=http://a.example/x\r\nBaseURL=http://c.example/\r\n"
    "[Description]\r\nProgram Title=Hall 3\r\n",
    .promise = "Hall 3: uri http://a.example/x | uri mms://b.example/" },
  { "list without section", "Ref1=http://a.example/x\n",
    .promise = "http://a.example/x: uri http://a.example/x" },
  { "list of nothing", "[Reference]\nRef0=http://a.example/x\nRef99999=http://a.example/x\nRef1=\n",
    .refusal = "unsupported: the playlist is empty" },
};

static LecAnnouncement *
parse (const char *text, const char *base_uri)
{
  g_autoptr (GError) error = NULL;
  LecAnnouncement *announcement = lec_announcement_parse (text, strlen (text), base_uri, &error);

  g_assert_no_error (error);
  return announcement;
}

/* What is said beside the addresses, as of lec_property_list_new(). */
static const struct
{
  const char *story;
  const char *file;
  const char *text;
  const char *facts;
} facts[] = {
  { "multicast announcement", "asx/bbcone-announcement.asx", NULL,
    "[BBC One] BBC One; by BBC; © BBC" },
  { "banner", "asx/pukas-rollover.wax", NULL,
    "[Pukas] Pukas; by www.pukas.lt; © UAB Pukas; logo "
    "http://82.135.234.195/images/pukas_teo_logo.jpg" },
  { "repeat for ever", "asx/somafm-secretagent.asx", NULL,
    "repeat 0-3 " SOMA ("") " # " SOMA ("") " # " SOMA ("") " # " SOMA (
        " firewall friendly stream") },
  { "Latin-1 and a parameter", "asx/lizzy-latin1.asx", NULL,
    "[Example.com Live Stream] Short Announcement to Play Before Main Stream; "
    "aParameterName=aParameterValue # Example radio; by Example.com; © ©2005 Example.com" },
  { "repeat of one", "asx/lizzy-repeat-relative.asx", NULL,
    "[Simple ASX Demo] repeat 0-0 Vista Butterfly Video; by Microsoft Corporation; © (c)2007 "
    "Microsoft Corporation" },
  { "old list", NULL,
    "[Reference]\nRef1=http://a.example/x\n[Description]\nProgram Title=T\nProgram Author=A\n"
    "Program Description=D\nProgram Copyright=C\n",
    "T; D; by A; © C" },
  { "event", "asx/moonlight/event-with-name-and-whendone-break.asx", NULL,
    "[My Test Playlist] " NOVELL " @ event name break:" },
  { "marker of the start", "asx/moonlight/startmarker-in-ref.asx", NULL,
    "[My Test Playlist] " NOVELL "; from marker marker name" },
  { "number of a marker", "asx/moonlight/endmarker-with-name-and-number.asx", NULL,
    "[My Test Playlist] " NOVELL "; to marker 234" },
  { "no skipping", "asx/moonlight/entry-with-clientskip-no.asx", NULL,
    "[My Test Playlist] " NOVELL "; no skip" },
  { "parameter", "asx/moonlight/param-with-name-and-value.asx", NULL,
    "[My Test Playlist] " NOVELL "; param name=something interesting here" },
  { "link", "asx/moonlight/moreinfo-with-href-and-target.asx", NULL,
    "[My Test Playlist] Short timecode video; by Novell, Inc; © (c) 2008 Novell, Inc; see "
    "www.example.com" },
  { "included list", "asx/moonlight/entryref-in-asx.asx", NULL,
    "[My Test Playlist] My Test Playlist; include # " NOVELL },
  { "included list, repeated", "asx/moonlight/repeat-with-entryref.asx", NULL,
    "[My Test Playlist] My Test Playlist; include # My Test Playlist; include" },
  { "first title", "asx/moonlight/title-in-asx-twice.asx", NULL,
    "[My First Test Playlist] " NOVELL },
  { "facts of the show and of its entries", NULL,
    ASX ("<TITLE>Show</TITLE><AUTHOR>All</AUTHOR><MOREINFO HREF=\"http://show.example/\"/>"
         "<PARAM NAME=a VALUE=1><PARAM NAME=b VALUE=2><PARAM NAME=Encoding VALUE=utf-8>"
         "<LOGO HREF=\"l.gif\"><ENTRY><REF HREF=\"http://a.example/x\"/>"
         "<ABSTRACT>On groups</ABSTRACT><AUTHOR>Noether</AUTHOR><PARAM NAME=A VALUE=3></ENTRY>"
         "<ENTRY><REF HREF=\"http://a.example/y\"/><MOREINFO HREF=\"javascript:x\"/>"
         "<BANNER HREF=\"b.gif\"/></ENTRY>"),
    "[Show] Show; On groups; by Noether; see http://show.example/; logo "
    "http://station.example/live/l.gif; A=3; b=2 # Show; by All; logo "
    "http://station.example/live/b.gif; a=1; b=2" },
  { "banner that is empty, then a logo", NULL,
    ASX ("<ENTRY><TITLE>T</TITLE><BANNER HREF=\"\"/><LOGO HREF=\"l.gif\"/>"
         "<REF HREF=\"http://a.example/x\"/></ENTRY>"),
    "T; logo http://station.example/live/l.gif" },
  { "relative link", NULL,
    ASX ("<ENTRY><TITLE>T</TITLE><MOREINFO HREF=\"more/x.html\">"
         "<REF HREF=\"http://a.example/x\"/></ENTRY>"),
    "T; see http://station.example/live/more/x.html" },
  { "not for lists that include this one", NULL,
    ASX ("<ENTRY SkipIfRef = YES><TITLE>T</TITLE><REF HREF=\"http://a.example/x\"/></ENTRY>"),
    "T; not included" },
  { "what is included is a group", NULL,
    ASX ("<TITLE>T</TITLE><ENTRYREF HREF=\"udp://@239.1.2.3:1234\"/>"), "[T] T" },
  { "markers of an entry and of a reference", NULL,
    ASX ("<ENTRY><TITLE>T</TITLE><STARTMARKER NAME=\"a\"/><STARTMARKER NUMBER=\"9\"/>"
         "<ENDMARKER NUMBER=2><REF HREF=\"x\"/><REF HREF=\"y\"><STARTMARKER NUMBER=1></REF>"),
    "T; from marker a; to marker 2; from marker 1; to marker 2" },
  { "events", NULL,
    ASX ("<EVENT NAME=ad WHENDONE=NEXT><TITLE>No</TITLE><ENTRY><TITLE>Ad</TITLE><REF HREF=a>"
         "</ENTRY><ENTRYREF HREF=\"b.asx\"/></EVENT><EVENT NAME=AD><ENTRY><REF HREF=c></EVENT>"
         "<EVENT><ENTRY><REF HREF=d></EVENT><ENTRY><TITLE>T</TITLE><REF HREF=x></ENTRY>"
         "<EVENT NAME=end WHENDONE=RESUME/>"),
    "T @ ad next: Ad, http://station.example/live/b.asx @ end resume:" },
  { "for ever in the middle", NULL,
    ASX ("<ENTRY><TITLE>In</TITLE><REF HREF=a></ENTRY><REPEAT><REPEAT COUNT=5></REPEAT>"
         "<ENTRY><TITLE>L</TITLE><REF HREF=\"smb://x/\"></ENTRY>"
         "<ENTRY><TITLE>M</TITLE><REF HREF=b></ENTRY></REPEAT>"
         "<ENTRY><TITLE>Out</TITLE><REF HREF=c></ENTRY>"),
    "repeat 1-1 In # M # Out" },
  { "for ever of nothing", NULL,
    ASX ("<REPEAT><ENTRY></ENTRY></REPEAT><ENTRY><TITLE>T</TITLE><REF HREF=x></ENTRY>"), "T" },
  { "twice in the middle", NULL,
    ASX ("<ENTRY><TITLE>In</TITLE><REF HREF=a></ENTRY><REPEAT COUNT=2>"
         "<ENTRY><TITLE>L</TITLE><REF HREF=b></ENTRY><ENTRY><TITLE>M</TITLE><REF HREF=c></ENTRY>"
         "</REPEAT><ENTRY><TITLE>Out</TITLE><REF HREF=d></ENTRY>"),
    "In # L # M # L # M # Out" },
};

static void
test_facts (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  gsize length = facts[i].text != NULL ? strlen (facts[i].text) : 0;
  g_autofree char *text
      = facts[i].text != NULL ? g_strdup (facts[i].text) : lec_data_load (facts[i].file, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement
      = lec_announcement_parse (text, length, "http://station.example/live/x", &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = lec_property_list_new (announcement);
  g_assert_cmpstr (found, ==, facts[i].facts);
}

/* What a playlist from one place may open on another. */
static void
test_this_computer (void)
{
  static const struct
  {
    const char *base_uri;
    const char *reference;
    gboolean refused;
  } rows[] = {
    { "http://station.example/x", "http://localhost/x", TRUE },
    { "http://station.example/x", "http://LOCALHOST.:80/x", TRUE },
    { "http://station.example/x", "mms://localhost.localdomain/x", TRUE },
    { "http://station.example/x", "http://a.localhost/x", TRUE },
    { "http://station.example/x", "http://127.0.0.1:631/", TRUE },
    { "http://station.example/x", "http://user@127.9.9.9/", TRUE },
    { "http://station.example/x", "http://127.1/", TRUE },
    { "http://station.example/x", "http://0x7f000001/", TRUE },
    { "http://station.example/x", "http://2130706433/", TRUE },
    { "http://station.example/x", "http://0/", TRUE },
    { "http://station.example/x", "http://0.0.0.0:80/", TRUE },
    { "http://station.example/x", "http://[::1]/", TRUE },
    { "http://station.example/x", "http://[::]/", TRUE },
    { "http://station.example/x", "http://[::ffff:127.0.0.1]/", TRUE },
    { "http://station.example/x", "http://%6cocalhost/", TRUE },
    { "http://station.example/x", "//localhost/x", TRUE },
    { "http://station.example/x", "127.0.0.1:8000", TRUE },
    { "http://station.example/x", "udp://127.0.0.1:1234", TRUE },
    { "http://station.example/x", "rtp://[::1]:5004", TRUE },
    { "http://station.example/x", "udp://@:1234", TRUE },
    { "https://127.example/x", "http://127.0.0.1/", TRUE },
    { "http://station.example/x", "http://192.0.2.1/", FALSE },
    { "http://station.example/x", "http://[::2]/", FALSE },
    { "http://station.example/x", "http://local.example/", FALSE },
    { "http://station.example/x", "udp://@239.1.2.3:1234", FALSE },
    { "http://127.0.0.1:8000/x", "http://localhost/x", FALSE },
    { "http://localhost/x", "y", FALSE },
    { "http://[::1]/x", "http://127.0.0.1/x", FALSE },
    { "file:///srv/x.asx", "http://localhost/x", FALSE },
    { NULL, "http://localhost/x", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf (REF ("\"%s\""), rows[i].reference);
    g_autoptr (GError) error = NULL;
    g_autoptr (LecAnnouncement) announcement
        = lec_announcement_parse (text, strlen (text), rows[i].base_uri, &error);

    g_test_message ("%s in %s", rows[i].reference, rows[i].base_uri);
    g_assert_true ((announcement == NULL) == rows[i].refused);
    if (rows[i].refused)
      g_assert_nonnull (strstr (error->message, "may not refer to local files or hosts"));
  }
}

/* The encoding may be named by a parameter alone. */
static void
test_named_encoding (void)
{
  static const char text[] = "<ASX><PARAM NAME=\"Encoding\" VALUE=\"windows-1251\"/><ENTRY>"
                             "<TITLE>\xc7\xe0\xeb 3</TITLE><REF HREF=x></ENTRY></ASX>";
  g_autoptr (LecAnnouncement) announcement = parse (text, NULL);

  g_assert_cmpstr (lec_channel_get_title (g_ptr_array_index (announcement->channels, 0)), ==,
                   "Зал 3");
}

static void
test_bases (void)
{
  static const struct
  {
    const char *base_uri;
    const char *text;
    const char *promise;
  } rows[] = {
    { NULL, REF ("\"a b.nsc\""), "T: uri a%20b.nsc" },
    { NULL, ASX ("<BASE HREF=\"../v\"/><ENTRY><TITLE>T</TITLE><REF HREF=\"x\"/></ENTRY>"),
      "T: uri ../v/x" },
    { "file:///srv/hall%203/x.asx", REF ("\"talk.wmv\""), "T: uri file:///srv/hall%203/talk.wmv" },
    { "file:///srv/x.asx", REF ("\"file:///srv/talk.wmv\""), "T: uri file:///srv/talk.wmv" },
    { "http://a.example", REF ("\"x\""), "T: uri http://a.example/x" },
    { "http://a.example?b/c", REF ("\"x\""), "T: uri http://a.example/x" },
    { "http://a.example;b/c", REF ("\"x\""), "T: uri http://a.example/;b/x" },
    { "http://a.example:80", REF ("\"../x\""), "T: uri http://a.example:80/x" },
    { "https://a.example/b/x.asx", REF ("\"//c.example/y\""), "T: uri https://c.example/y" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecAnnouncement) announcement = parse (rows[i].text, rows[i].base_uri);
    g_autofree char *summary = lec_summary_new (announcement);

    g_assert_cmpstr (summary, ==, rows[i].promise);
  }
}

/* A local playlist must not reach a file server either. */
static void
test_share_from_a_local_playlist (void)
{
  static const char *const texts[]
      = { REF ("\"//server/share/x\""), REF ("\"file://server/share/x\"") };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (
        lec_announcement_parse (texts[i], strlen (texts[i]), "file:///srv/x.asx", &error));
    g_assert_nonnull (strstr (error->message, "Windows"));
  }
}

static void
test_bulk (void)
{
  gsize length;
  g_autofree char *text = lec_data_load ("asx/jimater-bulk.asx", &length);
  g_autoptr (LecAnnouncement) announcement = parse (text, NULL);
  const LecChannelInfo *first
      = lec_channel_get_info (g_ptr_array_index (announcement->channels, 0));
  const LecAlternative *alternative = g_ptr_array_index (first->alternatives, 0);

  g_assert_cmpuint (announcement->channels->len, ==, 102);
  g_assert_cmpstr (alternative->uri, ==, "http://listento.ardanradio.com:1059/radio.mp3");
  g_assert_cmpstr (lec_channel_get_title (g_ptr_array_index (announcement->channels, 101)), ==,
                   "Teluh Pengasihan");
}

/* What a playlist can make us hold has a bound, however it is asked for. */
static void
test_bounds (void)
{
  static const char *const texts[] = {
    ASX ("<REPEAT COUNT=4294967295><ENTRY><REF HREF=\"http://a.example/x\"/></ENTRY></REPEAT>"),
    ASX ("<REPEAT COUNT=9999><ENTRY><REF HREF=\"a\"/></ENTRY><ENTRY><REF "
         "HREF=\"b\"/></ENTRY></REPEAT>"),
  };
  g_autoptr (GString) refs = g_string_new ("<ASX><ENTRY>");
  g_autoptr (LecAnnouncement) many = NULL;
  const LecChannelInfo *info;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (LecAnnouncement) announcement = parse (texts[i], NULL);

    g_assert_cmpuint (announcement->channels->len, ==, LEC_MAX_ENTRIES);
    g_assert_cmpuint (announcement->warnings->len, ==, 1);
  }
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (refs, "<REF HREF=\"http://a.example/%u\"/>", i);
  many = parse (refs->str, NULL);
  info = lec_channel_get_info (g_ptr_array_index (many->channels, 0));
  g_assert_cmpuint (info->alternatives->len, ==, LEC_MAX_ALTERNATIVES);
}

/* A megabyte that a thousand entries share must not become a gigabyte. */
static void
test_no_multiplication (void)
{
  static const char *const heads[] = { "<BASE HREF=\"", "<TITLE>", "<MOREINFO HREF=\"" };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autofree char *filler = g_strnfill (900000, 'a');
    g_autofree char *text = g_strconcat ("<ASX>", heads[i], filler,
                                         "\"><REPEAT COUNT=1000><ENTRY><REF HREF=x>", NULL);
    g_autoptr (LecAnnouncement) announcement = parse (text, NULL);
    const LecChannel *last = g_ptr_array_index (announcement->channels, 999);
    const LecChannelInfo *info = lec_channel_get_info (last);
    const LecAlternative *alternative = g_ptr_array_index (info->alternatives, 0);

    g_assert_cmpstr (alternative->uri, ==, "x");
    g_assert_cmpuint (strlen (info->title), <=, LEC_MAX_TEXT);
    g_assert_null (info->more_info);
  }
}

/* What addresses in script commands are relative to, kept where a metafile says it; and written. */
static void
test_base_for_commands (void)
{
  static const struct
  {
    const char *text;
    const char *base; /* NULL: where the metafile lies */
  } rows[] = {
    { ASX ("<BASE HREF=\"http://b.example/show\"/><ENTRY><REF "
           "HREF=\"http://a.example/x\"/></ENTRY>"),
      "http://b.example/show/" },
    { ASX ("<BASE HREF=\"http://b.example/\"/><ENTRY><REF HREF=\"http://a.example/x\"/>"
           "<BASE HREF=\"https://c.example/\"/></ENTRY>"),
      "https://c.example/" },
    { ASX ("<BASE HREF=\"slides\"/><ENTRY><REF HREF=\"http://a.example/x\"/></ENTRY>"),
      "http://station.example/live/slides/" },
    { ASX ("<ENTRY><REF HREF=\"http://a.example/x\"/></ENTRY>"), NULL },
    { ASX ("<BASE HREF=\"javascript:x\"/><ENTRY><REF HREF=\"http://a.example/x\"/></ENTRY>"),
      NULL },
    { ASX ("<BASE HREF=\"mms://b.example/\"/><ENTRY><REF HREF=\"http://a.example/x\"/></ENTRY>"),
      NULL },
    { "[Reference]\nRef1=http://a.example/x\nBaseURL=http://b.example/s\n", "http://b.example/s/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecAnnouncement) announcement
        = parse (rows[i].text, "http://station.example/live/x.asx");
    const LecChannelInfo *info
        = lec_channel_get_info (g_ptr_array_index (announcement->channels, 0));
    g_autofree char *printed = lec_asx_print (announcement, NULL);
    g_autoptr (LecAnnouncement) again = parse (printed, NULL);

    g_assert_cmpstr (info->base, ==, rows[i].base);
    info = lec_channel_get_info (g_ptr_array_index (again->channels, 0));
    g_assert_cmpstr (info->base, ==, rows[i].base);
  }
}

/* Where logs are wanted: those of the entry, then those of the show, each once; and written. */
static void
test_log_urls (void)
{
  static const struct
  {
    const char *text;
    const char *urls; /* NULL: none */
  } rows[] = {
    { ASX (
          "<LOGURL HREF=\"http://a.example/s\"/><ENTRY><REF HREF=\"http://a.example/x\"/>"
          "<LOGURL HREF=\"https://b.example/e?x=1\"/><logurl href=\"http://a.example/s\"></ENTRY>"),
      "https://b.example/e?x=1 http://a.example/s" },
    { ASX ("<LOGURL HREF=\"log.dll\"/><ENTRY><REF HREF=\"http://a.example/x\"/></ENTRY>"),
      "http://station.example/live/log.dll" },
    { ASX ("<LOGURL HREF=\"\"/><LOGURL/><LOGURL HREF=\"mms://a.example/\"/>"
           "<LOGURL HREF=\"file:///tmp/log\"/><ENTRY><REF HREF=\"http://a.example/x\"/></ENTRY>"),
      NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (LecAnnouncement) announcement
        = parse (rows[i].text, "http://station.example/live/x.asx");
    g_autofree char *printed = lec_asx_print (announcement, NULL);
    g_autoptr (LecAnnouncement) again = parse (printed, NULL);
    const LecAnnouncement *both[] = { announcement, again };

    for (guint k = 0; k < G_N_ELEMENTS (both); k++) {
      const LecChannelInfo *info = lec_channel_get_info (g_ptr_array_index (both[k]->channels, 0));
      g_autofree char *urls = info->log_urls != NULL ? g_strjoinv (" ", info->log_urls) : NULL;

      g_assert_cmpstr (urls, ==, rows[i].urls);
    }
  }
}

/* So many are more than anybody reads. */
static void
test_many_log_urls (void)
{
  g_autoptr (GString) text = g_string_new ("<ASX>");
  g_autoptr (LecAnnouncement) announcement = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "<LOGURL HREF=\"http://a.example/%u\"/>", i);
  g_string_append (text, "<ENTRY><REF HREF=\"http://a.example/x\"/></ENTRY></ASX>");
  announcement = parse (text->str, NULL);
  g_assert_cmpuint (
      g_strv_length (
          lec_channel_get_info (g_ptr_array_index (announcement->channels, 0))->log_urls),
      ==, 8);
}

/* An address of any length is no address. */
static void
test_long_reference (void)
{
  g_autofree char *filler = g_strnfill (5000, 'a');
  g_autofree char *text = g_strconcat ("<ASX><REF HREF=\"http://", filler, "\">", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (lec_announcement_parse (text, strlen (text), NULL, &error));
  g_assert_nonnull (strstr (error->message, "longer than the limit of 4096 bytes"));
}

static void
test_utf16 (void)
{
  static const char text[] = REF ("\"http://a.example/x\"");
  g_autoptr (GString) bytes = g_string_new ("\xfe\xff");
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement = NULL;
  g_autofree char *summary = NULL;

  for (guint i = 0; text[i] != '\0'; i++) {
    g_string_append_c (bytes, '\0');
    g_string_append_c (bytes, text[i]);
  }
  announcement = lec_announcement_parse (bytes->str, bytes->len, NULL, &error);
  g_assert_no_error (error);
  summary = lec_summary_new (announcement);
  g_assert_cmpstr (summary, ==, X);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lec_rows_add ("/asx/wild", wild, G_N_ELEMENTS (wild));
  lec_rows_add ("/asx/moonlight", moonlight, G_N_ELEMENTS (moonlight));
  lec_rows_add ("/asx/soup", soup, G_N_ELEMENTS (soup));
  lec_rows_add ("/asx/references", references, G_N_ELEMENTS (references));
  lec_rows_add ("/asx/old", old, G_N_ELEMENTS (old));
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++) {
    g_autofree char *path = g_strconcat ("/asx/facts/", facts[i].story, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_facts);
  }
  g_test_add_func ("/asx/this computer", test_this_computer);
  g_test_add_func ("/asx/named encoding", test_named_encoding);
  g_test_add_func ("/asx/bases", test_bases);
  g_test_add_func ("/asx/log addresses", test_log_urls);
  g_test_add_func ("/asx/many log addresses", test_many_log_urls);
  g_test_add_func ("/asx/base for commands", test_base_for_commands);
  g_test_add_func ("/asx/share from a local playlist", test_share_from_a_local_playlist);
  g_test_add_func ("/asx/bulk", test_bulk);
  g_test_add_func ("/asx/bounds", test_bounds);
  g_test_add_func ("/asx/no multiplication", test_no_multiplication);
  g_test_add_func ("/asx/long reference", test_long_reference);
  g_test_add_func ("/asx/UTF-16", test_utf16);
  return g_test_run ();
}
