/// A way to an installation on which a meter counts.
public struct MeteredPort: HTTPPort {
    private let port: any HTTPPort
    private let meter: WriteMeter

    /// Counts what goes over `port`.
    public init(_ port: any HTTPPort, _ meter: WriteMeter) {
        self.port = port
        self.meter = meter
    }

    public func exchange(_ call: HTTPCall) async throws(NoAnswer) -> HTTPAnswer {
        let isWrite = call.headers.contains { $0.first == "Idempotency-Key" }
        meter.begin(isWrite: isWrite)
        do throws(NoAnswer) {
            let answer = try await port.exchange(call)
            meter.end(isWrite: isWrite, status: answer.status)
            return answer
        } catch {
            meter.end(isWrite: isWrite, status: nil)
            throw error
        }
    }
}
