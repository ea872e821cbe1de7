import Testing

@testable import RabbitMQAdapter

/// What a broker confirms is matched with what was sent.
@Suite struct ConfirmLedgerTests {
    private func ledger(_ numbers: UInt64...) -> ConfirmLedger {
        var ledger = ConfirmLedger()
        for (index, number) in numbers.enumerated() {
            ledger.send(number, until: .seconds(index))
        }
        return ledger
    }

    @Test func `one confirmation is of one publication, whatever its place`() {
        var ledger = ledger(7, 8, 9)
        #expect(ledger.settle(2, isMultiple: false).map(\.number) == [8])
        #expect(ledger.settle(2, isMultiple: false).isEmpty)
        #expect(ledger.settle(0, isMultiple: false).isEmpty)
        #expect(ledger.settle(4, isMultiple: false).isEmpty)
        #expect(ledger.settle(1, isMultiple: false).map(\.number) == [7])
        #expect(ledger.settle(3, isMultiple: false).map(\.number) == [9])
        #expect(ledger.count == 0)
        #expect(ledger.deadline == nil)
    }

    @Test func `a confirmation of several is of all up to it that were not confirmed`() {
        var ledger = ledger(1, 2, 3, 4, 5)
        #expect(ledger.settle(2, isMultiple: false).map(\.number) == [2])
        #expect(ledger.settle(4, isMultiple: true).map(\.number) == [1, 3, 4])
        #expect(ledger.settle(4, isMultiple: true).isEmpty)
        #expect(ledger.settle(99, isMultiple: true).map(\.number) == [5])
        ledger.send(6, until: .zero)
        #expect(ledger.settle(6, isMultiple: false).map(\.number) == [6])
    }

    @Test func `the tag zero means all`() {
        var ledger = ledger(1, 2, 3)
        #expect(ledger.settle(0, isMultiple: true).map(\.number) == [1, 2, 3])
        #expect(ledger.settle(0, isMultiple: true).isEmpty)
    }

    @Test func `what came back is marked until it is confirmed`() {
        var ledger = ledger(1, 2)
        ledger.markReturned(2)
        ledger.markReturned(3)
        #expect(ledger.settle(2, isMultiple: true).map(\.isReturned) == [false, true])
        ledger.markReturned(1)
        #expect(ledger.takeAll().isEmpty)
    }

    @Test func `what is overdue is taken out, and its confirmation means nothing`() {
        var ledger = ledger(1, 2, 3)
        #expect(ledger.deadline == .zero)
        #expect(ledger.takeOverdue(at: .seconds(1)).map(\.number) == [1, 2])
        #expect(ledger.deadline == .seconds(2))
        #expect(ledger.takeOverdue(at: .seconds(1)).isEmpty)
        #expect(ledger.settle(3, isMultiple: true).map(\.number) == [3])
    }
}
