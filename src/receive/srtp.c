/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "receive/srtp.h"

#include <glib/gi18n-lib.h>
#include <srtp2/srtp.h>
#include <string.h>

#include "channel/error.h"
#include "wire/packet.h"

#define KEYS_MAX 4
#define SENDERS_MAX 4         /* at a time; who is forgotten is found again */
#define RTCP_SENDERS_MAX 64   /* whose RTCP was opened: a hall of viewers may ask the group */
#define REPLAY_WINDOW 2048    /* [packets] that may be late */
#define TRIES_AT_ONCE 16      /* for one packet */
#define TRIES_MAX 2000        /* in each TRIES_EVERY: forged packets must not take all the time */
#define TRIES_EVERY 100000000 /* [ns] */
#define WRAPS_MAX 65536       /* of sequence numbers: a year of a usual video */
#define FAILURES_MAX 50       /* in a row: the sender has begun anew */
#define RTP_HEADER 12         /* [bytes] */
#define RTP_SSRC 8            /* where it stands */
#define RTCP_SSRC 4

/* A source of packets, found or still looked for. */
typedef struct
{
  guint32 ssrc;
  gboolean found;
  guint32 wraps; /* tried next */
  guint failures;
  guint64 used; /* greater is later */
} Sender;

G_STATIC_ASSERT (LEC_SRTCP_TRAILER >= SRTP_MAX_TRAILER_LEN + 4);

/* A source of RTCP. */
typedef struct
{
  guint32 ssrc;
  guint64 used; /* greater is later; 0: nobody */
} RtcpSender;

struct _LecSrtp
{
  srtp_policy_t policy;
  srtp_master_key_t keys[KEYS_MAX];
  srtp_master_key_t *key_list[KEYS_MAX];
  GPtrArray *bytes; /* of GBytes: what the keys point to */
  srtp_t rtp;
  srtp_t rtcp;
  srtp_t rtcp_out; /* (nullable): nothing was said yet */
  RtcpSender rtcp_senders[RTCP_SENDERS_MAX];
  Sender senders[SENDERS_MAX];
  guint64 uses;
  gint64 tries_since_ns;
  guint tries;
  guint8 trial[LEC_PACKET_MAX]; /* opening destroys what cannot be opened */
};

typedef void (*SetPolicy) (srtp_crypto_policy_t *policy);

static const struct
{
  const char *suite;
  SetPolicy set_rtp;
  SetPolicy set_rtcp;
} suites[] = {
  { "AES_CM_128_HMAC_SHA1_80", srtp_crypto_policy_set_rtp_default,
    srtp_crypto_policy_set_rtcp_default },
  { "AES_CM_128_HMAC_SHA1_32", srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32,
    srtp_crypto_policy_set_rtcp_default },
  { "AES_192_CM_HMAC_SHA1_80", srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80,
    srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80 },
  { "AES_192_CM_HMAC_SHA1_32", srtp_crypto_policy_set_aes_cm_192_hmac_sha1_32,
    srtp_crypto_policy_set_aes_cm_192_hmac_sha1_80 },
  { "AES_256_CM_HMAC_SHA1_80", srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80,
    srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80 },
  { "AES_256_CM_HMAC_SHA1_32", srtp_crypto_policy_set_aes_cm_256_hmac_sha1_32,
    srtp_crypto_policy_set_aes_cm_256_hmac_sha1_80 },
  { "AEAD_AES_128_GCM", srtp_crypto_policy_set_aes_gcm_128_16_auth,
    srtp_crypto_policy_set_aes_gcm_128_16_auth },
  { "AEAD_AES_256_GCM", srtp_crypto_policy_set_aes_gcm_256_16_auth,
    srtp_crypto_policy_set_aes_gcm_256_16_auth },
};

static gboolean
init_library (void)
{
  static gsize initialized;

  if (g_once_init_enter (&initialized))
    g_once_init_leave (&initialized, srtp_init () == srtp_err_status_ok ? 1 : 2);
  return initialized == 1;
}

static gboolean
set_suite (LecSrtp *self, const char *suite)
{
  for (guint i = 0; i < G_N_ELEMENTS (suites); i++) {
    if (g_ascii_strcasecmp (suites[i].suite, suite) != 0)
      continue;
    suites[i].set_rtp (&self->policy.rtp);
    suites[i].set_rtcp (&self->policy.rtcp);
    return TRUE;
  }
  return FALSE;
}

/* The library asks for pointers it may write through, but does not. */
static guint8 *
keep_bytes (LecSrtp *self, GBytes *bytes)
{
  g_ptr_array_add (self->bytes, g_bytes_ref (bytes));
  return (guint8 *) g_bytes_get_data (bytes, NULL);
}

/* Several keys of one suite are told apart by what each packet says of its own; without that, one
 * is all that can be used. */
static void
set_keys (LecSrtp *self, const GPtrArray *keys)
{
  const LecKey *first = g_ptr_array_index (keys, 0);

  self->policy.keys = self->key_list;
  for (guint i = 0; i < keys->len && self->policy.num_master_keys < KEYS_MAX; i++) {
    const LecKey *key = g_ptr_array_index (keys, i);
    srtp_master_key_t *slot = &self->keys[self->policy.num_master_keys];

    if (i > 0
        && (first->mki == NULL || key->mki == NULL || strcmp (key->suite, first->suite) != 0
            || g_bytes_get_size (key->mki) != g_bytes_get_size (first->mki)))
      continue;
    slot->key = keep_bytes (self, key->key);
    if (key->mki != NULL) {
      slot->mki_id = keep_bytes (self, key->mki);
      slot->mki_size = (guint) g_bytes_get_size (key->mki);
    }
    self->key_list[self->policy.num_master_keys++] = slot;
  }
}

static gboolean
has_right_size (const LecSrtp *self, const LecKey *key)
{
  return g_bytes_get_size (key->key) == (gsize) self->policy.rtp.cipher_key_len;
}

LecSrtp *
lec_srtp_new (const GPtrArray *keys, GError **error)
{
  const LecKey *first = g_ptr_array_index (keys, 0);
  g_autoptr (LecSrtp) self = g_new0 (LecSrtp, 1);

  self->bytes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (!init_library () || !set_suite (self, first->suite) || !has_right_size (self, first)) {
    g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
                 _ ("This channel is encrypted with “%.40s”, which cannot be played"),
                 first->suite);
    return NULL;
  }
  set_keys (self, keys);
  self->policy.window_size = REPLAY_WINDOW;
  if (srtp_create (&self->rtp, NULL) == srtp_err_status_ok) {
    self->policy.ssrc.type = ssrc_any_inbound;
    if (srtp_create (&self->rtcp, &self->policy) == srtp_err_status_ok) {
      self->policy.ssrc.type = ssrc_specific;
      return g_steal_pointer (&self);
    }
  }
  g_set_error (error, LEC_ERROR, LEC_ERROR_UNSUPPORTED,
               _ ("The cipher “%.40s” of this channel cannot be used here"), first->suite);
  return NULL;
}

void
lec_srtp_free (LecSrtp *self)
{
  if (self == NULL)
    return;

  if (self->rtp != NULL)
    srtp_dealloc (self->rtp);
  if (self->rtcp != NULL)
    srtp_dealloc (self->rtcp);
  if (self->rtcp_out != NULL)
    srtp_dealloc (self->rtcp_out);
  g_ptr_array_unref (self->bytes);
  g_free (self);
}

static void
forget (LecSrtp *self, Sender *sender)
{
  if (sender->used != 0)
    srtp_remove_stream (self->rtp, g_htonl (sender->ssrc));
  memset (sender, 0, sizeof *sender);
}

static Sender *
add_sender (LecSrtp *self, Sender *sender, guint32 ssrc)
{
  forget (self, sender);
  self->policy.ssrc.value = ssrc;
  if (srtp_add_stream (self->rtp, &self->policy) != srtp_err_status_ok)
    return NULL;
  sender->ssrc = ssrc;
  sender->used = ++self->uses;
  return sender;
}

/* Whoever is not found yet makes room first. */
static gboolean
is_older (const Sender *a, const Sender *b)
{
  if (a->found != b->found)
    return b->found;
  return a->used < b->used;
}

static Sender *
find_sender (LecSrtp *self, guint32 ssrc)
{
  Sender *oldest = &self->senders[0];

  for (guint i = 0; i < SENDERS_MAX; i++) {
    Sender *sender = &self->senders[i];

    if (sender->used != 0 && sender->ssrc == ssrc) {
      sender->used = ++self->uses;
      return sender;
    }
    if (is_older (sender, oldest))
      oldest = sender;
  }
  return add_sender (self, oldest, ssrc);
}

static LecSrtpResult
unprotect (LecSrtp *self, guint8 *data, guint32 *size)
{
  int length = (int) *size;
  /* the flag says that packets name their key */
  srtp_err_status_t status
      = srtp_unprotect_mki (self->rtp, data, &length, self->keys[0].mki_id != NULL);

  /* what is older than the window is not authenticated, and may as well be of a new beginning */
  if (status == srtp_err_status_replay_fail)
    return LEC_SRTP_REPLAYED;
  if (status != srtp_err_status_ok)
    return LEC_SRTP_FOREIGN;
  *size = (guint32) length;
  return LEC_SRTP_OPENED;
}

static gboolean
may_try (LecSrtp *self, gint64 now_ns)
{
  if (now_ns - self->tries_since_ns >= TRIES_EVERY) {
    self->tries_since_ns = now_ns;
    self->tries = 0;
  }
  return self->tries++ < TRIES_MAX;
}

static LecSrtpResult
search (LecSrtp *self, Sender *sender, guint8 *data, guint32 *size, gint64 now_ns)
{
  for (guint i = 0; i < TRIES_AT_ONCE && may_try (self, now_ns); i++) {
    guint32 length = *size;

    memcpy (self->trial, data, length);
    srtp_set_stream_roc (self->rtp, sender->ssrc, sender->wraps);
    if (unprotect (self, self->trial, &length) == LEC_SRTP_OPENED) {
      memcpy (data, self->trial, length);
      *size = length;
      sender->found = TRUE;
      return LEC_SRTP_OPENED;
    }
    sender->wraps = (sender->wraps + 1) % WRAPS_MAX;
  }
  return LEC_SRTP_FOREIGN;
}

static guint32
read_ssrc (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

LecSrtpResult
lec_srtp_unprotect_rtp (LecSrtp *self, guint8 *data, guint32 *size, gint64 now_ns)
{
  Sender *sender;
  LecSrtpResult result;

  if (*size < RTP_HEADER || *size > LEC_PACKET_MAX)
    return LEC_SRTP_FOREIGN;
  sender = find_sender (self, read_ssrc (data + RTP_SSRC));
  if (sender == NULL)
    return LEC_SRTP_FOREIGN;
  if (!sender->found)
    return search (self, sender, data, size, now_ns);
  result = unprotect (self, data, size);
  if (result != LEC_SRTP_FOREIGN)
    sender->failures = 0;
  else if (++sender->failures > FAILURES_MAX)
    forget (self, sender);
  return result;
}

/* The library keeps what it knows of everybody whom it has opened something of. */
static void
note_rtcp_sender (LecSrtp *self, guint32 ssrc)
{
  RtcpSender *oldest = &self->rtcp_senders[0];

  for (guint i = 0; i < RTCP_SENDERS_MAX; i++) {
    RtcpSender *sender = &self->rtcp_senders[i];

    if (sender->used != 0 && sender->ssrc == ssrc) {
      sender->used = ++self->uses;
      return;
    }
    if (sender->used < oldest->used)
      oldest = sender;
  }
  if (oldest->used != 0)
    srtp_remove_stream (self->rtcp, g_htonl (oldest->ssrc));
  *oldest = (RtcpSender){ ssrc, ++self->uses };
}

gboolean
lec_srtp_unprotect_rtcp (LecSrtp *self, guint8 *data, guint32 *size)
{
  int length = (int) *size;

  if (*size < 8 || *size > LEC_PACKET_MAX)
    return FALSE;
  if (srtp_unprotect_rtcp_mki (self->rtcp, data, &length, self->keys[0].mki_id != NULL)
      != srtp_err_status_ok)
    return FALSE;
  note_rtcp_sender (self, read_ssrc (data + RTCP_SSRC));
  *size = (guint32) length;
  return TRUE;
}

static gboolean
ensure_rtcp_out (LecSrtp *self)
{
  srtp_policy_t policy = self->policy;

  policy.ssrc.type = ssrc_any_outbound;
  return self->rtcp_out != NULL || srtp_create (&self->rtcp_out, &policy) == srtp_err_status_ok;
}

gboolean
lec_srtp_protect_rtcp (LecSrtp *self, guint8 *data, guint32 *size)
{
  int length = (int) *size;

  if (!ensure_rtcp_out (self)
      || srtp_protect_rtcp_mki (self->rtcp_out, data, &length, self->keys[0].mki_id != NULL, 0)
             != srtp_err_status_ok)
    return FALSE;
  *size = (guint32) length;
  return TRUE;
}
