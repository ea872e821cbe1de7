extension ServerPlan {
    /// Redis with its log of writes synchronised every second: sessions, which may be lost.
    static func redis(_ site: ServerSite, _ programs: ServerPrograms) throws -> ServerPlan {
        let (host, port) = (site.address, site.ports[0])
        let password = site.secrets.redisPassword
        let settings = """
            bind \(host)
            port \(port)
            requirepass \(password)
            dir "\(site.folder)/data"
            appendonly yes
            appendfsync everysec
            save ""
            daemonize no

            """
        return ServerPlan(
            program: Program(
                try programs.path(of: "redis-server"), ["\(site.folder)/redis.conf"]),
            files: ["redis.conf": settings], data: ["data"]
        ) {
            let conversation = try SocketConversation.open(
                host: host, port: port, timeLimit: Limit.probe)
            try conversation.send(Array("AUTH \(password)\r\nPING\r\n".utf8))
            let answer = Array("+OK\r\n+PONG\r\n".utf8)
            return try conversation.receive(exactly: answer.count) == answer
        }
    }
}
