/// How `${name}` becomes a path: relative where both questions stand in the same repeat, absolute elsewhere.
///
/// The rules are those of pyxform, so that a form means the same here and in ODK.
package struct RelativePath: Hashable, Sendable {
    /// One name of a path from the root down.
    package struct Segment: Hashable, Sendable {
        package let name: String
        package let isRepeat: Bool

        package init(_ name: String, isRepeat: Bool = false) {
            self.name = name
            self.isRepeat = isRepeat
        }
    }

    /// How many `..` lead from the source to what both share.
    package let steps: Int
    /// Names from there down to the target.
    package let names: [String]

    /// nil when the two share no repeat: then the path is absolute.
    /// - Parameter fromParent: asks for the way through the repeat's parent, so that all rows are reached and a predicate
    ///   can choose among them. Granted only where the target is in no repeat of its own below the shared one, and the
    ///   shared repeat is the outermost or the source stands in a repeat below it.
    package init?(to target: [Segment], from source: [Segment], fromParent: Bool = false) {
        let shared = zip(source, target).prefix { $0 == $1 }.count
        // Neither end counts as its own ancestor.
        let ancestors = min(shared, source.count - 1, target.count - 1)
        guard ancestors > 0, let common = source[..<ancestors].lastIndex(where: \.isRepeat) else { return nil }
        if fromParent {
            let ownRepeat = { (path: [Segment]) in path.dropLast().lastIndex(where: \.isRepeat) }
            let isOutermost = !source[..<common].contains(where: \.isRepeat)
            if ownRepeat(target) == common, isOutermost || ownRepeat(source) != common {
                steps = source.count - common
                names = target[common...].map(\.name)
                return
            }
        }
        steps = source.count - ancestors
        names = target[ancestors...].map(\.name)
    }
}
