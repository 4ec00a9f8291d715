/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "element/source-settings.h"

#define LATENCY_MAX_MS 10000

static GType
clock_get_type (void)
{
  static const GEnumValue values[] = {
    { LEC_SOURCE_CLOCK_AUTO, "The sender's, but for transport streams", "auto" },
    { LEC_SOURCE_CLOCK_PIPELINE, "Whatever clock the pipeline has", "pipeline" },
    { LEC_SOURCE_CLOCK_SENDER, "The sender's, and sinks can follow when it goes a little faster",
      "sender" },
    { 0, NULL, NULL },
  };
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("LecChannelSrcClock", values));
  return type;
}

void
lec_source_settings_init (LecSourceSettings *self)
{
  *self = (LecSourceSettings){
    .latency_ms = LEC_SOURCE_LATENCY_AUTO,
    .repair = TRUE,
    .reports = TRUE,
  };
}

void
lec_source_settings_clear (LecSourceSettings *self)
{
  g_clear_pointer (&self->channel, lec_channel_unref);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->interface, g_free);
  g_clear_pointer (&self->station, g_free);
  g_clear_pointer (&self->capture, g_free);
  g_clear_pointer (&self->replay, g_free);
}

static void
set_string (char **field, const GValue *value)
{
  g_free (*field);
  *field = g_value_dup_string (value);
}

gboolean
lec_source_settings_set (LecSourceSettings *self, guint id, const GValue *value)
{
  switch (id) {
  case LEC_SETTING_LOCATION:
    set_string (&self->location, value);
    break;
  case LEC_SETTING_INTERFACE:
    set_string (&self->interface, value);
    break;
  case LEC_SETTING_STATION:
    set_string (&self->station, value);
    break;
  case LEC_SETTING_CAPTURE:
    set_string (&self->capture, value);
    break;
  case LEC_SETTING_REPLAY:
    set_string (&self->replay, value);
    break;
  case LEC_SETTING_CHANNEL:
    g_clear_pointer (&self->channel, lec_channel_unref);
    self->channel = g_value_dup_boxed (value);
    break;
  case LEC_SETTING_LOW_PORTS:
    self->low_ports = g_value_get_boolean (value);
    break;
  case LEC_SETTING_REPAIR:
    self->repair = g_value_get_boolean (value);
    break;
  case LEC_SETTING_SHORTENS_SOUND:
    self->shortens_sound = g_value_get_boolean (value);
    break;
  case LEC_SETTING_REPORTS:
    self->reports = g_value_get_boolean (value);
    break;
  case LEC_SETTING_ALTERNATIVE:
    self->alternative = g_value_get_uint (value);
    break;
  case LEC_SETTING_PROGRAM:
    self->program = g_value_get_uint (value);
    break;
  case LEC_SETTING_LATENCY:
    self->latency_ms = g_value_get_int (value);
    break;
  case LEC_SETTING_CLOCK:
    self->clock = (LecSourceClock) g_value_get_enum (value);
    break;
  default:
    return FALSE;
  }
  return TRUE;
}

gboolean
lec_source_settings_get (const LecSourceSettings *self, guint id, GValue *value)
{
  switch (id) {
  case LEC_SETTING_LOCATION:
    g_value_set_string (value, self->location);
    break;
  case LEC_SETTING_INTERFACE:
    g_value_set_string (value, self->interface);
    break;
  case LEC_SETTING_STATION:
    g_value_set_string (value, self->station);
    break;
  case LEC_SETTING_CAPTURE:
    g_value_set_string (value, self->capture);
    break;
  case LEC_SETTING_REPLAY:
    g_value_set_string (value, self->replay);
    break;
  case LEC_SETTING_CHANNEL:
    g_value_set_boxed (value, self->channel);
    break;
  case LEC_SETTING_LOW_PORTS:
    g_value_set_boolean (value, self->low_ports);
    break;
  case LEC_SETTING_REPAIR:
    g_value_set_boolean (value, self->repair);
    break;
  case LEC_SETTING_SHORTENS_SOUND:
    g_value_set_boolean (value, self->shortens_sound);
    break;
  case LEC_SETTING_REPORTS:
    g_value_set_boolean (value, self->reports);
    break;
  case LEC_SETTING_ALTERNATIVE:
    g_value_set_uint (value, self->alternative);
    break;
  case LEC_SETTING_PROGRAM:
    g_value_set_uint (value, self->program);
    break;
  case LEC_SETTING_LATENCY:
    g_value_set_int (value, self->latency_ms);
    break;
  case LEC_SETTING_CLOCK:
    g_value_set_enum (value, (gint) self->clock);
    break;
  default:
    return FALSE;
  }
  return TRUE;
}

void
lec_source_settings_install (GObjectClass *klass)
{
  const GParamFlags ready = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY;
  GParamSpec *properties[LEC_N_SETTINGS] = { NULL };

  properties[LEC_SETTING_LOCATION] = g_param_spec_string (
      "location", "Location",
      "The announcement: path or file: URI of an .sdp, .asx or .nsc file, or an address such as "
      "rtp://239.1.2.3:5004, udp://239.1.2.3:1234 or rtsp://server/channel",
      NULL, ready);
  properties[LEC_SETTING_CHANNEL] = g_param_spec_boxed (
      "channel", "Channel", "The channel to receive, instead of a location (LecChannel)",
      LEC_TYPE_CHANNEL, ready);
  properties[LEC_SETTING_ALTERNATIVE] = g_param_spec_uint (
      "alternative", "Alternative",
      "Which of the channel's alternatives to receive; the first one from there on that is RTP or "
      "a transport stream",
      0, LEC_MAX_ALTERNATIVES - 1, 0, ready);
  properties[LEC_SETTING_INTERFACE] = g_param_spec_string (
      "interface", "Interface",
      "Name of the network interface to join on; unset: the one that the announcement names, or "
      "all suitable ones until one delivers",
      NULL, ready);
  properties[LEC_SETTING_LOW_PORTS] = g_param_spec_boolean (
      "low-ports", "Low ports",
      "Listen also where an announcement names a port below 1024, which is for services of the "
      "system",
      FALSE, ready);
  properties[LEC_SETTING_REPAIR] = g_param_spec_boolean (
      "repair", "Repair",
      "Rebuild lost packets from what the station sends for that: as announced, or on the ports "
      "above those of a transport stream (SMPTE ST 2022-1)",
      TRUE, ready);
  properties[LEC_SETTING_SHORTENS_SOUND] = g_param_spec_boolean (
      "shortens-sound", "Shortens sound",
      "What plays the sound makes it shorter where a unit begins before the one before it ends. By "
      "the sender's clock, a latency that proves longer than needed is then left in seconds: time "
      "stamps move by a few milliseconds now and then",
      FALSE, ready);
  properties[LEC_SETTING_LATENCY] = g_param_spec_int (
      "latency", "Latency",
      "From arrival to play-out [ms]: what late and lost packets can be waited for; -1: as needed",
      LEC_SOURCE_LATENCY_AUTO, LATENCY_MAX_MS, LEC_SOURCE_LATENCY_AUTO,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING);
  properties[LEC_SETTING_CLOCK] = g_param_spec_enum (
      "clock", "Clock",
      "By which clock is played. By the sender's, sound neither runs dry nor over; asked for by "
      "name, it also gains on the sender until the latency is as low as it can be: audio sinks "
      "should resample then (slave-method)",
      clock_get_type (), LEC_SOURCE_CLOCK_AUTO, ready);
  properties[LEC_SETTING_CAPTURE]
      = g_param_spec_string ("capture-location", "Capture location",
                             "A file to write every received datagram to, as "
                             "a capture (pcap); never over one that is there",
                             NULL, ready);
  properties[LEC_SETTING_REPLAY] = g_param_spec_string (
      "replay-location", "Replay location",
      "A capture (pcap) that is played as if it came now: nothing is joined, and no network needed",
      NULL, ready);
  properties[LEC_SETTING_REPORTS] = g_param_spec_boolean (
      "reports", "Reports",
      "Send RTCP receiver reports where the announcement asks for them with a bandwidth of their "
      "own (b=RR), and ask for lost packets where it wants to be asked (a=rtcp-fb); they name "
      "neither person nor computer. Otherwise nothing is ever sent",
      TRUE, ready);
  properties[LEC_SETTING_PROGRAM] = g_param_spec_uint (
      "program", "Program",
      "Number of the program to hand on of a transport stream; 0: the one that the announcement "
      "names, or the first one that can be played",
      0, G_MAXUINT16, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING);
  properties[LEC_SETTING_STATION] = g_param_spec_string (
      "station", "Station",
      "Address of the host to receive, as long as it sends, where several send to the same group; "
      "NULL: the one that the announcement knows, or the one that was first",
      NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_PLAYING);
  g_object_class_install_properties (klass, LEC_N_SETTINGS, properties);
}
