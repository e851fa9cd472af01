#!/bin/sh
# test.sh all|quick|e2e: the checks and the tests.
#   quick  types, lint, format, and every test that needs no hypervisor and no client: under a minute, installs nothing but npm packages
#   e2e    the tests that need real tools (*.e2e.test.ts)
#   all    both, after installing what is missing
# With CI=true and as root no e2e test may be skipped: there the machine is ours to set up.
set -u
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root" || exit 1
what=${1:-all}

case $what in
  quick) sh scripts/setup.sh || exit 1 ;;
  all | e2e) sh scripts/setup.sh runtime guest tests || exit 1 ;;
  *)
    echo 'usage: test.sh all|quick|e2e' >&2
    exit 2
    ;;
esac

out=$(mktemp -d "${TMPDIR:-/tmp}/polyvisor-test.XXXXXX")
trap 'rm -rf "$out"' EXIT
failed=

if [ "$what" != e2e ]; then
  node_modules=$root/node_modules
  sh scripts/node.sh "$node_modules/typescript/bin/tsc" --noEmit --incremental --tsBuildInfoFile .cache/tsc.tsbuildinfo \
    >"$out/types" 2>&1 &
  types=$!
  sh scripts/node.sh "$node_modules/eslint/bin/eslint.js" . >"$out/lint" 2>&1 &
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

case $what in
  quick) files=$(find test -name '*.test.ts' ! -name '*.e2e.test.ts' ! -name '*.slow.test.ts' | sort) timeout_ms=60000 ;;
  e2e) files=$(find test -name '*.e2e.test.ts' | sort) timeout_ms=900000 ;;
  all) files=$(find test -name '*.test.ts' | sort) timeout_ms=900000 ;;
esac
# Two at a time: most of a test's time is waiting for a guest or a client.
# shellcheck disable=SC2086
sh scripts/node.sh --test --test-concurrency=2 --test-timeout=$timeout_ms \
  --test-reporter=spec --test-reporter-destination=stdout \
  --test-reporter=junit --test-reporter-destination="$out/junit" $files || failed="$failed tests"

# The file, the test and the reason of each skip, one a line.
skips=$(awk -v root="$root/" '
  /<testcase / { name = file = $0; sub(/.* name="/, "", name); sub(/" time=.*/, "", name)
                 sub(/.* file="/, "", file); sub(/".*/, "", file); sub(root, "", file) }
  /<skipped / { reason = $0; sub(/.* message="/, "", reason); sub(/".*/, "", reason)
                print "  " file ": " name " – " reason }
' "$out/junit")
if [ -n "$skips" ]; then
  printf '\n!!!! SKIPPED: these tests proved nothing on this machine\n%s\n' "$skips"
  if [ "${CI:-}" = true ] && [ "$(id -u)" -eq 0 ] && printf '%s\n' "$skips" | grep -q '\.e2e\.test\.ts: '; then
    failed="$failed skipped-e2e"
  fi
fi
if [ -n "$failed" ]; then
  printf '\n✖ failed:%s\n' "$failed"
fi
# The totals stand last, whatever was said before.
if [ -n "$skips$failed" ]; then
  sed -nE 's/^\t<!-- ((tests|pass|fail|cancelled|skipped|duration_ms) .*) -->$/ℹ \1/p' "$out/junit"
fi
[ -z "$failed" ]
