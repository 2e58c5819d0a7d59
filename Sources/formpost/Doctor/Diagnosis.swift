import ArgumentParser
import Intake

/// One thing that the doctor looked at, and what to do where it is not well.
struct Diagnosis: Equatable {
    enum Grade: Equatable {
        case good
        /// To be known; nothing keeps the worker from working.
        case note
        /// With the exit status that it brings.
        case bad(ExitCode)
    }

    let what: String
    let grade: Grade
    let detail: String
    let remedy: String

    static func good(_ what: String, _ detail: String) -> Diagnosis {
        Diagnosis(what: what, grade: .good, detail: detail, remedy: "")
    }

    static func note(_ what: String, _ detail: String, _ remedy: String = "") -> Diagnosis {
        Diagnosis(what: what, grade: .note, detail: detail, remedy: remedy)
    }

    static func bad(
        _ what: String, _ detail: String, _ remedy: String, _ status: ExitCode = ExitStatus.settings
    ) -> Diagnosis {
        Diagnosis(what: what, grade: .bad(status), detail: detail, remedy: remedy)
    }

    /// A line, and another for the remedy. What servers and files say must not command the terminal.
    var lines: [String] {
        let mark =
            switch grade {
            case .good: "ok  "
            case .note: "note"
            case .bad: "FAIL"
            }
        return ["\(mark)  \(what): \(LogText(detail))"] + (remedy.isEmpty ? [] : ["      → \(LogText(remedy))"])
    }
}

/// Tells each diagnosis as it comes: a server may take its time.
struct DoctorReport {
    /// That of the first thing that is bad.
    private(set) var status: ExitCode?

    mutating func tell(_ diagnoses: [Diagnosis]) throws {
        var output = StandardOutput()
        for diagnosis in diagnoses {
            for line in diagnosis.lines { try output.write(line) }
            if case .bad(let status) = diagnosis.grade { self.status = self.status ?? status }
        }
        try output.flush()
    }
}
