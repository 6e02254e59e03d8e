"""The names of CPython's `ssl`, for packages that can do TLS and are not asked to: contexts are made
and hold what they are told; who takes one into use gets SSLError. docs/packages.md says so."""

from collections import namedtuple
from enum import Enum, IntEnum, IntFlag

_WHY = "images have no TLS under Python's `ssl` yet"

OPENSSL_VERSION, OPENSSL_VERSION_NUMBER = "none", 0
OPENSSL_VERSION_INFO = (0, 0, 0, 0, 0)
HAS_SNI = HAS_ALPN = HAS_ECDH = HAS_NPN = HAS_NEVER_CHECK_COMMON_NAME = True
HAS_SSLv2 = HAS_SSLv3 = HAS_TLSv1 = HAS_TLSv1_1 = False
HAS_TLSv1_2 = HAS_TLSv1_3 = True
CHANNEL_BINDING_TYPES = ["tls-unique"]
PEM_HEADER, PEM_FOOTER = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


class SSLError(OSError):
    """TLS failed."""

    library = reason = None


class SSLZeroReturnError(SSLError):
    """The other side closed the connection as it should."""


class SSLWantReadError(SSLError):
    """More has to be read first."""


class SSLWantWriteError(SSLError):
    """More has to be written first."""


class SSLSyscallError(SSLError):
    """The connection below failed."""


class SSLEOFError(SSLError):
    """The connection ended too early."""


class SSLCertVerificationError(SSLError, ValueError):
    """A certificate is not trusted."""


CertificateError = SSLCertVerificationError


class _SSLMethod(IntEnum):
    PROTOCOL_TLS = PROTOCOL_SSLv23 = 2
    PROTOCOL_TLSv1 = 3
    PROTOCOL_TLSv1_1 = 4
    PROTOCOL_TLSv1_2 = 5
    PROTOCOL_TLS_CLIENT = 16
    PROTOCOL_TLS_SERVER = 17


class VerifyMode(IntEnum):
    CERT_NONE = 0
    CERT_OPTIONAL = 1
    CERT_REQUIRED = 2


class TLSVersion(IntEnum):
    MINIMUM_SUPPORTED = -2
    MAXIMUM_SUPPORTED = -1
    SSLv3 = 768
    TLSv1 = 769
    TLSv1_1 = 770
    TLSv1_2 = 771
    TLSv1_3 = 772


class Options(IntFlag):
    OP_ALL = 0x80000050
    OP_NO_TICKET = 0x4000
    OP_NO_COMPRESSION = 0x20000
    OP_NO_RENEGOTIATION = 0x40000000
    OP_CIPHER_SERVER_PREFERENCE = 0x400000
    OP_IGNORE_UNEXPECTED_EOF = 0x80
    OP_NO_SSLv3 = 0x2000000
    OP_NO_TLSv1 = 0x4000000
    OP_NO_TLSv1_1 = 0x10000000
    OP_NO_TLSv1_2 = 0x8000000
    OP_NO_TLSv1_3 = 0x20000000


class VerifyFlags(IntFlag):
    VERIFY_DEFAULT = 0
    VERIFY_CRL_CHECK_LEAF = 4
    VERIFY_CRL_CHECK_CHAIN = 12
    VERIFY_X509_STRICT = 32
    VERIFY_X509_TRUSTED_FIRST = 0x8000
    VERIFY_X509_PARTIAL_CHAIN = 0x80000


class SSLErrorNumber(IntEnum):
    SSL_ERROR_SSL = 1
    SSL_ERROR_WANT_READ = 2
    SSL_ERROR_WANT_WRITE = 3
    SSL_ERROR_WANT_X509_LOOKUP = 4
    SSL_ERROR_SYSCALL = 5
    SSL_ERROR_ZERO_RETURN = 6
    SSL_ERROR_WANT_CONNECT = 7
    SSL_ERROR_EOF = 8


for _kind in (_SSLMethod, VerifyMode, Options, VerifyFlags, SSLErrorNumber):
    globals().update(_kind.__members__)
OP_NO_SSLv2 = OP_SINGLE_DH_USE = OP_SINGLE_ECDH_USE = Options(0)


class Purpose(Enum):
    """What a certificate is for."""

    SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2"


DefaultVerifyPaths = namedtuple(
    "DefaultVerifyPaths",
    (
        "cafile",
        "capath",
        "openssl_cafile_env",
        "openssl_cafile",
        "openssl_capath_env",
        "openssl_capath",
    ),
)


def get_default_verify_paths():
    """Where certificates lie: nowhere."""
    return DefaultVerifyPaths(None, None, "SSL_CERT_FILE", "", "SSL_CERT_DIR", "")


class SSLContext:
    """What a connection is to ask of the other side."""

    sni_callback = keylog_filename = None
    post_handshake_auth = False
    hostname_checks_common_name = True

    def __init__(self, protocol=_SSLMethod.PROTOCOL_TLS):
        client = protocol == _SSLMethod.PROTOCOL_TLS_CLIENT
        self.protocol = protocol
        self.check_hostname = client
        self.verify_mode = VerifyMode.CERT_REQUIRED if client else VerifyMode.CERT_NONE
        self.verify_flags = VerifyFlags.VERIFY_X509_TRUSTED_FIRST
        self.options = Options.OP_ALL | Options.OP_NO_SSLv3 | Options.OP_NO_COMPRESSION
        self.minimum_version = TLSVersion.TLSv1_2
        self.maximum_version = TLSVersion.MAXIMUM_SUPPORTED

    def _note(self, *_, **__):
        """Passed over: a context is never in use."""

    load_verify_locations = load_default_certs = load_cert_chain = set_default_verify_paths = _note
    set_ciphers = set_alpn_protocols = set_npn_protocols = set_ecdh_curve = load_dh_params = _note

    def get_ca_certs(self, binary_form=False):
        return []

    def get_ciphers(self):
        return []

    def cert_store_stats(self):
        return {"x509": 0, "crl": 0, "x509_ca": 0}

    def session_stats(self):
        return {}

    def wrap_socket(self, *_, **__):
        raise SSLError(_WHY)

    wrap_bio = wrap_socket


def wrap_socket(*_, **__):
    """MicroPython's, and that of old Pythons."""
    raise SSLError(_WHY)


class SSLObject:
    """A connection, which nothing makes."""

    def __init__(self, *_, **__):
        raise TypeError(_WHY)


class SSLSocket(SSLObject):
    pass


class SSLSession(SSLObject):
    pass


class MemoryBIO:
    """Bytes between a connection and its transport."""

    def __init__(self):
        self._data = b""
        self._ended = False

    @property
    def pending(self):
        return len(self._data)

    @property
    def eof(self):
        return self._ended and not self._data

    def read(self, size=-1):
        size = len(self._data) if size < 0 else size
        data, self._data = self._data[:size], self._data[size:]
        return data

    def write(self, data):
        if self._ended:
            raise SSLError("cannot write() after write_eof()")
        self._data += bytes(data)
        return len(data)

    def write_eof(self):
        self._ended = True


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    """A context with what is usual for `purpose`."""
    client = purpose == Purpose.SERVER_AUTH
    return SSLContext(_SSLMethod.PROTOCOL_TLS_CLIENT if client else _SSLMethod.PROTOCOL_TLS_SERVER)


_create_default_https_context = create_default_context


def _create_unverified_context(protocol=None, **_):
    context = SSLContext(_SSLMethod.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, VerifyMode.CERT_NONE
    return context


_create_stdlib_context = _create_unverified_context


def PEM_cert_to_DER_cert(text):
    """The bytes of a certificate that is written as text."""
    import binascii

    body = text.strip()
    if not (body.startswith(PEM_HEADER) and body.endswith(PEM_FOOTER)):
        raise ValueError("Invalid PEM encoding; must start with %s" % PEM_HEADER)
    return binascii.a2b_base64(body[len(PEM_HEADER) : -len(PEM_FOOTER)].replace("\n", "").encode())


def DER_cert_to_PEM_cert(data):
    """A certificate as text, in lines of 64 characters."""
    import binascii

    text = binascii.b2a_base64(data).decode().strip()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join([PEM_HEADER] + lines + [PEM_FOOTER]) + "\n"


def get_server_certificate(*_, **__):
    raise SSLError(_WHY)


def RAND_bytes(size):
    """Random bytes, from the image's source of entropy."""
    import os

    return os.urandom(size)
