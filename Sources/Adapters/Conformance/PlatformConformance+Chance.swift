import Platform

extension PlatformConformance {
    static let chance: [Check<Platform>] = [
        Check("draws differ from each other, within a purpose and between purposes") { platform in
            let left = (0..<1000).map { _ in platform.random.next("conformance.left") }
            let right = (0..<1000).map { _ in platform.random.next("conformance.right") }
            try expect("distinct draws", Set(left + right).count, is: 2000)
        },
        Check("every bit of a draw is sometimes set and sometimes not") { platform in
            let draws = (0..<200).map { _ in platform.random.next("conformance.bits") }
            try expect("bits ever set", draws.reduce(0, |), is: .max)
            try expect("bits always set", draws.reduce(.max, &), is: 0)
        },
        Check("random bytes are as many as were asked for") { platform in
            for count in [0, 1, 7, 8, 9, 16, 1000] {
                let bytes = platform.random.bytes(count, for: "conformance.bytes")
                try expect("the number of bytes", bytes.count, is: count)
            }
        },
        Check("a bounded draw gives each number below its bound and no other") { platform in
            let draws = (0..<1000).map { _ in platform.random.below(7, for: "conformance.die") }
            try expect("the numbers drawn", Set(draws).sorted(), is: Array(0..<7))
        },
    ]
}
