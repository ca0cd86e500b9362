#!/bin/sh
# Tries what a machine of TestMachine is made of, and leaves nothing behind: possible.sh
#
# Where the system refuses something, what it said is printed and the exit code is not 0. In a container that takes the
# rights to mount and to make networks: CAP_SYS_ADMIN and CAP_NET_ADMIN, and no AppArmor in the way.
exec unshare --mount --net --pid --uts --ipc --fork --kill-child --propagation private sh -ec '
    mount -t tmpfs -o mode=755 tmpfs /mnt
    mkdir /mnt/upper /mnt/work /mnt/root
    mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/root
    mount -t proc proc /mnt/root/proc
    ip link add one type veth peer name two
' 2>&1
