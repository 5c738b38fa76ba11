/* Writes down, in order, what a process does to the files of one folder: each write, truncation, sync and deletion.
 * Loaded before the C library (LD_PRELOAD); tests/faults/test_power_loss.py reads the notes and cuts the power.
 * A note: kind, length of the name, offset, length of the data, then the name and the data. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static ssize_t (*real_write)(int, const void *, size_t);
static int notes = -1;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void note_path(char kind, const char *path, uint64_t offset, const void *data, uint64_t length) {
    const char *folder = getenv("POWER_FOLDER");
    if (!folder || strncmp(path, folder, strlen(folder)) != 0) return;
    pthread_mutex_lock(&one_at_a_time);
    if (!real_write) real_write = real("write");
    if (notes < 0) notes = open(getenv("POWER_NOTES"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct { uint64_t kind, name, offset, length; } head = {(uint64_t)kind, strlen(path), offset, length};
    real_write(notes, &head, sizeof head);
    real_write(notes, path, head.name);
    if (length) real_write(notes, data, length);
    pthread_mutex_unlock(&one_at_a_time);
}

static void note(char kind, int fd, uint64_t offset, const void *data, uint64_t length) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return;
    path[size] = 0;
    note_path(kind, path, offset, data, length);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    ssize_t done = ((ssize_t (*)(int, const void *, size_t, off_t))real("pwrite"))(fd, data, length, offset);
    if (done > 0) note('W', fd, offset, data, done);
    return done;
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return pwrite(fd, data, length, offset); }

ssize_t write(int fd, const void *data, size_t length) {
    if (!real_write) real_write = real("write");
    off_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t done = real_write(fd, data, length);
    if (done > 0 && offset >= 0) note('W', fd, offset, data, done);
    return done;
}

int ftruncate(int fd, off_t length) {
    int failed = ((int (*)(int, off_t))real("ftruncate"))(fd, length);
    if (!failed) note('T', fd, length, NULL, 0);
    return failed;
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

int fsync(int fd) {
    int failed = ((int (*)(int))real("fsync"))(fd);
    if (!failed) note('S', fd, 0, NULL, 0);
    return failed;
}
int fdatasync(int fd) { return fsync(fd); }

int unlink(const char *path) {
    int failed = ((int (*)(const char *))real("unlink"))(path);
    if (!failed) note_path('U', path, 0, NULL, 0);
    return failed;
}
