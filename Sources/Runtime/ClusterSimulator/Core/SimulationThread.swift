import Glibc

/// A thread of its own for simulations: deep stacks fit, and no pool of a test runner starves.
public enum SimulationThread {
    /// The size of the thread's stack, in bytes.
    public static let stackByteCount = 16 << 20

    /// Runs `body` on a new thread and waits for what it returns.
    ///
    /// Threads that run side by side do not disturb each other's simulations.
    public static func run<Value>(_ body: () -> Value) -> Value {
        var value: Value?
        withoutActuallyEscaping({ value = body() }) { work in
            let box = Unmanaged.passRetained(Box(work))
            var attributes = pthread_attr_t()
            pthread_attr_init(&attributes)
            pthread_attr_setstacksize(&attributes, stackByteCount)
            var thread = pthread_t()
            let code = pthread_create(
                &thread, &attributes,
                { argument in
                    Unmanaged<Box>.fromOpaque(argument!).takeUnretainedValue().work()
                    return nil
                }, box.toOpaque())
            precondition(code == 0, "a simulation's thread cannot be started")
            pthread_attr_destroy(&attributes)
            pthread_join(thread, nil)
            box.release()
        }
        guard let value else { preconditionFailure("a simulation's thread ended early") }
        return value
    }

    private final class Box {
        let work: () -> Void
        init(_ work: @escaping () -> Void) { self.work = work }
    }
}
