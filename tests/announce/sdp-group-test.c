/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rows.h"

#define HEAD "v=0\r\no=lec 7 1 IN IP4 192.0.2.9\r\ns=Hall 3\r\nc=IN IP4 239.1.1.1/8\r\nt=0 0\r\n"
#define VIDEO "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
#define PROMISE "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}"

/* Media that belong together. */
static const LecRow groups[] = {
  { "retransmission",
    HEAD "a=group:FID 1 2\r\n" VIDEO "a=mid:1\r\nm=video 5006 RTP/AVP 97\r\n"
         "a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=mid:2\r\n",
    .promise = PROMISE " repair rtx 239.1.1.1:5006 {97/90000 apt=96}", .warning = "" },
  { "FlexFEC named first",
    HEAD "a=group:FEC-FR 2 1\r\n" VIDEO "a=mid:1\r\nm=video 5006 RTP/AVP 97\r\n"
         "a=rtpmap:97 flexfec/90000\r\na=mid:2\r\n",
    .promise = PROMISE " repair flexfec 239.1.1.1:5006 {97/90000}", .warning = "" },
  { "2022-1 rows and columns",
    HEAD "a=group:FEC-FR 1 2 3\r\n" VIDEO "a=mid:1\r\nm=application 5006 RTP/AVP 97\r\n"
         "a=rtpmap:97 1d-interleaved-parityfec/90000\r\na=mid:2\r\n"
         "m=application 5008 RTP/AVP 97\r\n"
         "a=rtpmap:97 1d-interleaved-parityfec/90000\r\na=mid:3\r\n",
    .promise = PROMISE " repair 2022-1 239.1.1.1:5006 {97/90000} "
                       "repair 2022-1 239.1.1.1:5008 {97/90000}" },
  { "repair that no group names",
    HEAD VIDEO "m=video 5006 RTP/AVP 97\r\na=rtpmap:97 ulpfec/90000\r\n",
    .promise = PROMISE " repair ulpfec 239.1.1.1:5006 {97/90000}" },
  { "repair of nothing", HEAD "m=video 5006 RTP/AVP 97\r\na=rtpmap:97 ulpfec/90000\r\n" VIDEO,
    .promise = PROMISE, .warning = "protects no stream" },
  { "nothing but repair", HEAD "m=video 5006 RTP/AVP 97\r\na=rtpmap:97 ulpfec/90000\r\n",
    .refusal = "malformed: no media" },
  { "repair inside the stream",
    HEAD "m=video 5004 RTP/AVP 96 97\r\na=rtpmap:96 H264/90000\r\n"
         "a=rtpmap:97 ulpfec/90000\r\n",
    .promise = PROMISE " {97 ulpfec/90000} repair ulpfec 239.1.1.1:5004 {97/90000}" },
  { "duplicates that differ",
    HEAD "a=group:DUP 1 2\r\n" VIDEO "a=mid:1\r\nm=video 5006 RTP/AVP 32\r\na=mid:2\r\n",
    .promise = PROMISE " video 239.1.1.1:5006/8 rtcp 5007 {32 MPV/90000}",
    .warning = "differ in format" },
  { "group of itself", HEAD "a=group:DUP 1 1 2\r\na=group:FEC\r\na=group:\r\n" VIDEO "a=mid:1\r\n",
    .promise = PROMISE },

  { "retransmission of two formats",
    HEAD "a=group:FID 1 2\r\nm=video 5004 RTP/AVP 96 32\r\na=rtpmap:96 H264/90000\r\na=mid:1\r\n"
         "m=video 5006 RTP/AVP 97 98\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96;rtx-time=3000\r\n"
         "a=rtpmap:98 rtx/90000\r\na=fmtp:98 apt=32\r\na=mid:2\r\n"
         "a=source-filter: incl IN IP4 239.1.1.1 192.0.2.1\r\n",
    .promise = PROMISE " {32 MPV/90000} repair rtx 239.1.1.1:5006 <192.0.2.1 {97/90000 apt=96 "
                       "rtx-time=3000} repair rtx 239.1.1.1:5006 <192.0.2.1 {98/90000 apt=32}",
    .warning = "" },
  { "retransmission that is to be asked for",
    HEAD "a=group:FID 1 2\r\nm=video 5004 RTP/AVPF 96\r\na=rtpmap:96 H264/90000\r\n"
         "a=rtcp-fb:* nack\r\na=mid:1\r\nm=video 5006 RTP/AVPF 97\r\na=rtpmap:97 rtx/90000\r\n"
         "a=fmtp:97 apt=96\r\na=mid:2\r\n",
    .promise = PROMISE " repair rtx 239.1.1.1:5006 {97/90000 apt=96} nack", .warning = "" },
  { "asked of one computer",
    HEAD "a=group:FID 1 2\r\na=rtcp-unicast:rsi\r\nm=video 5004 RTP/AVPF 96\r\n"
         "a=rtpmap:96 H264/90000\r\na=rtcp-fb:96 nack\r\na=rtcp:6000 IN IP4 192.0.2.9\r\n"
         "a=mid:1\r\nm=video 5006 RTP/AVPF 97\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n"
         "a=mid:2\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 {96 H264/90000} repair rtx 239.1.1.1:5006 "
               "{97/90000 apt=96} nack 192.0.2.9:6000" },
  { "asked of the only source",
    HEAD "a=source-filter: incl IN IP4 239.1.1.1 192.0.2.1\r\na=rtcp-unicast:reflection\r\n"
         "m=video 5004 RTP/AVPF 96 97\r\na=rtpmap:96 H264/90000\r\na=rtcp-fb:96 nack\r\n"
         "a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 <192.0.2.1 rtcp 5005 {96 H264/90000} "
               "{97 rtx/90000 apt=96} repair rtx 239.1.1.1:5004 <192.0.2.1 {97/90000 apt=96} nack "
               "192.0.2.1:5005",
    .warning = "" },
  { "of a picture that is lost, and of another type",
    HEAD "m=video 5004 RTP/AVPF 96 97\r\na=rtpmap:96 H264/90000\r\na=rtpmap:97 rtx/90000\r\n"
         "a=fmtp:97 apt=96\r\na=rtcp-fb:96 nack pli\r\na=rtcp-fb:97 nack\r\na=rtcp-fb:50 nack\r\n",
    .promise = PROMISE " {97 rtx/90000 apt=96} repair rtx 239.1.1.1:5004 {97/90000 apt=96}",
    .warning = "" },
  { "retransmission inside the stream",
    HEAD "m=video 5004 RTP/AVP 96 97\r\na=rtpmap:96 H264/90000\r\na=rtpmap:97 rtx/90000\r\n"
         "a=fmtp:97 apt=96\r\na=ssrc-group:FID 1 2\r\n",
    .promise = PROMISE " {97 rtx/90000 apt=96} repair rtx 239.1.1.1:5004 {97/90000 apt=96}",
    .warning = "" },
  { "redundant coding",
    HEAD "m=audio 5004 RTP/AVP 96 0\r\na=rtpmap:96 red/8000\r\na=fmtp:96 0/0\r\n",
    .promise = "Hall 3: rtp audio 239.1.1.1:5004/8 rtcp 5005 {96 red/8000 0/0=1} {0 PCMU/8000/1}",
    .warning = "" },
  { "all schemes of old and new names",
    HEAD "a=group:FEC-FR 1 2 3 4\r\n" VIDEO "a=mid:1\r\nm=application 2 RTP/AVP 100\r\n"
         "a=rtpmap:100 parityfec/90000\r\na=mid:2\r\nm=video 4 RTP/AVP 101\r\n"
         "a=rtpmap:101 flexfec-03/90000\r\na=fmtp:101 repair-window=10000000; ToP=2; L=5; D=10\r\n"
         "a=mid:3\r\nm=video 6 RTP/AVP 102\r\na=rtpmap:102 vnd.dvb.iptv.alfec-base/90000\r\n"
         "a=mid:4\r\n",
    .promise = PROMISE " repair 2022-1 239.1.1.1:2 {100/90000} repair flexfec 239.1.1.1:4 "
                       "{101/90000 repair-window=10000000 ToP=2 L=5 D=10} repair 2022-1 "
                       "239.1.1.1:6 {102/90000}",
    .warning = "" },
  { "repair of the second leg",
    HEAD "a=group:DUP 1 2\r\na=group:FEC-FR 2 3\r\n" VIDEO "a=mid:1\r\nm=video 5006 RTP/AVP 96\r\n"
         "a=rtpmap:96 H264/90000\r\na=mid:2\r\nm=video 5008 RTP/AVP 97\r\n"
         "a=rtpmap:97 flexfec/90000\r\na=mid:3\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 239.1.1.1:5006/8 rtcp 5007 "
               "{96 H264/90000} repair flexfec 239.1.1.1:5008 {97/90000}",
    .warning = "" },
  { "repair named before the legs",
    HEAD "a=group:FEC-FR 2 3\r\na=group:DUP 1 2\r\n" VIDEO "a=mid:1\r\nm=video 5006 RTP/AVP 96\r\n"
         "a=rtpmap:96 H264/90000\r\na=mid:2\r\nm=video 5008 RTP/AVP 97\r\n"
         "a=rtpmap:97 flexfec/90000\r\na=mid:3\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 239.1.1.1:5006/8 rtcp 5007 "
               "{96 H264/90000} repair flexfec 239.1.1.1:5008 {97/90000}",
    .warning = "" },
  { "sources of one port that one stream of repair protects", /* RFC 8627, section 5 */
    HEAD "m=video 5004 RTP/AVP 96 97\r\na=rtpmap:96 H264/90000\r\na=rtpmap:97 flexfec/90000\r\n"
         "a=fmtp:97 repair-window=200000\r\na=ssrc:1000 cname:a@b\r\na=ssrc:1010 cname:a@b\r\n"
         "a=ssrc:2110 cname:a@b\r\na=ssrc-group:FEC-FR 1000 1010 2110\r\n",
    .promise = PROMISE " {97 flexfec/90000 repair-window=200000} repair flexfec 239.1.1.1:5004 "
                       "{97/90000 repair-window=200000}",
    .warning = "" },
  { "repair of two streams at once",
    HEAD "a=group:FEC-FR 1 2 3\r\n" VIDEO "a=mid:1\r\nm=audio 2 RTP/AVP 0\r\na=mid:2\r\n"
         "m=application 4 RTP/AVP 97\r\na=rtpmap:97 flexfec/90000\r\na=mid:3\r\n",
    .promise = PROMISE " repair flexfec 239.1.1.1:4 {97/90000} audio 239.1.1.1:2/8 rtcp 3 "
                       "{0 PCMU/8000/1} "
                       "repair flexfec 239.1.1.1:4 {97/90000}",
    .warning = "" },
  { "repair of two streams, in two groups",
    HEAD "a=group:FEC-FR 1 3\r\na=group:FEC-FR 2 3\r\n" VIDEO
         "a=mid:1\r\nm=audio 2 RTP/AVP 0\r\na=mid:2\r\n"
         "m=video 4 RTP/AVP 97\r\na=rtpmap:97 flexfec/90000\r\na=mid:3\r\n",
    .promise
    = PROMISE " repair flexfec 239.1.1.1:4 {97/90000} audio 239.1.1.1:2/8 rtcp 3 {0 PCMU/8000/1} "
              "repair flexfec 239.1.1.1:4 {97/90000}",
    .warning = "" },
  { "five legs",
    HEAD "a=group:DUP 1 2 3 4 5\r\nm=audio 2 RTP/AVP 0\r\na=mid:1\r\nm=audio 4 RTP/AVP 0\r\n"
         "a=mid:2\r\nm=audio 6 RTP/AVP 0\r\na=mid:3\r\nm=audio 8 RTP/AVP 0\r\na=mid:4\r\n"
         "m=audio 10 RTP/AVP 0\r\na=mid:5\r\n",
    .promise = "Hall 3: rtp audio 239.1.1.1:2/8 rtcp 3 239.1.1.1:4/8 rtcp 5 239.1.1.1:6/8 rtcp 7 "
               "239.1.1.1:8/8 rtcp 9 {0 PCMU/8000/1}",
    .warning = "only the first 4 legs" },
  { "duplicates under two names on one port", HEAD VIDEO "a=ssrc-group:DUP 1 2\r\n",
    .promise = PROMISE, .warning = "sent twice to one port" },
  { "sizes under two names on one port", HEAD VIDEO "a=ssrc-group:SIM 1 2\r\n", .promise = PROMISE,
    .warning = "in several sizes" },
  { "one group, two senders",
    HEAD VIDEO "a=source-filter: incl IN IP4 * 192.0.2.1\r\n" VIDEO
               "a=source-filter: incl IN IP4 * 192.0.2.2\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 <192.0.2.1 rtcp 5005 {96 H264/90000} video "
               "239.1.1.1:5004/8 <192.0.2.2 rtcp 5005 {96 H264/90000}",
    .warning = "" },
  { "lip sync",
    HEAD "a=group:LS 3 2\r\n" VIDEO "a=mid:1\r\nm=audio 2 RTP/AVP 0\r\na=mid:2\r\n"
         "m=audio 4 RTP/AVP 0\r\na=mid:3\r\n",
    .promise = PROMISE " audio sync 1 239.1.1.1:2/8 rtcp 3 {0 PCMU/8000/1} audio sync 1 "
                       "239.1.1.1:4/8 rtcp 5 {0 PCMU/8000/1}",
    .warning = "" },
  { "two lip syncs, numbered by their streams",
    HEAD "a=group:LS 3\r\na=group:LS 2 1 3\r\n" VIDEO
         "a=mid:1\r\nm=audio 2 RTP/AVP 0\r\na=mid:2\r\n"
         "m=audio 4 RTP/AVP 0\r\na=mid:3\r\n",
    .promise = "Hall 3: rtp video sync 1 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000} audio sync 1 "
               "239.1.1.1:2/8 rtcp 3 {0 PCMU/8000/1} audio sync 2 239.1.1.1:4/8 rtcp 5 "
               "{0 PCMU/8000/1}" },
  { "addresses to choose from",
    HEAD "a=group:ANAT 2 1\r\nm=audio 2 RTP/AVP 0\r\na=mid:1\r\nm=audio 2 RTP/AVP 0\r\n"
         "c=IN IP6 ff15::1\r\na=mid:2\r\n",
    .promise = "Hall 3: rtp audio [ff15::1]:2 rtcp 3 {0 PCMU/8000/1}",
    .warning = "2 addresses to choose from" },
  { "layers",
    HEAD "a=group:DDP L1 L2\r\n" VIDEO "a=mid:L1\r\nm=video 5006 RTP/AVP 97\r\n"
         "a=rtpmap:97 H264-SVC/90000\r\na=depend:97 lay L1:96\r\na=mid:L2\r\n",
    .promise = PROMISE, .warning = "in 2 layers; only the first" },
  { "one transport",
    HEAD "a=group:BUNDLE 1 2\r\n" VIDEO "a=mid:1\r\nm=audio 5004 RTP/AVP 0\r\na=mid:2\r\n",
    .promise = PROMISE " audio 239.1.1.1:5004/8 rtcp 5005 {0 PCMU/8000/1}", .warning = "" },
  { "group of a kind unknown", HEAD "a=group:XYZ 1\r\n" VIDEO "a=mid:1\r\n", .promise = PROMISE,
    .warning = "grouped as “XYZ”" },
  { "legs of a transport stream",
    HEAD "a=group:DUP 1 2\r\nm=video 2 udp 33\r\na=mid:1\r\nm=video 4 udp 33\r\na=mid:2\r\n",
    .promise = "Hall 3: ts video 239.1.1.1:2/8 239.1.1.1:4/8", .warning = "" },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lec_rows_add ("/sdp-group", groups, G_N_ELEMENTS (groups));
  return g_test_run ();
}
