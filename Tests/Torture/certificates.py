"""Certificates of a little authority of our own, sound and otherwise."""

import datetime
import ipaddress
import pathlib
import ssl

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    """Signs certificates into a directory. `file` is its own certificate, for `network.caFile`."""

    def __init__(self, directory, name="torture authority"):
        self.directory = pathlib.Path(directory)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.subject = _name(name)
        self.file = self._write(name.replace(" ", "-"), self._sign(self.subject, self.key.public_key(), is_authority=True))

    def server(self, name, host="127.0.0.1", starts=-DAY, ends=DAY, signs_itself=False):
        """What a server on a host presents: a context with a certificate that holds from `starts` to `ends`, from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(host)
        certificate = self._sign(
            subject, key.public_key(), host=host, starts=starts, ends=ends, signer=(subject, key) if signs_itself else None
        )
        path = self._write(name, certificate, key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _sign(self, subject, public_key, host=None, starts=-DAY, ends=DAY, is_authority=False, signer=None):
        issuer, key = signer or (self.subject, self.key)
        today = datetime.datetime.now(datetime.timezone.utc)
        builder = (
            x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public_key)
            .serial_number(x509.random_serial_number()).not_valid_before(today + starts).not_valid_after(today + ends)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        )
        if host:
            try:
                alternative = x509.IPAddress(ipaddress.ip_address(host))
            except ValueError:
                alternative = x509.DNSName(host)
            builder = builder.add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        return builder.sign(key, hashes.SHA256())

    def _write(self, name, certificate, key=None):
        path = self.directory / f"{name}.pem"
        text = certificate.public_bytes(serialization.Encoding.PEM)
        if key:
            text += key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        path.write_bytes(text)
        return str(path)


def aged(context, version):
    """The same server, stuck at an old version of TLS."""
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    context.minimum_version = version
    context.maximum_version = version
    return context
