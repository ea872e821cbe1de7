/// What the moments of one arrow of a trace have in common; number 0 when none is recorded.
struct TraceArrow {
    let number: Int
    let call: Int
    let flow: TraceTravel.Flow

    /// An arrow that begins now, as a part of a call.
    init(_ simulation: Simulation, call: Int, _ flow: TraceTravel.Flow) {
        number = simulation.makeTravelNumber()
        self.call = call
        self.flow = flow
    }

    /// One moment of it.
    func travel(_ moment: TraceTravel.Moment, peer: String) -> TraceTravel {
        TraceTravel(number: number, call: call, flow: flow, moment: moment, peer: peer)
    }
}
