"""The loopback web server of a sandbox, on port 8765."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .model import unpacked

PORT = 8765


def serve(answers):
    """answers: path to {status, headers, body, needs (a header that the request must have)}."""
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = answers.get(self.path, {"status": 404, "headers": {}, "body": ""})
            for name, value in answer.get("needs", {}).items():
                if self.headers.get(name) != value:
                    answer = {"status": 401, "headers": {"WWW-Authenticate": 'Basic realm="x"'}, "body": ""}
            if answer.get("modified") and self.headers.get("If-Modified-Since") == answer["modified"]:
                answer = {"status": 304, "headers": {}, "body": ""}
            body = unpacked(answer["body"])
            self.send_response(answer["status"])
            for name, value in answer["headers"].items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
