extension Migrations {
    /// Reminders that have been written: one of a duty for each step of the plan. Days are ISO 8601.
    static let schema2 = """
        CREATE TABLE reminders (
            form TEXT NOT NULL,
            unit TEXT NOT NULL,
            period TEXT NOT NULL,
            step TEXT NOT NULL,
            notice INTEGER NOT NULL REFERENCES notices (id),
            PRIMARY KEY (form, unit, period, step)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX submissions_by_period ON submissions (form, period);
        """
}
