extension ScalarSet {
    private typealias Category = Unicode.GeneralCategory

    private static let categories: [String: [Category]] = {
        let named: [([String], [Category])] = [
            (["L", "Letter"], [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter]),
            (["LC", "Cased_Letter"], [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter]),
            (["Lu", "Uppercase_Letter"], [.uppercaseLetter]), (["Ll", "Lowercase_Letter"], [.lowercaseLetter]),
            (["Lt", "Titlecase_Letter"], [.titlecaseLetter]), (["Lm", "Modifier_Letter"], [.modifierLetter]),
            (["Lo", "Other_Letter"], [.otherLetter]), (["M", "Mark", "Combining_Mark"], [.nonspacingMark, .spacingMark, .enclosingMark]),
            (["Mn", "Nonspacing_Mark"], [.nonspacingMark]), (["Mc", "Spacing_Mark"], [.spacingMark]),
            (["Me", "Enclosing_Mark"], [.enclosingMark]), (["N", "Number"], [.decimalNumber, .letterNumber, .otherNumber]),
            (["Nd", "Decimal_Number", "digit"], [.decimalNumber]), (["Nl", "Letter_Number"], [.letterNumber]),
            (["No", "Other_Number"], [.otherNumber]),
            (
                ["P", "Punctuation", "punct"],
                [
                    .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
                    .otherPunctuation,
                ]
            ),
            (["Pc", "Connector_Punctuation"], [.connectorPunctuation]), (["Pd", "Dash_Punctuation"], [.dashPunctuation]),
            (["Ps", "Open_Punctuation"], [.openPunctuation]), (["Pe", "Close_Punctuation"], [.closePunctuation]),
            (["Pi", "Initial_Punctuation"], [.initialPunctuation]), (["Pf", "Final_Punctuation"], [.finalPunctuation]),
            (["Po", "Other_Punctuation"], [.otherPunctuation]),
            (["S", "Symbol"], [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol]), (["Sm", "Math_Symbol"], [.mathSymbol]),
            (["Sc", "Currency_Symbol"], [.currencySymbol]), (["Sk", "Modifier_Symbol"], [.modifierSymbol]),
            (["So", "Other_Symbol"], [.otherSymbol]), (["Z", "Separator"], [.spaceSeparator, .lineSeparator, .paragraphSeparator]),
            (["Zs", "Space_Separator"], [.spaceSeparator]), (["Zl", "Line_Separator"], [.lineSeparator]),
            (["Zp", "Paragraph_Separator"], [.paragraphSeparator]),
            (["C", "Other"], [.control, .format, .surrogate, .privateUse, .unassigned]), (["Cc", "Control", "cntrl"], [.control]),
            (["Cf", "Format"], [.format]), (["Co", "Private_Use"], [.privateUse]), (["Cn", "Unassigned"], [.unassigned]),
        ]
        var table: [String: [Category]] = [:]
        for (names, categories) in named { for name in names { table[name] = categories } }
        return table
    }()

    private static let binary: [String: @Sendable (Unicode.Scalar) -> Bool] = [
        "Any": { _ in true },
        "ASCII": { $0.isASCII },
        "Alphabetic": { $0.properties.isAlphabetic },
        "Alpha": { $0.properties.isAlphabetic },
        "Lowercase": { $0.properties.isLowercase },
        "Uppercase": { $0.properties.isUppercase },
        "White_Space": { $0.properties.isWhitespace },
        "Emoji": { $0.properties.isEmoji },
        "Emoji_Presentation": { $0.properties.isEmojiPresentation },
        "ID_Start": { $0.properties.isIDStart },
        "ID_Continue": { $0.properties.isIDContinue },
        "Ideographic": { $0.properties.isIdeographic },
        "Hex_Digit": { $0.properties.isHexDigit },
        "ASCII_Hex_Digit": { $0.properties.isASCIIHexDigit },
    ]

    /// The scalars with a general category or a binary property, as `\p{…}` names it; nil if the name is not known.
    static func property(named text: String, isInverted: Bool) -> Property? {
        var name = text
        for prefix in ["General_Category=", "gc="] where text.hasPrefix(prefix) { name = String(text.dropFirst(prefix.count)) }
        if let wanted = categories[name] {
            return Property(contains: { wanted.contains($0.properties.generalCategory) }, isInverted: isInverted)
        }
        guard name == text, let contains = binary[name] else { return nil }
        return Property(contains: contains, isInverted: isInverted)
    }
}
