import Foundation

/// A file named on the command line.
enum CommandFile {
    /// The bytes of a file, a pipe or a device.
    /// - Throws: exit status 65 when there is no such file, or it cannot be read.
    static func read(_ path: String) throws -> [UInt8] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CommandFailure.unreadable(path, "file.missing: there is no such file")
        }
        guard !isFolder.boolValue else {
            throw CommandFailure.unreadable(path, "file.unreadable: it is a folder; name a file in it")
        }
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            return [UInt8](try handle.readToEnd() ?? Data())
        } catch {
            throw CommandFailure.unreadable(path, "file.unreadable: you may not read it")
        }
    }

    /// - Throws: exit status 73.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        } catch {
            CommandFailure.say("\(path): cannot be written; is the folder there, and may you write in it?")
            throw ExitStatus.unwritable
        }
        CommandFailure.say("\(path) written")
    }
}
