import CEtpan

/// The elements of one of libetpan's linked lists, none of them null.
struct EtpanList<Element>: Sequence, IteratorProtocol {
    private var cell: UnsafeMutablePointer<clistcell>?

    /// The list must outlive the loop over it; no list is an empty one.
    init(_ list: UnsafeMutablePointer<clist>?, of type: Element.Type) {
        cell = list?.pointee.first
    }

    mutating func next() -> UnsafeMutablePointer<Element>? {
        while let current = cell {
            cell = current.pointee.next
            if let data = current.pointee.data { return data.assumingMemoryBound(to: Element.self) }
        }
        return nil
    }
}
