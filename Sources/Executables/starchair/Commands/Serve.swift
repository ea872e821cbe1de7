import ArgumentParser
import Logging
import ServiceLifecycle
import StarchairServer
import UnixSignals

/// Some services of a cluster in one process: a pod.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run some services of a cluster: a pod.",
        discussion: """
            Each service answers people on its own port (5001 to 5007) and other pods on the \
            actor port. It registers itself in Consul when it can serve, and leaves it before it \
            stops: SIGTERM ends it without a failed request.

            Settings are environment variables, or stand in --settings as JSON, in an object \
            `starchair`, under the same words in lower case. What --set gives goes before both; \
            keep passwords out of it, as everybody on the machine sees a command line:

              STARCHAIR_ADDRESS      the pod's own address, where other pods reach it
              STARCHAIR_CONSUL       host:port of a Consul agent, or https://host:port
                                     (STARCHAIR_CONSUL_TOKEN, STARCHAIR_CONSUL_AUTHORITY: a CA file)
              STARCHAIR_MONGODB      mongodb://host:27017/?replicaSet=rs0
              STARCHAIR_REDIS        redis://:password@host:6379/0
              STARCHAIR_RABBITMQ     amqp://user:password@host:5672/, or amqps://…:5671/ with TLS
                                     (STARCHAIR_RABBITMQ_AUTHORITY: a CA file)
              STARCHAIR_PUBLIC_URL   where people open the installation
              STARCHAIR_MAIL_FOLDER  where letters are spooled; each pod that sends has its own
              STARCHAIR_SMTP         smtp://user:password@host:587 (STARTTLS), smtps://…, or without
                                     encryption smtp+plain://…: letters are sent from the spool
                                     (STARCHAIR_MAIL_SENDER, STARCHAIR_SMTP_AUTHORITY: a CA file)
              STARCHAIR_ACTOR_PORT (6000), STARCHAIR_HTTP_PORT, STARCHAIR_DRAIN_DELAY (3 s)
              STARCHAIR_OPERATOR_PORT (6001)  /health, /ready, and /metrics for Prometheus
              STARCHAIR_TLS_CERTIFICATE, _KEY, _AUTHORITY   files for mutual TLS between pods

            Examples:
              starchair serve UserService ConferenceService
              starchair serve DraftService --settings pod.json --set http.port=5103
            """)

    @Argument(help: "The services, by the names they have in Consul.")
    var services: [PodService]

    @Option(help: "A JSON file with settings that the environment does not have.")
    var settings: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "A setting, for example --set http.port=5103; may be repeated.",
            valueName: "name=value"))
    var given: [SettingArgument] = []

    @Flag(help: "Print the settings, without secrets, and end.")
    var checkSettings = false

    func validate() throws {
        guard !services.isEmpty, Set(services).count == services.count else {
            throw ValidationError("name each service once")
        }
    }

    func run() async throws {
        let configuration: PodConfiguration
        do {
            configuration = try await PodConfiguration(given: given, file: settings)
            if configuration.httpPort != nil, services.count > 1 {
                throw SettingError("http.port", "is for one service alone")
            }
        } catch {
            throw Failure("\(error)")
        }
        for line in configuration.lines { Terminal.note(line) }
        if checkSettings { return }
        let pod = try await PodInstallation(services, configuration)
        try await pod.start()
        Terminal.note("serving \(services.map(\.name.text).joined(separator: ", "))")
        do {
            try await serve(pod, configuration)
        } catch {
            await pod.stop()
            throw Failure("a port cannot be listened on: \(error)")
        }
        await pod.stop()
        Terminal.note("stopped")
    }

    /// Answers people until the process is asked to end, and a while longer.
    private func serve(_ pod: PodInstallation, _ configuration: PodConfiguration) async throws {
        var logger = Logger(label: "starchair") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let servers = services.map { service in
            StarchairServer(
                .init(host: configuration.address, port: configuration.httpPort ?? service.port),
                gateway: pod.responder, live: service.name == .notification ? pod.live : nil,
                logger: logger
            ) { [measured = pod.measured] in measured.answered(service.name, $0, $1) }
        }
        let operators = OperatorServer(
            host: configuration.address, port: configuration.operatorPort,
            metrics: pod.measured.metrics, logger: logger
        ) { pod.isReady }
        let group = ServiceGroup(
            configuration: .init(
                services: servers.map(\.service) + [operators.service], logger: logger))
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask {
                for await _ in signals { break }
                Terminal.note("leaving the registry, then stopping")
                await pod.leave()
                try await Task.sleep(for: configuration.drainDelay)
                await group.triggerGracefulShutdown()
                // The group's end is the end of both.
                try await Task.sleep(for: .seconds(3600))
            }
            try await tasks.next()
            tasks.cancelAll()
        }
    }
}
