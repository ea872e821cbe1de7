import Platform
import Synchronization
import Testing

/// Numbers of one seed, whatever they are for.
final class CountedRandom: RandomSource {
    private let generator: Mutex<SplitMix64>

    init(seed: UInt64) { generator = Mutex(SplitMix64(seed: seed)) }

    func next(_ purpose: RandomPurpose) -> UInt64 { generator.withLock { $0.next() } }
}

/// The same word for ever.
struct ConstantRandom: RandomSource {
    let word: UInt64

    func next(_ purpose: RandomPurpose) -> UInt64 { word }
}

/// What is made of random bits.
struct RandomSourceTests {
    private static let bounds = [1, 2, 3, 10, 255, 256, 257, (1 << 31) - 1, 1 << 31]

    @Test(arguments: bounds)
    func `a drawn number is below its bound`(bound: Int) {
        #expect(ConstantRandom(word: 0).below(bound, for: "number") == 0)
        #expect(ConstantRandom(word: .max).below(bound, for: "number") == bound - 1)
        let random = CountedRandom(seed: UInt64(bound))
        for _ in 0..<1000 {
            #expect((0..<bound).contains(random.below(bound, for: "number")))
        }
    }

    @Test func `drawn numbers are even`() {
        var counts = Array(repeating: 0, count: 7)
        let random = CountedRandom(seed: 5)
        for _ in 0..<7000 { counts[random.below(7, for: "number")] += 1 }
        #expect(counts.allSatisfy { (850...1150).contains($0) }, "\(counts)")
    }

    @Test(arguments: [0, 1, 7, 8, 9, 16, 26, 1000])
    func `as many bytes are drawn as were asked for`(count: Int) {
        let bytes = ConstantRandom(word: 0x0807_0605_0403_0201).bytes(count, for: "bytes")
        #expect(bytes == (0..<count).map { UInt8($0 % 8 + 1) })
    }

    @Test(
        arguments: [.zero, .microseconds(1), .milliseconds(1), .seconds(1), .seconds(86_400)]
            as [Duration])
    func `a drawn duration is below its bound`(bound: Duration) {
        #expect(ConstantRandom(word: 0).duration(below: bound, for: "rest") == .zero)
        let longest = ConstantRandom(word: .max).duration(below: bound, for: "rest")
        #expect(longest < bound || bound == .zero)
        #expect(longest >= .zero)
    }

    @Test(arguments: [.milliseconds(1), .milliseconds(999), .seconds(2147)] as [Duration])
    func `a drawn duration reaches to a microsecond below its bound`(bound: Duration) {
        let longest = ConstantRandom(word: .max).duration(below: bound, for: "rest")
        #expect(longest == bound - .microseconds(1))
    }

    @Test func `durations are cut towards zero`() {
        #expect(Duration.microseconds(1999).milliseconds == 1)
        #expect(Duration.microseconds(-1999).milliseconds == -1)
        #expect(Duration.nanoseconds(1_999_999_999).nanoseconds == 1_999_999_999)
        #expect(Duration.nanoseconds(-1).nanoseconds == -1)
        #expect(Duration(secondsComponent: 0, attosecondsComponent: 999_999_999).nanoseconds == 0)
        #expect(Duration.zero.milliseconds == 0)
    }
}
