/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a LecSchedule is made of, for structs that have one. */
#pragma once

#include "channel/shape.h"

extern const LecShape lec_schedule_shape;
