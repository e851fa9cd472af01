#!/bin/sh
# setup.sh [runtime] [guest] [tests] [interop]: installs what is missing, and says nothing when nothing is.
#   always   the npm packages that package-lock.json pins
#   runtime  QEMU and libvirt, User-Mode Linux
#   guest    the tools that make our test guests' disks
#   tests    third-party tools that the tests judge us with
#   interop  OpenStack's own acceptance tests
# System packages come from apt-get and need root; without root the one line to run is printed.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/scripts/progress.sh"
cd "$root"

if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  step 'installing npm packages' npm ci --no-audit --no-fund
  # npm may keep an older time stamp; ours says "as new as the lock file".
  touch node_modules/.package-lock.json
fi

wanted=
for set in "$@"; do
  case $set in
    runtime)
      wanted="$wanted libdeflate0 qemu-system-x86 libvirt-daemon libvirt-daemon-driver-qemu libvirt0 tini user-mode-linux uml-utilities"
      # User-Mode Linux guests need a line of C there.
      if grep -qw amx_tile /proc/cpuinfo && ! command -v cc >/dev/null; then wanted="$wanted tcc"; fi
      ;;
    guest) wanted="$wanted syslinux syslinux-common mtools dosfstools busybox-static cpio fdisk e2fsprogs libglib2.0-0 libnuma1 libudev1 liburing2" ;;
    tests) wanted="$wanted qemu-utils libarchive-tools genisoimage postgresql rabbitmq-server openssl libvirt-clients ovmf python3-openstackclient systemd zsh fish docker-compose iproute2 procps" ;;
    interop) wanted="$wanted tempest python3-tempest python3-stestr python3-openstacksdk python3-openstackclient novnc" ;;
    *)
      echo "setup.sh: no set is called '$set'; there are runtime, guest, tests and interop" >&2
      exit 2
      ;;
  esac
done
[ -n "$wanted" ] || exit 0

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "setup.sh: this is no Debian; see to it yourself that there is what these packages bring:$wanted" >&2
  exit 0
fi

missing=
for package in $wanted; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing="$missing $package"
done

# The test guest's kernel is fetched from the package lists, so these must be there even when all tools are.
lists=
case " $* " in
  *' guest '*)
    if ! ls .cache/test-guest-*.raw >/dev/null 2>&1 && ! apt-cache show linux-image-cloud-amd64 >/dev/null 2>&1; then
      lists=needed
    fi
    ;;
esac
[ -n "$missing$lists" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"
[ -n "$missing" ] || install=true
if [ "$(id -u)" -ne 0 ]; then
  echo 'Some system packages are missing. This line installs them; then run the command again:' >&2
  if [ -n "$missing" ]; then
    echo "  sudo apt-get update && sudo $install" >&2
  else
    echo '  sudo apt-get update' >&2
  fi
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt() { apt-get -q -o DPkg::Lock::Timeout=300 "$@"; }
if [ -n "$lists" ] || ! ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1; then
  step 'fetching the package lists' apt update
fi
case $missing in
  *rabbitmq-server*)
    # The tests start their own: Debian's way to say that installing a server does not mean running it.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
      trap 'rm -f $policy' EXIT
      printf '#!/bin/sh\nexit 101\n' >$policy
      chmod 0755 $policy
    fi
    ;;
esac
if [ -n "$missing" ]; then
  # An old list names packages that the mirror has replaced: one more try with a new one.
  # shellcheck disable=SC2086
  step "installing system packages:$missing" apt install -y --no-install-recommends $missing || {
    step 'fetching the package lists' apt update
    step 'installing system packages once more' apt install -y --no-install-recommends $missing
  }
fi
