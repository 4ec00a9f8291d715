/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rows.h"

#define HEAD "v=0\r\no=lec 7 1 IN IP4 192.0.2.9\r\ns=Hall 3\r\n"
#define GROUP "c=IN IP4 239.1.1.1/8\r\n"
#define TIME "t=0 0\r\n"
#define VIDEO "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
#define GOOD HEAD GROUP TIME VIDEO
#define RAW "Hall 3: ts video 239.1.1.1:1234/8"
#define PROMISE "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}"

/* Descriptions as stations and programs write them: tests/data/README.md says which. */
static const LecRow wild[] = {
  { "mbone 1997", .file = "sdp/mbone-ietf39-1997.sdp",
    .promise
    = "IETF Meeting, Munich - 1: rtp audio 40000us 224.0.1.11:21010/127 rtcp 21011 {5 DVI4/8000/1} "
      "video 224.0.1.12:61010/127 rtcp 61011 {31 H261/90000}",
    .warning = "" },
  { "iptv with lines out of order", .file = "sdp/iptv-bbcone-2006.sdp",
    .promise = "BBC ONE [H.264/AVC]: rtp video 1200000b/s 233.122.227.151:5150/32 rtcp 5151 "
               "{33 MP2T/90000}",
    .warning = "order of RFC 8866" },
  { "address in the media section only", .file = "sdp/live555-mpeg2ts.sdp",
    .promise = "Test MPEG-2 Transport Stream session: rtp video 239.255.42.42:1234/127 rtcp 1235 "
               "{33 MP2T/90000}",
    .warning = "" },
  { "one group, two ports", .file = "sdp/live555-mpeg12-av.sdp",
    .promise = "Test MPEG Audio+Video session: rtp audio 239.255.42.42:6666/127 rtcp 6667 "
               "{14 MPA/90000} video 239.255.42.42:8888/127 rtcp 8889 {32 MPV/90000}",
    .warning = "" },
  { "VLC without receiver reports", .file = "sdp/vlc3-sap-es.sdp",
    .promise = "Lecture Hall 2 (ES): rtp video silent 239.255.20.3:5004/255 rtcp 5005 "
               "{32 MPV/90000} audio 384000b/s silent 239.255.20.3:5006/255 rtcp 5007 "
               "{14 MPA/90000}",
    .warning = "" },
  { "FFmpeg H.264 and AAC", .file = "sdp/ffmpeg5-sap-h264-aac.sdp",
    .promise = "Lecture Hall 3 - Analysis II: rtp video 239.255.20.1:5004/1 rtcp 5005 "
               "{96 H264/90000 packetization-mode=1 "
               "sprop-parameter-sets=Z2QADazZQUH7ARAAAAMAEAAAAwMg8UKZYA==,aOvjyyLA "
               "profile-level-id=64000D} audio 69000b/s 239.255.20.1:5006/1 rtcp 5007 "
               "{97 MPEG4-GENERIC/44100/1 profile-level-id=1 mode=AAC-hbr sizelength=13 "
               "indexlength=3 indexdeltalength=3 config=120856E500}",
    .warning = "" },
  { "FFmpeg H.265 and Opus", .file = "sdp/ffmpeg5-hevc-opus.sdp",
    .promise = "No Name: rtp video 239.255.30.1:5004/8 rtcp 5005 {96 H265/90000} audio 64000b/s "
               "239.255.30.1:5006/8 rtcp 5007 {97 opus/48000/2}",
    .warning = "" },
  { "FFmpeg with a key", .file = "sdp/ffmpeg5-srtp.sdp",
    .promise = "No Name: rtp video key AES_CM_128_HMAC_SHA1_80 30 239.255.30.2:5004/8 rtcp 5005 "
               "{96 H264/90000 packetization-mode=1}",
    .warning = "" },
  { "unicast", .file = "sdp/gst-unicast-h264-pcma.sdp",
    .promise = "Session streamed by GStreamer: rtp video 127.0.0.1:5000 rtcp 5001 {96 H264/90000} "
               "audio 127.0.0.1:5002 rtcp 5003 {8 PCMA/8000/1}",
    .warning = "" },
  { "two sources", .file = "sdp/gst-source-filter-two.sdp",
    .promise = "TestSdp: rtp audio 2304000b/s 224.0.0.0:5004 <127.0.0.1,127.0.0.2 rtcp 5005 "
               "{98 L24/48000/2}",
    .warning = "" },
  { "Dante", .file = "sdp/aes67-dante-glensound.sdp",
    .promise = "AOIP44-serial-1614 : 2: rtp audio \"2 channels: TxChan 0, TxChan 1\" 2304000b/s "
               "1000us 239.65.125.63:5004/32 rtcp 5005 {97 L24/48000/2}",
    .warning = "" },
  { "Anubis", .file = "sdp/aes67-merging-anubis.sdp",
    .promise = "Anubis Combo LR: rtp audio 1536000b/s 1000us by ptp IEEE1588-2008 "
               "30-D6-59-FF-FE-01-DB-72 domain 0 clock direct 0 239.1.16.51:5004/15 <192.168.16.51 "
               "rtcp 5005 "
               "{98 L16/48000/2}",
    .warning = "" },
  { "duplicates on two ports", .file = "sdp/aes67-daemon-dup.sdp",
    .promise = "Daemon a8c01101 ALSA Source 0: rtp audio 2304000b/s 1000us by ptp IEEE1588-2008 "
               "00-1D-C1-FF-FE-50-36-33 domain 0 clock direct 0 239.1.0.1:5004/15 <192.168.1.17 "
               "rtcp 5005 239.1.0.1:5006/15 <192.168.1.18 rtcp 5007 {98 L24/48000/2}",
    .warning = "" },
  { "duplicates of raw video", .file = "sdp/st2110-20-dup-annexb.sdp",
    .promise = "Example of a SMPTE ST2110-20 signal: rtp video 1104814080b/s by ptp "
               "IEEE1588-2008 39-A7-94-FF-FE-07-CB-D0 domain 37 clock direct 0 "
               "239.100.9.10:50000/32 <192.168.100.2 rtcp 50001 239.101.9.10:50020/32 "
               "<192.168.101.2 rtcp 50021 {112 raw/90000 sampling=YCbCr-4:2:2 width=1280 "
               "height=720 exactframerate=60000/1001 depth=10 TCS=SDR colorimetry=BT709 "
               "PM=2110GPM TP=2110TPN SSN=ST2110-20:2017}",
    .warning = "more than many networks carry" },
  { "source-specific", .file = "sdp/st2110-30-ssm.sdp",
    .promise
    = "Demo Audio Stream: rtp audio 2304000b/s 1000us by ptp IEEE1588-2008 "
      "EC-46-70-FF-FE-00-CE-DE domain 0 clock direct 0 232.130.55.188:46848/32 <172.29.80.65 "
      "rtcp 46849 {102 L24/48000/2}",
    .warning = "" },
  { "no o= s= t=", .file = "sdp/ssm-minimal.sdp",
    .promise = "232.30.1.1:50256: rtp video 232.30.1.1:50256/127 <172.30.1.1 rtcp 50257 "
               "{35 H264/90000}",
    .warning = "there is no valid o= line" },
  { "IPv6", .file = "sdp/ssm-ipv6-l24-dn42.sdp",
    .promise = "None: rtp audio 4608000b/s [ff3e::8232:232]:1234 <fd40:cc1e:c0de::fffe rtcp 1235 "
               "{96 L24/96000/2}",
    .warning = "" },
  { "FEC in groups", .file = "sdp/fec-ulpfec-rfc5109.sdp",
    .promise = "ULP FEC Seminar: rtp audio 224.2.17.12:30000/127 rtcp 30001 {0 PCMU/8000/1} "
               "repair ulpfec 224.2.17.12:30002 {100/8000} video 224.2.17.12:30004/127 rtcp 30005 "
               "{31 H261/90000} repair ulpfec 224.2.17.13:30004 {101/8000}" },
  { "static payload type", .file = "sdp/minisapserver-l16.sdp",
    .promise = "roc-recv: rtp audio 1411200b/s 239.255.12.42:12345/255 rtcp 12346 "
               "{10 L16/44100/2}",
    .warning = "" },
  { "232/8 without a source", .file = "sdp/camera-232-no-source-filter.sdp",
    .promise
    = "Media Server: rtp video 232.1.0.0:40000/64 rtcp 40001 {96 H264/90000 "
      "packetization-mode=1 profile-level-id=64001F "
      "sprop-parameter-sets=Z2QAH6w0yAUAW/8BbgICAoAAAfQAAGGodDAAglAACCUF3lxoYAEEoAAQSgu8uFAA,"
      "aO48MAA=}",
    .warning = "needs the address of its sender" },
  { "transport stream in UDP", .file = "sdp/raw-udp-ts-dvblast.sdp",
    .promise = "4.1: WBZ-DT: ts video 239.255.1.1:28001/255 <172.30.0.141", .warning = "" },
  { "MP2T as protocol", .file = "sdp/odd-mp2t-as-protocol.sdp",
    .promise = "live: ts video 7655000b/s 239.3.1.142:8048" },

  { "unknown version", .file = "bad/bad-version-1.sdp",
    .refusal = "unsupported: version 1 of SDP" },
  { "no address", .file = "bad/av1-payload-without-address.sdp",
    .refusal = "malformed: at which address to listen" },
  { "RTSP without address", .file = "bad/bad-connection-without-address.sdp",
    .refusal = "unsupported: open rtsp://10.0.0.1/media/video1/video instead" },
  { "RTSP with 0.0.0.0", .file = "bad/rtsp-only-samsung.sdp",
    .refusal = "unsupported: open rtsp://10.0.100.50/profile5/media.smp instead" },
};

/* How a description may be written and still be understood. */
static const LecRow tolerated[] = {
  { "plain", GOOD, .promise = PROMISE, .warning = "" },
  { "lone LF", "v=0\no=a 1 1 IN IP4 192.0.2.9\ns=x\n" GROUP TIME VIDEO,
    .promise = "x: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}", .warning = "" },
  { "lone CR", "v=0\ro=a 1 1 IN IP4 192.0.2.9\rs=x\r" GROUP TIME VIDEO,
    .promise = "x: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}", .warning = "" },
  { "byte order mark", "\xef\xbb\xbf" GOOD, .promise = PROMISE, .warning = "" },
  { "blank lines first", "\r\n\r\n" GOOD, .promise = PROMISE },
  { "PulseAudio",
    "v=0\no=pulse 3941337600 0 IN IP4 192.168.1.2\ns=PulseAudio RTP Stream on host\n"
    "c=IN IP4 224.0.0.56\nt=3941337600 0\na=recvonly\nm=audio 46000 RTP/AVP 127\n"
    "a=rtpmap:127 OPUS/48000/2\na=type:broadcast\n",
    .promise = "PulseAudio RTP Stream on host: rtp audio 224.0.0.56:46000 rtcp 46001 "
               "{127 opus/48000/2}",
    .warning = "" },
  { "PipeWire 1.4",
    "v=0\no=root 0 0 IN IP4 10.77.0.1\ns=vm\nc=IN IP4 224.0.0.56/1\nt=0 0\na=recvonly\n"
    "a=source-filter: incl IN IP4 224.0.0.56 0.0.0.0\na=mediaclk:sender\na=tool:PipeWire 1.4.2\n"
    "a=type:broadcast\nm=audio 46163 RTP/AVP 127\ni=2 channels: AUX1, AUX2\n"
    "a=rtpmap:127 L16/44100/2\na=framecount:310\na=ptime:7.02948\na=ssrc:1234\n",
    .promise
    = "vm: rtp audio \"2 channels: AUX1, AUX2\" 1411200b/s 7029us clock sender 224.0.0.56:46163/1 "
      "rtcp 46164 {127 L16/44100/2}",
    .warning = "" },
  { "minisapserver",
    "v=0\no=- 1 1 IN IP4 1.2.3.4\ns=Hall\nc=IN IP4 239.255.1.1/16\nt=0 0\n"
    "m=video 5004 udp mpeg\na=x-plgroup:Lectures\n",
    .promise = "Hall: ts video 239.255.1.1:5004/16", .warning = "" },
  { "baresip",
    "v=0\r\no=baresip 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 224.0.2.21\r\nt=0 0\r\n"
    "a=tool:baresip 1.1.0\r\nm=audio 50000 RTP/AVP 0 8\r\nb=AS:125\r\na=rtpmap:0 PCMU/8000\r\n"
    "a=rtpmap:8 PCMA/8000\r\na=rtcp:50001\r\na=sendrecv\r\na=label:1\r\na=rtcp-rsize\r\n"
    "a=ssrc:123 cname:sip:x\r\na=ptime:20\r\n",
    .promise = "224.0.2.21:50000: rtp audio \"1\" 125000b/s 20000us 224.0.2.21:50000 rtcp 50001 "
               "{0 PCMU/8000} {8 PCMA/8000}",
    .warning = "" },
  { "an encoder with controls that are of no use",
    "v=0\r\no=HAI 1 1 IN IP4 10.1.1.1\r\ns=Makito\r\nc=IN IP4 239.1.1.7/64\r\nt=0 0\r\n"
    "a=recvonly\r\na=control:*\r\na=range:npt=now-\r\nm=video 4900 RTP/AVP 96\r\n"
    "a=rtpmap:96 H264/90000\r\na=control:video\r\n",
    .promise = "Makito: rtp video 239.1.1.7:4900/64 rtcp 4901 {96 H264/90000}", .warning = "" },
  { "TS by another word", HEAD GROUP TIME "m=video 1234 UDP mpeg2\r\n", .promise = RAW,
    .warning = "" },
  { "TS of whichever kind", HEAD GROUP TIME "m=video 1234 udp *\r\n", .promise = RAW,
    .warning = "" },
  { "TS in the protocol", HEAD GROUP TIME "m=video 1234 UDP/MP2T 33\r\n", .promise = RAW,
    .warning = "" },
  { "TS as data", HEAD GROUP TIME "m=data 1234 MP2T/H2221/UDP 33\r\n", .promise = RAW,
    .warning = "" },
  { "word before it", "SDP:\r\n" GOOD, .promise = PROMISE,
    .warning = "line 1 is not a valid line of SDP" },
  { "Latin-1", "v=0\r\ns=H\xf6rsaal\r\n" GROUP VIDEO,
    .promise = "Hörsaal: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}",
    .warning = "read as Windows-1252" },
  { "named charset", "v=0\r\ns=\xfa\xc1\xcc\r\na=charset:KOI8-R\r\n" GROUP VIDEO,
    .promise = "Зал: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}",
    .warning = "read as KOI8-R" },
  { "controls and direction marks in a title",
    "v=0\r\ns=A\x1b[2J\xe2\x80\xae"
    "B\r\n" GROUP VIDEO,
    .promise = "A\xef\xbf\xbd[2JB: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "dash for a name", "v=0\r\ns=-\r\n" GROUP VIDEO,
    .promise = "239.1.1.1:5004: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "name behind the media", "v=0\r\n" GROUP VIDEO "s=Late\r\n",
    .promise = "Late: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}",
    .warning = "order of RFC 8866" },
  { "second name", HEAD "s=Other\r\n" GROUP TIME VIDEO, .promise = PROMISE,
    .warning = "line 4 (s=) repeats" },
  { "unknown lines", HEAD GROUP TIME "Q=1\r\nnonsense\r\n" VIDEO, .promise = PROMISE,
    .warning = "is not a valid line of SDP" },
  { "malformed origin", "v=0\r\no=who knows\r\ns=Hall 3\r\n" GROUP TIME VIDEO, .promise = PROMISE,
    .warning = "line 2 (o=)" },
  { "IP6 said, IP4 meant", HEAD "c=IN IP6 239.1.1.1/8\r\n" TIME VIDEO, .promise = PROMISE,
    .warning = "does not match the address 239.1.1.1" },
  { "ttl too large", HEAD "c=IN IP4 239.1.1.1/256\r\n" TIME VIDEO,
    .promise = "Hall 3: rtp video 239.1.1.1:5004 rtcp 5005 {96 H264/90000}",
    .warning = "was not understood" },
  { "layers in one line", HEAD "c=IN IP4 239.1.1.1/8/3\r\n" TIME VIDEO, .promise = PROMISE,
    .warning = "in 3 layers; only the first" },
  { "layers of IPv6", HEAD "c=IN IP6 ff15::1/3\r\n" TIME VIDEO,
    .promise = "Hall 3: rtp video [ff15::1]:5004 rtcp 5005 {96 H264/90000}",
    .warning = "in 3 layers; only the first" },
  { "layers in two lines", HEAD TIME VIDEO GROUP "c=IN IP4 239.1.1.2/8\r\n", .promise = PROMISE,
    .warning = "in 2 layers; only the first" },
  { "layers of ports", HEAD GROUP TIME "m=video 5004/2 RTP/AVP 32\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 {32 MPV/90000}",
    .warning = "in 2 layers; only the first" },
  { "unsupported transport beside a good one", GOOD "m=application 9 TCP/MSRP *\r\n",
    .promise = PROMISE, .warning = "sent over “TCP/MSRP”" },
  { "unknown media type beside a good one", GOOD "m=image 9 RTP/AVP 98\r\n", .promise = PROMISE,
    .warning = "of the type “image” are not played" },
  { "switched off beside a good one", GOOD "m=audio 0 RTP/AVP 0\r\n", .promise = PROMISE,
    .warning = "the audio has no port" },
  { "upper case", HEAD GROUP TIME "m=VIDEO 5004 rtp/avp 96\r\na=RTPMAP:96 h264/90000\r\n",
    .promise = PROMISE },
  { "profile with feedback", HEAD GROUP TIME "m=video 5004 RTP/AVPF 32\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 {32 MPV/90000}", .warning = "" },
  { "profile of RTSP", HEAD GROUP TIME "m=video 5004 RTP/AVP/UDP 32\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 {32 MPV/90000}", .warning = "" },
  { "indented paste",
    "   v=0\r\n   o=lec 7 1 IN IP4 192.0.2.9\r\n   s=Hall 3\r\n   " GROUP "   " TIME "   " VIDEO,
    .promise = PROMISE, .warning = "" },
  { "pasted twice", GOOD GOOD, .promise = PROMISE, .warning = "repeats an earlier one" },
  { "same connection twice",
    HEAD TIME "m=video 5004 RTP/AVP 96\r\n" GROUP GROUP "a=rtpmap:96 H264/90000\r\n",
    .promise = PROMISE, .warning = "" },
  { "interface of the sender", HEAD "c=IN IP6 ff12::1%eth0\r\n" TIME VIDEO,
    .promise = "Hall 3: rtp video [ff12::1]:5004 rtcp 5005 {96 H264/90000}",
    .warning = "the interface “eth0”" },
  { "address as in a URI", HEAD "c=IN IP6 [ff12::1]\r\n" TIME VIDEO,
    .promise = "Hall 3: rtp video [ff12::1]:5004 rtcp 5005 {96 H264/90000}", .warning = "" },
  { "a section that is nonsense beside a good one", GOOD "m=audio 50o4 RTP/AVP 0\r\na=mid:1\r\n",
    .promise = PROMISE, .warning = "line 8 cannot be understood" },
  { "a section that is nonsense before a good one",
    HEAD GROUP TIME "m=audio\r\na=rtcp-mux\r\n" VIDEO, .promise = PROMISE,
    .warning = "line 6 cannot be understood" },
  { "inactive beside a good one", GOOD "m=audio 6 RTP/AVP 0\r\na=inactive\r\n", .promise = PROMISE,
    .warning = "the audio is switched off" },
  { "switched on in a session that is off", HEAD GROUP TIME "a=inactive\r\n" VIDEO "a=sendonly\r\n",
    .promise = PROMISE, .warning = "" },
  { "every direction", GOOD "a=recvonly\r\na=sendrecv\r\na=recvonly\r\n", .promise = PROMISE,
    .warning = "" },
  { "origin of seven words",
    "v=0\r\no=The Hall 7 1 IN IP4 192.0.2.9\r\ns=Hall 3\r\n" GROUP TIME VIDEO, .promise = PROMISE,
    .warning = "line 2 (o=)" },
  { "video without its clock", HEAD GROUP TIME "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264\r\n",
    .promise = PROMISE },
  { "channels that are no number",
    HEAD GROUP TIME "m=audio 5004 RTP/AVP 96\r\na=rtpmap:96 MPEG4-GENERIC/48000/5.1\r\n",
    .promise = "Hall 3: rtp audio 239.1.1.1:5004/8 rtcp 5005 {96 MPEG4-GENERIC/48000}" },
  { "blank in a bandwidth", GOOD "b=AS: 500\r\n",
    .promise = "Hall 3: rtp video 500000b/s 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "FEC framework beside a good one",
    HEAD GROUP TIME "a=group:FEC-FR S1 R1\r\n" VIDEO "a=fec-source-flow: id=0\r\na=mid:S1\r\n"
                    "m=application 30000 UDP/FEC\r\nc=IN IP4 233.252.0.2/127\r\n"
                    "a=fec-repair-flow: encoding-id=10; ss-fssi=n:7,k:5\r\na=mid:R1\r\n",
    .promise = PROMISE, .warning = "sent over “UDP/FEC”" },
  { "connection first and nothing else", GROUP VIDEO,
    .promise = "239.1.1.1:5004: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}",
    .warning = "there is no v= line" },
  { "attributes of cameras",
    GOOD "a=framerate:29.97\r\na=framesize:96 1920-1080\r\na=cliprect:0,0,1080,1920\r\n"
         "a=x-dimensions:1920,1080\r\na=control:track1\r\na=range:npt=now-\r\n"
         "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=rtcp-fb:96 nack\r\n"
         "a=ssrc:1 cname:x\r\na=rtcp-rsize\r\na=msid:- x\r\n",
    .promise = PROMISE, .warning = "" },
  { "blanks in attributes",
    HEAD GROUP TIME "m=video  5004  RTP/AVP  96\r\na=rtpmap: 96  H264/90000 \r\n",
    .promise = PROMISE },
};

/* What single lines mean. */
static const LecRow lines[] = {
  { "flag without value", GOOD "a=fmtp:96 a=b==; interlaced ;;=x; c = d \r\n",
    .promise
    = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000 a=b== interlaced=1 c=d}" },
  { "a line for each parameter", GOOD "a=fmtp:96 a=1\r\na=fmtp:97 z=1\r\na=fmtp:96 b=2;\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000 a=1 b=2}" },
  /* as rtpjpegpay and the RTSP server of GStreamer 1.22.0 describe them */
  { "size of wide pictures in JPEG",
    HEAD GROUP TIME "m=video 5004 RTP/AVP 26\r\na=framerate:5\r\na=x-dimensions:2560,1440\r\n",
    .promise
    = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 {26 JPEG/90000 x-dimensions=2560,1440}" },
  { "size that is none", HEAD GROUP TIME "m=video 5004 RTP/AVP 26\r\na=x-dimensions:2560,0\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5005 {26 JPEG/90000}" },
  { "size of pictures that tell it themselves", GOOD "a=x-dimensions:2560,1440\r\n",
    .promise = PROMISE },
  { "spelling of the registry",
    HEAD GROUP TIME "m=audio 5004 RTP/AVP 96 97 98\r\na=rtpmap:96 OPUS/48000/2\r\n"
                    "a=rtpmap:97 mpeg4-generic/44100\r\na=rtpmap:98 X-Own/8000\r\n",
    .promise = "Hall 3: rtp audio 239.1.1.1:5004/8 rtcp 5005 {96 opus/48000/2} "
               "{97 MPEG4-GENERIC/44100} {98 X-Own/8000}" },
  { "all static payload types",
    HEAD GROUP TIME "m=audio 5004 RTP/AVP 0 3 4 5 8 9 10 11 14 15 18 25 26 28 31 32 33 34\r\n",
    .promise = "Hall 3: rtp audio 239.1.1.1:5004/8 rtcp 5005 {0 PCMU/8000/1} {3 GSM/8000/1} "
               "{4 G723/8000/1} {5 DVI4/8000/1} {8 PCMA/8000/1} {9 G722/8000/1} {10 L16/44100/2} "
               "{11 L16/44100/1} {14 MPA/90000} {15 G728/8000/1} {18 G729/8000/1} {25 CelB/90000} "
               "{26 JPEG/90000} {28 nv/90000} {31 H261/90000} {32 MPV/90000} {33 MP2T/90000} "
               "{34 H263/90000}" },
  { "payload type without meaning",
    HEAD GROUP TIME "m=video 5004 RTP/AVP 96 97\r\na=rtpmap:96 H264/90000\r\n", .promise = PROMISE,
    .warning = "payload type 97 is not described" },
  { "RTCP port", GOOD "a=rtcp:6000\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 6000 {96 H264/90000}" },
  { "RTCP port with address", GOOD "a=rtcp:6000 IN IP4 239.1.1.1\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 6000 {96 H264/90000}" },
  { "RTCP elsewhere", GOOD "a=rtcp:6000 IN IP4 239.9.9.9\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 239.9.9.9:6000 {96 H264/90000}",
    .warning = "" },
  { "RTCP to one computer", GOOD "a=rtcp:6000 IN IP4 192.0.2.9\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 {96 H264/90000}", .warning = "sent elsewhere" },
  { "RTCP at a name", GOOD "a=rtcp:6000 IN IP4 hall.example\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 {96 H264/90000}", .warning = "sent elsewhere" },
  { "RTCP of another family", GOOD "a=rtcp:6000 IN IP6 ff15::1\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 {96 H264/90000}", .warning = "sent elsewhere" },
  { "no RTCP", GOOD "a=rtcp:0\r\n", .promise = "Hall 3: rtp video 239.1.1.1:5004/8 {96 H264/90000}",
    .warning = "" },
  { "RTCP of a stream to one computer",
    HEAD "c=IN IP4 192.0.2.7\r\n" TIME VIDEO "a=rtcp:6000 IN IP4 192.0.2.8\r\n",
    .promise = "Hall 3: rtp video 192.0.2.7:5004 rtcp 192.0.2.8:6000 {96 H264/90000}" },
  { "RTCP port too large", GOOD "a=rtcp:65536\r\n", .promise = PROMISE,
    .warning = "RTCP port is not well-formed" },
  { "RTCP in the same port", GOOD "a=rtcp-mux\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 rtcp 5004 {96 H264/90000}" },
  { "last port", HEAD GROUP TIME "m=video 65535 RTP/AVP 32\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:65535/8 {32 MPV/90000}" },
  { "bandwidths", GOOD "b=AS:500\r\nb=TIAS:480123\r\nb=X-YZ:1\r\nb=RS:0\r\n",
    .promise = "Hall 3: rtp video 480123b/s 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "bandwidth of the session", HEAD GROUP "b=AS:500\r\nb=RR:0\r\n" TIME VIDEO,
    .promise = "Hall 3: rtp video 500000b/s silent 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "the exact bandwidth comes first", GOOD "b=TIAS:480123\r\nb=AS:500\r\n",
    .promise = "Hall 3: rtp video 480123b/s 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "bandwidth of all together", HEAD GROUP "b=CT:2000\r\n" TIME VIDEO, .promise = PROMISE,
    .warning = "" },
  { "bandwidth of a session of two", HEAD GROUP "b=AS:500\r\n" TIME VIDEO "m=audio 2 RTP/AVP 0\r\n",
    .promise = PROMISE " audio 239.1.1.1:2/8 rtcp 3 {0 PCMU/8000/1}" },
  { "bandwidth without end", GOOD "b=AS:99999999999\r\n", .promise = PROMISE,
    .warning = "line 8 (b=)" },
  { "bandwidth at the end of numbers", GOOD "b=AS:4294967295\r\n",
    .promise = "Hall 3: rtp video 4294967295b/s 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}",
    .warning = "more than many networks carry" },
  { "bandwidth of AES3 and of 20 bits",
    HEAD GROUP TIME "m=audio 2 RTP/AVP 96\r\na=rtpmap:96 am824/48000/2\r\n"
                    "m=audio 4 RTP/AVP 97\r\na=rtpmap:97 L20/48000\r\n",
    .promise = "Hall 3: rtp audio 3072000b/s 239.1.1.1:2/8 rtcp 3 {96 AM824/48000/2} audio "
               "960000b/s 239.1.1.1:4/8 rtcp 5 {97 L20/48000}" },
  { "packet times",
    HEAD GROUP TIME "m=audio 2 RTP/AVP 0\r\na=ptime:0.125\r\nm=audio 4 RTP/AVP 0\r\na=ptime:20\r\n"
                    "m=audio 6 RTP/AVP 0\r\na=ptime:1.0002\r\nm=audio 8 RTP/AVP 0\r\na=ptime:-1\r\n"
                    "m=audio 10 RTP/AVP 0\r\na=ptime:99999999\r\n",
    .promise = "Hall 3: rtp audio 125us 239.1.1.1:2/8 rtcp 3 {0 PCMU/8000/1} audio 20000us "
               "239.1.1.1:4/8 rtcp 5 {0 PCMU/8000/1} audio 1000us 239.1.1.1:6/8 rtcp 7 "
               "{0 PCMU/8000/1} audio 239.1.1.1:8/8 rtcp 9 {0 PCMU/8000/1} audio 239.1.1.1:10/8 "
               "rtcp 11 {0 PCMU/8000/1}" },
  { "what it shows", GOOD "a=content:slides,main\r\n",
    .promise = "Hall 3: rtp video showing slides,main 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "language of the description", HEAD GROUP TIME "a=sdplang:fr\r\n" VIDEO, .promise = PROMISE,
    .warning = "" },
  { "first of two languages", GOOD "a=lang:de\r\na=lang:en\r\n",
    .promise = "Hall 3: rtp video [de] 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "clock of the session",
    HEAD GROUP TIME "a=ts-refclk:ptp=IEEE1588-2008:39-A7-94-FF-FE-07-CB-D0:domain-nmbr=5\r\n"
                    "a=mediaclk:direct=7 rate=1000/1001\r\n" VIDEO,
    .promise = "Hall 3: rtp video by ptp IEEE1588-2008 39-A7-94-FF-FE-07-CB-D0 domain 5 clock "
               "direct 7 rate 1000/1001 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}",
    .warning = "" },
  { "clock of the media comes first",
    HEAD GROUP TIME "a=ts-refclk:local\r\na=mediaclk:direct=7\r\n" VIDEO
                    "a=ts-refclk:ntp=192.0.2.1\r\na=mediaclk:id=TUFD sender\r\n",
    .promise = "Hall 3: rtp video by ntp 192.0.2.1 clock sender 239.1.1.1:5004/8 rtcp 5005 "
               "{96 H264/90000}",
    .warning = "" },
  { "all reference clocks",
    GOOD "a=ts-refclk:ntp=/traceable/\r\na=ts-refclk:ptp=IEEE802.1AS-2011:traceable\r\n"
         "a=ts-refclk:gps\r\na=ts-refclk:gal\r\na=ts-refclk:glonass\r\na=ts-refclk:local\r\n"
         "a=ts-refclk:localmac=7C-E9-D3-1B-9A-AF\r\na=ts-refclk:private:traceable\r\n",
    .promise = "Hall 3: rtp video by ntp traceable by ptp IEEE802.1AS-2011 traceable by gps by "
               "galileo by glonass by local by local 7C-E9-D3-1B-9A-AF by private traceable "
               "239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}",
    .warning = "" },
  { "media clock of AVB", GOOD "a=mediaclk:IEEE1722=38-D6-6D-8E-D2-78-13-2F\r\n",
    .promise = "Hall 3: rtp video clock stream 38d66d8ed278132f 239.1.1.1:5004/8 rtcp 5005 "
               "{96 H264/90000}",
    .warning = "" },
  { "reference clock without its version", GOOD "a=ts-refclk:ptp=traceable\r\n",
    .promise = "Hall 3: rtp video by ptp traceable 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "reference clock that nobody has", GOOD "a=ts-refclk:sundial=1\r\na=ts-refclk:ptp=\r\n",
    .promise = PROMISE, .warning = "an unknown reference clock (a=ts-refclk)" },
  { "media clock at no rate", GOOD "a=mediaclk:direct=0 rate=1000/0\r\n", .promise = PROMISE,
    .warning = "an unknown media clock (a=mediaclk)" },
  { "media clock that wraps", GOOD "a=mediaclk:direct=4294967296\r\n", .promise = PROMISE,
    .warning = "an unknown media clock (a=mediaclk)" },
  { "language and label", HEAD GROUP TIME "a=lang:de\r\n" VIDEO "i=Slides\r\n",
    .promise = "Hall 3: rtp video \"Slides\" [de] 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "label attribute", GOOD "a=label:cam\r\na=lang:en\r\n",
    .promise = "Hall 3: rtp video \"cam\" [en] 239.1.1.1:5004/8 rtcp 5005 {96 H264/90000}" },
  { "sources of the session", HEAD GROUP TIME "a=source-filter: incl IN IP4 * 192.0.2.1\r\n" VIDEO,
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 <192.0.2.1 rtcp 5005 {96 H264/90000}",
    .warning = "" },
  { "sources of the media come first",
    HEAD GROUP TIME "a=source-filter: incl IN IP4 * 192.0.2.1\r\n" VIDEO
                    "a=source-filter:incl IN IP4 239.1.1.1 192.0.2.2\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 <192.0.2.2 rtcp 5005 {96 H264/90000}",
    .warning = "" },
  { "sources of another group",
    HEAD GROUP TIME "a=source-filter: incl IN IP4 239.9.9.9 192.0.2.1\r\n" VIDEO,
    .promise = PROMISE, .warning = "" },
  { "excluded sources", GOOD "a=source-filter: excl IN IP4 * 192.0.2.1 192.0.2.2\r\n",
    .promise
    = "Hall 3: rtp video 239.1.1.1:5004/8 !192.0.2.1,192.0.2.2 rtcp 5005 {96 H264/90000}" },
  { "sources both ways",
    GOOD "a=source-filter: excl IN IP4 * 192.0.2.1\r\na=source-filter: incl IN IP4 * 192.0.2.2\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 <192.0.2.2 rtcp 5005 {96 H264/90000}",
    .warning = "both allowed and forbidden" },
  { "source by name", GOOD "a=source-filter: incl IN * * camera.example 192.0.2.2\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 <192.0.2.2 rtcp 5005 {96 H264/90000}",
    .warning = "“camera.example” is not a numeric address" },
  { "anybody, as PipeWire 1.4 writes it",
    HEAD GROUP TIME VIDEO "a=source-filter: incl IN IP4 239.1.1.1 0.0.0.0\r\n", .promise = PROMISE,
    .warning = "" },
  { "anybody beside somebody", GOOD "a=source-filter: incl IN IP4 239.1.1.1 192.0.2.1 0.0.0.0\r\n",
    .promise = PROMISE, .warning = "" },
  { "anybody in one line, somebody in another",
    GOOD "a=source-filter: incl IN IP4 * 0.0.0.0\r\n"
         "a=source-filter: incl IN IP4 * 192.0.2.1\r\n",
    .promise = PROMISE, .warning = "" },
  { "anybody but",
    GOOD "a=source-filter: incl IN IP4 * 0.0.0.0\r\n"
         "a=source-filter: excl IN IP4 * 192.0.2.1\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 !192.0.2.1 rtcp 5005 {96 H264/90000}",
    .warning = "" },
  { "nobody excluded", GOOD "a=source-filter: excl IN IP4 * 0.0.0.0 192.0.2.1\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 !192.0.2.1 rtcp 5005 {96 H264/90000}",
    .warning = "" },
  { "anybody by a star", GOOD "a=source-filter: incl IN * * *\r\n", .promise = PROMISE,
    .warning = "" },
  { "anybody of IPv6",
    HEAD "c=IN IP6 ff15::1\r\n" TIME VIDEO "a=source-filter: incl IN IP6 ff15::1 ::\r\n",
    .promise = "Hall 3: rtp video [ff15::1]:5004 rtcp 5005 {96 H264/90000}", .warning = "" },
  { "anybody where one is needed",
    HEAD "c=IN IP4 232.1.1.1/8\r\n" TIME VIDEO "a=source-filter: incl IN IP4 * 0.0.0.0\r\n",
    .promise = "Hall 3: rtp video 232.1.1.1:5004/8 rtcp 5005 {96 H264/90000}",
    .warning = "source-specific multicast" },
  { "source of another family", GOOD "a=source-filter: incl IN IP6 * fe80::1\r\n",
    .promise = PROMISE, .warning = "“fe80::1” is not a numeric address" },
  { "source with the interface of its own",
    HEAD "c=IN IP6 ff15::1\r\n" TIME VIDEO "a=source-filter: incl IN IP6 * fe80::1%eth0\r\n",
    .promise = "Hall 3: rtp video [ff15::1]:5004 <fe80::1 rtcp 5005 {96 H264/90000}" },
  { "eleven sources",
    GOOD "a=source-filter: incl IN IP4 * 10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 "
         "10.0.0.5 10.0.0.6 10.0.0.7 10.0.0.8 10.0.0.9 10.0.0.10 10.0.0.11\r\n",
    .promise = "Hall 3: rtp video 239.1.1.1:5004/8 <10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4,10.0.0.5,"
               "10.0.0.6,10.0.0.7,10.0.0.8,10.0.0.9,10.0.0.10 rtcp 5005 {96 H264/90000}",
    .warning = "only the first 10 sources" },
  { "transport stream of VLC", HEAD GROUP TIME "m=video 1234 udp 33\r\n",
    .promise = "Hall 3: ts video 239.1.1.1:1234/8" },
  { "transport stream by name", HEAD GROUP TIME "m=video 1234 UDP MPEG2TS\r\n",
    .promise = "Hall 3: ts video 239.1.1.1:1234/8" },
  { "transport stream of DVB with a longer name",
    HEAD GROUP TIME "m=video 1234 MP2T/H2221/UDP 33\r\n",
    .promise = "Hall 3: ts video 239.1.1.1:1234/8" },
  { "transport stream of DVB", HEAD GROUP TIME "m=video 1234 RAW/RAW/UDP 33\r\n",
    .promise = "Hall 3: ts video 239.1.1.1:1234/8" },
  { "transport stream beside RTP", HEAD GROUP TIME VIDEO "m=video 1234 udp mpeg\r\n",
    .promise = PROMISE, .warning = "in another way than the stream before it" },
  { "raw video of other samplings",
    HEAD GROUP TIME
    "m=video 2 RTP/AVP 96\r\na=rtpmap:96 raw/90000\r\n"
    "a=fmtp:96 sampling=YCbCr-4:2:0;width=100;height=10;depth=8;exactframerate=10\r\n"
    "m=video 4 RTP/AVP 96\r\na=rtpmap:96 raw/90000\r\n"
    "a=fmtp:96 sampling=RGBA;width=100;height=10;depth=8;exactframerate=10\r\n"
    "m=video 6 RTP/AVP 96\r\na=rtpmap:96 raw/90000\r\na=fmtp:96 width=100;exactframerate=1/0\r\n",
    .promise = "Hall 3: rtp video 120000b/s 239.1.1.1:2/8 rtcp 3 {96 raw/90000 "
               "sampling=YCbCr-4:2:0 width=100 height=10 depth=8 exactframerate=10} video "
               "320000b/s 239.1.1.1:4/8 rtcp 5 {96 raw/90000 sampling=RGBA width=100 height=10 "
               "depth=8 exactframerate=10} video 239.1.1.1:6/8 rtcp 7 {96 raw/90000 width=100 "
               "exactframerate=1/0}" },
  { "raw video that does not tell its rate",
    HEAD GROUP TIME "m=video 2 RTP/AVP 96\r\na=rtpmap:96 raw/90000\r\n"
                    "a=fmtp:96 sampling=YCbCr-4:2:2;width=1920;height=1080;depth=8\r\n",
    .promise = "Hall 3: rtp video 995328000b/s 239.1.1.1:2/8 rtcp 3 {96 raw/90000 "
               "sampling=YCbCr-4:2:2 width=1920 height=1080 depth=8}",
    .warning = "takes about 995 Mbit/s" },
  { "redundancy, and what is inside is not listed",
    HEAD GROUP TIME "m=audio 2 RTP/AVP 121\r\na=rtpmap:121 red/8000\r\na=fmtp:121 0/0/96/8\r\n",
    .promise = "Hall 3: rtp audio 239.1.1.1:2/8 rtcp 3 {121 red/8000 0/0/96/8=1} "
               "{0 PCMU/8000/1} {8 PCMA/8000/1}" },
  { "redundancy, and what is inside is listed",
    HEAD GROUP TIME "m=audio 2 RTP/AVP 121 0\r\na=rtpmap:121 RED/8000\r\na=fmtp:121 0/0\r\n",
    .promise = "Hall 3: rtp audio 239.1.1.1:2/8 rtcp 3 {121 red/8000 0/0=1} {0 PCMU/8000/1}" },
  { "nine streams",
    HEAD GROUP TIME "m=audio 2 RTP/AVP 0\r\nm=audio 4 RTP/AVP 0\r\nm=audio 6 RTP/AVP 0\r\n"
                    "m=audio 8 RTP/AVP 0\r\nm=audio 10 RTP/AVP 0\r\nm=audio 12 RTP/AVP 0\r\n"
                    "m=audio 14 RTP/AVP 0\r\nm=audio 16 RTP/AVP 0\r\nm=audio 18 RTP/AVP 0\r\n",
    .promise = "Hall 3: rtp audio 239.1.1.1:2/8 rtcp 3 {0 PCMU/8000/1} audio 239.1.1.1:4/8 rtcp 5 "
               "{0 PCMU/8000/1} audio 239.1.1.1:6/8 rtcp 7 {0 PCMU/8000/1} audio 239.1.1.1:8/8 "
               "rtcp 9 {0 PCMU/8000/1} audio 239.1.1.1:10/8 rtcp 11 {0 PCMU/8000/1} audio "
               "239.1.1.1:12/8 rtcp 13 {0 PCMU/8000/1} audio 239.1.1.1:14/8 rtcp 15 "
               "{0 PCMU/8000/1} audio 239.1.1.1:16/8 rtcp 17 {0 PCMU/8000/1}",
    .warning = "promises 9 streams; only the first 8" },
};

static const LecRow refused[] = {
  { "no media", HEAD GROUP TIME, .refusal = "malformed: it describes no media" },
  { "no connection", HEAD TIME VIDEO, .refusal = "malformed: at which address to listen" },
  { "bare connection", HEAD "c=IN\r\n" TIME VIDEO,
    .refusal = "malformed: at which address to listen" },
  { "any address", HEAD "c=IN IP4 0.0.0.0\r\n" TIME VIDEO,
    .refusal = "malformed: at which address to listen" },
  { "any address of IPv6", HEAD "c=IN IP6 ::\r\n" TIME VIDEO,
    .refusal = "malformed: at which address to listen" },
  { "host name", HEAD "c=IN IP4 hall3.example\r\n" TIME VIDEO,
    .refusal = "unsupported: “hall3.example” is not a numeric address" },
  { "number for an address", HEAD "c=IN IP4 3975227649\r\n" TIME VIDEO,
    .refusal = "unsupported: is not a numeric address" },
  { "port 0", HEAD GROUP TIME "m=video 0 RTP/AVP 32\r\n", .refusal = "malformed: has no port" },
  { "port 65536", HEAD GROUP TIME "m=video 65536 RTP/AVP 32\r\n",
    .refusal = "malformed: line 6 cannot be understood" },
  { "negative port", HEAD GROUP TIME "m=video -5004 RTP/AVP 32\r\n",
    .refusal = "malformed: line 6 cannot be understood" },
  { "port with letters", HEAD GROUP TIME "m=video 50o4 RTP/AVP 32\r\n",
    .refusal = "malformed: line 6 cannot be understood" },
  { "payload type 4294967296", HEAD GROUP TIME "m=audio 5004 RTP/AVP 4294967296\r\n",
    .refusal = "malformed: in which format the audio is sent" },
  { "payload type 128", HEAD GROUP TIME "m=audio 5004 RTP/AVP 128\r\na=rtpmap:128 H264/90000\r\n",
    .refusal = "malformed: in which format the audio is sent" },
  { "clock rate 0", HEAD GROUP TIME "m=audio 5004 RTP/AVP 96\r\na=rtpmap:96 L16/0\r\n",
    .refusal = "malformed: in which format the audio is sent" },
  { "clock rate without end",
    HEAD GROUP TIME "m=audio 5004 RTP/AVP 96\r\na=rtpmap:96 L16/99999999999999999999999\r\n",
    .refusal = "malformed: in which format the audio is sent" },
  { "encoding that is no name",
    HEAD GROUP TIME "m=audio 5004 RTP/AVP 96\r\na=rtpmap:96 %n(\"/8000\r\n",
    .refusal = "malformed: in which format the audio is sent" },
  { "version that is no number", "v=x\r\ns=x\r\n" GROUP VIDEO,
    .refusal = "malformed: line 1 cannot be understood" },
  { "unsupported transport only", HEAD GROUP TIME "m=video 5004 SCTP 32\r\n",
    .refusal = "unsupported: sent over “SCTP”" },
  { "control below that of the session",
    HEAD "c=IN IP4 0.0.0.0\r\n" TIME "a=control:rtsp://192.0.2.1/hall/\r\n" VIDEO
         "a=control:trackID=1\r\n",
    .refusal = "unsupported: open rtsp://192.0.2.1/hall/ instead" },
  { "control in the link",
    HEAD "u=rtsp://192.0.2.1/hall\r\nc=IN IP4 0.0.0.0\r\n" TIME "a=control:*\r\n" VIDEO
         "a=control:trackID=1\r\n",
    .refusal = "unsupported: open rtsp://192.0.2.1/hall instead" },
  { "RTSP beside what is never played",
    HEAD "c=IN IP4 0.0.0.0\r\n" TIME "m=image 0 RTP/AVP 96\r\nm=video 0 RTP/AVP 32\r\n"
         "a=control:rtsps://192.0.2.1/a\r\n",
    .refusal = "unsupported: open rtsps://192.0.2.1/a instead" },
  { "control of a group is no matter", HEAD GROUP TIME "m=video 5004 SCTP 32\r\na=control:x\r\n",
    .refusal = "unsupported: sent over “SCTP”" },
  { "switched off", GOOD "a=inactive\r\n", .refusal = "unsupported: switched off by its sender" },
  { "cut inside a character",
    HEAD GROUP TIME "m=video 5\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3"
                    "\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4 RTP/AVP 32\r\n",
    .refusal = "malformed: line 6 cannot be understood" },
  { "error correction of a kind unknown",
    HEAD GROUP TIME "m=application 5004 RTP/AVP 96\r\na=rtpmap:96 raptorfec/90000\r\n",
    .refusal = "unsupported: error correction of the kind “raptorfec”" },
  { "RTSP server by its name",
    "v=0\r\no=- 1 1 IN IP4 camera.example\r\ns=x\r\nc=IN IP4 camera.example\r\n" TIME
    "a=control:*\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:trackID=1\r\n",
    .refusal = "unsupported: open the rtsp:// address it came from" },
  { "RTSP server by its name, with its address",
    HEAD "c=IN IP4 camera.example/32\r\n" TIME
         "a=control:rtsp://camera.example/live\r\nm=video 5004 RTP/AVP 96\r\n"
         "a=rtpmap:96 H264/90000\r\n",
    .refusal = "unsupported: open rtsp://camera.example/live instead" },
  { "station by its name", HEAD "c=IN IP4 hall3.example/8\r\n" TIME VIDEO,
    .refusal = "unsupported: “hall3.example/8” is not a numeric address" },
  { "relative control", HEAD "c=IN IP4 0.0.0.0\r\n" TIME VIDEO "a=control:trackID=1\r\n",
    .refusal = "unsupported: open the rtsp:// address it came from" },
};

static LecChannel *
parse_one (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LecAnnouncement) announcement
      = lec_announcement_parse (text, strlen (text), NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (announcement->channels->len, ==, 1);
  return lec_channel_ref (g_ptr_array_index (announcement->channels, 0));
}

/* The same channel announced again keeps its identity; another one does not share it. */
static void
test_identity (void)
{
  static const struct
  {
    const char *story;
    const char *a;
    const char *b;
    gboolean same;
  } rows[] = {
    { "new version", "o=- 5 1 IN IP4 192.0.2.1\r\nc=IN IP4 239.1.1.1\r\n",
      "o=- 5 2 IN IP4 192.0.2.1\r\nc=IN IP4 239.1.1.2\r\n", TRUE },
    { "new session", "o=- 5 1 IN IP4 192.0.2.1\r\nc=IN IP4 239.1.1.1\r\n",
      "o=- 6 1 IN IP4 192.0.2.1\r\nc=IN IP4 239.1.1.1\r\n", FALSE },
    { "generic origin", "o=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 239.1.1.1\r\n",
      "o=- 0 0 IN IP4 127.0.0.1\r\nc=IN IP4 239.1.1.2\r\n", FALSE },
    { "loopback origin", "o=- 49451 3 IN IP4 127.0.0.1\r\nc=IN IP4 239.1.1.1\r\n",
      "o=- 49451 3 IN IP4 127.0.0.1\r\nc=IN IP4 239.1.1.2\r\n", FALSE },
    { "origin of nobody", "o=- 0 0 IN IP4 0.0.0.0\r\nc=IN IP4 239.1.1.1\r\n",
      "c=IN IP4 239.1.1.1\r\n", TRUE },
    { "origin by name", "o=- 5 1 IN IP4 hall.example\r\nc=IN IP4 239.1.1.1\r\n",
      "o=- 5 3 IN IP4 hall.example\r\nc=IN IP4 239.1.1.2\r\n", TRUE },
    { "no origin", "c=IN IP4 239.1.1.1\r\n", "c=IN IP4 239.1.1.2\r\n", FALSE },
    { "no origin, same address", "c=IN IP4 239.1.1.1\r\n", "c=IN IP4 239.1.1.1\r\ns=New\r\n",
      TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *a_text = g_strconcat ("v=0\r\n", rows[i].a, VIDEO, NULL);
    g_autofree char *b_text = g_strconcat ("v=0\r\n", rows[i].b, VIDEO, NULL);
    g_autoptr (LecChannel) a = parse_one (a_text);
    g_autoptr (LecChannel) b = parse_one (b_text);

    g_test_message ("%s", rows[i].story);
    g_assert_cmpint (g_str_equal (lec_channel_get_id (a), lec_channel_get_id (b)), ==,
                     rows[i].same);
  }
}

static void
test_texts (void)
{
  g_autoptr (LecChannel) channel = parse_one (
      HEAD "i=On groups\r\nu=http://lectures.example/3\r\ne=A <a@b.example>\r\ne=c@b.example\r\n"
           "p=+49 30 1\r\n" GROUP TIME
           "a=cat:Maths\r\na=keywds:ring field\r\na=tool:vlc 3.0\r\na=type:meeting\r\n"
           "a=x-qt-text-aut:Noether\r\na=x-qt-text-cpy:1921\r\na=x-qt-text-nam:Rings\r\n" VIDEO);
  g_autoptr (LecChannel) script
      = parse_one (HEAD "u=javascript:alert(1)\r\n" GROUP TIME "a=x-plgroup:News\r\n" VIDEO);
  const LecChannelInfo *info = lec_channel_get_info (channel);
  g_autofree char *details = g_strjoinv ("|", info->details);

  g_assert_cmpstr (info->description, ==, "On groups");
  g_assert_cmpstr (info->more_info, ==, "http://lectures.example/3");
  g_assert_cmpstr (info->origin, ==, "192.0.2.9");
  g_assert_cmpstr (info->email, ==, "A <a@b.example>, c@b.example");
  g_assert_cmpstr (info->phone, ==, "+49 30 1");
  g_assert_cmpstr (info->category, ==, "Maths");
  g_assert_cmpstr (info->keywords, ==, "ring field");
  g_assert_cmpstr (info->author, ==, "Noether");
  g_assert_cmpstr (info->copyright, ==, "1921");
  g_assert_cmpstr (details, ==, "tool|vlc 3.0|type|meeting|x-qt-text-nam|Rings");
  g_assert_null (lec_channel_get_info (script)->more_info);
  g_assert_cmpstr (lec_channel_get_info (script)->category, ==, "News");
}

static void
test_too_long (void)
{
  g_autoptr (GString) text = g_string_new (GOOD);
  g_autoptr (GError) error = NULL;

  while (text->len < 70000)
    g_string_append (text,
                     "a=x:yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n");
  g_assert_null (lec_announcement_parse (text->str, text->len, NULL, &error));
  g_assert_nonnull (strstr (error->message, "64 KiB"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lec_rows_add ("/sdp/wild", wild, G_N_ELEMENTS (wild));
  lec_rows_add ("/sdp/tolerated", tolerated, G_N_ELEMENTS (tolerated));
  lec_rows_add ("/sdp/lines", lines, G_N_ELEMENTS (lines));
  lec_rows_add ("/sdp/refused", refused, G_N_ELEMENTS (refused));
  g_test_add_func ("/sdp/identity", test_identity);
  g_test_add_func ("/sdp/texts", test_texts);
  g_test_add_func ("/sdp/too long", test_too_long);
  return g_test_run ();
}
