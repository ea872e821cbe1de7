import LocalCluster

/// A program that does for an instance what the tests need: it registers as one does, answers
/// over HTTP with what it was told, and drops the connection of a request for `/flaky`.
enum StandIn {
    /// Its last argument is the service's name; the rest it is told by variables.
    static func program(python: String) -> Program {
        Program(python, ["-c", text])
    }

    private static let text = #"""
        import http.server, json, os, sys, threading, time, urllib.request
        told, service = os.environ, sys.argv[-1]
        address, port = told["STARCHAIR_ADDRESS"], int(told["STARCHAIR_HTTP_PORT"])
        name = f"{service}-{address}-{os.getpid()}"
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with open("requests", "a") as file:
                    file.write(self.command + " " + self.path + "\n")
                if self.path.endswith("/flaky") and address.endswith(".1"):
                    self.close_connection = True
                    return
                body = json.dumps({"service": service, "address": address, "path": self.path,
                    "headers": {k.lower(): v for k, v in self.headers.items()},
                    "told": sorted(k for k in told if k.startswith("STARCHAIR"))}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            do_GET = do_POST = answer
            def log_message(self, *a): pass
        server = http.server.ThreadingHTTPServer((address, port), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        def put(path, body=None):
            url = f"http://{told['STARCHAIR_CONSUL']}/v1/agent/{path}"
            data = json.dumps(body).encode() if body else None
            urllib.request.urlopen(urllib.request.Request(url, data, method="PUT"), timeout=2)
        registration = {"ID": name, "Name": service, "Address": address,
            "Port": int(told["STARCHAIR_ACTOR_PORT"]), "Meta": {"http": f"{address}:{port}"},
            "Checks": [{"CheckID": "service:" + name, "TTL": "2s", "Status": "passing"}]}
        while True:
            try: put("check/pass/service:" + name)
            except Exception:
                try: put("service/register", registration)
                except Exception as error: print(error, flush=True)
            time.sleep(0.5)
        """#
}
