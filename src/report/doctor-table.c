/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All that the doctor can say, in the order of precedence: what is certain before what is likely,
 * what is near before what is far, and what keeps all of it before what keeps a part. */
#include <glib/gi18n-lib.h>

#include "report/doctor-absence.h"
#include "report/doctor-host.h"
#include "report/doctor-media.h"
#include "report/doctor-network.h"
#include "report/doctor-station.h"
#include "report/doctor-track.h"

#define REFUSED LEC_PHASE_REFUSED
#define NOTHING LEC_PHASE_NOTHING
#define UNSEEN LEC_PHASE_UNSEEN
#define SILENT LEC_PHASE_SILENT
#define PLAYING LEC_PHASE_PLAYING
#define ABSENT (NOTHING | SILENT)
#define SOME (UNSEEN | PLAYING)
#define MEDIA (SOME | REFUSED) /* a medium may be refused before anything comes */
#define ADVICE (PLAYING | LEC_PHASE_ADVICE)

#define CHANNEL LEC_ABOUT_CHANNEL
#define STREAM LEC_ABOUT_STREAM
#define TRACK LEC_ABOUT_TRACK

#define FATAL LEC_SEVERITY_FATAL
#define DEGRADED LEC_SEVERITY_DEGRADED
#define HINT LEC_SEVERITY_HINT
#define FINE LEC_SEVERITY_FINE

#define NO_ERROR LEC_ERROR_NONE
#define UNSUPPORTED LEC_ERROR_UNSUPPORTED

#define TEXT_WAITING N_ ("Waiting for {address} …")
#define TEXT_NOTHING                                                                               \
  N_ ("Nothing arrives from {place}: the station may not be sending, or the network is not "       \
      "forwarding multicast")
#define TEXT_ALL_DAMAGED N_ ("All that arrives from {place} is damaged (wrong UDP checksum)")
#define TEXT_ARRIVING N_ ("Packets arrive; waiting for the first complete picture or sound")
#define REMEDY_NEWER N_ ("The announcement may be out of date: ask the sender for a newer one")
#define REMEDY_NEWEST N_ ("Ask the sender for the newest announcement")
#define REMEDY_REVERSE_PATH                                                                        \
  N_ ("As administrator run “sysctl -w net.ipv4.conf.all.rp_filter=0 {rp-filters}”")
#define REMEDY_FORMAT N_ ("Ask the sender for another format")
#define REMEDY_OPEN N_ ("Ask the sender for a channel that is not scrambled")
#define REMEDY_TS N_ ("Ask the sender for MPEG-TS with its tables")
#define REMEDY_STATION N_ ("Ask whoever runs the station")
#define REMEDY_WAY N_ ("Ask whoever runs the network to look for errors and full links on the way")
#define REMEDY_QUERIER                                                                             \
  N_ ("Enable a querier on the router or switch; if there is one, let its questions ({protocol}) " \
      "in through the firewall of this computer")

const LecDoctorRule lec_doctor_rules[] = {
  /* ---- what is refused says itself why ---- */
  { REFUSED, CHANNEL, lec_doctor_is_join_limited, LEC_DOCTOR_JOIN_LIMIT, FATAL,
    LEC_ERROR_JOIN_LIMIT, "{refusal}", NULL, "{refusal-remedy}" },
  { REFUSED, CHANNEL, lec_doctor_is_port_held, LEC_DOCTOR_PORT_HELD, FATAL, LEC_ERROR_PORT_HELD,
    "{refusal}", NULL, "{refusal-remedy}" },
  { REFUSED, CHANNEL, lec_doctor_is_barred_for_source, LEC_DOCTOR_NEEDS_SOURCE, FATAL,
    LEC_ERROR_NEEDS_SOURCE, "{refusal}", NULL, "{refusal-remedy}" },
  { REFUSED, CHANNEL, lec_doctor_is_barred, LEC_DOCTOR_REFUSED, FATAL, NO_ERROR, "{refusal}", NULL,
    "{refusal-remedy}" },

  /* ---- a capture is all there is: neither this computer nor the network is to blame ---- */
  { NOTHING, CHANNEL, lec_doctor_is_not_captured, LEC_DOCTOR_NOTHING_ARRIVES, FATAL,
    LEC_ERROR_SILENT, N_ ("Nothing in this capture was sent to {address}"), NULL,
    N_ ("Play it with the announcement of what was captured") },

  /* ---- this computer: certain, and so before anything that is thought of the network ---- */
  { ABSENT, CHANNEL, lec_doctor_is_link_down, LEC_DOCTOR_INTERFACE_DOWN, FATAL, LEC_ERROR_SILENT,
    N_ ("The network interface {links} of this computer is switched off"), NULL,
    N_ ("Switch the network on in the settings of this computer") },
  { ABSENT, CHANNEL, lec_doctor_is_link_gone, LEC_DOCTOR_INTERFACE_DOWN, FATAL, LEC_ERROR_SILENT,
    N_ ("The network interface {links} of this computer is gone"), NULL,
    N_ ("Plug the adapter in again, or use another network connection") },
  { ABSENT, CHANNEL, lec_doctor_is_isolated, LEC_DOCTOR_INTERFACE_DOWN, FATAL, LEC_ERROR_SILENT,
    N_ ("This computer has no network interface"), NULL,
    N_ ("Plug an adapter in, or switch it on") },
  { ABSENT, CHANNEL, lec_doctor_has_no_carrier, LEC_DOCTOR_NO_CARRIER, FATAL, LEC_ERROR_SILENT,
    N_ ("The network interface {links} of this computer is not connected (no carrier)"), NULL,
    N_ ("Check the cable and the socket in the wall, or join the Wi-Fi") },
  { ABSENT, CHANNEL, lec_doctor_has_no_multicast, LEC_DOCTOR_NO_MULTICAST, FATAL, LEC_ERROR_SILENT,
    N_ ("The network interface {links} of this computer cannot receive multicast"), NULL,
    N_ ("Use another network connection, such as the cable") },
  { ABSENT, CHANNEL, lec_doctor_has_no_v4, LEC_DOCTOR_NO_ADDRESS, FATAL, LEC_ERROR_SILENT,
    N_ ("The network interface {links} of this computer has no IPv4 address yet"), NULL,
    N_ ("Wait for the network (DHCP), or connect anew") },
  { ABSENT, CHANNEL, lec_doctor_has_no_v6, LEC_DOCTOR_NO_ADDRESS, FATAL, LEC_ERROR_SILENT,
    N_ ("The network interface {links} of this computer has no IPv6 address yet"), NULL,
    N_ ("Wait for the network, or connect anew") },
  { ABSENT, CHANNEL, lec_doctor_has_only_v6, LEC_DOCTOR_NO_ADDRESS, FATAL, LEC_ERROR_SILENT,
    N_ ("This channel is sent over IPv4, but the network interface {links} of this computer has an "
        "IPv6 address only"),
    NULL, N_ ("Ask whoever runs the network for IPv4, or the sender for a channel over IPv6") },
  { ABSENT, CHANNEL, lec_doctor_has_only_v4, LEC_DOCTOR_NO_ADDRESS, FATAL, LEC_ERROR_SILENT,
    N_ ("This channel is sent over IPv6, but the network interface {links} of this computer has an "
        "IPv4 address only"),
    NULL,
    N_ ("Switch IPv6 on in the settings of the network, or ask the sender for a channel over "
        "IPv4") },

  /* ---- what the station itself has said of its end ---- */
  { SILENT, CHANNEL, lec_doctor_has_ended_msb, LEC_DOCTOR_ENDED, FATAL, LEC_ERROR_SILENT,
    N_ ("The station has sent nothing to be played for {seconds} s, so what it sent has ended; "
        "still listening, in case it begins again"),
    NULL, NULL },
  { SILENT, CHANNEL, lec_doctor_has_lost_server, LEC_DOCTOR_SERVER_GONE, FATAL, LEC_ERROR_SILENT,
    N_ ("The server of this channel does not answer any more; still trying, in case it comes back"),
    NULL, N_ ("Ask whoever runs the server") },
  { SILENT, CHANNEL, lec_doctor_has_said_bye, LEC_DOCTOR_ENDED, FATAL, LEC_ERROR_SILENT,
    N_ ("The station ended the session (RTCP BYE); still listening, in case it comes back"), NULL,
    NULL },
  { SILENT, CHANNEL, lec_doctor_is_withdrawn, LEC_DOCTOR_ENDED, FATAL, LEC_ERROR_SILENT,
    N_ ("The station has withdrawn this channel; still listening, in case it comes back"), NULL,
    NULL },

  /* ---- this computer again: what reaches it, and gets no further ---- */
  { ABSENT, CHANNEL, lec_doctor_is_unexpected, LEC_DOCTOR_REVERSE_PATH, FATAL, LEC_ERROR_SILENT,
    N_ ("This computer drops what is sent to {place}, as its own way to the sender is another one, "
        "or there is none (reverse-path filter)"),
    NULL, REMEDY_REVERSE_PATH },
  { ABSENT, CHANNEL, lec_doctor_may_be_unexpected, LEC_DOCTOR_REVERSE_PATH, FATAL, LEC_ERROR_SILENT,
    N_ ("Nothing gets through from {place}: either it does not arrive, or this computer drops it, "
        "as its own way to the sender is another one, or there is none (reverse-path filter); some "
        "packets are dropped for that"),
    NULL, REMEDY_REVERSE_PATH },
  { ABSENT, CHANNEL, lec_doctor_is_filtered, LEC_DOCTOR_FIREWALL, FATAL, LEC_ERROR_SILENT,
    N_ ("A firewall on this computer keeps out what is sent to {place}"), NULL,
    N_ ("As administrator let them in: {firewall}") },
  { NOTHING, CHANNEL, lec_doctor_is_all_damaged, LEC_DOCTOR_DAMAGED, FATAL, LEC_ERROR_SILENT,
    TEXT_ALL_DAMAGED, NULL, N_ ("Check cable, plug and network card") },
  { ABSENT, CHANNEL, lec_doctor_drops_damaged, LEC_DOCTOR_DAMAGED, FATAL, LEC_ERROR_SILENT,
    TEXT_ALL_DAMAGED, NULL, N_ ("Check cable, plug and network card") },
  { ABSENT, CHANNEL, lec_doctor_may_drop_damaged, LEC_DOCTOR_DAMAGED, FATAL, LEC_ERROR_SILENT,
    N_ ("Nothing gets through from {place}: either it does not arrive, or it is damaged (wrong UDP "
        "checksum), as some packets are that this computer drops"),
    NULL, N_ ("Check cable, plug and network card") },

  { ABSENT, CHANNEL, lec_doctor_is_of_other_source, LEC_DOCTOR_OTHER_SOURCE, FATAL,
    LEC_ERROR_SILENT,
    N_ ("{stranger} sends to {address}, but only {sources} is listened to, as the announcement "
        "says "
        "(source filter)"),
    NULL, N_ ("Ask the sender for an announcement that names the right source") },

  /* ---- it was announced for another time ---- */
  { ABSENT, CHANNEL, lec_doctor_is_later, LEC_DOCTOR_NOT_YET, FATAL, LEC_ERROR_SILENT,
    N_ ("This channel has not begun: the announcement says it begins at {next}"), NULL,
    N_ ("Wait until then, or ask the sender for a newer announcement") },
  { ABSENT, CHANNEL, lec_doctor_is_over, LEC_DOCTOR_OVER, FATAL, LEC_ERROR_SILENT,
    N_ ("This channel is over: the announcement says it ended at {end}"), NULL,
    N_ ("Ask the sender for a newer announcement") },

  /* ---- the station is there, and sends no media ---- */
  { NOTHING, CHANNEL, lec_doctor_is_waiting_msb, LEC_DOCTOR_PAUSED, FATAL, LEC_ERROR_SILENT,
    N_ ("The station is there and is waiting to begin: only its beacons arrive"), NULL,
    N_ ("Wait until it begins, or ask whoever runs the station") },
  { NOTHING, CHANNEL, lec_doctor_is_paused_at_join, LEC_DOCTOR_PAUSED, FATAL, LEC_ERROR_SILENT,
    N_ ("The station is there, but sends neither picture nor sound at the moment: only its reports "
        "(RTCP) arrive from {place}"),
    NULL, N_ ("Wait until it begins, or ask whoever runs the station") },
  { SILENT, CHANNEL, lec_doctor_is_idle_msb, LEC_DOCTOR_PAUSED, FATAL, LEC_ERROR_SILENT,
    N_ ("The station is there, but has sent nothing to be played for {seconds} s: only its beacons "
        "arrive"),
    NULL, N_ ("Wait until it goes on, or ask whoever runs the station") },
  { SILENT, CHANNEL, lec_doctor_is_paused, LEC_DOCTOR_PAUSED, FATAL, LEC_ERROR_SILENT,
    N_ ("The station is there, but has sent neither picture nor sound for {seconds} s: only its "
        "reports (RTCP) arrive"),
    NULL, N_ ("Wait until it goes on, or ask whoever runs the station") },

  /* ---- something else comes than was announced ---- */
  { SOME, STREAM, lec_doctor_is_clear, LEC_DOCTOR_NOT_ENCRYPTED, FATAL, UNSUPPORTED,
    N_ ("{stream}: what arrives is not encrypted, although the announcement says that it is "
        "(SRTP)"),
    NULL, N_ ("Ask the sender for an announcement without a=crypto, or to encrypt again") },
  { SOME, STREAM, lec_doctor_is_of_other_key, LEC_DOCTOR_KEY_WRONG, FATAL, UNSUPPORTED,
    N_ ("{stream}: what arrives is encrypted (SRTP), but not with the announced key"), NULL,
    REMEDY_NEWEST },
  { SOME, STREAM, lec_doctor_is_undecided, LEC_DOCTOR_WAITING, HINT, NO_ERROR,
    N_ ("{stream}: packets arrive that the announced key does not open"), NULL, NULL },
  { SOME, STREAM, lec_doctor_is_locked, LEC_DOCTOR_KEY_WRONG, FATAL, UNSUPPORTED,
    N_ ("{stream}: the announced key does not open what arrives: either it is encrypted with "
        "another key, or not at all"),
    NULL, REMEDY_NEWEST },
  { SOME | SILENT, STREAM, lec_doctor_is_locked_now, LEC_DOCTOR_KEY_WRONG, FATAL, UNSUPPORTED,
    N_ ("{stream}: the announced key has not opened what arrives for {stream-silent} s: either it "
        "is encrypted with another key now, or not at all any more"),
    NULL, REMEDY_NEWEST },
  { SOME, STREAM, lec_doctor_is_encrypted, LEC_DOCTOR_KEY_MISSING, FATAL, UNSUPPORTED,
    N_ ("{stream}: what arrives is encrypted (SRTP), but the announcement gives no key"), NULL,
    N_ ("Ask the sender for an announcement with the key (a=crypto)") },
  { SOME, STREAM, lec_doctor_is_other_and_known, LEC_DOCTOR_OTHER_PAYLOAD, FATAL, UNSUPPORTED,
    N_ ("{stream}: payload type {arriving} ({arriving-name}) arrives, but the announcement says "
        "{announced}"),
    NULL, REMEDY_NEWER },
  { SOME, STREAM, lec_doctor_is_other, LEC_DOCTOR_OTHER_PAYLOAD, FATAL, UNSUPPORTED,
    N_ ("{stream}: payload type {arriving} arrives, but the announcement says {announced}"), NULL,
    REMEDY_NEWER },
  { SOME, STREAM, lec_doctor_is_other_now, LEC_DOCTOR_OTHER_PAYLOAD, FATAL, UNSUPPORTED,
    N_ ("{stream}: payload type {strange} arrives now, but the announcement says {announced}"),
    NULL, REMEDY_NEWER },
  { SOME, STREAM, lec_doctor_is_stream_malformed, LEC_DOCTOR_OTHER_PAYLOAD, FATAL, UNSUPPORTED,
    N_ ("{stream}: what arrives from {stream-place} is neither RTP nor an MPEG transport stream"),
    NULL, N_ ("Ask the sender for RTP or MPEG-TS") },
  { UNSEEN, CHANNEL, lec_doctor_is_just_foreign, LEC_DOCTOR_WAITING, FINE, NO_ERROR, TEXT_WAITING,
    NULL, NULL },
  { UNSEEN, CHANNEL, lec_doctor_is_undescribed_msb, LEC_DOCTOR_UNDESCRIBED, FATAL, UNSUPPORTED,
    N_ ("The station sends only formats that the station file (.nsc) does not describe"), NULL,
    N_ ("Ask the sender for the newest station file") },
  { UNSEEN, CHANNEL, lec_doctor_is_no_msb, LEC_DOCTOR_OTHER_PAYLOAD, FATAL, UNSUPPORTED,
    N_ ("Packets arrive, but they are not Windows Media multicast"), NULL, REMEDY_NEWER },
  { UNSEEN, CHANNEL, lec_doctor_is_named, LEC_DOCTOR_OTHER_PAYLOAD, FATAL, UNSUPPORTED,
    N_ ("What comes is plain {foreign}, with neither RTP nor a transport stream around it"), NULL,
    N_ ("Ask the sender for MPEG-TS") },
  { UNSEEN, CHANNEL, lec_doctor_is_malformed, LEC_DOCTOR_OTHER_PAYLOAD, FATAL, UNSUPPORTED,
    N_ ("Packets arrive, but they are neither RTP nor an MPEG transport stream"), NULL,
    N_ ("Ask the sender for RTP or MPEG-TS") },
  { UNSEEN, CHANNEL, lec_doctor_is_of_unknown_kind, LEC_DOCTOR_UNDESCRIBED, FATAL, UNSUPPORTED,
    N_ ("Packets arrive, but their address alone does not tell what they are (payload type "
        "{payload})"),
    NULL, N_ ("Open the channel's .sdp file instead") },
  { UNSEEN, CHANNEL, lec_doctor_is_foreign, LEC_DOCTOR_OTHER_PAYLOAD, FATAL, UNSUPPORTED,
    N_ ("Packets arrive, but not of the kind that was announced (payload type {payload})"), NULL,
    REMEDY_NEWER },
  { SOME, STREAM, lec_doctor_is_stream_scrambled, LEC_DOCTOR_SCRAMBLED, FATAL, UNSUPPORTED,
    N_ ("What arrives is scrambled: it can be seen only where that can be descrambled"), NULL,
    REMEDY_OPEN },

  /* ---- a part of it is not there ---- */
  { SOME, CHANNEL, lec_doctor_is_filtered, LEC_DOCTOR_FIREWALL, DEGRADED, LEC_ERROR_SILENT,
    N_ ("A firewall on this computer keeps a part of this channel out"), NULL,
    N_ ("As administrator let it in: {firewall}") },
  { SOME, STREAM, lec_doctor_is_missing, LEC_DOCTOR_STREAM_MISSING, DEGRADED, LEC_ERROR_SILENT,
    N_ ("{stream}: nothing arrives from {stream-place}, while the rest of the channel does"), NULL,
    N_ ("Either the station does not send it, or the network does not forward this group: ask "
        "whoever runs the station") },
  { SOME, STREAM, lec_doctor_is_stream_paused, LEC_DOCTOR_PAUSED, DEGRADED, NO_ERROR,
    N_ ("{stream}: the station has sent nothing for {stream-silent} s, as its reports (RTCP) say, "
        "while the rest of the channel arrives"),
    NULL, N_ ("Wait until it goes on, or ask whoever runs the station") },
  { SOME, STREAM, lec_doctor_is_stream_held_back, LEC_DOCTOR_STREAM_MISSING, DEGRADED, NO_ERROR,
    N_ ("{stream}: nothing has arrived from {stream-place} for {stream-silent} s, although the "
        "station sends it, as its reports (RTCP) say"),
    NULL, N_ ("The network does not forward this group any more: ask whoever runs the network") },
  { SOME, STREAM, lec_doctor_is_stream_gone, LEC_DOCTOR_STREAM_MISSING, DEGRADED, NO_ERROR,
    N_ ("{stream}: nothing has arrived from {stream-place} for {stream-silent} s, while the rest "
        "of the channel does"),
    NULL,
    N_ ("Either the station does not send it any more, or the network does not forward this group: "
        "ask whoever runs the station") },

  /* ---- it cannot be decoded here, however well it comes ---- */
  { MEDIA, STREAM, lec_doctor_is_program_stream, LEC_DOCTOR_UNDESCRIBED, FATAL, NO_ERROR,
    N_ ("What comes is an MPEG program stream, and no transport stream"), NULL,
    N_ ("Ask the sender for MPEG-TS") },
  { MEDIA, STREAM, lec_doctor_has_no_tables, LEC_DOCTOR_UNDESCRIBED, FATAL, NO_ERROR,
    N_ ("The transport stream has no program table (PAT), which tells what is in it"), NULL,
    REMEDY_TS },
  { MEDIA, STREAM, lec_doctor_lacks_wanted, LEC_DOCTOR_UNDESCRIBED, FATAL, NO_ERROR,
    N_ ("Program {wanted} is not in this transport stream, which has {programs}"), NULL,
    N_ ("Open one of those, or ask the sender for a newer announcement") },
  { MEDIA, STREAM, lec_doctor_has_no_map, LEC_DOCTOR_UNDESCRIBED, FATAL, NO_ERROR,
    N_ ("The transport stream has no program map (PMT), which tells where its media are"), NULL,
    REMEDY_TS },
  { MEDIA, STREAM, lec_doctor_is_empty, LEC_DOCTOR_UNDESCRIBED, FATAL, NO_ERROR,
    N_ ("The program {chosen} has no media"), NULL, REMEDY_STATION },
  { MEDIA, TRACK, lec_doctor_is_of_unknown_codec, LEC_DOCTOR_UNKNOWN_CODEC, FATAL, UNSUPPORTED,
    N_ ("Nothing here can play what this channel sends as “{codec}”"), NULL, REMEDY_FORMAT },
  { MEDIA, TRACK, lec_doctor_is_of_unsafe_codec, LEC_DOCTOR_UNKNOWN_CODEC, FATAL, UNSUPPORTED,
    N_ ("Lectern does not play “{codec}” on purpose: what reads it is not safe with damaged "
        "packets"),
    NULL, REMEDY_FORMAT },
  { MEDIA, TRACK, lec_doctor_lacks_package, LEC_DOCTOR_NO_DECODER, FATAL, UNSUPPORTED,
    N_ ("This computer has no decoder for the picture ({codec})"),
    N_ ("This computer has no decoder for the sound ({codec})"),
    N_ ("Install the package {package} (as it is called on Debian and Ubuntu), which has one for "
        "GStreamer") },
  { MEDIA, TRACK, lec_doctor_lacks_decoder, LEC_DOCTOR_NO_DECODER, FATAL, UNSUPPORTED,
    N_ ("This computer has no decoder for the picture ({codec})"),
    N_ ("This computer has no decoder for the sound ({codec})"),
    N_ ("Install GStreamer plugins that have one, or ask the sender for another format") },
  { MEDIA, TRACK, lec_doctor_is_scrambled_by, LEC_DOCTOR_SCRAMBLED, FATAL, UNSUPPORTED,
    N_ ("The picture is scrambled by {ca}: it can be seen only where that can be descrambled"),
    N_ ("The sound is scrambled by {ca}: it can be heard only where that can be descrambled"),
    REMEDY_OPEN },
  { MEDIA, TRACK, lec_doctor_is_scrambled, LEC_DOCTOR_SCRAMBLED, FATAL, UNSUPPORTED,
    N_ ("The picture is scrambled: it can be seen only where that can be descrambled"),
    N_ ("The sound is scrambled: it can be heard only where that can be descrambled"),
    REMEDY_OPEN },
  { MEDIA, TRACK, lec_doctor_is_protected, LEC_DOCTOR_PROTECTED, FATAL, UNSUPPORTED,
    N_ ("It is protected by {ca}, so that it cannot be played here"), NULL,
    N_ ("Ask the sender for one that is not") },
  { MEDIA, TRACK, lec_doctor_is_undescribed, LEC_DOCTOR_UNDESCRIBED, FATAL, UNSUPPORTED,
    N_ ("The picture cannot be decoded: its description in the announcement is incomplete or "
        "wrong"),
    N_ ("The sound cannot be decoded: its description in the announcement is incomplete or wrong"),
    N_ ("Ask the sender for a newer announcement") },
  { REFUSED, CHANNEL, lec_doctor_always, LEC_DOCTOR_REFUSED, FATAL, UNSUPPORTED, "{refusal}", NULL,
    "{refusal-remedy}" },

  /* ---- it is decoded, and not seen ---- */
  { PLAYING, TRACK, lec_doctor_is_unshown, LEC_DOCTOR_NOT_SHOWN, DEGRADED, NO_ERROR,
    N_ ("The picture is decoded, but has not been shown for {unseen} s"), NULL,
    N_ ("Start Lectern again; if that does not help, the graphics driver may be the cause") },
  { PLAYING, TRACK, lec_doctor_is_too_slow, LEC_DOCTOR_CPU, DEGRADED, NO_ERROR,
    N_ ("All packets arrive, but this computer decodes the picture too late, so that it falls "
        "behind or parts of it are left out"),
    NULL, N_ ("Close other programs, or ask the sender for a smaller picture") },

  /* ---- the greatest part of what does not come, or not in time ---- */
  { PLAYING, CHANNEL, lec_doctor_lacks_buffer, LEC_DOCTOR_BUFFER, DEGRADED, NO_ERROR,
    N_ ("This computer dropped {lost-local} packets, as its receive buffer is too small for this "
        "channel"),
    NULL, N_ ("As administrator run “sysctl -w net.core.rmem_max={buffer}”") },
  { PLAYING, CHANNEL, lec_doctor_is_held_up, LEC_DOCTOR_CPU, DEGRADED, NO_ERROR,
    N_ ("This computer dropped {lost-local} packets, as nothing took them in time: either it was "
        "too busy, or it was asleep"),
    NULL, N_ ("Close other programs") },
  { PLAYING, CHANNEL, lec_doctor_is_damaged, LEC_DOCTOR_DAMAGED, DEGRADED, NO_ERROR,
    N_ ("{damaged} of {all} packets arrived damaged (wrong UDP checksum)"), NULL,
    N_ ("Check cable, plug and network card") },
  { PLAYING, CHANNEL, lec_doctor_was_interrupted, LEC_DOCTOR_INTERRUPTED, HINT, NO_ERROR,
    N_ ("{lost} of {all} packets are missing, as this computer itself was cut off for a while "
        "(network interface or firewall)"),
    NULL, NULL },
  { PLAYING, CHANNEL, lec_doctor_lacks_damaged, LEC_DOCTOR_DAMAGED, DEGRADED, NO_ERROR,
    N_ ("{lost} of {all} packets are missing, and about as many arrived damaged (wrong UDP "
        "checksum)"),
    NULL, N_ ("Check cable, plug and network card") },
  { PLAYING, CHANNEL, lec_doctor_lacks_filtered, LEC_DOCTOR_FIREWALL, DEGRADED, NO_ERROR,
    N_ ("{lost} of {all} packets are missing, and a firewall on this computer dropped about as "
        "many"),
    NULL, N_ ("As administrator let them in: {firewall}") },
  { PLAYING, CHANNEL, lec_doctor_is_late, LEC_DOCTOR_LATE, DEGRADED, NO_ERROR,
    N_ ("{late} of {all} packets came too late to be played ({lateness})"), NULL,
    N_ ("Increase the latency") },
  { PLAYING, CHANNEL, lec_doctor_is_full, LEC_DOCTOR_NARROW_LINK, DEGRADED, NO_ERROR,
    N_ ("The network interface of this computer is too slow for this channel: {rate} arrive of "
        "{speed} Mbit/s, and {loss} are lost"),
    NULL, N_ ("Use a faster connection, or ask the sender for a smaller picture") },
  { PLAYING, CHANNEL, lec_doctor_is_capped, LEC_DOCTOR_NARROW_LINK, DEGRADED, NO_ERROR,
    N_ ("Never more than {rate} arrive, however much is sent, and {loss} are lost: something on "
        "the way is too narrow for this channel"),
    NULL,
    N_ ("Either a link on the way is too slow, or a device limits multicast: ask whoever runs the "
        "network") },
  { PLAYING, CHANNEL, lec_doctor_is_bursty_wireless, LEC_DOCTOR_BURST_LOSS, DEGRADED, NO_ERROR,
    N_ ("The network lost {lost} of {all} packets ({loss}), about {run} at a time, as happens over "
        "Wi-Fi"),
    NULL, N_ ("Use the cable, or come nearer to the access point") },
  { PLAYING, CHANNEL, lec_doctor_is_bursty, LEC_DOCTOR_BURST_LOSS, DEGRADED, NO_ERROR,
    N_ ("The network lost {lost} of {all} packets ({loss}), about {run} at a time"), NULL,
    N_ ("Either a device on the way is overloaded for moments, or a part of the way is Wi-Fi: ask "
        "whoever runs the network") },
  { UNSEEN, CHANNEL, lec_doctor_is_drowned, LEC_DOCTOR_NETWORK_LOSS, FATAL, NO_ERROR,
    N_ ("The network loses so much that nothing can be decoded: {lost} of {all} packets ({loss})"),
    NULL, REMEDY_WAY },
  { PLAYING, CHANNEL, lec_doctor_is_partly_repaired, LEC_DOCTOR_NETWORK_LOSS, DEGRADED, NO_ERROR,
    N_ ("The network lost {lost} of {all} packets ({loss}) that could not be repaired; {recovered} "
        "others were"),
    NULL, REMEDY_WAY },
  { PLAYING, CHANNEL, lec_doctor_is_lost, LEC_DOCTOR_NETWORK_LOSS, DEGRADED, NO_ERROR,
    N_ ("The network lost {lost} of {all} packets ({loss})"), NULL, REMEDY_WAY },

  /* ---- it comes, and is not decoded yet or not any more ---- */
  { MEDIA, TRACK, lec_doctor_waits_for_parameter_sets, LEC_DOCTOR_NO_PARAMETER_SETS, FATAL,
    NO_ERROR,
    N_ ("The picture has been waiting for its parameter sets for {waited} s: the station sends "
        "them too seldom and the announcement does not have them, or it is not what was announced"),
    NULL, N_ ("Ask the sender for an announcement that has them (sprop-parameter-sets)") },
  { MEDIA, TRACK, lec_doctor_may_be_other_codec, LEC_DOCTOR_NO_KEY_FRAME, FATAL, NO_ERROR,
    N_ ("The picture has been waiting for a key frame for {waited} s: either the station sends "
        "them too seldom, or what comes is not what was announced"),
    N_ ("The sound has been waiting for a place to begin for {waited} s: either the station sends "
        "them too seldom, or what comes is not what was announced"),
    N_ ("Wait for the next one; if that takes long, ask the sender for one every two seconds") },
  { MEDIA, TRACK, lec_doctor_waits_for_key_frame, LEC_DOCTOR_NO_KEY_FRAME, FATAL, NO_ERROR,
    N_ ("The picture has been waiting for a key frame for {waited} s"),
    N_ ("The sound has been waiting for a place to begin for {waited} s"),
    N_ ("Wait for the next one; if that takes long, ask the sender for one every two seconds") },
  { MEDIA, TRACK, lec_doctor_waits_for_recovery, LEC_DOCTOR_NO_KEY_FRAME, FATAL, NO_ERROR,
    N_ ("The picture is being refreshed bit by bit, for {waited} s so far"), NULL, NULL },
  { MEDIA, TRACK, lec_doctor_is_undecoded, LEC_DOCTOR_UNDECODED, FATAL, UNSUPPORTED,
    N_ ("Nothing of the picture can be decoded, although its packets arrive: they may be damaged, "
        "encrypted, or not what was announced"),
    N_ ("Nothing of the sound can be decoded, although its packets arrive: they may be damaged, "
        "encrypted, or not what was announced"),
    REMEDY_NEWER },
  { MEDIA, TRACK, lec_doctor_is_gone, LEC_DOCTOR_STREAM_MISSING, DEGRADED, NO_ERROR,
    N_ ("Nothing of the picture has come for {still} s, while other media arrive"),
    N_ ("Nothing of the sound has come for {still} s, while other media arrive"),
    N_ ("Either the station does not send it any more, or the network does not forward it: ask "
        "whoever runs the station") },
  { MEDIA, TRACK, lec_doctor_has_stopped, LEC_DOCTOR_STALLED, DEGRADED, NO_ERROR,
    N_ ("The picture has stood still for {still} s while packets arrive"),
    N_ ("The sound has been missing for {still} s while packets arrive"),
    N_ ("Open the channel again; if that does not help, ask whoever runs the station") },
  { UNSEEN, CHANNEL, lec_doctor_is_decoding_early, LEC_DOCTOR_WAITING, FINE, NO_ERROR,
    TEXT_ARRIVING, NULL, NULL },
  { UNSEEN, CHANNEL, lec_doctor_always, LEC_DOCTOR_WAITING, HINT, NO_ERROR, TEXT_ARRIVING, NULL,
    NULL },

  /* ---- nothing comes, and nobody says why: what is likely ---- */
  { NOTHING, CHANNEL, lec_doctor_is_unknown, LEC_DOCTOR_WAITING, FINE, NO_ERROR,
    N_ ("Waiting for the channel …"), NULL, NULL },
  { NOTHING, CHANNEL, lec_doctor_is_to_be_opened, LEC_DOCTOR_WAITING, FINE, NO_ERROR, TEXT_WAITING,
    NULL, NULL },
  { ABSENT, CHANNEL, lec_doctor_may_be_filtered, LEC_DOCTOR_FIREWALL, FATAL, LEC_ERROR_SILENT,
    N_ ("Multicast reaches this computer, but nothing of {place} gets through: either a firewall "
        "on it drops that, or what comes is for other groups"),
    NULL, N_ ("If there is a firewall, let it in as administrator: {firewall}") },
  { ABSENT, CHANNEL, lec_doctor_is_of_other_port, LEC_DOCTOR_OTHER_PORT, FATAL, LEC_ERROR_SILENT,
    N_ ("Nothing arrives from {place}, but multicast packets that were not there before do, at a "
        "port where nobody listens: the station sends to another port than was announced"),
    NULL, N_ ("Ask the sender for a newer announcement") },
  { ABSENT, CHANNEL, lec_doctor_may_be_of_other_port, LEC_DOCTOR_OTHER_PORT, FATAL,
    LEC_ERROR_SILENT,
    N_ ("Nothing arrives from {place}, but multicast packets do at a port where nobody listens: "
        "either the station sends to another port than was announced, or they are for another "
        "program"),
    NULL, N_ ("Ask the sender for a newer announcement") },
  { NOTHING, CHANNEL, lec_doctor_is_early, LEC_DOCTOR_WAITING, FINE, NO_ERROR, TEXT_WAITING, NULL,
    NULL },
  { NOTHING, CHANNEL, lec_doctor_is_withdrawn, LEC_DOCTOR_ENDED, FATAL, LEC_ERROR_SILENT,
    N_ ("Nothing arrives from {place}: the station has withdrawn this channel"), NULL, NULL },
  { NOTHING, CHANNEL, lec_doctor_needs_source, LEC_DOCTOR_NEEDS_SOURCE, FATAL,
    LEC_ERROR_NEEDS_SOURCE,
    N_ ("Nothing arrives from {place}: this is a source-specific (SSM) address and the "
        "announcement has no source filter"),
    NULL, N_ ("Ask the sender for an announcement that names the source") },
  { NOTHING, CHANNEL, lec_doctor_has_lost_server, LEC_DOCTOR_SERVER_GONE, FATAL, LEC_ERROR_SILENT,
    N_ ("Nothing arrives from {place}: the server does not answer any more"), NULL,
    N_ ("Ask whoever runs the server") },
  { NOTHING, CHANNEL, lec_doctor_is_served, LEC_DOCTOR_NOTHING_ARRIVES, FATAL, LEC_ERROR_SILENT,
    N_ ("Nothing arrives from {place}: the server has agreed to send, but it sends nothing, or the "
        "network keeps it back"),
    NULL, N_ ("Ask whoever runs the server, and whether a firewall keeps back what it sends") },
  { NOTHING, CHANNEL, lec_doctor_is_of_one_source, LEC_DOCTOR_NOTHING_ARRIVES, FATAL,
    LEC_ERROR_SILENT,
    N_ ("Nothing arrives from {place}, of which only {sources} is listened to, as the announcement "
        "says (source filter): either that station is not sending, or the channel comes from "
        "another address, or the network is not forwarding multicast"),
    NULL, N_ ("Ask the sender for the address that it sends from") },
  { NOTHING, CHANNEL, lec_doctor_is_asked_for, LEC_DOCTOR_NOTHING_ARRIVES, FATAL, LEC_ERROR_SILENT,
    TEXT_NOTHING, NULL,
    N_ ("Ask the sender whether it is on; if so, the router has to forward multicast to here (it "
        "asks for members: a querier was seen)") },
  { NOTHING, CHANNEL, lec_doctor_is_unasked, LEC_DOCTOR_NOTHING_ARRIVES, FATAL, LEC_ERROR_SILENT,
    TEXT_NOTHING, NULL,
    N_ ("Ask the sender whether it is on; if so, the network may need a querier (IGMP or MLD): "
        "none "
        "was seen") },
  { NOTHING, CHANNEL, lec_doctor_is_group, LEC_DOCTOR_NOTHING_ARRIVES, FATAL, LEC_ERROR_SILENT,
    TEXT_NOTHING, NULL,
    N_ ("Ask the sender whether it is on, and the administrator whether multicast gets to here") },
  { NOTHING, CHANNEL, lec_doctor_always, LEC_DOCTOR_NOTHING_ARRIVES, FATAL, LEC_ERROR_SILENT,
    N_ ("Nothing arrives at {place}: either the sender does not send to this computer, or "
        "something on the way keeps it back"),
    NULL, N_ ("Ask the sender whether it is on, and where to it sends") },
  { SILENT, CHANNEL, lec_doctor_may_be_cut_off, LEC_DOCTOR_FORWARDING_STOPPED, FATAL,
    LEC_ERROR_SILENT,
    N_ ("Nothing has come for {seconds} s: either the station has stopped, or the network has "
        "stopped forwarding, as nobody asks for members (no {protocol} querier is heard)"),
    NULL, REMEDY_QUERIER },
  { SILENT, CHANNEL, lec_doctor_may_be_network, LEC_DOCTOR_SILENT, FATAL, LEC_ERROR_SILENT,
    N_ ("Nothing has come for {seconds} s: either the station is silent, or the network has "
        "stopped forwarding; still listening"),
    NULL, N_ ("If that lasts, ask whoever runs the station, and then whoever runs the network") },
  { SILENT, CHANNEL, lec_doctor_always, LEC_DOCTOR_SILENT, FATAL, LEC_ERROR_SILENT,
    N_ ("The station has been silent for {seconds} s; still listening"), NULL,
    N_ ("If that lasts, ask whoever runs the station") },

  /* ---- all is seen and heard; and yet ---- */
  { ADVICE, CHANNEL, lec_doctor_was_cut_off_unasked, LEC_DOCTOR_FORWARDING_STOPPED, HINT, NO_ERROR,
    N_ ("The network stopped forwarding until the group was joined again, as nobody asks for "
        "members (no {protocol} querier is heard)"),
    NULL, REMEDY_QUERIER },
  { ADVICE, CHANNEL, lec_doctor_was_cut_off, LEC_DOCTOR_FORWARDING_STOPPED, HINT, NO_ERROR,
    N_ ("The network stopped forwarding until the group was joined again, probably as nobody asks "
        "for members (no {protocol} querier is heard)"),
    NULL, REMEDY_QUERIER },
  { ADVICE, CHANNEL, lec_doctor_may_lack_buffer, LEC_DOCTOR_BUFFER, HINT, NO_ERROR,
    N_ ("This computer's receive buffer is too small for this channel"), NULL,
    N_ ("As administrator run “sysctl -w net.core.rmem_max={buffer}”") },
  { ADVICE, CHANNEL, lec_doctor_has_rival, LEC_DOCTOR_SEVERAL_STATIONS, HINT, NO_ERROR,
    N_ ("Another station, {other}, sends to the same address; it is kept out"), NULL,
    N_ ("Give one of them another group") },
  { ADVICE, CHANNEL, lec_doctor_has_rivals, LEC_DOCTOR_SEVERAL_STATIONS, HINT, NO_ERROR,
    N_ ("Other stations, {other} and {more-others} more, send to the same address; they are kept "
        "out"),
    NULL, N_ ("Give each a group of its own") },
  { ADVICE, CHANNEL, lec_doctor_is_undescribed_now, LEC_DOCTOR_UNDESCRIBED, HINT, NO_ERROR,
    N_ ("What the station sends now is of a format that the station file (.nsc) does not describe"),
    NULL, N_ ("Ask the sender for the newest station file") },
  { ADVICE, CHANNEL, lec_doctor_is_unnumbered, LEC_DOCTOR_IRREGULAR, HINT, NO_ERROR,
    N_ ("The station's RTP sequence numbers do not count its packets, so they are played in the "
        "order in which they arrive, and losses cannot be seen"),
    NULL, NULL },
  { ADVICE, CHANNEL, lec_doctor_is_untimed, LEC_DOCTOR_IRREGULAR, HINT, NO_ERROR,
    N_ ("The station's RTP time stamps do not run, so its packets are played as they arrive"), NULL,
    NULL },
  { ADVICE, CHANNEL, lec_doctor_is_untimed_msb, LEC_DOCTOR_IRREGULAR, HINT, NO_ERROR,
    N_ ("The station's send times do not run, so its packets are played as they arrive"), NULL,
    NULL },
  { ADVICE, CHANNEL, lec_doctor_is_bare_ts, LEC_DOCTOR_OTHER_PAYLOAD, HINT, NO_ERROR,
    N_ ("The announcement says RTP; the station sends a transport stream without RTP"), NULL,
    NULL },
  { ADVICE, CHANNEL, lec_doctor_is_other_ts, LEC_DOCTOR_OTHER_PAYLOAD, HINT, NO_ERROR,
    N_ ("The announcement does not say so, but the station sends a transport stream (payload type "
        "{payload})"),
    NULL, NULL },
  { ADVICE, CHANNEL, lec_doctor_is_rtp, LEC_DOCTOR_OTHER_PAYLOAD, HINT, NO_ERROR,
    N_ ("The announcement says a transport stream without RTP; the station sends RTP"), NULL,
    NULL },
  { PLAYING, CHANNEL, lec_doctor_has_silent_legs, LEC_DOCTOR_PATH_MISSING, HINT, NO_ERROR,
    N_ ("Everything has arrived, but {silent-legs} of {legs} redundant paths deliver nothing; "
        "protection is reduced"),
    NULL, N_ ("Ask whoever runs the network about the path that is silent") },
  { PLAYING, CHANNEL, lec_doctor_waits_for_repair, LEC_DOCTOR_REPAIRED, FINE, NO_ERROR,
    N_ ("The network loses {repaired} of all packets, and all of it is repaired; that costs "
        "{repair-delay} ms"),
    NULL, NULL },
  { PLAYING, CHANNEL, lec_doctor_is_repaired, LEC_DOCTOR_REPAIRED, FINE, NO_ERROR,
    N_ ("Everything is there: {recovered} lost packets were rebuilt from repair data"), NULL,
    NULL },
  { PLAYING, CHANNEL, lec_doctor_always, LEC_DOCTOR_FINE, FINE, NO_ERROR,
    N_ ("Everything sent has arrived"), NULL, NULL },
  { 0 },
};
