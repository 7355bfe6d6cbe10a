"""A machine with passkeys, in software: makes one key and signs with it as a browser would, or as nobody should."""

import json
from dataclasses import dataclass, field
from html import unescape
from re import search
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.http import HttpResponse
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

FLAG = AuthenticatorData.FLAG


def question_on(page: HttpResponse) -> dict[str, Any]:
    """What a page asks the browser's keys."""
    return json.loads(unescape(search(r'data-question="([^"]+)"', page.content.decode()).group(1)))


@dataclass
class Authenticator:
    """One key, opened by its owner's finger unless told otherwise."""

    origin: str = "http://testserver"
    host: str = "testserver"
    count: int = 0
    flags: FLAG = FLAG.UP | FLAG.UV
    number: bytes = field(default_factory=lambda: token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def credential(self) -> AttestedCredentialData:
        """What the site may know of it."""
        public_key = ES256.from_cryptography_key(self.key.public_key())
        return AttestedCredentialData.create(bytes(16), self.number, public_key)

    @property
    def credential_id(self) -> str:
        """Its number as the site writes it."""
        return websafe_encode(self.number)

    def make(self, question: dict[str, Any]) -> str:
        """The answer to “make a key”."""
        data = AuthenticatorData.create(sha256(self.host.encode()), self.flags | FLAG.AT, self.count, self.credential)
        said = AuthenticatorAttestationResponse(
            client_data=self._client_data("webauthn.create", question),
            attestation_object=AttestationObject.create("none", data, {}),
        )
        return _as_browsers_write(RegistrationResponse(raw_id=self.number, response=said))

    def sign(self, question: dict[str, Any]) -> str:
        """The answer to “use a key”."""
        client_data = self._client_data("webauthn.get", question)
        data = AuthenticatorData.create(sha256(self.host.encode()), self.flags, self.count)
        signature = self.key.sign(data + client_data.hash, ec.ECDSA(SHA256()))
        said = AuthenticatorAssertionResponse(client_data=client_data, authenticator_data=data, signature=signature)
        return _as_browsers_write(AuthenticationResponse(raw_id=self.number, response=said))

    def _client_data(self, kind: str, question: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(question["challenge"]), self.origin)


def _as_browsers_write(answer: RegistrationResponse | AuthenticationResponse) -> str:
    return json.dumps(dict(answer), default=dict)
