import Testing

@testable import LocalCluster

@Suite struct GatewayConfigurationTests {
    private func configuration(
        _ instances: [String: [String]] = [:], web: String? = nil
    ) -> GatewayConfiguration {
        GatewayConfiguration(
            folder: "/n", listener: "127.0.0.1:8080", web: web, instances: instances)
    }

    @Test func `a service without instances is unavailable, and the others are not`() {
        let text = configuration(["UserService": ["10.77.1.1:5001"]]).text
        #expect(text.contains("upstream UserService {"))
        #expect(text.contains("server 10.77.1.1:5001 "))
        #expect(text.contains("proxy_pass http://UserService;"))
        #expect(!text.contains("upstream DraftService"))
        #expect(text.components(of: "return 503;") == 7)
    }

    @Test func `every service has its prefix`() {
        let text = configuration().text
        for service in ClusterService.all {
            #expect(text.components(of: "location ^~ \(service.prefix)/ {") == 1)
        }
        #expect(text.components(of: "location = /ws {") == 1)
    }

    @Test func `files go to the DraftService alone, and as they come`() {
        let text = configuration().text
        #expect(text.components(of: "client_max_body_size 20544k;") == 1)
        #expect(text.components(of: "proxy_request_buffering off;") == 1)
        #expect(text.components(of: "client_max_body_size 1m;") == 6)
    }

    @Test(arguments: [
        "", "10.77.1.1", "10.77.1.1:", "a:1", "10.77.1.1:70000", "10.77.1.1:1;", "1:1:1",
        "10.77.1.1:1\n}", "10.77.1.256:80", "::1:80",
    ])
    func `what is no address does not reach nginx`(place: String) {
        #expect(configuration(["UserService": [place]]).text == configuration().text)
    }

    @Test func `the order in which instances are listed says nothing`() {
        let places = ["10.77.1.2:5001", "10.77.1.1:5001"]
        #expect(
            configuration(["UserService": places]).text
                == configuration(["UserService": places.reversed()]).text)
    }

    @Test func `what a client says of itself is overwritten`() {
        let text = configuration(["UserService": ["10.77.1.1:5001"]]).text
        for name in ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Request-Id"] {
            #expect(text.components(of: "proxy_set_header \(name) $") == 8)
        }
        #expect(!text.contains("proxy_add_x_forwarded_for"))
    }

    @Test func `without an application there is nothing`() {
        #expect(configuration().text.contains("location / { return 404; }"))
        #expect(configuration(web: "/web").text.contains("try_files /index.html =404;"))
    }
}

extension String {
    /// How often `part` stands in it.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
