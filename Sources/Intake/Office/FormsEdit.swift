import Digest
import Foundation
package import Records
import Sheets
import XLSForm

/// A workbook of the forms folder as a person has edited it, looked at before it takes the place of the one there.
package struct FormsEdit: Sendable {
    /// `units.xlsx`, `plan.xlsx`, `bao_cao_xa.xlsx`.
    package let file: String
    package let bytes: [UInt8]
    /// SHA-256 of the file that it would replace: should that change meanwhile, nothing is overwritten.
    package let base: String
    /// Of the whole folder with the edit in it, those that only the edit brings.
    package let problems: [OfficeProblem]
    package let changes: [WorkbookChange]
    /// The file's name under `earlier/` that a form of an older version moves to.
    package let archivedAs: String?

    package var sha256: String { Digest.hex(.sha256, of: bytes) }
    package var isInOrder: Bool { !problems.contains(where: \.isError) }
}

/// Why an edit is not taken.
package enum FormsEditRefusal: Error, Hashable, Sendable {
    /// There is no such file to replace.
    case unknownFile
    /// It cannot be read as a workbook.
    case unreadable
    /// It is another form than the one that it shall replace.
    case otherForm(String)
    /// The check does not pass.
    case notInOrder
    /// The file in the folder is another one by now.
    case changedMeanwhile
    /// The folder cannot be written.
    case notWritten
}

/// Looks at edits of the forms folder and puts them into place.
package struct FormsEditor: Sendable {
    let folder: FormsFolder
    let zone: OfficeZone
    let published: PublishedForms

    /// - Parameter published: a form that was used may change only under another version.
    package init(folder: FormsFolder, zone: OfficeZone, published: PublishedForms) {
        self.folder = folder
        self.zone = zone
        self.published = published
    }

    /// The names of the workbooks that may be edited: units and plan, then the forms in force that are one workbook.
    package var files: [String] {
        ["units.xlsx", "plan.xlsx"]
            + folder.forms().filter { !$0.contains("/earlier/") && FormFile($0).paths == [$0] }
            .map { URL(fileURLWithPath: $0).lastPathComponent }
    }

    /// The names of those that hold a form, by the form's id, which is how they are named.
    package var formFiles: [String: String] {
        Dictionary(
            files.dropFirst(2).map { (URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent, $0) },
            uniquingKeysWith: { one, _ in one })
    }

    /// The bytes of such a workbook.
    /// - Throws: `FormsEditRefusal.unknownFile`.
    package func content(of file: String) throws -> [UInt8] {
        // Only names of the list: nobody reads other files of the machine.
        guard files.contains(file), let data = FileManager.default.contents(atPath: folder.path + "/" + file) else {
            throw FormsEditRefusal.unknownFile
        }
        return [UInt8](data)
    }

    // MARK: - Looking

    /// What an edit changes and what is wrong with it. Writes nothing into the folder.
    /// - Throws: `FormsEditRefusal`, trouble with the surroundings.
    package func examine(_ bytes: [UInt8], as file: String) throws -> FormsEdit {
        let old = try content(of: file)
        guard let before = try? WorkbookReader.read(old), let after = try? WorkbookReader.read(bytes) else {
            throw FormsEditRefusal.unreadable
        }
        let archived = try archivedName(before, after)
        let draft = FileManager.default.temporaryDirectory.appending(path: "formpost-edit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: draft) }
        try FileManager.default.copyItem(
            at: URL(fileURLWithPath: folder.path).resolvingSymlinksInPath(), to: draft)
        if let archived { try Self.write(old, to: draft.path + "/earlier", archived) }
        try Self.write(bytes, to: draft.path, file)
        let known = Set(try OfficeReader(folder: folder, zone: zone).problems(after: published))
        let found = try OfficeReader(folder: FormsFolder(draft.path), zone: zone).problems(after: published)
        return FormsEdit(
            file: file, bytes: bytes, base: Digest.hex(.sha256, of: old),
            problems: found.filter { $0.isError || !known.contains($0) },
            changes: WorkbookChanges.between(before, after), archivedAs: archived)
    }

    /// nil for units and plan, and for a form of the same version.
    private func archivedName(_ before: Workbook, _ after: Workbook) throws -> String? {
        guard let id = FormReader.id(of: before) else { return nil }
        guard let other = FormReader.id(of: after), other == id else {
            throw FormsEditRefusal.otherForm(FormReader.id(of: after) ?? "")
        }
        let version = Self.version(of: before)
        return version == Self.version(of: after) || version.isEmpty ? nil : "\(id)-\(Self.plain(version)).xlsx"
    }

    private static func version(of workbook: Workbook) -> String {
        FormReader.read(workbook, file: "", sha256: "", tables: [:]).form?.identity.version ?? ""
    }

    /// Versions are the office's own words; a file's name takes no slash.
    private static func plain(_ version: String) -> String {
        String(version.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "_" })
    }

    // MARK: - Putting into place

    /// Puts an edit into the place of the file that it was made of, all of it or nothing. A running worker and the console
    /// take it up at their next look.
    /// - Throws: `FormsEditRefusal`.
    package func apply(_ edit: FormsEdit) throws {
        guard edit.isInOrder else { throw FormsEditRefusal.notInOrder }
        let old = try content(of: edit.file)
        guard Digest.hex(.sha256, of: old) == edit.base else { throw FormsEditRefusal.changedMeanwhile }
        do {
            if let archived = edit.archivedAs { try Self.write(old, to: folder.path + "/earlier", archived) }
            try Self.write(edit.bytes, to: folder.path, edit.file)
        } catch {
            throw FormsEditRefusal.notWritten
        }
    }

    /// Whole under its name, or not there: temporary file, fsync, rename, fsync of the folder.
    private static func write(_ bytes: [UInt8], to folder: String, _ name: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let part = folder + "/.\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: part, contents: nil) else { throw CocoaError(.fileWriteUnknown) }
        do {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: part))
            try file.write(contentsOf: Data(bytes))
            try file.synchronize()
            try file.close()
            guard rename(part, folder + "/" + name) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            try? FileManager.default.removeItem(atPath: part)
            throw error
        }
        let directory = open(folder, O_RDONLY)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }
}
