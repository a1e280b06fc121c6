#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#include <sys/vfs.h>

// The numbers of linux/openat2.h and linux/magic.h; old headers lack them.
struct how {
  uint64_t flags;
  uint64_t mode;
  uint64_t resolve;
};
enum { openat2_number = 437, no_magic_links = 0x02, beneath = 0x08 };
static const long process_file_system = 0x9fa0;

int janus_open_beneath(int folder, const char *path, int flags, unsigned int mode) {
  struct how how = {
      .flags = (uint64_t)(unsigned int)flags,
      .mode = (flags & O_CREAT) ? mode : 0,
      .resolve = no_magic_links | beneath,
  };
  return (int)syscall(openat2_number, folder, path, &how, sizeof how);
}

int janus_place_flags(void) { return O_PATH | O_CLOEXEC; }

bool janus_is_process_file(int descriptor) {
  struct statfs status;
  return fstatfs(descriptor, &status) == 0 && (long)status.f_type == process_file_system;
}
#else
int janus_open_beneath(int folder, const char *path, int flags, unsigned int mode) {
  (void)folder, (void)path, (void)flags, (void)mode;
  errno = ENOSYS;
  return -1;
}

int janus_place_flags(void) { return O_RDONLY | O_NONBLOCK | O_CLOEXEC; }

bool janus_is_process_file(int descriptor) {
  (void)descriptor;
  return false;
}
#endif
