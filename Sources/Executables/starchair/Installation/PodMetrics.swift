import Cluster
import Foundation
import Glibc
import HTTPTypes
import StarchairServer

/// What a pod measures of itself.
struct PodMetrics {
    let metrics = Metrics(gauges: [
        (.gauge("process_resident_memory_bytes", "Memory that the process has."), Process.memory),
        (.gauge("process_open_fds", "File descriptors that are open."), Process.descriptors),
        (.gauge("process_cpu_seconds_total", "Processor time used."), Process.processorTime),
    ])

    private static let calls = Metrics.Metric.counter(
        "starchair_calls_total", ["service", "message", "outcome"],
        "Messages that a service of this process answered.")
    private static let callTimes = Metrics.Metric.histogram(
        "starchair_call_seconds", ["service"], "How long their handlers took.")
    private static let responses = Metrics.Metric.counter(
        "starchair_http_responses_total", ["service", "status"],
        "Requests that were answered over HTTP.")
    private static let responseTimes = Metrics.Metric.histogram(
        "starchair_http_seconds", ["service"], "How long it took until an answer began.")
    private static let defects = Metrics.Metric.counter(
        "starchair_defects_total", ["service", "message"],
        "Errors that no handler should throw; the log has each.")

    func answered(_ call: AnsweredCall) {
        metrics.count(Self.calls, [call.service.text, call.message, call.outcome])
        metrics.time(Self.callTimes, [call.service.text], call.duration)
    }

    func answered(
        _ service: ServiceName, _ status: HTTPResponse.Status, _ duration: Duration
    ) {
        metrics.count(Self.responses, [service.text, "\(status.code)"])
        metrics.time(Self.responseTimes, [service.text], duration)
    }

    func found(_ defect: Defect) {
        metrics.count(Self.defects, [defect.service.text, defect.message])
    }

    /// This process, as Linux tells of it.
    private enum Process {
        @Sendable static func memory() -> Double? {
            guard let statm = text(of: "/proc/self/statm") else { return nil }
            let pages = statm.split(separator: " ").dropFirst().first.flatMap { Double($0) }
            return pages.map { $0 * Double(sysconf(Int32(_SC_PAGESIZE))) }
        }

        @Sendable static func descriptors() -> Double? {
            do {
                return Double(
                    try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count)
            } catch {
                return nil
            }
        }

        @Sendable static func processorTime() -> Double? {
            var time = timespec()
            guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return nil }
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }

        private static func text(of path: String) -> String? {
            do { return try String(contentsOfFile: path, encoding: .utf8) } catch { return nil }
        }
    }
}
