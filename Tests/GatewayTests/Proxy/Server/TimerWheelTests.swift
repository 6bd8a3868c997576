import Testing

@testable import Gateway

@Suite struct TimerWheelTests {
    private final class Node: TimedNode {
        var place = TimerPlace()
        var deadline: UInt64?
        init(_ deadline: UInt64?) { self.deadline = deadline }
    }

    @Test(arguments: [1, 2, 3, 7, 8, 9, 15, 16, 17, 100] as [UInt64])
    func firesExactlyAtItsTick(_ deadline: UInt64) {
        var wheel = TimerWheel<Node>(slots: 8)
        let node = Node(deadline)
        wheel.schedule(node)
        for _ in 1..<deadline { #expect(wheel.advance().isEmpty) }
        #expect(wheel.advance().first === node)
        #expect(wheel.count == 0)
        #expect(!node.place.isSet)
    }

    @Test func aDeadlineThatMovesLaterFiresLater() {
        var wheel = TimerWheel<Node>(slots: 8)
        let node = Node(2)
        wheel.schedule(node)
        node.deadline = 5
        for _ in 1..<5 { #expect(wheel.advance().isEmpty) }
        #expect(wheel.advance().count == 1)
    }

    @Test func aDeadlineThatMovesEarlierFiresEarlier() {
        var wheel = TimerWheel<Node>(slots: 8)
        let node = Node(7)
        wheel.schedule(node)
        node.deadline = 2
        wheel.schedule(node)
        #expect(wheel.count == 1)
        #expect(wheel.advance().isEmpty)
        #expect(wheel.advance().count == 1)
    }

    @Test func withoutADeadlineNothingFires() {
        var wheel = TimerWheel<Node>(slots: 4)
        let node = Node(3)
        wheel.schedule(node)
        node.deadline = nil
        for _ in 0..<10 { #expect(wheel.advance().isEmpty) }
        #expect(wheel.count == 0)
    }

    @Test func removesInAnyOrder() {
        var wheel = TimerWheel<Node>(slots: 4)
        let nodes = (0..<5).map { _ in Node(2) }
        for node in nodes { wheel.schedule(node) }
        wheel.remove(nodes[1])
        wheel.remove(nodes[4])
        wheel.remove(nodes[1])
        #expect(wheel.count == 3)
        _ = wheel.advance()
        #expect(Set(wheel.advance().map(ObjectIdentifier.init)) == Set([nodes[0], nodes[2], nodes[3]].map(ObjectIdentifier.init)))
    }

    @Test func agreesWithASimpleModel() {
        var generator = SystemRandomNumberGenerator()
        var wheel = TimerWheel<Node>(slots: 16)
        var alive: [Node] = []
        for tick in UInt64(1)...2_000 {
            if Bool.random(using: &generator) {
                let node = Node(tick - 1 + UInt64.random(in: 1...40, using: &generator))
                alive.append(node)
                wheel.schedule(node)
            }
            if let node = alive.randomElement(using: &generator), let deadline = node.deadline {
                node.deadline = max(tick, deadline + UInt64.random(in: 0...8, using: &generator) - 4)
                wheel.schedule(node)
            }
            let due = wheel.advance()
            let expected = alive.filter { $0.deadline.map { $0 <= tick } ?? false }
            #expect(Set(due.map(ObjectIdentifier.init)) == Set(expected.map(ObjectIdentifier.init)))
            alive.removeAll { node in due.contains { $0 === node } }
        }
    }
}
