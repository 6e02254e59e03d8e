"""The numbers of errors, as Linux has them."""

from uerrno import *

_NATIVE = (
    "EACCES",
    "EADDRINUSE",
    "EAGAIN",
    "EALREADY",
    "EBADF",
    "ECONNABORTED",
    "ECONNREFUSED",
    "ECONNRESET",
    "EEXIST",
    "EHOSTUNREACH",
    "EINPROGRESS",
    "EINVAL",
    "EIO",
    "EISDIR",
    "ENOBUFS",
    "ENODEV",
    "ENOENT",
    "ENOMEM",
    "ENOTCONN",
    "EOPNOTSUPP",
    "EPERM",
    "ETIMEDOUT",
)

(
    EPERM,
    ENOENT,
    ESRCH,
    EINTR,
    EIO,
    ENXIO,
    E2BIG,
    ENOEXEC,
    EBADF,
    ECHILD,
    EAGAIN,
    ENOMEM,
    EACCES,
    EFAULT,
) = range(1, 15)
(
    ENOTBLK,
    EBUSY,
    EEXIST,
    EXDEV,
    ENODEV,
    ENOTDIR,
    EISDIR,
    EINVAL,
    ENFILE,
    EMFILE,
    ENOTTY,
    ETXTBSY,
    EFBIG,
    ENOSPC,
) = range(15, 29)
(
    ESPIPE,
    EROFS,
    EMLINK,
    EPIPE,
    EDOM,
    ERANGE,
    EDEADLK,
    ENAMETOOLONG,
    ENOLCK,
    ENOSYS,
    ENOTEMPTY,
    ELOOP,
) = range(29, 41)
EWOULDBLOCK, ETIME, EPROTO, EOVERFLOW, ENOTSOCK, EDESTADDRREQ, EMSGSIZE, EPROTOTYPE = (
    11,
    62,
    71,
    75,
    88,
    89,
    90,
    91,
)
ENOPROTOOPT, EPROTONOSUPPORT, EOPNOTSUPP, ENOTSUP, EAFNOSUPPORT, EADDRINUSE, EADDRNOTAVAIL = (
    92,
    93,
    95,
    95,
    97,
    98,
    99,
)
ENETDOWN, ENETUNREACH, ECONNABORTED, ECONNRESET, ENOBUFS, EISCONN, ENOTCONN, ESHUTDOWN = (
    100,
    101,
    103,
    104,
    105,
    106,
    107,
    108,
)
ETIMEDOUT, ECONNREFUSED, EHOSTDOWN, EHOSTUNREACH, EALREADY, EINPROGRESS, ESTALE, ECANCELED = (
    110,
    111,
    112,
    113,
    114,
    115,
    116,
    125,
)

errorcode = {
    number: name
    for name, number in globals().items()
    if name[0] == "E" and name not in ("EWOULDBLOCK", "EOPNOTSUPP")
}
"""The names, by number; of two that are one number, the one that CPython has."""
