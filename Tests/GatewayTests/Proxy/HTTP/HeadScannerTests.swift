import Testing

@testable import Gateway

@Suite struct HeadScannerTests {
    private let head = Array("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n".utf8)

    @Test func findsTheEndAtEverySplit() {
        for split in 0...head.count {
            var scanner = HeadScanner()
            let first = scanner.scan(head[..<split])
            if split < head.count { #expect(first == .incomplete) }
            var whole = head
            whole.append(contentsOf: "rest".utf8)
            if split < head.count { #expect(scanner.scan(whole) == .complete(head.count)) } else { #expect(first == .complete(head.count)) }
            #expect(scanner.firstLine == 14)
        }
    }

    @Test func findsTheEndByteByByte() {
        var scanner = HeadScanner()
        for count in 1..<head.count { #expect(scanner.scan(head[..<count]) == .incomplete) }
        #expect(scanner.scan(head) == .complete(head.count))
    }

    @Test(
        "a line feed without a carriage return is refused as soon as it is seen",
        arguments: ["\n", "GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nHost: a\n", "GET / HTTP/1.1\r\nHost: a\r\n\n", "a\n\r\n\r\n"]
    )
    func refusesBareLineFeed(_ text: String) {
        var scanner = HeadScanner()
        #expect(scanner.scan(text.utf8) == .bareLineFeed)
    }
}
