extension Migrations {
    /// What keeps the lists of nominees' files quick however many there are: how many stand in each state, counted as they
    /// come and go, and the stage beside the state, so that a page of either is a stretch of an index.
    static let schema7 = """
        CREATE TABLE dossier_counts (
            state TEXT PRIMARY KEY,
            count INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO dossier_counts SELECT state, count(*) FROM dossiers GROUP BY state;

        ALTER TABLE dossiers ADD COLUMN stage TEXT NOT NULL DEFAULT '';
        UPDATE dossiers SET stage = (SELECT stage FROM submissions WHERE id = submission);
        CREATE INDEX dossiers_by_stage ON dossiers (state, stage, missing, changed, submission);

        CREATE INDEX notice_submissions_by_submission ON notice_submissions (submission);

        CREATE TRIGGER dossiers_come AFTER INSERT ON dossiers BEGIN
            UPDATE dossiers SET stage = (SELECT stage FROM submissions WHERE id = NEW.submission)
            WHERE submission = NEW.submission;
            INSERT INTO dossier_counts VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER dossiers_move AFTER UPDATE OF state ON dossiers WHEN NEW.state <> OLD.state BEGIN
            UPDATE dossier_counts SET count = count - 1 WHERE state = OLD.state;
            INSERT INTO dossier_counts VALUES (NEW.state, 1) ON CONFLICT (state) DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER dossiers_go AFTER DELETE ON dossiers BEGIN
            UPDATE dossier_counts SET count = count - 1 WHERE state = OLD.state;
        END;
        CREATE TRIGGER dossiers_follow AFTER UPDATE OF stage ON submissions WHEN NEW.stage <> OLD.stage BEGIN
            UPDATE dossiers SET stage = NEW.stage WHERE submission = NEW.id;
        END;
        """
}
