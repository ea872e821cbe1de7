/// Elements in the order in which they wait; each has a ticket, with which it can leave the line
/// from anywhere. Every operation takes constant time on average.
public struct WaitingLine<Element: Sendable>: Sendable {
    private var elements: [Int: Element] = [:]
    /// Tickets that go before all others, the next one last.
    private var front: [Int] = []
    private var back: [Int] = []
    private var headIndex = 0
    private var nextTicket = 0

    /// An empty line.
    public init() {}

    /// How many wait.
    public var count: Int { elements.count }

    /// Adds an element at the end.
    public mutating func append(_ element: Element) -> Int {
        let ticket = makeTicket(element)
        back.append(ticket)
        return ticket
    }

    /// Adds an element before all others.
    public mutating func prepend(_ element: Element) -> Int {
        let ticket = makeTicket(element)
        front.append(ticket)
        return ticket
    }

    /// Takes an element out, if it still waits.
    public mutating func remove(_ ticket: Int) {
        elements[ticket] = nil
        if front.count + back.count - headIndex > 2 * elements.count + 16 { compact() }
    }

    /// Takes the first element.
    public mutating func popFirst() -> Element? {
        while let ticket = front.popLast() ?? popBack() {
            if let element = elements.removeValue(forKey: ticket) { return element }
        }
        return nil
    }

    private mutating func makeTicket(_ element: Element) -> Int {
        nextTicket += 1
        elements[nextTicket] = element
        return nextTicket
    }

    private mutating func popBack() -> Int? {
        guard headIndex < back.count else { return nil }
        defer {
            headIndex += 1
            if headIndex * 2 > back.count + 16 {
                back.removeFirst(headIndex)
                headIndex = 0
            }
        }
        return back[headIndex]
    }

    /// Forgets the tickets of those who left.
    private mutating func compact() {
        front.removeAll { elements[$0] == nil }
        back = back[headIndex...].filter { elements[$0] != nil }
        headIndex = 0
    }
}
