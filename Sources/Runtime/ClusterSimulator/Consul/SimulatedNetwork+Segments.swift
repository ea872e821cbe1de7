import Platform

extension SimulatedNetwork {
    /// Carries a part of a conversation that the trace does not draw as an arrow.
    func carry(
        from sender: String, to receiver: String, after delay: Duration = .zero,
        _ arrive: @escaping () -> Void
    ) {
        guard sender != receiver else {
            simulation.after(delay, arrive)
            return
        }
        let draws = draws(from: sender, to: receiver)
        var latency = draws.duration(in: weather.latency)
        if draws.chance(permille: weather.reorderPermille) {
            simulation.count("fault: slow segment")
            latency += draws.duration(in: NetworkWeather.setback)
        }
        simulation.after(delay + latency) { [self] in
            guard !isCut(from: sender, to: receiver) else {
                return simulation.count("fault: message met a cut")
            }
            arrive()
        }
    }
}
