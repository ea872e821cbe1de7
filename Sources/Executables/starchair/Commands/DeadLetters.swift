import ArgumentParser
import ClusterNetwork
import Foundation
import Ports
import RabbitMQAdapter

/// Events that a cluster's NotificationService would not take.
struct DeadLetters: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters",
        abstract: "Show the events that a cluster could not work off, or try them again.",
        discussion: """
            An event whose handling fails again and again is put aside, so that it holds up no \
            other, and stays until it is replayed. Where RabbitMQ is, the settings of \
            `starchair serve` say.

            Shown of each: its id, who sent it, how often it was handed out, its bytes, and why \
            it is here; not what is in it.

            Example: starchair dead-letters --replay, once the cause is mended
            """)

    @Flag(help: "Put them back into the queue, the oldest first.")
    var replay = false

    @Flag(help: "Print one JSON object for each line.")
    var json = false

    private struct Line: Encodable {
        let id: String
        let sender: String
        let deliveries: Int
        let bytes: Int
        let reason: String
    }

    func run() async throws {
        let configuration = try await PodConfiguration()
        let system = SystemPlatform(.init(offloadThreadCount: 2))
        let bus = try PodInstallation.bus(configuration, system.platform)
        do throws(BusError) {
            if replay { try await replayAll(bus) } else { try await show(bus) }
        } catch {
            throw Failure("RabbitMQ at \(configuration.rabbitMQ.masked) does not answer")
        }
        await bus.shutDown()
        await system.shutDown()
    }

    private func show(_ bus: RabbitMQEventBus) async throws(BusError) {
        let letters = try await bus.deadLetters(of: .notifications)
        for letter in letters {
            let event = letter.event
            let line = Line(
                id: event.id, sender: event.sender, deliveries: letter.deliveryCount,
                bytes: event.payload.count, reason: letter.reason)
            Terminal.say(json ? Self.text(line) : Self.words(line))
        }
        Terminal.note(
            letters.isEmpty
                ? "there are none" : "\(letters.count), which wait for --replay")
    }

    private func replayAll(_ bus: RabbitMQEventBus) async throws(BusError) {
        let count = try await bus.replayDeadLetters(of: .notifications)
        Terminal.note("\(count) put back into the queue")
        if count >= RabbitMQEventBus.deadLetterCountMaximum {
            Terminal.note("there may be more: run it again")
        }
    }

    private static func words(_ line: Line) -> String {
        "\(line.id) from \(line.sender), handed out \(line.deliveries) times, "
            + "\(line.bytes) bytes: \(line.reason)"
    }

    private static func text(_ line: Line) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do {
            return String(decoding: try encoder.encode(line), as: UTF8.self)
        } catch {
            preconditionFailure("a line is texts and numbers: \(error)")
        }
    }
}
