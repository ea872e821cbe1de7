import Cluster
import ClusterSimulator
import Platform
import Synchronization
import Testing

/// Calls over byte streams of a network that resets, garbles and cuts, between nodes that die.
@Suite struct StreamStormTests {
    /// Plays calls from two nodes to a third while `weather` and the nemesis do their worst; then
    /// all heals and each caller must be answered again.
    private func storm(
        _ seed: UInt64, _ weather: StreamWeather, judgesAnswers: Bool
    ) -> SimulationReport {
        SimulatedRun.clean(seed) { simulation in
            let network = SimulatedNetwork(simulation)
            network.streamWeather = weather
            let callers = ["one", "two"].map { simulation.makeNode($0) }
            let server = Mutex(simulation.makeNode("server"))
            serve(on: server.withLock(\.self), network)
            for caller in callers {
                let transport = StreamTransport(
                    platform: caller.platform, streams: network.streams(of: caller))
                for number in 0..<4 as Range<UInt8> {
                    caller.start("calls") {
                        await call(
                            transport, number, on: caller, simulation, judges: judgesAnswers)
                    }
                }
            }
            for _ in 0..<6 {
                await simulation.pass(.seconds(3))
                network.cut(from: ["one"], to: ["server"])
                await simulation.pass(.seconds(2))
                network.heal()
                server.withLock(\.self).crash()
                let next = simulation.makeNode("server")
                server.withLock { $0 = next }
                serve(on: next, network)
            }
            network.streamWeather = StreamWeather()
            await simulation.pass(.seconds(20))
        }
    }

    private func serve(on node: SimulatedNode, _ network: SimulatedNetwork) {
        let transport = StreamTransport(
            platform: node.platform, streams: network.streams(of: node))
        node.start("serve") {
            do {
                try await transport.listen(at: "server:1") { frame in
                    await sleep(.milliseconds(frame.count), on: node)
                    return frame.reversed()
                }
            } catch {
                Issue.record("\(error)")
            }
            // The transport lives as long as the process.
            await sleep(.seconds(3600), on: node)
            await transport.stopListening(at: "server:1")
        }
    }

    private func sleep(_ duration: Duration, on node: SimulatedNode) async {
        do { try await node.platform.clock.sleep(for: duration) } catch { return }
    }

    private func call(
        _ transport: StreamTransport, _ number: UInt8, on node: SimulatedNode,
        _ simulation: Simulation, judges: Bool
    ) async {
        var round = 0
        // A connection whose lengths were garbled is given up after ten seconds of silence.
        while node.platform.clock.uptime < .seconds(50) {
            round += 1
            let frame = [number] + [UInt8](repeating: UInt8(round % 256), count: round % 90)
            do throws(TransportError) {
                let answer = try await transport.call("server:1", frame, timeout: .seconds(1))
                simulation.count("answered")
                if judges, answer != frame.reversed() {
                    simulation.fail("storm", "another call's answer")
                }
                if node.platform.clock.uptime > .seconds(42) { simulation.count("answered late") }
            } catch {
                simulation.count("\(error)")
                if node.platform.clock.uptime > .seconds(42), error != .unreachable {
                    simulation.fail("storm", "\(error) after all has healed")
                }
            }
            await sleep(.milliseconds(70), on: node)
        }
    }

    @Test func `an answer is that of its call or there is none, and calls come back`() {
        var weather = StreamWeather()
        weather.resetPermille = 20
        for seed in 1...10 as ClosedRange<UInt64> {
            let report = storm(seed, weather, judgesAnswers: true)
            #expect(report.count("answered") > 500)
            #expect(report.count("answered late") > 100)
            #expect(report.count("broken") > 0)
            #expect(report.count("fault: reset connection") > 0)
            #expect(report.count("fault: stream met a cut") > 0)
        }
    }

    @Test func `garbage ends connections and nothing else`() {
        var weather = StreamWeather()
        weather.garblePermille = 50
        for seed in 1...10 as ClosedRange<UInt64> {
            let report = storm(seed, weather, judgesAnswers: false)
            #expect(report.count("answered late") > 100)
            #expect(report.count("fault: garbled piece") > 5)
        }
    }
}
