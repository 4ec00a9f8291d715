/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "srtp-station.h"

#include <string.h>

void
srtp_station_init (SrtpStation *self, const char *key, guint32 ssrc, guint32 wraps, const char *mki)
{
  srtp_policy_t policy = { 0 };
  srtp_master_key_t master = { (guint8 *) key, (guint8 *) mki, mki != NULL ? 1 : 0 };
  srtp_master_key_t *keys[] = { &master };

  srtp_init ();
  if (strlen (key) == strlen (SRTP_STATION_KEY)) {
    srtp_crypto_policy_set_rtp_default (&policy.rtp);
    srtp_crypto_policy_set_rtcp_default (&policy.rtcp);
  } else {
    srtp_crypto_policy_set_aes_gcm_128_16_auth (&policy.rtp);
    srtp_crypto_policy_set_aes_gcm_128_16_auth (&policy.rtcp);
  }
  policy.ssrc.type = ssrc_specific;
  policy.ssrc.value = ssrc;
  policy.keys = keys;
  policy.num_master_keys = 1;
  self->payload = 96;
  self->ssrc = ssrc;
  self->sequence = wraps << 16 | 100;
  self->mki = mki != NULL;
  g_assert_cmpint (srtp_create (&self->session, &policy), ==, srtp_err_status_ok);
  g_assert_cmpint (srtp_set_stream_roc (self->session, ssrc, wraps), ==, srtp_err_status_ok);
}

void
srtp_station_clear (SrtpStation *self)
{
  srtp_dealloc (self->session);
}

static void
put32 (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8) (value >> (24 - 8 * i));
}

guint32
srtp_station_protect (SrtpStation *self, guint8 *data)
{
  int length = SRTP_STATION_SIZE;

  memset (data, 'x', SRTP_STATION_SIZE);
  data[0] = 0x80;
  data[1] = (guint8) self->payload;
  data[2] = (guint8) (self->sequence >> 8);
  data[3] = (guint8) self->sequence;
  put32 (data + 4, self->sequence * 160);
  put32 (data + 8, self->ssrc);
  put32 (data + 12, self->sequence);
  g_assert_cmpint (srtp_protect_mki (self->session, data, &length, self->mki, 0), ==,
                   srtp_err_status_ok);
  self->sequence++;
  return (guint32) length;
}

guint32
srtp_station_protect_rtcp (SrtpStation *self, guint8 *data, guint32 size)
{
  int length = (int) size;

  g_assert_cmpint (srtp_protect_rtcp (self->session, data, &length), ==, srtp_err_status_ok);
  return (guint32) length;
}
