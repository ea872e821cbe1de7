import CMongo
import Synchronization

/// The moment in the replica set's log that every read must have reached.
///
/// It rises with each answer, so that a read sees what this process was told before. It rises too
/// when a primary is found: what others were told by the primary before that one stands in its
/// log, but for a moment not yet below its commit point, where a majority read looks.
final class ReadFloor: Sendable {
    /// Seconds in the high half, the count within the second in the low one.
    private let moment = Mutex<UInt64>(0)

    var value: UInt64 { moment.withLock { $0 } }

    func raise(to other: UInt64) { moment.withLock { $0 = max($0, other) } }

    /// Begins to listen to what a pool finds out about its servers; it outlives the pool.
    func follow(_ pool: OpaquePointer) {
        let callbacks = mongoc_apm_callbacks_new()
        defer { mongoc_apm_callbacks_destroy(callbacks) }
        mongoc_apm_set_server_changed_cb(callbacks) { event in
            guard let event, let context = mongoc_apm_server_changed_get_context(event),
                let server = mongoc_apm_server_changed_get_new_description(event)
            else { return }
            Unmanaged<ReadFloor>.fromOpaque(context).takeUnretainedValue().note(server)
        }
        let context = Unmanaged.passUnretained(self).toOpaque()
        mongoc_client_pool_set_apm_callbacks(pool, callbacks, context)
    }

    private func note(_ server: OpaquePointer) {
        guard String(cString: mongoc_server_description_type(server)) == "RSPrimary",
            let answer = mongoc_server_description_hello_response(server)
        else { return }
        do throws(ReplyError) {
            let lastWrite = try ReplyDocument(answer).value("lastWrite")?.document
            let opTime = try lastWrite?.value("opTime")?.document
            if let moment = try opTime?.value("ts")?.timestamp { raise(to: moment) }
        } catch {
            // A primary that says nothing readable about its log leaves the floor where it is.
            return
        }
    }
}
