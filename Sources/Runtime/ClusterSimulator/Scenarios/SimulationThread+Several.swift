import Glibc

extension SimulationThread {
    /// Runs `work` on so many threads at once, each fit for simulations, and waits for all.
    public static func run(on count: Int, _ work: @escaping @Sendable () -> Void) {
        guard count > 1 else { return run(work) }
        // The first thread starts the others and waits for them.
        run {
            let rest = SideThread { run(on: count - 1, work) }
            work()
            rest.join()
        }
    }
}

/// A thread beside the calling one.
private final class SideThread {
    private var thread = pthread_t()

    init(_ work: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Box(work))
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().work()
                return nil
            }, box.toOpaque())
        precondition(code == 0, "a thread of a sweep cannot be started")
    }

    func join() { pthread_join(thread, nil) }

    private final class Box {
        let work: @Sendable () -> Void
        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }
}
