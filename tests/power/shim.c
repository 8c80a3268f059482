/* Watches what a program makes durable under one folder, for the model of a power cut in disk.py. Preloaded.

   ALUR_POWER_ROOT  the folder
   ALUR_POWER_DISK  where the model's disk is kept: an entry for each inode, of what it held when it was last synced
   ALUR_POWER_CUT   the number of the sync before which the power fails; without it none does

   The machine's own disk is not waited for: here the model's is the one that counts. An inode is named by its number and its
   birth, since numbers are given again. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEY 64

static int key_of(int folder, const char *name, int flags, char *key, int *is_folder) {
    struct statx found;
    if (statx(folder, name, flags | AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_TYPE | STATX_BTIME, &found)) return -1;
    *is_folder = S_ISDIR(found.stx_mode);
    if (!*is_folder && !S_ISREG(found.stx_mode)) return -1;
    snprintf(key, KEY, "%llu-%lld.%09u", (unsigned long long)found.stx_ino, (long long)found.stx_btime.tv_sec,
             found.stx_btime.tv_nsec);
    return 0;
}

static int copy_bytes(int from, int to) {
    static __thread char buffer[1 << 16];
    off_t at = 0;
    ssize_t read_now;
    while ((read_now = pread(from, buffer, sizeof buffer, at)) > 0) {
        if (write(to, buffer, read_now) != read_now) return -1;
        at += read_now;
    }
    return (int)read_now;
}

/* A line for each name: d or f, the inode, the name. */
static int copy_names(int from, int to) {
    char key[KEY];
    int is_folder, own = openat(from, ".", O_RDONLY | O_DIRECTORY);
    DIR *names = own < 0 ? NULL : fdopendir(own);
    struct dirent *entry;
    if (names == NULL) return -1;
    while ((entry = readdir(names)) != NULL) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        if (key_of(from, entry->d_name, 0, key, &is_folder)) continue; /* gone just now, or neither file nor folder */
        dprintf(to, "%c %s %s\n", is_folder ? 'd' : 'f', key, entry->d_name);
    }
    closedir(names);
    return 0;
}

static int hold(const char *disk) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/lock", disk);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock >= 0) flock(lock, LOCK_EX);
    return lock;
}

/* What the descriptor's inode holds, put aside under the returned name until it counts. */
static int put_aside(int from, const char *disk, char *aside, char *place) {
    char key[KEY];
    int is_folder;
    if (key_of(from, "", AT_EMPTY_PATH, key, &is_folder)) return -1;
    snprintf(aside, PATH_MAX, "%s/aside", disk);
    snprintf(place, PATH_MAX, "%s/%s", disk, key);
    int to = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (to < 0) return -1;
    int failed = is_folder ? copy_names(from, to) : copy_bytes(from, to);
    if (failed && errno == EBADF) { /* open for writing alone */
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", from);
        int own = open(link, O_RDONLY | O_CLOEXEC);
        failed = own < 0 || copy_bytes(own, to);
        close(own); /* never of a file that SQLite has open: it would lose its locks */
    }
    close(to);
    return failed ? -1 : 0;
}

static int is_watched(int descriptor, const char *root) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    size_t of_root = strlen(root);
    if (length < 0) return 0;
    path[length] = 0;
    return !strncmp(path, root, of_root) && (path[of_root] == 0 || path[of_root] == '/');
}

static void fail_if_due(void) {
    static int syncs = 0;
    const char *cut = getenv("ALUR_POWER_CUT");
    if (cut != NULL && __atomic_add_fetch(&syncs, 1, __ATOMIC_SEQ_CST) >= atoi(cut)) kill(getpid(), SIGKILL);
}

static int synced(int descriptor, const char *name) {
    const char *root = getenv("ALUR_POWER_ROOT"), *disk = getenv("ALUR_POWER_DISK");
    if (root == NULL || disk == NULL || !is_watched(descriptor, root)) return ((int (*)(int))dlsym(RTLD_NEXT, name))(descriptor);
    char aside[PATH_MAX], place[PATH_MAX];
    int lock = hold(disk);
    fail_if_due();
    int failed = put_aside(descriptor, disk, aside, place) || rename(aside, place);
    int error = errno;
    close(lock);
    errno = error;
    return failed ? -1 : 0;
}

int fsync(int descriptor) { return synced(descriptor, "fsync"); }
int fdatasync(int descriptor) { return synced(descriptor, "fdatasync"); }

/* For disk.py: an inode as it stands counts as synced; and the name of its entry. */
int power_keep(const char *path, const char *disk) {
    char aside[PATH_MAX], place[PATH_MAX];
    int from = open(path, O_RDONLY | O_CLOEXEC);
    if (from < 0) return -1;
    int failed = put_aside(from, disk, aside, place) || rename(aside, place);
    close(from);
    return failed ? -1 : 0;
}

int power_key(const char *path, char *key) {
    int is_folder;
    return key_of(AT_FDCWD, path, 0, key, &is_folder);
}
