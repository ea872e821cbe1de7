/// What all servers answer by: an actor, as services are.
actor Echo {
    func answer<Frame: Sendable>(_ frame: Frame) -> Frame { frame }
}
