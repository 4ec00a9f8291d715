# SPDX-License-Identifier: LGPL-2.1-or-later
# shellcheck shell=bash
# A viewer of whose packets each 25th is lost before anybody sees it, and rows that are played side by side. Tests
# source it after lib.sh, with $row_patience [s] set.
viewer nft -f - <<'END' || skip "no rules for packets (nft) are possible here"
table netdev lossy {
  chain in {
    type filter hook ingress device eth0 priority 0
    udp dport 5004-5030 numgen inc mod 25 == 0 drop
  }
}
END

describe() { # FILE GROUP LINE...
  printf 'v=0\no=- 1 1 IN IP4 %s\ns=repair\nc=IN IP4 %s/1\nt=0 0\n' "$STATION4" "$2" >"$1"
  printf '%s\n' "${@:3}" >>"$1"
}
rows=()
row() { # NAME EXPRESSION... -- TUNE-ARGUMENT...
  local name=$1
  (
    mkdir "$name"
    cd "$name"
    shift
    patience=$row_patience tune_until "$@"
  ) >"$name.log" 2>&1 &
  rows+=("$! $name")
}

await_rows() { # LOG...: what is shown of a row that has failed, beside its own
  local entry pid name failed=0
  for entry in "${rows[@]}"; do
    read -r pid name <<<"$entry"
    if wait "$pid"; then
      story "$name: mended"
    else
      story "$name: FAILED"
      cat "$name.log" "$@" 2>/dev/null || true
      failed=1
    fi
  done
  return $failed
}
