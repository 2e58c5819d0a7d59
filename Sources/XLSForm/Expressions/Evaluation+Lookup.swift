import Records

extension EvaluationContext {
    mutating func lookUp(
        _ function: Function, _ arguments: [Plan], _ plan: Plan, _ focus: Focus
    ) throws(EvaluationFailure) -> ExpressionValue {
        switch function {
        case .instance: return .nodes([try tableRoot(try text(arguments[0], focus), plan)])
        case .pulldata: return try pulldata(arguments, focus)
        case .choiceName:
            let choice = try text(arguments[0], focus)
            let question = try text(arguments[1], focus)
            guard !choice.isEmpty else { return .blank }
            let name =
                Expression.nameOfReference(question) ?? question.split(separator: "/").last.map(String.init) ?? ""
            return choiceLabel(name.filter { $0 != " " }, choice).map { .text($0) } ?? .blank
        default:
            // indexed-repeat of paths: the nodes below the row of that number.
            guard let position = try number(arguments[2], focus)?.integer else { return .nodes([]) }
            let rows = try nodes(arguments[1], focus)
            let candidates = try nodes(arguments[0], focus)
            guard rows.indices.contains(position - 1) else { return .nodes([]) }
            let row = rows[position - 1]
            try spend(candidates.count, plan)
            let end = instance.end(of: row)
            return .nodes(candidates.filter { $0.index >= row.index && $0.index < end })
        }
    }

    /// A look-up without a row is absent, which is a blank; so is an empty cell of the row.
    private mutating func pulldata(_ arguments: [Plan], _ focus: Focus) throws(EvaluationFailure) -> ExpressionValue {
        let table = try text(arguments[0], focus)
        let column = try text(arguments[1], focus)
        let keyColumn = try text(arguments[2], focus)
        let key = try text(arguments[3], focus)
        // A blank key finds nothing, not a row whose key is blank.
        let found = key.isEmpty ? nil : self.table(table)?.value(column, where: keyColumn, is: key)
        record(Lookup(table: table, column: column, keyColumn: keyColumn, key: key, found: found))
        guard let found, !found.isEmpty else { return .blank }
        return .text(found)
    }

    /// The document of a table: `/root/item`, one element for each column. Made when it is first asked for.
    private mutating func tableRoot(_ name: String, _ plan: Plan) throws(EvaluationFailure) -> Instance.Node {
        if let known = tableRoots[name] { return known }
        guard let table = table(name) else { throw EvaluationFailure(.unknownTable, column: plan.column) }
        try spend(table.rows.count * (table.columns.count + 1), plan)
        let root = instance.appendDocument(root: "root")
        let (item, columns) = (NodeName("item"), table.columns.map { NodeName($0) })
        for row in table.rows {
            let element = instance.append(item, to: root, type: .container, value: .blank)
            for (column, text) in zip(columns, row) {
                instance.append(column, to: element, type: .untyped, value: text.isEmpty ? .blank : .text(text))
            }
        }
        guard let document = instance.parent(of: root) else { return root }
        tableRoots[name] = document
        return document
    }

    // MARK: Chance

    /// From 0 up to 1, sixteen digits.
    mutating func randomNumber() -> Number {
        let digits: UInt64 = 10_000_000_000_000_000
        let (high, _) = draw().multipliedFullWidth(by: digits)
        return Number(coefficient: Int128(high), exponent: -16)
    }

    /// Version 4 of RFC 9562; or so many letters and digits.
    mutating func uuid(length: Int?) -> String {
        if let length {
            let letters = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
            let bytes = (0..<max(0, min(length, 1_000))).map { _ in letters[Int(draw() % 36)] }
            return String(decoding: bytes, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        for word in [draw(), draw()] {
            for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return text
    }

    /// SplitMix64 over the seed and the number of the draw: judging again draws the same.
    private mutating func draw() -> UInt64 {
        draws += 1
        let start = seed.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var mixed = start &+ draws &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
