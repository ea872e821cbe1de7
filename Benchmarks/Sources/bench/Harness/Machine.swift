import FoundationEssentials
import Glibc

/// Where something was measured.
struct Machine: Sendable, Encodable {
    let coreCount: Int
    let processor: String
    /// Jobs that were ready in the last 1, 5 and 15 minutes.
    let loadAverage: String
    let compiler: String
    let isOptimised: Bool

    static var current: Machine {
        Machine(
            coreCount: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            processor: line(beginning: "model name", of: "/proc/cpuinfo"),
            loadAverage: line(beginning: "", of: "/proc/loadavg").split(separator: " ").prefix(3)
                .joined(separator: " "), compiler: compilerName,
            isOptimised: !_isDebugAssertConfiguration())
    }

    private static var compilerName: String {
        #if compiler(>=6.4)
            "Swift 6.4 or newer"
        #elseif compiler(>=6.3)
            "Swift 6.3"
        #else
            "Swift before 6.3"
        #endif
    }

    private static func line(beginning start: String, of path: String) -> String {
        do {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let line = text.split(separator: "\n").first { $0.hasPrefix(start) }
            let value = line?.split(separator: ":").last ?? "unknown"
            return String(value.drop { $0 == " " })
        } catch {
            return "unknown (\(error))"
        }
    }
}

extension Machine: CustomStringConvertible {
    var description: String {
        let build = isOptimised ? "optimised" : "NOT OPTIMISED: the figures say nothing"
        return "\(coreCount) cores, \(processor), load \(loadAverage); \(compiler), \(build)"
    }
}
