// System calls that the C library's Swift module leaves out.
#ifndef JANUS_CSANDBOX_H
#define JANUS_CSANDBOX_H

#include <stdbool.h>

/// Opens a path below a folder; the kernel refuses whatever would lead out of it, and links of
/// /proc that jump. A descriptor, or -1 with `errno`: EXDEV for what leads out, ENOSYS where the
/// kernel has no such call (Linux before 5.6, other systems).
int janus_open_beneath(int folder, const char *path, int flags, unsigned int mode);

/// Flags that open a folder or link as a place, not for its contents.
int janus_place_flags(void);

/// True for a descriptor whose file lies in a process file system such as /proc.
bool janus_is_process_file(int descriptor);

#endif
