/* A library that is loaded before the C library and counts the calls by which a build changes the disk.
 *
 * hg_arm(n, number): from now on the n-th call kills the process (number 0) or fails with errno `number`; n = 0 only counts.
 * hg_kinds(): a letter for each call since then, for the kind of call.
 * hg_watch(function): it is told of each call before it is made: which one it is, its descriptor (-1 for none) and its path (0 for none).
 * Calls on the standard streams do not count. The count is the process's own: the build runs with one process.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 4000000
static long target = -1, calls = 0;
static int fault = 0;
static char kinds[MOST + 1];
static void (*watcher)(long, int, const char *);

void hg_arm(long n, int number) { calls = 0; fault = number; target = n; }
void hg_watch(void (*function)(long, int, const char *)) { watcher = function; }
const char *hg_kinds(void) { kinds[calls < MOST ? calls : MOST] = 0; return kinds; }

/* True when this call shall fail; errno is set. Publishing writes in several threads, so the count is atomic. */
static int struck(char kind, int fd, const char *path) {
    long call;
    if (target < 0) return 0;
    call = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    if (call <= MOST) kinds[call - 1] = kind;
    if (watcher) watcher(call, fd, path);
    if (call != target) return 0;
    if (!fault) { kill(getpid(), SIGKILL); pause(); }
    errno = fault;
    return 1;
}

ssize_t write(int fd, const void *data, size_t size) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = dlsym(RTLD_NEXT, "write");
    return fd > 2 && struck('w', fd, 0) ? -1 : real(fd, data, size);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    static ssize_t (*real)(int, const struct iovec *, int);
    if (!real) real = dlsym(RTLD_NEXT, "writev");
    return fd > 2 && struck('w', fd, 0) ? -1 : real(fd, parts, count);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    return struck('p', fd, 0) ? -1 : real(fd, data, size, at);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    static ssize_t (*real)(int, const void *, size_t, off_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite");
    return struck('p', fd, 0) ? -1 : real(fd, data, size, at);
}
int ftruncate64(int fd, off64_t size) {
    static int (*real)(int, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "ftruncate64");
    return struck('t', fd, 0) ? -1 : real(fd, size);
}
int fsync(int fd) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fsync");
    return struck('f', fd, 0) ? -1 : real(fd);
}
int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
    return struck('d', fd, 0) ? -1 : real(fd);
}
int syncfs(int fd) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "syncfs");
    return struck('s', fd, 0) ? -1 : real(fd);
}
/* Cannot fail, but one can die in it. */
void sync(void) {
    static void (*real)(void);
    if (!real) real = dlsym(RTLD_NEXT, "sync");
    if (!struck('s', -1, 0)) real();
}
int rename(const char *from, const char *to) {
    static int (*real)(const char *, const char *);
    if (!real) real = dlsym(RTLD_NEXT, "rename");
    return struck('r', AT_FDCWD, from) ? -1 : real(from, to);
}
int renameat(int one, const char *from, int other, const char *to) {
    static int (*real)(int, const char *, int, const char *);
    if (!real) real = dlsym(RTLD_NEXT, "renameat");
    return struck('r', one, from) ? -1 : real(one, from, other, to);
}
int renameat2(int one, const char *from, int other, const char *to, unsigned flags) {
    static int (*real)(int, const char *, int, const char *, unsigned);
    if (!real) real = dlsym(RTLD_NEXT, "renameat2");
    return struck('x', one, from) ? -1 : real(one, from, other, to, flags);
}
int link(const char *from, const char *to) {
    static int (*real)(const char *, const char *);
    if (!real) real = dlsym(RTLD_NEXT, "link");
    return struck('l', AT_FDCWD, to) ? -1 : real(from, to);
}
int linkat(int one, const char *from, int other, const char *to, int flags) {
    static int (*real)(int, const char *, int, const char *, int);
    if (!real) real = dlsym(RTLD_NEXT, "linkat");
    return struck('l', other, to) ? -1 : real(one, from, other, to, flags);
}
int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = dlsym(RTLD_NEXT, "unlink");
    return struck('u', AT_FDCWD, path) ? -1 : real(path);
}
int unlinkat(int folder, const char *path, int flags) {
    static int (*real)(int, const char *, int);
    if (!real) real = dlsym(RTLD_NEXT, "unlinkat");
    return struck(flags & AT_REMOVEDIR ? 'e' : 'u', folder, path) ? -1 : real(folder, path, flags);
}
int rmdir(const char *path) {
    static int (*real)(const char *);
    if (!real) real = dlsym(RTLD_NEXT, "rmdir");
    return struck('e', AT_FDCWD, path) ? -1 : real(path);
}
int mkdir(const char *path, mode_t mode) {
    static int (*real)(const char *, mode_t);
    if (!real) real = dlsym(RTLD_NEXT, "mkdir");
    return struck('m', AT_FDCWD, path) ? -1 : real(path, mode);
}
int mkdirat(int folder, const char *path, mode_t mode) {
    static int (*real)(int, const char *, mode_t);
    if (!real) real = dlsym(RTLD_NEXT, "mkdirat");
    return struck('m', folder, path) ? -1 : real(folder, path, mode);
}

/* Opening counts where it makes a file. */
static mode_t mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }
int open64(const char *path, int flags, ...) {
    static int (*real)(const char *, int, ...);
    va_list rest;
    mode_t mode;
    if (!real) real = dlsym(RTLD_NEXT, "open64");
    va_start(rest, flags); mode = mode_of(flags, rest); va_end(rest);
    return flags & O_CREAT && struck('o', AT_FDCWD, path) ? -1 : real(path, flags, mode);
}
int open(const char *path, int flags, ...) {
    static int (*real)(const char *, int, ...);
    va_list rest;
    mode_t mode;
    if (!real) real = dlsym(RTLD_NEXT, "open");
    va_start(rest, flags); mode = mode_of(flags, rest); va_end(rest);
    return flags & O_CREAT && struck('o', AT_FDCWD, path) ? -1 : real(path, flags, mode);
}
int openat64(int folder, const char *path, int flags, ...) {
    static int (*real)(int, const char *, int, ...);
    va_list rest;
    mode_t mode;
    if (!real) real = dlsym(RTLD_NEXT, "openat64");
    va_start(rest, flags); mode = mode_of(flags, rest); va_end(rest);
    return flags & O_CREAT && struck('o', folder, path) ? -1 : real(folder, path, flags, mode);
}
int openat(int folder, const char *path, int flags, ...) {
    static int (*real)(int, const char *, int, ...);
    va_list rest;
    mode_t mode;
    if (!real) real = dlsym(RTLD_NEXT, "openat");
    va_start(rest, flags); mode = mode_of(flags, rest); va_end(rest);
    return flags & O_CREAT && struck('o', folder, path) ? -1 : real(folder, path, flags, mode);
}
