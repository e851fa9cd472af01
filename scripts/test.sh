#!/bin/sh
# test.sh all|quick|e2e|postgres: the checks and the tests.
#   quick  types, lint, format, and every test that needs no hypervisor and no client: about a minute, installs nothing but npm packages
#   e2e    the tests that need real tools (*.e2e.test.ts)
#   postgres  the tests that use a database, on a PostgreSQL of their own (see scripts/database-tests.ts)
#   all    all three, after installing what is missing
# POLYVISOR_TEST_DATABASE=postgres puts any of them on PostgreSQL.
# With CI=true and as root no e2e test may be skipped: there the machine is ours to set up.
set -u
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root" || exit 1
what=${1:-all}

case $what in
  quick) sh scripts/setup.sh || exit 1 ;;
  all | e2e | postgres) sh scripts/setup.sh runtime guest tests || exit 1 ;;
  *)
    echo 'usage: test.sh all|quick|e2e|postgres' >&2
    exit 2
    ;;
esac

out=$(mktemp -d "${TMPDIR:-/tmp}/polyvisor-test.XXXXXX")
trap 'rm -rf "$out"' EXIT
failed=

if [ "$what" = all ] || [ "$what" = quick ]; then
  node_modules=$root/node_modules
  sh scripts/node.sh "$node_modules/typescript/bin/tsc" --noEmit --incremental --tsBuildInfoFile .cache/tsc.tsbuildinfo \
    >"$out/types" 2>&1 &
  types=$!
  # Of files that did not change since, while one works; what another file's change makes wrong in them, the whole run tells.
  cache=
  if [ "$what" = quick ]; then cache='--cache --cache-strategy content --cache-location .cache/eslint/'; fi
  # shellcheck disable=SC2086
  sh scripts/node.sh "$node_modules/eslint/bin/eslint.js" $cache . >"$out/lint" 2>&1 &
  lint=$!
  wait "$types" || failed="$failed types"
  sh scripts/node.sh "$node_modules/prettier/bin/prettier.cjs" --check --log-level warn --cache --cache-location .cache/prettier . \
    >"$out/format" 2>&1 || failed="$failed format"
  wait "$lint" || failed="$failed lint"
  for check in types lint format; do
    case "$failed " in
      *" $check "*)
        echo "✖ $check"
        cat "$out/$check"
        ;;
      *) echo "✔ $check" ;;
    esac
  done
  case "$failed " in *' format '*) echo 'npm run format mends the layout of all files' ;; esac
fi

# run NAME TIMEOUT_MS FILE…: so many at a time, because part of a test's time is waiting for a guest or a client.
at_a_time=2
run() {
  name=$1 timeout_ms=$2
  shift 2
  sh scripts/node.sh --test --test-concurrency="$at_a_time" --test-timeout="$timeout_ms" \
    --test-global-setup=test/support/postgres-for-run.ts \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=junit --test-reporter-destination="$out/junit.$name" "$@" || failed="$failed $name"
}

# together NAME <FILES: prints files that import those which need no hypervisor and no client, some thirty each, every one in a
# suite of its own; and the others as they are. With a process for each of them, half of the time would go to loading modules anew.
together() {
  awk -v to="$out/$1" -v root="$root/" '
    /\.(e2e|slow)\.test\.ts$/ { print; next }
    { file = to "-" (count++ % 6) ".test.mjs"
      if (!(file in seen)) { seen[file] = 1; print file; print "import { describe } from \"node:test\"" >file }
      printf "describe(\"%s\", async () => { await import(\"%s%s\") })\n", $0, root, $0 >file }
  '
}

# shellcheck disable=SC2046
case $what in
  quick)
    at_a_time=3
    run tests 300000 $(find test -name '*.test.ts' ! -name '*.e2e.test.ts' ! -name '*.slow.test.ts' | sort | together tests)
    ;;
  e2e) run tests 900000 $(find test -name '*.e2e.test.ts' | sort) ;;
  all) run tests 900000 $(find test -name '*.test.ts' | sort | together tests) ;;
esac

unproved=
if [ "$what" = all ] || [ "$what" = postgres ]; then
  if [ "${POLYVISOR_TEST_DATABASE:-sqlite}" = postgres ] && [ "$what" = all ]; then
    : # they just ran on it
  elif ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then
    printf '\n▶ the tests that use a database, on PostgreSQL\n'
    export POLYVISOR_TEST_DATABASE=postgres
    # shellcheck disable=SC2046
    run postgres 900000 $(sh scripts/node.sh scripts/database-tests.ts | together postgres)
  else
    unproved='  on PostgreSQL: no test – there is no PostgreSQL under /usr/lib/postgresql; install the package postgresql'
    if [ "${CI:-}" = true ] && [ "$(id -u)" -eq 0 ]; then failed="$failed postgres"; fi
  fi
fi

# outcomes skipped|failure: the file, the test and the reason of each, one a line.
outcomes() {
  awk -v root="$root/" -v kind="$1" '
    /<testcase / { name = file = $0; sub(/.* name="/, "", name); sub(/" time=.*/, "", name)
                   sub(/.* file="/, "", file); sub(/".*/, "", file); sub(root, "", file) }
    $0 ~ "<" kind " " { reason = $0; sub(/.* message="/, "", reason); sub(/".*/, "", reason)
                        print "  " file ": " name " – " substr(reason, 1, 300) }
  ' "$out"/junit.* 2>/dev/null
}
skips=$(outcomes skipped)
if [ -n "$unproved" ]; then skips=$(printf '%s\n%s' "$skips" "$unproved"); fi
if [ -n "$skips" ]; then
  printf '\n!!!! SKIPPED: these tests proved nothing on this machine\n%s\n' "$skips"
  if [ "${CI:-}" = true ] && [ "$(id -u)" -eq 0 ] && printf '%s\n' "$skips" | grep -q '\.e2e\.test\.ts: '; then
    failed="$failed skipped-e2e"
  fi
fi
if [ -n "$failed" ]; then
  printf '\n✖ failed:%s\n' "$failed"
  # Once more in short, because of a long log people see the end: which, why, and on what machine.
  outcomes failure | head -40
  printf '  load %s; %s of memory available; %s free in the temporary folder\n' "$(cut -d' ' -f1-3 /proc/loadavg)" \
    "$(awk '/^MemAvailable/ { print int($2 / 1024) " MiB" }' /proc/meminfo)" "$(df -h "${TMPDIR:-/tmp}" | awk 'END { print $4 }')"
fi
# The totals stand last, whatever was said before.
if [ -n "$skips$failed" ]; then
  sed -nE 's/^\t<!-- ((tests|pass|fail|cancelled|skipped|duration_ms) .*) -->$/ℹ \1/p' "$out"/junit.*
fi
[ -z "$failed" ]
