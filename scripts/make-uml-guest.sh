#!/bin/sh
# make-uml-guest.sh OUT.raw: our own test guest for User-Mode Linux, a 4 MB root file system with busybox and nothing else.
#
# It prints POLYVISOR-GUEST-UP on its console, then the files of the host that it can read, and then has a shell there;
# Ctrl-Alt-Del makes it reboot, as it does most Linux systems. No loop device is used.
set -eu
umask 022
out=${1:?usage: make-uml-guest.sh OUT.raw}
PATH=$PATH:/usr/sbin:/sbin
export PATH

missing=
command -v busybox >/dev/null 2>&1 || missing="$missing busybox-static"
command -v mke2fs >/dev/null 2>&1 || missing="$missing e2fsprogs"
if [ -n "$missing" ]; then
  echo "the test guest needs more tools; run: apt-get install -y --no-install-recommends$missing" >&2
  exit 1
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/make-uml-guest.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

mkdir -p "$work/tree/bin" "$work/tree/sbin" "$work/tree/dev" "$work/tree/proc" "$work/tree/mnt" "$work/tree/etc"
cp "$(command -v busybox)" "$work/tree/bin/busybox"
for name in sh mount cat cut echo sleep reboot poweroff ls; do ln -s busybox "$work/tree/bin/$name"; done
ln -s ../bin/busybox "$work/tree/sbin/init"
cat >"$work/tree/etc/inittab" <<'END'
::sysinit:/etc/rc
::respawn:/bin/sh
::ctrlaltdel:/bin/reboot
END
cat >"$work/tree/etc/rc" <<'END'
#!/bin/sh
mount -t proc proc /proc
echo "POLYVISOR-GUEST-UP uptime=$(cut -d' ' -f1 /proc/uptime)" >/dev/console
# What a guest's root can read of the machine that it runs on.
mount -t hostfs none /mnt
echo "POLYVISOR-GUEST-HOST-FILES [$(ls -A /mnt)]" >/dev/console
END
chmod +x "$work/tree/etc/rc"

part=$out.part.$$
truncate -s 4M "$part"
mke2fs -q -t ext2 -E root_owner=0:0 -d "$work/tree" "$part"
mv -- "$part" "$out"
