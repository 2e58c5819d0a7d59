/// One record of a workbook stream ([MS-XLS] 2.1.4): a type, and what it holds.
struct BinaryRecord {
    let type: Int
    let body: ByteView

    /// An error that says which record is too short, where a reader found no more than that one is.
    func describe(_ error: WorkbookError) -> WorkbookError {
        guard error == ByteView.outside else { return error }
        let type = String(type, radix: 16, uppercase: true)
        return WorkbookError(.damaged, "the record of type 0x\(type) before byte \(body.range.upperBound) is too short")
    }
}

/// The records of a workbook stream, one after the other.
struct BinaryRecords {
    private let stream: [UInt8]
    private var position = 0
    /// Bytes that may still be read. Each sheet begins where the workbook says: sheets that shared their records, which
    /// no program writes, would have the same bytes read over and over.
    private var unread: Int

    init(_ stream: [UInt8]) {
        self.stream = stream
        unread = stream.count
    }

    /// Goes to a record, by its place in the stream.
    mutating func move(to place: Int) throws(WorkbookError) {
        guard place < stream.count else { throw WorkbookError(.damaged, "a sheet lies outside the workbook stream") }
        position = place
    }

    /// The next record.
    @inline(__always)
    mutating func next() throws(WorkbookError) -> BinaryRecord {
        let header = ByteView(stream, position..<min(position + 4, stream.count))
        guard header.count == 4 else { throw WorkbookError(.damaged, "the workbook stream ends within a sheet") }
        let (type, length) = (try header.short(0), try header.short(2))
        let start = position + 4
        guard start + length <= stream.count else {
            throw WorkbookError(.damaged, "a record is longer than the workbook stream")
        }
        position = start + length
        unread -= length + 4
        guard unread >= 0 else { throw WorkbookError(.damaged, "two sheets lie in the same place") }
        return BinaryRecord(type: type, body: ByteView(stream, start..<position))
    }

    /// The type of the record that comes next; nil at the end.
    var nextType: Int? {
        guard position + 4 <= stream.count else { return nil }
        return Int(stream[position]) | Int(stream[position + 1]) << 8
    }

    /// A record's body together with the CONTINUE records that follow it ([MS-XLS] 2.4.58).
    mutating func continued(_ record: BinaryRecord) throws(WorkbookError) -> ContinuedBytes {
        var segments = [record.body.range]
        while nextType == RecordType.continuation { segments.append(try next().body.range) }
        return ContinuedBytes(stream, segments)
    }

    /// Skips to behind the EOF record of the substream whose BOF was just read, and of those within it.
    mutating func skipSubstream() throws(WorkbookError) {
        var depth = 1
        while depth > 0 {
            switch try next().type {
            case RecordType.begin: depth += 1
            case RecordType.end: depth -= 1
            default: break
            }
        }
    }
}

/// The types of records that are looked at ([MS-XLS] 2.3.1).
enum RecordType {
    static let formula = 0x0006
    static let end = 0x000A
    static let externalSheets = 0x0017
    static let name = 0x0018
    static let epoch1904 = 0x0022
    static let password = 0x002F
    static let font = 0x0031
    static let continuation = 0x003C
    static let codePage = 0x0042
    static let sheet = 0x0085
    static let multipleNumbers = 0x00BD
    static let macros = 0x00D3
    static let richLabel = 0x00D6
    static let cellFormat = 0x00E0
    static let mergedCells = 0x00E5
    static let sharedStrings = 0x00FC
    static let sharedLabel = 0x00FD
    static let supportingBook = 0x01AE
    static let number = 0x0203
    static let label = 0x0204
    static let booleanOrError = 0x0205
    static let formulaText = 0x0207
    static let row = 0x0208
    /// FORMULA as Excel 3 and 4 number it; some programs write it into newer files.
    static let formula3 = 0x0206
    static let formula4 = 0x0406
    static let packedNumber = 0x027E
    static let numberFormat = 0x041E
    static let begin = 0x0809
}
