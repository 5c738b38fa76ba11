/* Makes every sync to disk take SLOW_SYNC_US microseconds longer, as on a small server's disk, for whoever preloads it:
   gcc -O2 -shared -fPIC -o slow_sync.so slow_sync.c */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static void wait_for_disk(void) {
    const char *microseconds = getenv("SLOW_SYNC_US");
    if (microseconds != NULL) usleep((useconds_t)atol(microseconds));
}

int fsync(int file) {
    wait_for_disk();
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    wait_for_disk();
    return (int)syscall(SYS_fdatasync, file);
}
