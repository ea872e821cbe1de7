/// What nginx is told: the seed's routes, to the instances that are there.
struct GatewayConfiguration: Sendable {
    /// nginx's own folder, an absolute path.
    let folder: String
    /// The IPv4 address and port to listen on.
    let listener: String
    /// The folder of the browser's application, and that of the documentation, if they are served.
    var web: String?
    var documentation: String?
    /// Where the instances of a service answer over HTTP, as `address:port`.
    var instances: [String: [String]] = [:]

    /// The file for nginx.
    var text: String {
        """
        # Written by `starchair cluster`, again whenever the registry changes.
        daemon off;
        worker_processes 2;
        worker_rlimit_nofile 8192;
        worker_shutdown_timeout 30s;
        user root;
        pid "\(folder)/nginx.pid";
        error_log "\(folder)/error.log" warn;
        events { worker_connections 2048; }
        http {
        \(Self.general(folder))
        \(ClusterService.all.map(upstream).joined())
            server {
                listen \(listener);
                server_name _;
        \(Self.refusals)
        \(ClusterService.all.map(route).joined())
        \(livePages)
                location /api { return 404; }
        \(files)
            }
        }

        """
    }

    private static func general(_ folder: String) -> String {
        """
            server_tokens off;
            # Without what follows the question mark, which may hold a secret.
            log_format brief '$remote_addr [$time_iso8601] "$request_method $uri" $status '
                '$body_bytes_sent $request_time $upstream_addr $request_id';
            access_log "\(folder)/access.log" brief;
            client_body_temp_path "\(folder)/bodies";
            proxy_temp_path "\(folder)/answers";
            fastcgi_temp_path "\(folder)/unused";
            uwsgi_temp_path "\(folder)/unused";
            scgi_temp_path "\(folder)/unused";
            client_header_timeout 10s;
            client_body_timeout 30s;
            send_timeout 30s;
            reset_timedout_connection on;
            map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
            map $request_method $is_strange { default 1; GET 0; HEAD 0; POST 0; }
            types {
                text/html html; text/css css; text/javascript js; text/markdown md;
                image/svg+xml svg; image/png png; font/woff2 woff2; application/json json;
            }
            default_type application/octet-stream;
            charset utf-8;
            charset_types text/css text/javascript text/markdown;
            proxy_http_version 1.1;
            proxy_connect_timeout 2s;
            proxy_read_timeout 30s;
            proxy_send_timeout 30s;
            # A command that was sent is not sent again: nginx repeats POST on another instance
            # only while no byte of it has left; GET and HEAD also after that.
            proxy_next_upstream error timeout;
            proxy_next_upstream_tries 2;
            proxy_next_upstream_timeout 10s;

        """
    }

    private func upstream(_ service: ClusterService) -> String {
        let places = places(of: service.name)
        guard !places.isEmpty else { return "" }
        let servers = places.map { "        server \($0) max_fails=1 fail_timeout=2s;\n" }
        return """
                upstream \(service.name) {
                    zone \(service.name) 64k;
                    least_conn;
            \(servers.joined())        keepalive 16;
                    keepalive_timeout 60s;
                }

            """
    }

    /// What the registry says is not trusted to be an address.
    private func places(of service: String) -> [String] {
        (instances[service] ?? []).filter { place in
            let parts = place.split(separator: ":", omittingEmptySubsequences: false)
            return parts.count == 2 && parts[1].allSatisfy(\.isNumber)
                && Int(parts[1]).map { SocketAddress.make(host: String(parts[0]), port: $0) != nil }
                    == true
        }.sorted()
    }

    private func route(_ service: ClusterService) -> String {
        let isOfFiles = service.name == ClusterService.ofFiles
        let body =
            isOfFiles
            // The largest file and what a form adds to it. It is passed on as it comes: the
            // moment at which its head arrived decides whether it was in time.
            ? "client_max_body_size 20544k; proxy_request_buffering off;"
            : "client_max_body_size 1m;"
        let answer =
            places(of: service.name).isEmpty
            ? "return 503;" : "proxy_pass http://\(service.name);"
        return """
                    location ^~ \(service.prefix)/ {
                        if ($is_strange) { return 405; }
                        \(body)
            \(Self.headers(connection: "''"))
                        \(answer)
                    }

            """
    }

    private var livePages: String {
        let service = ClusterService.ofLivePages
        let answer = places(of: service).isEmpty ? "return 503;" : "proxy_pass http://\(service);"
        return """
                    location = \(ClusterService.livePath) {
                        proxy_read_timeout 1h;
                        proxy_send_timeout 1h;
                        proxy_buffering off;
            \(Self.headers(connection: "$connection_upgrade"))
                        \(answer)
                    }

            """
    }

    /// What a service is told of the request; what a client says of these is overwritten.
    private static func headers(connection: String) -> String {
        """
                        proxy_set_header Host $http_host;
                        proxy_set_header Connection \(connection);
                        proxy_set_header Upgrade $http_upgrade;
                        proxy_set_header X-Request-Id $request_id;
                        proxy_set_header X-Real-IP $remote_addr;
                        proxy_set_header X-Forwarded-For $remote_addr;
                        proxy_set_header X-Forwarded-Proto $scheme;
                        proxy_set_header X-Forwarded-Host $http_host;
                        proxy_set_header Forwarded '';
        """
    }
}
