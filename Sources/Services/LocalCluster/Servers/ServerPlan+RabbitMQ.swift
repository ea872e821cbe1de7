extension ServerPlan {
    /// RabbitMQ beside a register of Erlang's names (epmd) of its own, in one process group.
    static func rabbitMQ(_ site: ServerSite, _ programs: ServerPrograms) throws -> ServerPlan {
        let settings = """
            listeners.tcp.1 = \(site.address):\(site.ports[0])
            default_user = \(site.secrets.rabbitMQUser)
            default_pass = \(site.secrets.rabbitMQPassword)
            log.console = true
            log.console.level = warning
            log.file = false
            disk_free_limit.absolute = 50MB
            vm_memory_high_watermark.absolute = 512MB

            """
        // A register that RabbitMQ started by itself would leave its process group.
        let script = """
            "$0" -address 127.0.0.1 -port "$ERL_EPMD_PORT" & exec "$1"
            """
        return ServerPlan(
            program: Program(
                "/bin/sh",
                [
                    "-c", script, try programs.path(of: "epmd"),
                    "\(try programs.rabbitMQ())/rabbitmq-server",
                ], environment: environment(site)),
            files: [
                "rabbitmq.conf": settings, "plugins": "[].\n",
                ".erlang.cookie": site.secrets.erlangCookie,
            ], data: ["data"]
        ) { [host = site.address, port = site.ports[0]] in
            try greets(host: host, port: port)
        }
    }

    private static func environment(_ site: ServerSite) -> [String: String] {
        let folder = site.folder
        return [
            "HOME": folder, "LANG": "C.UTF-8", "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": "\(site.ports[2])", "RABBITMQ_DIST_PORT": "\(site.ports[1])",
            "RABBITMQ_NODENAME": "starchair\(site.ports[0])@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": site.address, "RABBITMQ_NODE_PORT": "\(site.ports[0])",
            "RABBITMQ_BASE": folder, "RABBITMQ_MNESIA_BASE": "\(folder)/data",
            "RABBITMQ_LOG_BASE": "\(folder)/data", "RABBITMQ_CONFIG_FILE": "\(folder)/rabbitmq",
            "RABBITMQ_ADVANCED_CONFIG_FILE": "\(folder)/advanced.config",
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_ENABLED_PLUGINS_FILE": "\(folder)/plugins",
            "RABBITMQ_GENERATED_CONFIG_DIR": "\(folder)/data/generated",
            "RABBITMQ_SERVER_START_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            // Schedulers that wait do not spin: the processors are everybody's.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS":
                "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
        ]
    }

    /// Whether a broker answers the greeting of AMQP 0-9-1 with a frame.
    private static func greets(host: String, port: Int) throws -> Bool {
        let conversation = try SocketConversation.open(
            host: host, port: port, timeLimit: Limit.probe)
        try conversation.send(Array("AMQP".utf8) + [0, 0, 9, 1])
        return try conversation.receive(exactly: 3) == [1, 0, 0]
    }
}
