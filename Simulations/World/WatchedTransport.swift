import Cluster
import Platform

/// A transport between a process and the network.
struct WatchedTransport: Transport {
    let transport: any Transport
    let watch: LoadWatch
    let life: ProcessLoad

    func call(
        _ address: Address, _ frame: [UInt8], timeout: Duration
    ) async throws(TransportError) -> [UInt8] {
        guard let request = CallHead(frame) else {
            return try await transport.call(address, frame, timeout: timeout)
        }
        let count = watch.called(request, by: life)
        do throws(TransportError) {
            let answer = try await transport.call(address, frame, timeout: timeout)
            watch.answered(request, answer, after: count, to: life)
            return answer
        } catch {
            watch.answered(request, nil, after: count, to: life)
            throw error
        }
    }

    func listen(
        at address: Address, _ handler: @escaping FrameHandler
    ) async throws(TransportError) {
        try await transport.listen(at: address) { [watch, life] frame in
            let request = CallHead(frame)
            let begin = watch.begun(request, by: life)
            let answer = await handler(frame)
            watch.ended(request, at: begin, by: life)
            return answer
        }
    }

    func stopListening(at address: Address) async {
        await transport.stopListening(at: address)
    }
}
