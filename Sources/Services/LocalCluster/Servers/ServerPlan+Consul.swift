extension ServerPlan {
    /// A Consul server that is its own leader, and the agent of everybody.
    static func consul(_ site: ServerSite, _ programs: ServerPrograms) throws -> ServerPlan {
        let (host, ports) = (site.address, site.ports)
        let settings = """
            {
              "server": true, "bootstrap_expect": 1, "node_name": "consul",
              "data_dir": "\(site.folder)/data", "bind_addr": "\(host)", "client_addr": "\(host)",
              "ports": {
                "http": \(ports[0]), "server": \(ports[1]), "serf_lan": \(ports[2]),
                "serf_wan": -1, "dns": -1, "grpc": -1, "https": -1
              },
              "performance": { "raft_multiplier": 1 }, "connect": { "enabled": false },
              "disable_update_check": true, "disable_host_node_id": true, "log_level": "WARN",
              "leave_on_terminate": false, "skip_leave_on_interrupt": true
            }

            """
        return ServerPlan(
            program: Program(
                try programs.path(of: "consul"),
                ["agent", "-config-file=\(site.folder)/consul.json"]),
            files: ["consul.json": settings], data: ["data"]
        ) {
            // The answer is the leader's address, and empty quotes while there is none.
            let answer = try HTTPQuestion.get("/v1/status/leader", host: host, port: ports[0])
            return answer.status == 200 && answer.body.count > 4
        }
    }
}
