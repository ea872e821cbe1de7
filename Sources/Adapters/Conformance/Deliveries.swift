import Ports

/// What was delivered, in the order in which it came.
actor Deliveries {
    private(set) var deliveries: [BusDelivery] = []
    private var inHandCount = 0
    private(set) var inHandCountMaximum = 0

    var ids: [String] { deliveries.map(\.event.id) }

    func count(of id: String) -> Int { deliveries.count { $0.event.id == id } }

    /// Adds a delivery; how often its event came by now.
    @discardableResult
    func add(_ delivery: BusDelivery) -> Int {
        deliveries.append(delivery)
        return count(of: delivery.event.id)
    }

    func begin(_ delivery: BusDelivery) {
        add(delivery)
        inHandCount += 1
        inHandCountMaximum = max(inHandCountMaximum, inHandCount)
    }

    func end() { inHandCount -= 1 }
}
