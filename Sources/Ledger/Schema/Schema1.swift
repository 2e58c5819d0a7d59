extension Migrations {
    /// Times are milliseconds since 1970 (UTC). A blank text stands for "none" where a column takes part in a key,
    /// because SQLite holds two NULLs to be different in a UNIQUE constraint.
    static let schema1 = mailbox + filing + judging + outbox + office

    private static let mailbox = """
        CREATE TABLE cursors (
            account TEXT NOT NULL,
            folder TEXT NOT NULL,
            uid_validity INTEGER NOT NULL CHECK (uid_validity BETWEEN 1 AND 4294967295),
            next_uid INTEGER NOT NULL CHECK (next_uid BETWEEN 1 AND 4294967296),
            first_contact INTEGER NOT NULL,
            PRIMARY KEY (account, folder)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE attempts (
            account TEXT NOT NULL,
            folder TEXT NOT NULL,
            uid_validity INTEGER NOT NULL,
            uid INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 0),
            PRIMARY KEY (account, folder, uid_validity, uid)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE messages (
            id INTEGER PRIMARY KEY,
            account TEXT NOT NULL,
            folder TEXT NOT NULL,
            uid_validity INTEGER NOT NULL CHECK (uid_validity BETWEEN 1 AND 4294967295),
            uid INTEGER NOT NULL CHECK (uid BETWEEN 1 AND 4294967295),
            raw_sha256 TEXT NOT NULL CHECK (length(raw_sha256) = 64),
            message_id TEXT NOT NULL,
            thread TEXT NOT NULL,
            sender TEXT NOT NULL,
            subject TEXT NOT NULL,
            received INTEGER NOT NULL,
            size INTEGER NOT NULL CHECK (size >= 0),
            unit TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('workbooks', 'evidence', 'unreadable', 'question', 'repeated', 'automatic', 'old',
                'stranger', 'unverified', 'refused', 'quarantined')),
            reason TEXT NOT NULL,
            moved INTEGER NOT NULL DEFAULT 0 CHECK (moved IN (0, 1)),
            UNIQUE (account, folder, uid_validity, uid)
        ) STRICT;
        CREATE INDEX messages_by_content ON messages (raw_sha256);
        CREATE INDEX messages_to_move ON messages (account) WHERE moved = 0;
        CREATE INDEX messages_by_thread ON messages (thread);

        CREATE TABLE files (
            id INTEGER PRIMARY KEY,
            message INTEGER REFERENCES messages (id),
            path TEXT NOT NULL,
            filename TEXT NOT NULL,
            content_type TEXT NOT NULL,
            kind TEXT NOT NULL,
            size INTEGER NOT NULL CHECK (size >= 0),
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            role TEXT NOT NULL CHECK (role IN ('workbook', 'evidence', 'wrapper', 'unreadable', 'ignored')),
            UNIQUE (message, path)
        ) STRICT;
        CREATE INDEX files_by_content ON files (sha256);

        """

    private static let filing = """
        CREATE TABLE receipts (
            kind TEXT NOT NULL CHECK (kind IN ('BC', 'DS', 'DK', 'DM', 'KT', 'TT')),
            year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2099),
            last INTEGER NOT NULL CHECK (last BETWEEN 1 AND 999999),
            PRIMARY KEY (kind, year)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE submissions (
            id INTEGER PRIMARY KEY,
            receipt TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL CHECK (kind IN ('report', 'nomination', 'list', 'registration', 'contact', 'cover')),
            form TEXT NOT NULL,
            unit TEXT NOT NULL,
            period TEXT NOT NULL,
            stage TEXT NOT NULL,
            nominee TEXT NOT NULL,
            place TEXT NOT NULL,
            name TEXT NOT NULL,
            opened INTEGER NOT NULL,
            UNIQUE (form, unit, period, stage, nominee, place)
        ) STRICT;
        CREATE INDEX submissions_by_unit ON submissions (unit, stage);

        CREATE TABLE revisions (
            id INTEGER PRIMARY KEY,
            submission INTEGER NOT NULL REFERENCES submissions (id),
            number INTEGER NOT NULL CHECK (number >= 1),
            message INTEGER REFERENCES messages (id),
            file_sha256 TEXT NOT NULL CHECK (length(file_sha256) = 64),
            filename TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            form TEXT NOT NULL,
            version TEXT NOT NULL,
            definition TEXT NOT NULL,
            plan TEXT NOT NULL,
            units TEXT NOT NULL,
            received INTEGER NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'needs-correction', 'standard-not-met')),
            standing TEXT NOT NULL CHECK (standing IN ('filed', 'superseded', 'failed', 'waiting')),
            receipt_lines TEXT NOT NULL,
            answers TEXT NOT NULL,
            UNIQUE (submission, number)
        ) STRICT;
        CREATE UNIQUE INDEX revisions_filed ON revisions (submission) WHERE standing = 'filed';
        CREATE INDEX revisions_by_content ON revisions (submission, content_hash);
        CREATE INDEX revisions_by_file ON revisions (file_sha256);
        CREATE INDEX revisions_by_message ON revisions (message);

        -- Another number whenever the figures of a form that count have changed. Drawn at random, so that what a
        -- rolled-back transaction has shown is never taken for what came after it.
        CREATE TABLE figure_states (
            form TEXT PRIMARY KEY,
            state INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER figures_come AFTER INSERT ON revisions WHEN NEW.standing = 'filed' BEGIN
            INSERT OR REPLACE INTO figure_states SELECT form, random() FROM submissions WHERE id = NEW.submission;
        END;
        CREATE TRIGGER figures_go AFTER UPDATE OF standing ON revisions
        WHEN (NEW.standing = 'filed') <> (OLD.standing = 'filed') BEGIN
            INSERT OR REPLACE INTO figure_states SELECT form, random() FROM submissions WHERE id = NEW.submission;
        END;
        CREATE TRIGGER figures_move AFTER UPDATE ON submissions BEGIN
            INSERT OR REPLACE INTO figure_states VALUES (OLD.form, random());
            INSERT OR REPLACE INTO figure_states VALUES (NEW.form, random());
        END;

        CREATE TABLE evidence (
            id INTEGER PRIMARY KEY,
            submission INTEGER NOT NULL REFERENCES submissions (id),
            file INTEGER NOT NULL REFERENCES files (id),
            code TEXT NOT NULL,
            question TEXT NOT NULL,
            attached INTEGER NOT NULL,
            UNIQUE (submission, file, code)
        ) STRICT;

        CREATE TABLE dossiers (
            submission INTEGER PRIMARY KEY REFERENCES submissions (id),
            state TEXT NOT NULL CHECK (state IN ('needs-correction', 'standard-not-met', 'queued', 'in-review', 'returned',
                'declined', 'proposed-to-district', 'awarded-by-district', 'proposed-to-province', 'awarded', 'not-awarded',
                'withdrawn')),
            changed INTEGER NOT NULL,
            flag TEXT NOT NULL DEFAULT ''
        ) STRICT;

        CREATE TABLE frozen_periods (
            form TEXT NOT NULL,
            period TEXT NOT NULL,
            frozen INTEGER NOT NULL,
            who TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (form, period)
        ) STRICT, WITHOUT ROWID;

        """

    private static let judging = """
        CREATE TABLE findings (
            revision INTEGER NOT NULL REFERENCES revisions (id),
            number INTEGER NOT NULL,
            code TEXT NOT NULL,
            severity TEXT NOT NULL CHECK (severity IN ('error', 'standard', 'warning', 'review', 'note')),
            sheet TEXT,
            row INTEGER,
            col INTEGER,
            question TEXT,
            label TEXT NOT NULL,
            rule INTEGER,
            arguments TEXT NOT NULL,
            clauses TEXT NOT NULL,
            related TEXT NOT NULL,
            PRIMARY KEY (revision, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE lookups (
            revision INTEGER NOT NULL REFERENCES revisions (id),
            number INTEGER NOT NULL,
            source TEXT NOT NULL,
            col TEXT NOT NULL,
            key_column TEXT NOT NULL,
            key TEXT NOT NULL,
            found TEXT,
            PRIMARY KEY (revision, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX lookups_by_key ON lookups (source, key);

        """

    private static let outbox = """
        CREATE TABLE notices (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            recipient TEXT NOT NULL,
            subject TEXT NOT NULL,
            message_id TEXT NOT NULL UNIQUE CHECK (message_id <> ''),
            in_reply_to INTEGER REFERENCES messages (id),
            state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'deferred', 'failed', 'unknown', 'held',
                'dropped')),
            created INTEGER NOT NULL,
            due INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            sent_again INTEGER NOT NULL DEFAULT 0 CHECK (sent_again >= 0),
            response TEXT NOT NULL DEFAULT '',
            bounce TEXT NOT NULL DEFAULT '',
            mime BLOB NOT NULL
        ) STRICT;
        CREATE INDEX notices_due ON notices (due, id) WHERE state IN ('pending', 'deferred');
        CREATE INDEX notices_sending ON notices (id) WHERE state = 'sending';
        CREATE INDEX notices_by_recipient ON notices (recipient, created);
        CREATE INDEX notices_by_message ON notices (in_reply_to);

        CREATE TABLE notice_submissions (
            notice INTEGER NOT NULL REFERENCES notices (id),
            submission INTEGER NOT NULL REFERENCES submissions (id),
            PRIMARY KEY (notice, submission)
        ) STRICT, WITHOUT ROWID;

        """

    private static let office = """
        CREATE TABLE definitions (
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            recorded INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (kind, name, sha256)
        ) STRICT;

        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            who TEXT NOT NULL CHECK (who <> ''),
            action TEXT NOT NULL CHECK (action <> ''),
            subject TEXT NOT NULL,
            detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_by_subject ON audit (subject);
        CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is not edited'); END;
        CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is not edited'); END;
        CREATE TRIGGER audit_grows BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the audit trail is not edited'); END;
        """
}
