import ProcessSupport
import Testing

@Suite struct EnvFileTests {
    private func parse(_ text: String) throws -> [String: String] { try EnvFile.parse(Array(text.utf8), name: ".env") }

    @Test(
        "reads a line",
        arguments: [
            ("A=b", "b"), ("A=", ""), ("A=b c", "b c"), ("A=  b  ", "b"), ("A=b\t", "b"), ("A=a=b", "a=b"), ("A=é", "é"),
            // An export in front.
            ("export A=b", "b"), ("export \tA=b", "b"), ("  A=b", "b"),
            // Single quotes: literal.
            (#"A='b\n "c" #d $X'"#, #"b\n "c" #d $X"#), ("A=' b '", " b "), ("A=''", ""), ("A='b' # c", "b"), ("A=  'b'  ", "b"),
            // Double quotes: four escapes, any other backslash is one.
            (#"A="b\nc""#, "b\nc"), (#"A="b\tc\"d\\e""#, "b\tc\"d\\e"), (#"A="C:\dir\x""#, #"C:\dir\x"#), (#"A="\\n""#, #"\n"#),
            (#"A="a # b""#, "a # b"), (#"A="b" # c"#, "b"), (#"A="it's""#, "it's"), (#"A="""#, ""),
            // Without quotes: white space and # start a comment.
            ("A=b # c", "b"), ("A=b\t# c", "b"), ("A=b#c", "b#c"), ("A=#b", "#b"), ("A= # b", ""), ("A=b  #", "b"), ("A=a #b #c", "a"),
            (#"A=b"c""#, #"b"c""#), (#"A=a\nb"#, #"a\nb"#), ("A=it's", "it's"),
            // Nothing is substituted.
            ("A=$HOME", "$HOME"), ("A=\"${HOME}\"", "${HOME}"), ("A=`id`", "`id`"), ("A=$(id)", "$(id)"), ("A=%PATH%", "%PATH%"),
        ]
    )
    func value(line: String, expected: String) throws {
        #expect(try parse(line) == ["A": expected])
    }

    @Test("skips empty lines and comments", arguments: ["", "\n\n", "# A=b", "  # A=b", "#", "   ", "\t\n \n"])
    func nothing(text: String) throws {
        #expect(try parse(text).isEmpty)
    }

    @Test("accepts a byte order mark, LF and CRLF, with or without an end of the last line")
    func lineEnds() throws {
        #expect(try parse("\u{FEFF}A=1\r\nB=2\nC='3'\r\nD=\"4\"\r\n\r\nE=5") == ["A": "1", "B": "2", "C": "3", "D": "4", "E": "5"])
    }

    @Test("of repeated names the last counts")
    func repeated() throws {
        #expect(try parse("A=1\nB=2\nA=3\nA=") == ["A": "", "B": "2"])
    }

    @Test(
        "accepts names of letters, digits and underscores",
        arguments: ["A", "_", "a1", "_1", "HUAWEICLOUD_SDK_REGION_ECS_AF_SOUTH_1", "export"]
    )
    func names(name: String) throws {
        #expect(try parse("\(name)=x") == [name: "x"])
    }

    @Test(
        "tells the number of a malformed line and not its text",
        arguments: [
            ("A=1\nsecretword", 2), ("1A=secretword", 1), ("A B=secretword", 1), ("A =secretword", 1), ("=secretword", 1),
            ("A-B=secretword", 1), ("É=secretword", 1), ("\n\nexport A", 3), ("export =secretword", 1), ("A.B=secretword", 1),
            ("A='secretword", 1), ("A=\"secretword", 1), (#"A="secretword\""#, 1), ("A='b'secretword", 1), ("A=\"b\"secretword", 1),
            ("A='b' secretword", 1), ("A='b'#secretword", 1), ("A=1\r\nB=2\rC=secretword\r\n", 2),
        ]
    )
    func malformed(text: String, line: Int) throws {
        let error = try #require(throws: EnvFileError.self) { try parse(text) }
        #expect(error.line == line)
        #expect(error.description.hasPrefix(".env:\(line): "))
        #expect(!error.description.contains("secretword"))
    }

    @Test("refuses bytes that are no UTF-8, and NUL, with the line")
    func encoding() throws {
        #expect(throws: EnvFileError.self) { try parse("# x\nA=b\0") }
        let error = try #require(throws: EnvFileError.self) { try EnvFile.parse(Array("A=1\nB=".utf8) + [0xFF, 0xFE], name: "x") }
        #expect(error.description == "x:2: is not valid UTF-8")
    }

    @Test("says which file cannot be read")
    func unreadable() throws {
        let error = try #require(throws: EnvFileError.self) { try EnvFile.load("/nowhere/.env") }
        #expect(error.description == "/nowhere/.env: not found")
        #expect(error.line == 0)
    }

    @Test("loads through the given reader")
    func load() throws {
        #expect(try EnvFile.load("x") { path throws(FileReadError) in Array("A=\(path)".utf8) } == ["A": "x"])
    }
}
