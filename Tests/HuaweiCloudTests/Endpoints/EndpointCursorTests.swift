import Testing

@testable import HuaweiCloud

@Suite struct EndpointCursorTests {
    @Test func goesToTheNextAndStaysThere() {
        let cursor = EndpointCursor()
        #expect(cursor.position(for: .cts, of: 2) == 0)
        let isFollowed = cursor.advance(from: 0, for: .cts, of: 2)
        #expect(isFollowed)
        #expect(cursor.position(for: .cts, of: 2) == 1)
        #expect(cursor.position(for: .ecs, of: 2) == 0)
    }

    @Test func afterTheLastComesTheFirst() {
        let cursor = EndpointCursor()
        _ = cursor.advance(from: 0, for: .cts, of: 2)
        let isFollowed = cursor.advance(from: 1, for: .cts, of: 2)
        #expect(!isFollowed)
        #expect(cursor.position(for: .cts, of: 2) == 0)
        let isFollowedAlone = cursor.advance(from: 0, for: .ecs, of: 1)
        #expect(!isFollowedAlone)
    }

    @Test func aFailureThatIsKnownAlreadyMovesNothing() {
        let cursor = EndpointCursor()
        _ = cursor.advance(from: 0, for: .cts, of: 3)
        let isFollowed = cursor.advance(from: 0, for: .cts, of: 3)
        #expect(isFollowed)
        #expect(cursor.position(for: .cts, of: 3) == 1)
    }
}
