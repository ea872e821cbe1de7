import CSimulator

extension StackTrace {
    /// The calls that led here on this thread.
    static func calls() -> Self {
        withUnsafeTemporaryAllocation(of: UInt.self, capacity: frameCountMaximum) { addresses in
            let count = csimulator_return_addresses(addresses.baseAddress, Int32(addresses.count))
            // A return address can be the next function's first: step back into the call.
            return Self(addresses: addresses.prefix(Int(count)).map { $0 - 1 })
        }
    }

    /// The functions in which a suspended task waits; none for a job that is no task.
    ///
    /// They are walked from the task's own memory as Swift 6.3 lays it out on 64-bit machines
    /// (`ABI/Task.h`): a job holds its kind at byte 32 and the function that it goes on with at
    /// 56, a task its context at 64, and a context its parent and the parent's function.
    static func awaits(of job: UInt) -> Self {
        guard job != 0, word(job + 32).map({ $0 & 0xFF }) == 0 else { return Self(addresses: []) }
        var found = word(job + 56).map { [$0] } ?? []
        var context = word(job + 64) ?? 0
        while context != 0, found.count < frameCountMaximum,
            let function = word(context + 8), let parent = word(context)
        {
            found.append(function)
            context = parent
        }
        return Self(addresses: found.filter { $0 != 0 })
    }

    /// The word at an address, which the layout of another Swift could have made a wrong one.
    private static func word(_ address: UInt) -> UInt? {
        var word: UInt = 0
        return csimulator_read_word(address, &word) ? word : nil
    }
}

extension UnownedJob {
    /// The job's address: for walking its stack, never as an identity.
    var address: UInt { unsafeBitCast(self, to: UInt.self) }
}
