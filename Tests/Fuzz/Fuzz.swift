import Foundation

/// Runs random cases for some seconds: `fuzz (expressions|binding) SECONDS SEED FORM.xlsx…`.
///
/// Each case has a seed of its own, counted up from the one given; with 0 seconds that one case is run alone. A fault is
/// printed with its seed. Should the process die, the last line of progress tells where to look.
@main struct Fuzz {
    private static let mostFaults = 20

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 4, let seconds = Double(arguments[1]), let seed = UInt64(arguments[2]) else {
            say("usage: fuzz (expressions|binding) SECONDS SEED FORM.xlsx…")
            exit(64)
        }
        let forms = try arguments[3...].map(FilledEntry.form(at:))
        let found: Int
        switch arguments[0] {
        case "expressions":
            let target = ExpressionFuzz(forms: forms)
            found = run(seconds, from: seed) { target.fault(seed: $0) }
        case "binding":
            let targets = try forms.map { try BindingFuzz(entry: FilledEntry($0)) }
            found = run(seconds, from: seed) { targets[Int($0 % UInt64(targets.count))].fault(seed: $0) }
        default:
            say("there is no target \(arguments[0])")
            exit(64)
        }
        exit(found == 0 ? 0 : 1)
    }

    /// Unbuffered: the process may die of the next case.
    private static func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

    /// Returns the number of faults; stops early when there are many.
    private static func run(_ seconds: Double, from first: UInt64, _ fault: (UInt64) -> String?) -> Int {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(seconds)
        var told = start
        var seed = first
        var faults = 0
        repeat {
            if let fault = fault(seed) {
                faults += 1
                say("fault at seed \(seed): \(fault)")
            }
            seed &+= 1
            if clock.now - told > .seconds(10) {
                told = clock.now
                say("seeds \(first) to \(seed &- 1): \(faults) faults")
            }
        } while clock.now < end && faults < mostFaults
        say("\(seed &- first) cases in \(clock.now - start), \(faults) faults")
        return faults
    }
}
