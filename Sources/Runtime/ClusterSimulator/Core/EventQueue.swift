/// What happens at set times: a binary heap, first by time, then in order of setting.
struct EventQueue {
    enum Event {
        case call(() -> Void)
        /// A job of a slow node, or one that slept on a clock outside the simulation.
        case job(ReadyJob)
    }

    private struct Entry {
        let time: Int64
        let sequence: UInt64
        let slot: Int

        static func < (left: Self, right: Self) -> Bool {
            left.time != right.time ? left.time < right.time : left.sequence < right.sequence
        }
    }

    private struct Slot {
        var sequence: UInt64
        var event: Event?
    }

    private var heap: [Entry] = []
    private var slots: [Slot] = []
    private var freeSlots: [Int] = []
    /// The number of the next event; every event set before has a lower one.
    private(set) var nextSequence: UInt64 = 0

    mutating func add(_ event: Event, at time: Int64) -> EventHandle {
        let handle = EventHandle(slot: freeSlots.popLast() ?? slots.count, sequence: nextSequence)
        nextSequence += 1
        let slot = Slot(sequence: handle.sequence, event: event)
        if handle.slot == slots.count { slots.append(slot) } else { slots[handle.slot] = slot }
        heap.append(Entry(time: time, sequence: handle.sequence, slot: handle.slot))
        siftUp(heap.count - 1)
        return handle
    }

    /// Takes an event back; nothing happens when it was already taken.
    mutating func cancel(_ handle: EventHandle) {
        guard slots.indices.contains(handle.slot),
            slots[handle.slot].sequence == handle.sequence
        else { return }
        slots[handle.slot].event = nil
    }

    /// The time and number of the first event.
    mutating func first() -> (time: Int64, sequence: UInt64)? {
        while let entry = heap.first {
            if slots[entry.slot].event != nil { return (entry.time, entry.sequence) }
            _ = takeTop()
        }
        return nil
    }

    /// Takes the first event, which must be there.
    mutating func removeFirst() -> Event {
        guard first() != nil, let event = takeTop() else {
            preconditionFailure("an event is taken from an empty queue")
        }
        return event
    }

    private mutating func takeTop() -> Event? {
        let slot = heap[0].slot
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            siftDown()
        }
        freeSlots.append(slot)
        defer { slots[slot].event = nil }
        return slots[slot].event
    }

    private mutating func siftUp(_ start: Int) {
        var index = start
        while index > 0, heap[index] < heap[(index - 1) / 2] {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func siftDown() {
        var index = 0
        while true {
            var least = index
            for child in 2 * index + 1...2 * index + 2
            where child < heap.count && heap[child] < heap[least] { least = child }
            if least == index { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
