/// What a part's `Content-Disposition` says.
struct MultipartDisposition {
    private(set) var name: String?
    private(set) var fileName: String?

    /// Reads the headers of a part; fields that are not there stay nil.
    init(headers: String) {
        for line in headers.split(whereSeparator: { $0 == "\r\n" || $0 == "\n" }) {
            guard let colon = line.firstIndex(of: ":"),
                line[..<colon].lowercased() == "content-disposition"
            else { continue }
            for (key, value) in Self.parameters(line[line.index(after: colon)...]) {
                if key == "name" { name = value }
                if key == "filename" { fileName = value }
            }
        }
    }

    /// `key=value` and `key="value"` pairs, with `\"` inside the quotes.
    private static func parameters(_ text: Substring) -> [(String, String)] {
        var pairs: [(String, String)] = []
        var (key, value) = ("", "")
        var isInValue = false
        var isQuoted = false
        var isEscaped = false
        // Scalar by scalar: a mark that joins a quote must not hide it.
        for scalar in (text + ";").unicodeScalars {
            switch scalar {
            case _ where isEscaped:
                value.unicodeScalars.append(scalar)
                isEscaped = false
            case "\\" where isQuoted: isEscaped = true
            case "\"" where isInValue: isQuoted.toggle()
            case ";" where !isQuoted:
                pairs.append((key.lowercased(), value))
                (key, value, isInValue) = ("", "", false)
            case "=" where !isInValue: isInValue = true
            case " " where !isQuoted, "\t" where !isQuoted: continue
            default:
                if isInValue {
                    value.unicodeScalars.append(scalar)
                } else {
                    key.unicodeScalars.append(scalar)
                }
            }
        }
        return pairs
    }
}
