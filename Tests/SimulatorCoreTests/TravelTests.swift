import ClusterSimulator
import Platform
import Testing

struct TravelTests {
    /// One call from node a to node b, which listens if told so, and what it left in the trace.
    private func call(
        _ weather: NetworkWeather = .calm, isRecorded: Bool = true, listens: Bool = true,
        crashes: Bool = false
    ) -> SimulationReport {
        var options = SimulationOptions(seed: 1, policy: .random)
        options.recordsTrace = isRecorded
        options.recordsJobs = false
        return simulate(options) { simulation in
            let network = SimulatedNetwork(simulation)
            network.describe = { $0.isAnswer ? "pong" : "ping \($0.address.text)" }
            let (a, b) = (simulation.makeNode("a"), simulation.makeNode("b"))
            if listens {
                await b.start("listen") {
                    do {
                        try await network.transport(of: b).listen(at: "b") { frame in
                            if crashes { b.crash() }
                            return frame + frame
                        }
                    } catch { simulation.fail("listening", "\(error)") }
                }.wait()
            }
            network.weather = weather
            await a.start("call") {
                do {
                    _ = try await network.transport(of: a).call("b", [7], timeout: .seconds(1))
                } catch { simulation.record(.note, node: a, "\(error)") }
            }.wait()
            await simulation.sleep(.seconds(20))
        }
    }

    private func words(_ report: SimulationReport) -> [String] {
        report.trace.compactMap { event in
            guard case .travel(let travel) = event.detail else { return nil }
            return "\(event.node) \(travel.flow) \(travel.moment) \(travel.peer)"
        }
    }

    private func weather(_ body: (inout NetworkWeather) -> Void) -> NetworkWeather {
        var weather = NetworkWeather.calm
        body(&weather)
        return weather
    }

    @Test func `a call is two arrows of one number each, in one call, with descriptions`() {
        let report = call()
        #expect(
            words(report) == [
                "a request departure b", "b request arrival a", "b answer departure a",
                "a answer arrival b",
            ])
        let travels = report.trace.compactMap { event -> TraceTravel? in
            guard case .travel(let travel) = event.detail else { return nil }
            return travel
        }
        #expect(travels[0].number == travels[1].number)
        #expect(travels[2].number == travels[3].number)
        #expect(travels[1].number != travels[2].number)
        #expect(Set(travels.map(\.call)).count == 1)
        let texts = report.trace.map(\.text)
        #expect(texts.contains("to b: ping b, 1 B"))
        #expect(texts.contains("from b: pong, 2 B"))
    }

    @Test func `a lost request is lost on its way and the caller gives up`() {
        let report = call(weather { $0.lostRequestPermille = 1000 })
        #expect(
            words(report) == [
                "a request departure b", "b request loss a", "a request expiry b",
            ])
    }

    @Test func `a lost answer leaves and never arrives`() {
        let report = call(weather { $0.lostReplyPermille = 1000 })
        #expect(words(report).contains("a answer loss b"))
        #expect(!words(report).contains("a answer arrival b"))
    }

    @Test func `a second request and a late answer are told from others`() {
        let twice = call(weather { $0.duplicatePermille = 1000 })
        #expect(words(twice).filter { $0 == "b duplicate arrival a" }.count == 1)
        let late = call(weather { $0.lateReplyPermille = 1000 })
        #expect(words(late).contains("a late arrival b"))
    }

    @Test func `nobody who listens, and a crash, come back as failures`() {
        #expect(
            words(call(listens: false)) == [
                "a request departure b", "b request turn a", "a request arrival b",
            ])
        #expect(words(call(crashes: true)).contains("a failure arrival b"))
    }

    @Test func `recording changes no hash, in any weather`() {
        let worst = weather {
            $0.lostReplyPermille = 300
            $0.duplicatePermille = 500
            $0.lateReplyPermille = 300
            $0.reorderPermille = 500
        }
        for weather in [NetworkWeather.calm, worst] {
            let hashes = [false, true].map { call(weather, isRecorded: $0).hash }
            #expect(hashes[0] == hashes[1])
        }
        #expect(call(isRecorded: false).trace.isEmpty)
    }

    @Test func `operations say what they were and what became of them`() {
        var options = SimulationOptions(seed: 1, policy: .random)
        options.recordsTrace = true
        let report = simulate(options) { simulation in
            let database = SimulatedDatabase("database", simulation)
            let node = simulation.makeNode("a")
            let store = database.store(for: node)
            await node.start("write") {
                for _ in 1...2 {
                    do {
                        try await store.commit([
                            .init(
                                .init(collection: "papers", id: "1"), expecting: .absent,
                                .put(body: [], keys: []))
                        ])
                    } catch { simulation.record(.note, "\(error)") }
                }
                database.goDown(for: .seconds(1))
                do { _ = try await store.documents(["1", "2"], in: "papers") } catch {
                    simulation.record(.note, "\(error)")
                }
            }.wait()
        }
        let atServer = report.trace.filter { $0.node == "database" && $0.kind != .fault }
        #expect(atServer.map(\.kind.name) == ["write", "conflict", "refusal"])
        #expect(
            atServer.map(\.text) == [
                "commit papers × 1", "commit papers × 1: conflict on papers/1",
                "read papers × 2: refused, the server is away",
            ])
    }

    @Test func `a change whose answer is lost says whether it was made`() {
        var options = SimulationOptions(seed: 1, policy: .random)
        options.recordsTrace = true
        let stored = Box<Set<String>>([])
        let report = simulate(options) { simulation in
            let database = SimulatedDatabase("database", simulation)
            database.weather.unknownPermille = 1000
            let node = simulation.makeNode("a")
            let store = database.store(for: node)
            await node.start("write") {
                let ids = (0..<40).map { "\($0)" }
                for id in ids {
                    do {
                        try await store.commit([
                            .init(
                                .init(collection: id, id: id), expecting: .absent,
                                .put(body: [], keys: []))
                        ])
                        simulation.fail("every outcome is unknown", id)
                    } catch { continue }
                }
                for id in ids {
                    do {
                        let found = try await store.documents([id], in: id)
                        if !found.isEmpty { stored.value.insert("commit \(id) × 1") }
                    } catch { simulation.fail("reads are answered", "\(error)") }
                }
            }.wait()
        }
        #expect(report.isClean, "\(report)")
        let made = report.trace.filter { $0.kind.name == "unanswered" }.map {
            $0.text.split(separator: ":")[0]
        }
        let lost = report.trace.filter { $0.kind.name == "refusal" }
        #expect(Set(made.map(String.init)) == stored.value)
        #expect(!made.isEmpty && !lost.isEmpty && made.count + lost.count == 40)
    }
}
