extension ServerPlan {
    /// nginx with whatever configuration its folder holds: without one, nobody is behind it.
    static func nginx(_ site: ServerSite, _ programs: ServerPrograms) throws -> ServerPlan {
        let (host, port) = (site.address, site.ports[0])
        let configuration = "\(site.folder)/nginx.conf"
        let routes = GatewayConfiguration(folder: site.folder, listener: "\(host):\(port)")
        return ServerPlan(
            program: Program(
                try programs.path(of: "nginx"),
                [
                    "-p", "\(site.folder)/", "-e", "\(site.folder)/error.log", "-c", configuration,
                ]),
            firstFiles: ["nginx.conf": routes.text]
        ) {
            // Any answer is one of nginx, whether or not there is an application.
            _ = try HTTPQuestion.get("/", host: host, port: port)
            return true
        }
    }
}
