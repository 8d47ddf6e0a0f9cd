"""A small reverse proxy on loopback, of the kind that stands before a service. Never sees a key."""

import http.client
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}


class Proxy(ThreadingHTTPServer):
    """Passes each request on over a connection of its own, and counts them."""

    daemon_threads = True

    def __init__(self, upstream_port, host):
        super().__init__(("127.0.0.1", 0), Passage)
        self.upstream_port = upstream_port
        self.host = host
        self.passed = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Passage(BaseHTTPRequestHandler):
    """One request. What is signed is left alone, unless the proxy was told to rewrite the host."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        upstream = http.client.HTTPConnection("127.0.0.1", self.server.upstream_port, timeout=10)
        upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.forwarded():
            upstream.putheader(name, value)
        upstream.endheaders(body)
        response = upstream.getresponse()
        answered = response.read()
        upstream.close()
        self.server.passed += 1
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in HOP_BY_HOP | {"date", "server"}:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answered)

    do_GET = do_POST

    def forwarded(self):
        """The headers as upstream gets them: in another order, in capitals, with more space and more of them."""
        for name, value in reversed(self.headers.items()):
            if name.lower() == "host" and self.server.host is not None:
                value = self.server.host
            if name.lower() not in HOP_BY_HOP | {"user-agent"}:
                yield name.upper(), f"  {value} "
        yield "User-Agent", "story-proxy/1.0"
        yield "X-Forwarded-For", self.client_address[0]
        yield "X-Forwarded-Host", self.headers["Host"]
        yield "X-Forwarded-Proto", "https"
        yield "Via", "1.1 story-proxy"
        yield "Connection", "close"

    def log_message(self, *_):
        pass


@contextmanager
def proxying(server, host=None):
    """A proxy before a server for the length of a block; with a host, one that rewrites it."""
    with Proxy(server.port, host) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
