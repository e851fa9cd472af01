# Sourced by the other scripts: runs a long step and shows that it moves.

# step TEXT COMMAND...: quiet while it goes well; its last lines when it fails.
step() {
  text=$1
  shift
  log=$(mktemp "${TMPDIR:-/tmp}/polyvisor-step.XXXXXX")
  started=$(date +%s)
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  trap 'kill "$pid" 2>/dev/null; rm -f "$log"; exit 130' INT TERM
  if [ -t 2 ]; then every=1; else every=15; printf '· %s …\n' "$text" >&2; fi
  ticks=0
  while kill -0 "$pid" 2>/dev/null; do
    elapsed=$(($(date +%s) - started))
    if [ -t 2 ]; then
      printf '\r· %s … %s s ' "$text" "$elapsed" >&2
    elif [ "$elapsed" -ge $(((ticks + 1) * every)) ]; then
      ticks=$((ticks + 1))
      printf '  … still at it after %s s\n' "$elapsed" >&2
    fi
    sleep 0.2
  done
  status=0
  wait "$pid" || status=$?
  trap - INT TERM
  elapsed=$(($(date +%s) - started))
  if [ -t 2 ]; then printf '\r' >&2; fi
  if [ "$status" -eq 0 ]; then
    printf '✔ %s (%s s)   \n' "$text" "$elapsed" >&2
  else
    printf '✖ %s failed after %s s; its last lines:\n' "$text" "$elapsed" >&2
    tail -n 20 "$log" >&2
  fi
  rm -f "$log"
  return "$status"
}
