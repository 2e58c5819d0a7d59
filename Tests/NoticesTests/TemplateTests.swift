import Records
import Testing

@testable import Notices

@Suite struct TemplateTests {
    private func problems(_ change: (inout [String: String]) -> Void) throws -> [NoticeTemplateProblem] {
        var files = try Office.files()
        change(&files)
        do throws(NoticeTemplateProblems) {
            _ = try NoticeTemplates(files: files)
            return []
        } catch {
            return error.problems
        }
    }

    @Test func theOfficesOwnAreInOrder() throws {
        #expect(try problems { _ in } == [])
        #expect(Set(NoticeTemplates.fileNames).isSubset(of: try Office.files().keys))
    }

    @Test(arguments: NoticeKind.allCases)
    func eachTemplateBeginsWithItsGloss(kind: NoticeKind) throws {
        let lines = try #require(try Office.files()[kind.rawValue + ".mustache"]).split(separator: "\n")
        #expect(lines[0] == "{{% CONTENT_TYPE:TEXT}}")
        #expect(lines[1].hasPrefix("{{! ") && lines[1].allSatisfy(\.isASCII))
    }

    @Test func anUnknownNameIsFoundWithItsLine() throws {
        let found = try problems { $0["bien_nhan.mustache"]?.replace("{{ma}}]", with: "{{maa}}]") }
        #expect(found == [NoticeTemplateProblem(file: "bien_nhan.mustache", line: 3, name: "maa", kind: .unknownName)])
    }

    @Test func anUnknownNameInASharedPartIsFound() throws {
        let found = try problems { $0["_dau.mustache"]?.replace("don_vi", with: "don_vy") }
        #expect(Set(found.map(\.file)) == ["_dau.mustache"])
        #expect(Set(found.map(\.name)) == ["don_vy"])
    }

    @Test(arguments: NoticeTemplates.fileNames)
    func aMissingFileIsFound(name: String) throws {
        let found = try problems { $0[name] = nil }
        #expect(found.contains(NoticeTemplateProblem(file: name, line: 0, name: "", kind: .missing)))
    }

    @Test func aBrokenTemplateIsFound() throws {
        let found = try problems { $0["can_sua.mustache"]?.append("{{#nhom}}") }
        #expect(found.map(\.kind) == [.unreadable])
    }

    @Test func aTemplateWithoutSubjectOrTypeIsFound() throws {
        let found = try problems { $0["khong_co_bieu.mustache"] = "{{> _dau}}\nxin chào\n" }
        #expect(Set(found.map(\.name)) == ["Subject:", "CONTENT_TYPE"])
    }

    @Test func aFindingWithoutWordsIsFound() throws {
        let found = try problems { $0["findings.tsv"]?.replace("form.twice\t", with: "form.thrice\t") }
        #expect(found == [NoticeTemplateProblem(file: "findings.tsv", line: 0, name: "form.twice", kind: .missing)])
        #expect(try problems { $0["words.tsv"]?.append("no tabs here\n") }.map(\.kind) == [.unreadable])
    }
}
