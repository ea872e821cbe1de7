extension GatewayConfiguration {
    /// The application, for every path of its own; a file that is not there is not found.
    var files: String {
        let application =
            web.map { folder in
                """
                        location ~ \\.[^/]*$ {
                            root "\(folder)";
                \(Self.fileHeaders)
                            try_files $uri =404;
                        }
                        location / {
                            root "\(folder)";
                \(Self.fileHeaders)
                            try_files /index.html =404;
                        }

                """
            } ?? "        location / { return 404; }\n"
        let manual =
            documentation.map { folder in
                """
                        location = /docs { return 301 /docs/; }
                        location ^~ /docs/ {
                            alias "\(folder)/";
                            index index.html;
                \(Self.fileHeaders)
                        }

                """
            } ?? "        location ^~ /docs { return 404; }\n"
        return manual + application
    }

    /// Pages come from here alone, and nobody frames them.
    private static let fileHeaders = """
                    add_header Cache-Control no-cache always;
                    add_header Content-Security-Policy "default-src 'none'; script-src 'self'; \
        style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'" always;
                    add_header Referrer-Policy no-referrer always;
                    add_header X-Content-Type-Options nosniff always;
        """

    /// What nginx itself refuses, in the words that the services use.
    static let refusals = [
        (404, [404], "noSuchRoute", "There is nothing at this address."),
        (405, [405], "methodNotAllowed", "This address takes GET, HEAD and POST."),
        (413, [413], "fileTooLarge", "This is larger than what may be sent."),
        (503, [502, 503, 504], "unavailable", "Please try again in a moment."),
    ].map { status, causes, code, title in
        let problem =
            #"{"type":"urn:starchair:problem:\#(code)","title":"\#(title)","status":\#(status),"#
            + #""code":"\#(code)","parameters":{}}"#
        let numbers = causes.map(String.init).joined(separator: " ")
        let retry = status == 503 ? " add_header Retry-After 1 always;" : ""
        return """
                    error_page \(numbers) = @refused\(status);
                    location @refused\(status) {
                        types {} default_type application/problem+json; charset off;\(retry)
                        add_header X-Content-Type-Options nosniff always;
                        return \(status) '\(problem)';
                    }

            """
    }.joined()
}
