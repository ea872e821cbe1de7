import Glibc

/// A thread that a driver blocks in place of Swift's.
package enum DriverThread {
    /// Runs `body` on a new thread, which ends with it.
    package static func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Work(body)).toOpaque()
        let code = pthread_create(&thread, nil, runWork, argument)
        precondition(code == 0, "a process can start the threads that it is configured for")
        pthread_detach(thread)
    }

    fileprivate final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}

private func runWork(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    // A write to a connection that is gone must fail, not end the process.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    Unmanaged<DriverThread.Work>.fromOpaque(argument).takeRetainedValue().body()
    return nil
}
