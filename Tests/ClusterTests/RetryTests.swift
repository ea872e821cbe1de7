import ClusterSimulator
import Platform
import Testing

@testable import Cluster

/// A call whose outcome is unknown is repeated, with measure.
struct RetryTests {
    private struct Attempt: Hashable {
        var server: String
        var id: RequestID
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `a call that times out is repeated elsewhere under the same request id`(
        seed: UInt64
    ) throws {
        let attempts = Box<[Attempt]>([])
        let end = try simulated(seed: seed) { simulation in
            let town = try await Town(simulation) { place, _, context in
                attempts.value.append(Attempt(server: place.process.name, id: context.requestID))
                return place.process.name
            }
            town.network.weather.lostReplyPermille = 1000
            // The first reply is lost; the caller waits three seconds for it.
            simulation.after(.seconds(1)) { town.network.weather = .calm }
            return try await town.desk.perform { await $0.greet(requestID: "intention") }
        }
        let servers = attempts.value.map(\.server)
        #expect(attempts.value.map(\.id) == ["intention", "intention"])
        #expect(Set(servers) == ["server 1", "server 2"])
        #expect(end == .done(servers[1]))
    }

    @Test func `a call that times out is repeated on the only instance`() throws {
        let attempts = Box(0)
        let end = try simulated { simulation in
            let town = try await Town(simulation, serverCount: 1) { place, _, _ in
                attempts.value += 1
                return place.process.name
            }
            town.network.weather.lostReplyPermille = 1000
            simulation.after(.seconds(1)) { town.network.weather = .calm }
            return try await town.desk.perform { await $0.greet() }
        }
        #expect(end == .done("server 1"))
        #expect(attempts.value == 2)
    }

    @Test func `a request that comes twice is handled twice under one id`() throws {
        let attempts = Box<[Attempt]>([])
        let end = try simulated { simulation in
            let town = try await Town(simulation, serverCount: 1) { place, _, context in
                attempts.value.append(Attempt(server: place.process.name, id: context.requestID))
                return place.process.name
            }
            town.network.weather.duplicatePermille = 1000
            return try await town.desk.perform { client in
                let end = await client.greet()
                await client.platform.rest(.seconds(1))
                return end
            }
        }
        #expect(end == .done("server 1"))
        #expect(attempts.value.count == 2)
        #expect(Set(attempts.value).count == 1)
    }

    @Test func `a call to an instance that crashes meanwhile is repeated elsewhere`() throws {
        let attempts = Box<[String]>([])
        let end = try simulated { simulation in
            let town = try await Town(simulation) { place, _, _ in
                attempts.value.append(place.process.name)
                if attempts.value.count == 1 {
                    simulation.after(.seconds(1)) { place.process.crash() }
                    try await place.process.platform.clock.sleep(for: .seconds(2))
                }
                return place.process.name
            }
            return try await town.desk.perform { await $0.greet() }
        }
        #expect(attempts.value.count == 2)
        #expect(Set(attempts.value).count == 2)
        #expect(end == .done(attempts.value[1]))
    }

    @Test func `a call to an instance that is stopped meanwhile is repeated elsewhere`() throws {
        let attempts = Box<[String]>([])
        let end = try simulated { simulation in
            let town = try await Town(simulation) { place, _, _ in
                attempts.value.append(place.process.name)
                if attempts.value.count == 1 {
                    simulation.after(.seconds(1)) { place.process.stop() }
                    try await place.process.platform.clock.sleep(for: .seconds(2))
                }
                return place.process.name
            }
            return try await town.desk.perform { await $0.greet() }
        }
        #expect(attempts.value.count == 2)
        #expect(Set(attempts.value).count == 2)
        #expect(end == .done(attempts.value.last ?? ""))
    }

    @Test(arguments: ClusterError.allCases.filter { !$0.isWorthRetrying && $0 != .cancelled })
    func `an error that repeating does not mend is not repeated`(error: ClusterError) throws {
        let count = Box(0)
        let end = try onOneNode { process in
            await ClusterClient(process.platform, greetersAt: ["a", "b"]) { _, _ in
                count.value += 1
                return .failed(error)
            }.greet()
        }
        #expect(end == .unknown(error))
        #expect(count.value == 1)
    }

    @Test(arguments: ClusterError.allCases.filter(\.isWorthRetrying))
    func `an error that may pass is repeated elsewhere`(error: ClusterError) throws {
        let addresses = Box<[Address]>([])
        let end = try onOneNode { process in
            await ClusterClient(process.platform, greetersAt: ["a", "b"]) { address, _ in
                addresses.value.append(address)
                return addresses.value.count == 1 ? .failed(error) : .greeting("again")
            }.greet()
        }
        #expect(end == .done("again"))
        #expect(Set(addresses.value) == ["a", "b"])
    }

    @Test(
        arguments: [
            ([.overloaded, .outcomeUnknown, .draining], .outcomeUnknown),
            ([.unavailable, .timedOut, .draining], .timedOut),
            ([.timedOut, .unavailable], .timedOut),
            ([.outcomeUnknown, .overloaded], .outcomeUnknown),
            ([.unreachable, .draining], .draining),
        ] as [([ClusterError], ClusterError)])
    func `a lost outcome outlives the failures after it`(
        errors: [ClusterError], last: ClusterError
    ) throws {
        let count = Box(0)
        let end = try onOneNode { process in
            await ClusterClient(process.platform, greetersAt: ["a"]) { _, _ in
                count.value += 1
                return .failed(errors[min(count.value, errors.count) - 1])
            }.greet(timeout: .seconds(2))
        }
        #expect(count.value >= errors.count)
        #expect(end == .unknown(last))
    }
}
