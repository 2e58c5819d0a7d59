import GRDB

/// The ledger's schema, by versions. A version that has been released is never edited: a new one follows it.
enum Migrations {
    static let all: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: schema1) }
        migrator.registerMigration("2") { try $0.execute(sql: schema2) }
        migrator.registerMigration("3") { try $0.execute(sql: schema3) }
        migrator.registerMigration("4") { try $0.execute(sql: schema4) }
        migrator.registerMigration("5") { try $0.execute(sql: schema5) }
        migrator.registerMigration("6") { try $0.execute(sql: schema6) }
        migrator.registerMigration("7") { try $0.execute(sql: schema7) }
        return migrator
    }()
}
