import Platform
import Ports

extension EventBusConformance {
    static let verdicts: [Check<Subject>] = [
        Check("an event that is sent back comes again under its id") { subject in
            let seen = Deliveries()
            try await subject.consuming { delivery in
                await seen.add(delivery) < 3 ? .again : .taken
            } while: {
                try await subject.publish("one")
                try await subject.eventually("it came again") { await seen.ids.count >= 3 }
            }
            let found = await seen.deliveries
            try expect("ids", found.map(\.event.id), is: ["one", "one", "one"])
            try expect("redelivered", found.map(\.isRedelivered), is: [false, true, true])
            try expect("that counts do not fall", found[1].deliveryCount <= found[2].deliveryCount)
        },
        Check("an event that is sent back holds up none of the others for good") { subject in
            let seen = Deliveries()
            try await subject.consuming(prefetchMaximum: 2) { delivery in
                let count = await seen.add(delivery)
                return delivery.event.id == "slow" && count < 3 ? .again : .taken
            } while: {
                _ = try await subject.platform.tasks.together(5) { number in
                    try await subject.publish(number == 0 ? "slow" : "\(number)")
                }
                try await subject.eventually("all came") { Set(await seen.ids).count == 5 }
                try await subject.eventually("it came") { await seen.count(of: "slow") == 3 }
            }
        },
        Check("an event that nobody will take is a dead letter and comes no more") { subject in
            let seen = Deliveries()
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return delivery.event.id == "bad" ? .never("unreadable") : .taken
            } while: {
                try await subject.publish("bad")
                for number in 0..<5 { try await subject.publish("\(number)") }
                try await subject.eventually("all came") { Set(await seen.ids).count == 6 }
                try await subject.eventually("it is dead") {
                    try await subject.deadLetters(of: subject.queue).map(\.id) == ["bad"]
                }
            }
            try expect("how often it came", await seen.count(of: "bad"), is: 1)
            let dead = try await subject.deadLetters(of: subject.queue)
            try expect("its payload", dead.map(\.payload), is: [Array("bad".utf8)])
            let others = try await subject.deadLetters(of: subject.otherQueue)
            try expect("dead letters of another queue", others, is: [])
        },
        Check("a dead letter can be replayed") { subject in
            let seen = Deliveries()
            try await subject.consuming { delivery in
                await seen.add(delivery) == 1 ? .never("not yet") : .taken
            } while: {
                for id in ["one", "two"] { try await subject.publish(id) }
                try await subject.eventually("both are dead") {
                    try await subject.deadLetters(of: subject.queue).count == 2
                }
                try await subject.replayDeadLetters(of: subject.queue)
                try await subject.eventually("both came again") { await seen.ids.count >= 4 }
            }
            try expect("ids", await seen.ids.sorted(), is: ["one", "one", "two", "two"])
            let dead = try await subject.deadLetters(of: subject.queue)
            try expect("dead letters", dead, is: [])
        },
        Check("an event that is published twice under one id arrives at least once") { subject in
            let seen = Deliveries()
            try await subject.consuming { delivery in
                await seen.add(delivery)
                return .taken
            } while: {
                for _ in 0..<2 { try await subject.publish("one") }
                try await subject.publish("two")
                try await subject.eventually("both came") {
                    Set(await seen.ids) == ["one", "two"]
                }
            }
        },
    ]
}
