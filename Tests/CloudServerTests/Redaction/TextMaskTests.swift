import CloudServer
import Testing

/// The text pass (cts.md §6.4).
@Suite struct TextMaskTests {
    typealias Row = (input: String, output: String)

    private func check(_ row: Row, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(Masking.maskText(row.input) == row.output, sourceLocation: sourceLocation)
    }

    @Test(
        arguments: [
            ("my.db_password-1=x", "my.db_password-1=***MASKED***"), ("密码password=x", "密码password=***MASKED***"),
            ("password密码=x", "password密码=***MASKED***"), ("(token:x", "(token:***MASKED***"), ("a/token=x", "a/token=***MASKED***"),
            ("token name=x", "token name=x"), ("tokens_count=3", "tokens_count=3"),
        ] as [Row]
    )
    func aNameIsAMaximalRun(_ row: Row) { check(row) }

    @Test(
        arguments: [
            ("token=x", "token=***MASKED***"), ("token :x", "token :***MASKED***"), ("token \n=\r\n x", "token \n=\r\n ***MASKED***"),
            ("token\u{00A0}:\u{3000}x y", "token\u{00A0}:\u{3000}***MASKED*** y"), ("token x", "token x"), ("token\\=x", "token\\=x"),
            ("token\"x", "token\"x"),
        ] as [Row]
    )
    func whiteSpaceMayStandRoundTheSeparator(_ row: Row) { check(row) }

    @Test(
        arguments: [
            (#""token": "x""#, #""token": "***MASKED***""#), (#"'token': 'x'"#, #"'token': "***MASKED***""#),
            (#"token: "x""#, "token: ***MASKED***"), (#""token": 12, 'sk'=b"#, #""token": "***MASKED***", 'sk'="***MASKED***""#),
            (#"\"token\": \"x\""#, #"\"token\": "***MASKED***""#), (#"\\\"token\\\":1,"#, #"\\\"token\\\":"***MASKED***","#),
        ] as [Row]
    )
    func theValueOfAQuotedNameIsQuoted(_ row: Row) { check(row) }

    @Test(arguments: [
        "token=", "token= \n ", "token=,x", "token=&x=1", "\"token\":}", "token:]", "token=;", "Authorization:", "Cookie: \n",
    ])
    func anEmptyValueIsLeftAlone(_ input: String) { check((input, input)) }

    @Test(
        arguments: [
            (#"token="a b", c"#, "token=***MASKED***, c"), (#"token="a\"b" c"#, "token=***MASKED*** c"),
            (#"token="a\\" c"#, "token=***MASKED*** c"),
            (#"token='a"b' c"#, "token=***MASKED*** c"), (#"token="a'b" c"#, "token=***MASKED*** c"),
            (#"token=\"a b\" c"#, "token=***MASKED*** c"),
            (#"token=\"a\\\"b\" c"#, "token=***MASKED*** c"), (#"token=\"a"b\" c"#, "token=***MASKED*** c"),
            (#"token="a, b"#, "token=***MASKED***"),
            (#"token=\"a", b"#, "token=***MASKED***"), (#"token="""#, "token=***MASKED***"),
        ] as [Row]
    )
    func aQuotedValueEndsAtItsOwnQuote(_ row: Row) { check(row) }

    @Test(
        arguments: [
            ("token={a, b} c", "token=***MASKED*** c"), ("token=[1, [2], 3] c", "token=***MASKED*** c"),
            ("token={\"a\":\"}\"} c", "token=***MASKED*** c"),
            ("token={\\\"a\\\":\\\"} \\\"} c", "token=***MASKED*** c"), ("token={'a': ']}'} c", "token=***MASKED*** c"),
            ("token={a, b", "token=***MASKED***"),
            ("token={ ] } c", "token=***MASKED*** c"), ("token={[} c", "token=***MASKED***"),
            ("token=[{\"a\": \"x] c", "token=***MASKED***"),
        ] as [Row]
    )
    func aBracketedValueEndsAtItsBracket(_ row: Row) { check(row) }

    @Test(
        arguments: [
            ("Authorization: SDK-HMAC-SHA256 Access=a, Signature=b\nHost: h", "Authorization: ***MASKED***\nHost: h"),
            ("Cookie: a=b; c=d\r\nHost: h", "Cookie: ***MASKED***\r\nHost: h"), ("set_cookies=a b, c", "set_cookies=***MASKED***"),
            ("curl -H 'Proxy-Authorization: Basic x y' u", "curl -H 'Proxy-Authorization: ***MASKED***' u"),
            (#"\"Authorization: Bearer x\" u"#, #"\"Authorization: ***MASKED***\" u"#),
            (#"Authorization: "a b" c"#, "Authorization: ***MASKED*** c"),
            ("authorization_text: a b c", "authorization_text: ***MASKED***"),
        ] as [Row]
    )
    func aHeaderEndsAtTheLineOrAtAQuote(_ row: Row) { check(row) }

    @Test(
        arguments: [
            ("token=a b", "token=***MASKED*** b"), ("token=a,b", "token=***MASKED***,b"), ("token=a;b", "token=***MASKED***;b"),
            ("token=a&b", "token=***MASKED***&b"), ("token=a}b", "token=***MASKED***}b"), ("token=a]b", "token=***MASKED***]b"),
            ("token=a\u{2028}b", "token=***MASKED***\u{2028}b"), ("token=a)b/c:d=e\"f b", "token=***MASKED*** b"),
        ] as [Row]
    )
    func everyOtherValueIsAWord(_ row: Row) { check(row) }

    @Test(arguments: ["Basic", "Bearer", "Digest", "Negotiate", "NTLM", "Token", "bearer", "TOKEN", "ntlm"])
    func theWordAfterASchemeBelongsToTheValue(_ scheme: String) {
        check(("sk: \(scheme) abc d", "sk: ***MASKED*** d"))
        check(("sk: \(scheme)\n\"a b\" d", "sk: ***MASKED*** d"))
        check(("sk: \(scheme), abc", "sk: ***MASKED***, abc"))
        check(("sk: \(scheme)s abc", "sk: ***MASKED*** abc"))
    }

    @Test(
        arguments: [
            (#"password => "a b", c"#, "password =***MASKED***, c"), (#"password := 'a b' c"#, "password :***MASKED*** c"),
            ("password==abc d", "password=***MASKED*** d"),
            ("password== ", "password=***MASKED*** "),
        ] as [Row]
    )
    func aLongerOperatorDoesNotSaveTheValueBehindIt(_ row: Row) { check(row) }

    @Test(
        arguments: [
            ("<password>a b</password>", "<password>***MASKED***</password>"),
            ("<w:AdminPass a=\"1\">x</w:AdminPass>", "<w:AdminPass a=\"1\">***MASKED***</w:AdminPass>"),
            ("<token>x", "<token>***MASKED***"), ("<token/>x<a>y</a>", "<token/>x<a>y</a>"), ("<token></token>x", "<token></token>x"),
            ("<token>\n <a>x</a></token>", "<token>\n <a>x</a></token>"), ("<token:a>x</token:a>", "<token:***MASKED***"),
            ("a <token x", "a <token x"),
            ("<token><![CDATA[a<b]]></token>", "<token><![CDATA[***MASKED***]]></token>"),
            ("<token><![CDATA[a", "<token><![CDATA[***MASKED***"),
            ("<token sk='y'>x</token>", "<token sk=***MASKED***>***MASKED***</token>"),
            ("<user password=\"p\"/>", "<user password=***MASKED***/>"),
        ] as [Row]
    )
    func theContentOfAnElementWithASensitiveLocalNameIsHidden(_ row: Row) { check(row) }

    @Test(
        arguments: [
            ("see eyJhbGci.eyJzdWIi.c2ln, ok", "see ***MASKED***, ok"), ("eyJa.b.c", "***MASKED***"),
            ("jwt=eyJa.b.c&x", "jwt=***MASKED***&x"),
            ("令牌eyJa.b.c已过期", "令牌***MASKED***已过期"), ("eyJa.b.", "***MASKED***"), ("eyJa.b.c.d.e", "***MASKED***"), ("eyJa.b", "eyJa.b"),
            ("heyJa.b.c", "heyJa.b.c"), ("eyJa..c", "eyJa..c"), ("x-eyJa.eyJb.c.d", "x-***MASKED***"), ("eyJ.x", "eyJ.x"),
        ] as [Row]
    )
    func aWordOfTheShapeOfAJWTIsHidden(_ row: Row) { check(row) }

    @Test(
        arguments: [
            ("sent Bearer abcdefgh now", "sent Bearer ***MASKED*** now"), ("Basic YWJjOmRlZg==", "Basic ***MASKED***"),
            ("Bearer abcdefg", "Bearer abcdefg"),
            ("Bearer 密码密码密码密码", "Bearer ***MASKED***"), ("Bearer 密码密码", "Bearer 密码密码"),
            ("(\"Bearer\tabcdefgh\")", "(\"Bearer\t***MASKED***\")"),
            (#"\"Bearer abcdefgh\""#, #"\"Bearer ***MASKED***\""#), ("bearer abcdefgh", "bearer ***MASKED***"),
            ("basic configuration", "basic configuration"),
            ("<a>Bearer abcdefgh</a>", "<a>Bearer ***MASKED***</a>"), ("XBearer abcdefgh", "XBearer abcdefgh"), ("Bearer", "Bearer"),
            ("Bearer-abcdefgh", "Bearer-abcdefgh"),
        ] as [Row]
    )
    func theWordAfterBearerOrBasicIsHiddenWhenItIsLongEnough(_ row: Row) { check(row) }

    @Test(
        arguments: [
            ("token:\n\"password\": \"x y\", b", "token:\n***MASKED***, b"),
            ("X-Auth-Token:\nCookie: a=b; c\nHost: h", "X-Auth-Token:\n***MASKED***\nHost: h"),
            ("token:\nsk = x y", "token:\n***MASKED*** y"), ("token: a: b", "token: ***MASKED*** b"),
            ("token:\n\"password\":\n\"sk\": 'x', b", "token:\n***MASKED***, b"), ("Bearer\npassword: x y", "Bearer\n***MASKED*** y"),
            ("Authorization: a, password = 'x y' z", "Authorization: ***MASKED*** z"),
        ] as [Row]
    )
    func aNameThatIsTakenForAValueStillHidesItsOwn(_ row: Row) { check(row) }

    @Test(
        arguments: [
            (#"{"a":"b\npwd=x c"#, #"{"a":"b\npwd=***MASKED*** c"#), (#"b\u000asecret: x c"#, #"b\u000asecret: ***MASKED*** c"#),
            ("xpwd=x", "xpwd=x"),
            (#"\xpwd=x"#, #"\xpwd=x"#),
        ] as [Row]
    )
    func anEscapeBeforeANameIsNoPartOfIt(_ row: Row) { check(row) }

    @Test func everyValueOfATextIsHidden() {
        check(("a=1&token=x&b=2&sk=y&access_key_id=z", "a=1&token=***MASKED***&b=2&sk=***MASKED***&access_key_id=z"))
    }
}
