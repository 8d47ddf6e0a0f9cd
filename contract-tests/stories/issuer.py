"""An issuer of web identity tokens, such as GitHub: signs them, and publishes its keys on loopback."""

import base64
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import rsa  # which the AWS CLI brings

GITHUB = "https://token.actions.githubusercontent.com"
AUDIENCE = "sts.amazonaws.com"
SUBJECT = "repo:acme/shop:ref:refs/heads/main"


class Issuer:
    """An issuer with one key, made now."""

    def __init__(self, url=GITHUB, kid="one"):
        self.url, self.kid = url, kid
        self._public, self._private = rsa.newkeys(2048)

    def jwks(self):
        """Its public key as others read it."""
        n, e = (number(value) for value in (self._public.n, self._public.e))
        return json.dumps({"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "n": n, "e": e}]})

    def token(self, **claims):
        """A token that is valid for five minutes, unless its claims are said."""
        now = int(time.time())
        times = {"iat": now, "nbf": now, "exp": now + 300}
        claims = {"iss": self.url, "aud": AUDIENCE, "sub": SUBJECT, "repository": "acme/shop"} | times | claims
        signed = f"{part({'typ': 'JWT', 'alg': 'RS256', 'kid': self.kid})}.{part(claims)}"
        return f"{signed}.{encoded(rsa.sign(signed.encode(), self._private, 'SHA-256'))}"


def part(members):
    """A part of a token."""
    return encoded(json.dumps(members).encode())


def number(value):
    return encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def encoded(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


class Publisher(ThreadingHTTPServer):
    """Says where the keys of an issuer are, and what they are. Counts how often it was asked for them."""

    daemon_threads = True

    def __init__(self, issuer):
        super().__init__(("127.0.0.1", 0), Publication)
        self.issuer = issuer
        self.asked = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def document(self, path):
        """What there is at a path, if anything."""
        if path == "/.well-known/openid-configuration":
            return json.dumps({"issuer": self.issuer.url, "jwks_uri": f"{self.url}/jwks"})
        if path == "/jwks":
            self.asked += 1
            return self.issuer.jwks()
        return None


class Publication(BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self):
        document = self.server.document(self.path)
        self.send_response(404 if document is None else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write((document or "").encode())

    def log_message(self, *_):
        pass


@contextmanager
def publishing(issuer):
    """A server of an issuer's keys for the length of a block."""
    with Publisher(issuer) as publisher:
        thread = threading.Thread(target=publisher.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield publisher
        finally:
            publisher.shutdown()
            thread.join()
