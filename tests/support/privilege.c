/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "privilege.h"

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NETWORK (1u << CAP_NET_ADMIN | 1u << CAP_NET_RAW)

static void
change (gboolean have)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

  g_assert_cmpint (syscall (SYS_capget, &header, data), ==, 0);
  data[0].effective = have ? data[0].permitted : data[0].effective & ~NETWORK;
  g_assert_cmpint (syscall (SYS_capset, &header, data), ==, 0);
}

void
privilege_drop (void)
{
  change (FALSE);
}

void
privilege_take (void)
{
  change (TRUE);
}
