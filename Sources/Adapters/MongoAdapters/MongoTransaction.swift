import CMongo
import Glibc
import Ports

/// A transaction on one connection, tried again until its outcome is known.
///
/// It reads one snapshot, and what it has written is on a majority's disks when it is committed
/// (mongodb.com/docs/manual/core/transactions).
struct MongoTransaction {
    /// Pauses between two attempts: the first at most so long, each later one twice that.
    private static let firstPauseMicroseconds: UInt32 = 1000
    private static let pauseMicrosecondsMaximum: UInt32 = 64_000

    /// What a transaction's body wants of it.
    enum Verdict<Value> {
        /// What was written is to last.
        case commit(Value)
        /// Nothing was written, or nothing is to be.
        case abandon(Value)
    }

    private enum Attempt<Value> {
        case done(Value)
        case again(MongoFailure)
    }

    private let connection: MongoConnection
    private let deadline: ContinuousClock.Instant

    init(_ connection: MongoConnection) {
        self.connection = connection
        deadline = .now + connection.configuration.commitTimeout
    }

    /// Runs `body`, which may run several times, in a transaction.
    ///
    /// - Throws: what `body` throws, after which nothing is written, or
    ///   ``StoreError/outcomeUnknown``.
    func run<Value>(_ body: () throws -> Verdict<Value>) throws -> Value {
        var pause = Self.firstPauseMicroseconds
        while true {
            switch try attempt(body) {
            case .done(let value): return value
            case .again(let failure):
                guard .now < deadline else { throw failure }
                rest(&pause)
            }
        }
    }

    private func attempt<Value>(_ body: () throws -> Verdict<Value>) throws -> Attempt<Value> {
        try begin()
        let verdict: Verdict<Value>
        do {
            verdict = try body()
        } catch {
            abandon()
            // Without a primary there is nothing to try: the selection has waited long enough.
            guard let failure = error as? MongoFailure, failure.isTransient, !failure.isSelection
            else { throw error }
            return .again(failure)
        }
        switch verdict {
        case .commit(let value): return try commit().map(Attempt.again) ?? .done(value)
        case .abandon(let value):
            abandon()
            return .done(value)
        }
    }

    /// Ends the transaction on the server; what is not reached there ends by its lifetime.
    private func abandon() {
        mongoc_client_session_abort_transaction(connection.session, nil)
    }

    private func begin() throws(MongoFailure) {
        let options = mongoc_transaction_opts_new()
        defer { mongoc_transaction_opts_destroy(options) }
        let snapshot = mongoc_read_concern_new()
        mongoc_read_concern_set_level(snapshot, MONGOC_READ_CONCERN_LEVEL_SNAPSHOT)
        mongoc_transaction_opts_set_read_concern(options, snapshot)
        mongoc_read_concern_destroy(snapshot)
        mongoc_transaction_opts_set_max_commit_time_ms(
            options, connection.configuration.commandTimeout.milliseconds)
        var error = bson_error_t()
        guard mongoc_client_session_start_transaction(connection.session, options, &error) else {
            throw MongoFailure(error, reply: nil)
        }
    }

    /// Commits; gives an error after which nothing is written and all may be tried again.
    private func commit() throws(StoreError) -> MongoFailure? {
        var pause = Self.firstPauseMicroseconds
        while true {
            let reply = ReplyStorage()
            var error = bson_error_t()
            // A commit that is repeated finds out what became of the first.
            let isDone = mongoc_client_session_commit_transaction(
                connection.session, reply.pointer, &error)
            if isDone { return nil }
            let failure = MongoFailure(error, reply: reply.pointer)
            if failure.isTransient { return failure }
            guard failure.isUnknownCommit, .now < deadline else { throw .outcomeUnknown }
            rest(&pause)
        }
    }

    /// Rests for a random part of `pause`, so that those that collided do not meet again.
    private func rest(_ pause: inout UInt32) {
        usleep(UInt32.random(in: 1...pause))
        pause = min(pause * 2, Self.pauseMicrosecondsMaximum)
    }
}
