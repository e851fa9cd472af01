#!/bin/sh
# make-test-guest.sh OUT.raw [agent]: our own test guest, a bootable 16 MB Linux disk made from Debian's packages.
#
# It prints POLYVISOR-GUEST-UP on its serial console, and POLYVISOR-GUEST-UUID <uuid> where SMBIOS shows one;
# it powers itself off when the ACPI power button is pressed, and runs a shell on the console.
# With `agent` it has 28 MB, and Debian's qemu-guest-agent runs in it where there is a channel for one; it prints
# POLYVISOR-GUEST-AGENT then, and ends for good where there is a file /no-agent. It keeps root's password in /etc/shadow, in memory: each boot begins without one.
# On a virtio disk its second partition is mounted at /disk (ext4).
# Nothing is mounted and no loop device is used. The result is kept under .cache/ by the hash of this script,
# so that it is built once; delete .cache/ to build it with a newer kernel.
# The cloud kernel boots twice as fast as the generic one under emulation.
set -eu
umask 022

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
script=$root/scripts/make-test-guest.sh
out=${1:?usage: make-test-guest.sh OUT.raw [agent]}
variant=${2:-plain}
mkdir -p "$(dirname -- "$out")"
out=$(CDPATH= cd -- "$(dirname -- "$out")" && pwd)/$(basename -- "$out")
PATH=$PATH:/usr/sbin:/sbin
export PATH

cached=$root/.cache/test-guest-$(sha256sum "$script" | cut -c1-16)-$variant.raw
deliver() {
  # Copied beside its place first: nobody ever sees half a disk.
  cp -- "$cached" "$out.part.$$" && mv -- "$out.part.$$" "$out"
}
if [ -s "$cached" ]; then
  deliver
  exit 0
fi

missing=
need() { # need COMMAND-OR-FILE PACKAGE
  case $1 in
    /*) [ -e "$1" ] || missing="$missing $2" ;;
    *) command -v "$1" >/dev/null 2>&1 || missing="$missing $2" ;;
  esac
}
need syslinux syslinux
need /usr/lib/syslinux/mbr/mbr.bin syslinux-common
need mcopy mtools
need mkfs.vfat dosfstools
need busybox busybox-static
need cpio cpio
need sfdisk fdisk
if [ "$variant" = agent ]; then
  need ldd libc-bin
  need mkfs.ext4 e2fsprogs
  # What the agent's program is linked with.
  for library in libglib-2.0.so.0:libglib2.0-0 liburing.so.2:liburing2 libnuma.so.1:libnuma1 libudev.so.1:libudev1; do
    ldconfig -p | grep -q "${library%:*} " || missing="$missing ${library#*:}"
  done
fi
if [ -n "$missing" ]; then
  echo "the test guest needs more tools; run: apt-get install -y --no-install-recommends$missing" >&2
  exit 1
fi

mkdir -p "$root/.cache"
work=$(mktemp -d "${TMPDIR:-/tmp}/make-test-guest.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
cd "$work"

# 1. Debian's newest cloud kernel.
kernel=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | awk '/Depends: linux-image/ { print $2; exit }')
if [ -z "$kernel" ]; then
  echo "apt does not know linux-image-cloud-amd64; run: apt-get update" >&2
  exit 1
fi
mkdir download && chmod 777 download # apt downloads as a user of its own
(cd download && apt-get download -q "$kernel" >apt.log 2>&1) || { cat download/apt.log >&2; exit 1; }
dpkg -x download/"$kernel"_*.deb kernel

# 2. An initial file system: busybox, the two modules that the power button needs, and our init.
mkdir -p tree/bin tree/proc tree/sys tree/dev tree/modules tree/etc/acpi/PWRF tree/var/run tree/var/log
cp "$(command -v busybox)" tree/bin/busybox
for module in drivers/acpi/button drivers/input/evdev; do
  find kernel -path "*/$module.ko" -exec cp {} tree/modules/ \;
done
cat >tree/etc/acpi/PWRF/00000080 <<'END'
#!/bin/busybox sh
echo POLYVISOR-GUEST-POWER-BUTTON >/dev/console
exec /bin/busybox poweroff -f
END
cat >tree/init <<'END'
#!/bin/busybox sh
export PATH=/bin
busybox mount -t devtmpfs dev /dev
busybox mount -t proc proc /proc
busybox mount -t sysfs sys /sys
exec </dev/console >/dev/console 2>&1
busybox --install -s /bin
# The power button is armed before the first line is printed: whoever saw the line may press it.
for module in button evdev; do insmod /modules/$module.ko; done
acpid
echo "POLYVISOR-GUEST-UP uptime=$(cut -d' ' -f1 /proc/uptime)"
if [ -r /sys/class/dmi/id/product_uuid ]; then
  echo "POLYVISOR-GUEST-UUID $(cat /sys/class/dmi/id/product_uuid)"
fi
while :; do setsid cttyhack sh; sleep 1; done
END
chmod +x tree/init tree/etc/acpi/PWRF/00000080

# 2b. The agent: the program and what it is linked with, the modules of its channel and its disk, and the `chpasswd` that it
# calls. The cloud kernel has ext4 built in.
if [ "$variant" = agent ]; then
  (cd download && apt-get download -q qemu-guest-agent >apt.log 2>&1) || { cat download/apt.log >&2; exit 1; }
  dpkg -x download/qemu-guest-agent_*.deb agent
  cp agent/usr/sbin/qemu-ga tree/bin/qemu-ga
  ldd tree/bin/qemu-ga | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "tree$(dirname "$library")" && cp -L "$library" "tree$library"
  done
  for module in virtio/virtio virtio/virtio_ring virtio/virtio_pci_modern_dev virtio/virtio_pci_legacy_dev \
    virtio/virtio_pci char/virtio_console block/virtio_blk; do
    find kernel -path "*/drivers/$module.ko" -exec cp {} tree/modules/ \;
  done
  mkdir tree/disk
  echo 'root:x:0:0:root:/:/bin/sh' >tree/etc/passwd
  echo 'root:*:1::::::' >tree/etc/shadow
  cat >tree/bin/chpasswd <<'END'
#!/bin/busybox sh
# Debian's busybox has none. One line `user:password`, as the agent writes it; the password is never an argument.
IFS= read -r line
hash=$(printf '%s\n' "${line#*:}" | mkpasswd -m sha512 -P 0) || exit 1
grep -q "^${line%%:*}:" /etc/passwd || exit 1
echo "${line%%:*}:$hash:1::::::" >/etc/shadow
END
  chmod +x tree/bin/chpasswd
  cat >tree/agent <<'END'
#!/bin/busybox sh
for module in virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_console virtio_blk; do
  insmod /modules/$module.ko
done
[ ! -b /dev/vda2 ] || mount -t ext4 /dev/vda2 /disk
for port in /sys/class/virtio-ports/*; do
  [ "$(cat "$port/name" 2>/dev/null)" = org.qemu.guest_agent.0 ] || continue
  echo POLYVISOR-GUEST-AGENT
  while [ ! -e /no-agent ]; do qemu-ga -m virtio-serial -p "/dev/${port##*/}" -t /var/run >/dev/null 2>&1; sleep 1; done
done
END
  chmod +x tree/agent
  # Before the shell: whoever saw the last line may type.
  sed -i 's|^while :; do setsid|/agent \&\n&|' tree/init
fi
(cd tree && find . | LC_ALL=C sort | cpio -o -H newc -R 0:0 2>/dev/null | gzip -9n >../initrd.gz)

# 3. A FAT file system with syslinux, which boots kernel and initrd.
cat >syslinux.cfg <<'END'
SERIAL 0 115200
DEFAULT guest
PROMPT 0
TIMEOUT 1
LABEL guest
 KERNEL vmlinuz
 APPEND initrd=initrd.gz console=ttyS0 quiet panic=-1
END
megabytes=16
[ "$variant" = plain ] || megabytes=20
truncate -s $((megabytes - 1))M fat.img
mkfs.vfat -F 16 -h 2048 -n GUEST fat.img >/dev/null # -h: the partition starts at sector 2048, and syslinux believes it
mcopy -i fat.img kernel/boot/vmlinuz-* ::vmlinuz
mcopy -i fat.img initrd.gz ::initrd.gz
mcopy -i fat.img syslinux.cfg ::syslinux.cfg
syslinux --install fat.img

# 4. A disk with one active partition and syslinux's boot code; behind it the agent's file system.
truncate -s ${megabytes}M disk.raw
printf 'label: dos\nstart=2048, size=%s, type=6, bootable\n' $(((megabytes - 1) * 2048)) >partitions
if [ "$variant" = agent ]; then
  truncate -s $((megabytes + 8))M disk.raw
  echo 'type=83' >>partitions
  truncate -s 8M ext4.img
  mkfs.ext4 -q ext4.img
  dd if=ext4.img of=disk.raw bs=1M seek=$megabytes conv=notrunc status=none
fi
sfdisk -q disk.raw <partitions
dd if=/usr/lib/syslinux/mbr/mbr.bin of=disk.raw conv=notrunc bs=440 count=1 status=none
dd if=fat.img of=disk.raw bs=1M seek=1 conv=notrunc status=none

cp disk.raw "$cached.part.$$" && mv "$cached.part.$$" "$cached"
deliver
