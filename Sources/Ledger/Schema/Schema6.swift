extension Migrations {
    /// What the review of a nomination needs beside its verdicts: papers on the shelf, opinions that were asked for,
    /// nominees known again, lists that are ordered and cut, mail that a person has dealt with.
    static let schema6 = dossiers + opinions + lists + mail

    /// A file may be revoked after the award, hence another CHECK and a table made anew. `revision` is the version
    /// under review: a newer one waits until the reviewer takes it up. `missing` counts the papers without which the
    /// file is on no list: the letter of the unit, MC1 (the report of merits) and MC2 (the minutes), as a scan or on
    /// the shelf. Triggers keep it, so that the list of files is read in its order and never sorted.
    private static let dossiers = """
        CREATE TABLE originals (
            submission INTEGER NOT NULL REFERENCES submissions (id),
            paper TEXT NOT NULL CHECK (paper <> ''),
            who TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (submission, paper)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX evidence_by_file ON evidence (file);
        CREATE INDEX submissions_by_nominee ON submissions (nominee) WHERE nominee <> '';
        CREATE INDEX submissions_by_cover ON submissions (unit, stage) WHERE kind = 'cover';

        CREATE TABLE dossiers_new (
            submission INTEGER PRIMARY KEY REFERENCES submissions (id),
            state TEXT NOT NULL CHECK (state IN ('needs-correction', 'standard-not-met', 'queued', 'in-review', 'returned',
                'declined', 'proposed-to-district', 'awarded-by-district', 'proposed-to-province', 'awarded', 'not-awarded',
                'withdrawn', 'revoked')),
            changed INTEGER NOT NULL,
            flag TEXT NOT NULL DEFAULT '',
            officer TEXT NOT NULL DEFAULT '',
            revision INTEGER REFERENCES revisions (id),
            missing INTEGER NOT NULL DEFAULT 3
        ) STRICT;
        INSERT INTO dossiers_new (submission, state, changed, flag, officer)
            SELECT submission, state, changed, flag, officer FROM dossiers;
        DROP TABLE dossiers;
        ALTER TABLE dossiers_new RENAME TO dossiers;
        UPDATE dossiers SET missing = \(missing("dossiers.submission"));
        CREATE INDEX dossiers_by_state ON dossiers (state, missing, changed, submission);
        CREATE INDEX dossiers_by_age ON dossiers (missing, changed, submission);
        CREATE INDEX dossiers_by_officer ON dossiers (officer, missing, changed, submission);
        CREATE INDEX dossiers_flagged ON dossiers (submission) WHERE flag <> '';
        \(trigger("dossier_opens", "INSERT ON dossiers", "NEW"))
        \(trigger("paper_comes", "INSERT ON evidence", "NEW"))
        \(trigger("paper_is_placed", "UPDATE OF code ON evidence", "NEW"))
        \(trigger("paper_goes", "DELETE ON evidence", "OLD"))
        \(trigger("original_comes", "INSERT ON originals", "NEW"))
        \(trigger("original_goes", "DELETE ON originals", "OLD"))
        CREATE TRIGGER cover_comes AFTER INSERT ON submissions WHEN NEW.kind = 'cover' BEGIN
            UPDATE dossiers SET missing = \(missing("dossiers.submission")) WHERE submission IN
                (SELECT id FROM submissions WHERE unit = NEW.unit AND stage = NEW.stage AND kind = 'nomination');
        END;

        """

    private static func trigger(_ name: String, _ event: String, _ row: String) -> String {
        """
        CREATE TRIGGER \(name) AFTER \(event) BEGIN
            UPDATE dossiers SET missing = \(missing("\(row).submission")) WHERE submission = \(row).submission;
        END;
        """
    }

    private static func missing(_ submission: String) -> String {
        func lacks(_ paper: String) -> String {
            """
            (NOT EXISTS (SELECT 1 FROM originals o WHERE o.submission = \(submission) AND o.paper = '\(paper)')
            AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.submission = \(submission) AND e.code = '\(paper)'))
            """
        }
        return """
            (\(lacks("MC1")) + \(lacks("MC2"))
            + (NOT EXISTS (SELECT 1 FROM originals o WHERE o.submission = \(submission) AND o.paper = 'TT')
            AND NOT EXISTS (SELECT 1 FROM submissions s JOIN submissions c ON c.unit = s.unit AND c.stage = s.stage
                AND c.kind = 'cover' WHERE s.id = \(submission))))
            """
    }

    private static let opinions = """
        CREATE TABLE opinion_requests (
            id INTEGER PRIMARY KEY,
            submission INTEGER NOT NULL REFERENCES submissions (id),
            -- Blank for the Labour office, whose opinions stand in a table of their own.
            office TEXT NOT NULL,
            asked INTEGER NOT NULL,
            due TEXT NOT NULL,
            who TEXT NOT NULL,
            answer TEXT NOT NULL DEFAULT '',
            answered INTEGER,
            answered_by TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX opinion_requests_by_submission ON opinion_requests (submission);
        CREATE INDEX opinion_requests_open ON opinion_requests (submission) WHERE answered IS NULL;

        CREATE TABLE nominee_pairs (
            first INTEGER NOT NULL REFERENCES submissions (id),
            second INTEGER NOT NULL REFERENCES submissions (id),
            is_same INTEGER NOT NULL CHECK (is_same IN (0, 1)),
            who TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (first, second),
            CHECK (first < second)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX nominee_pairs_by_second ON nominee_pairs (second);

        """

    private static let lists = """
        ALTER TABLE batch_lines ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE batch_lines ADD COLUMN removed TEXT NOT NULL DEFAULT '';
        ALTER TABLE batches ADD COLUMN scan TEXT NOT NULL DEFAULT '';
        ALTER TABLE batches ADD COLUMN scan_name TEXT NOT NULL DEFAULT '';

        """

    /// Mail that waits for a person does so until it is handled. What the worker is asked to do, it does at its next
    /// look. Addresses wait here to be written into units.xlsx: that workbook alone says who may speak for a unit.
    private static let mail = """
        ALTER TABLE messages ADD COLUMN handled TEXT NOT NULL DEFAULT '';
        DROP INDEX messages_by_outcome;
        CREATE INDEX messages_by_outcome ON messages (outcome, handled, id);

        CREATE TABLE admissions (
            message INTEGER PRIMARY KEY REFERENCES messages (id),
            unit TEXT NOT NULL,
            who TEXT NOT NULL,
            asked INTEGER NOT NULL,
            done INTEGER,
            trouble TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE INDEX admissions_open ON admissions (message) WHERE done IS NULL;

        CREATE TABLE address_requests (
            address TEXT NOT NULL CHECK (address <> ''),
            unit TEXT NOT NULL,
            who TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (address, unit)
        ) STRICT, WITHOUT ROWID;
        """
}
