import Platform

/// A check by which an agent asks a service over HTTP.
struct ConsulProbe: Hashable {
    let url: String
    let interval: Duration
    let timeout: Duration

    /// Who is asked: host and port.
    var authority: String {
        let rest = url.split(separator: "://", maxSplits: 1).last ?? ""
        return String(rest.prefix { $0 != "/" && $0 != "?" })
    }

    /// What is asked for.
    var target: String {
        let rest = url.split(separator: "://", maxSplits: 1).last ?? ""
        let target = rest.drop { $0 != "/" }
        return target.isEmpty ? "/" : String(target)
    }
}

extension ConsulAgent {
    /// Asks a service how it is, and again after the check's interval.
    func ask(_ id: String, serial: Int) {
        guard let check = checks[id], check.serial == serial, let probe = check.probe else {
            return
        }
        ConsulQuestion(self, id, serial: serial, probe).begin()
    }
}
