using Microsoft.EntityFrameworkCore.Migrations;

namespace Lending.Platform.Encryption;

/// <summary>Migrations of columns that hold text in clear to columns that are encrypted.</summary>
public static class EncryptedMigrations
{
    /// <summary>
    /// Makes bytes of columns of text and adds the constraints of encrypted ones, which hold for what is written from now on. SQL has no key, so <see cref="EncryptedRows"/>
    /// encrypts what is there right after the migrations, and makes the constraints valid.
    /// </summary>
    /// <param name="migration">The migration.</param>
    /// <param name="table">The table with its schema.</param>
    /// <param name="columns">The columns, and how SQL makes the text of one that has none.</param>
    public static void EncryptText(this MigrationBuilder migration, string table, params (string Name, string Text)[] columns)
    {
        // One statement, so that the table is written anew once.
        migration.Sql(
            $"ALTER TABLE {table} "
                + string.Join(
                    ", ",
                    columns.Select(column =>
                        $"ALTER COLUMN {column.Name} DROP DEFAULT, "
                        + $@"ALTER COLUMN {column.Name} TYPE bytea USING '\x00'::bytea || convert_to({column.Text}, 'UTF8')"
                    )
                )
        );
        foreach (var (column, _) in columns)
        {
            migration.AddUnvalidatedCheck(table, column, FormattableString.Invariant($"get_byte({column}, 0) = {KeyRing.Format}"));
        }
    }

    /// <summary>Adds the column of the hash that is searched instead of an encrypted one.</summary>
    public static void AddSearchHash(this MigrationBuilder migration, string table, string column)
    {
        migration.Sql($"ALTER TABLE {table} ADD COLUMN {column}_hash bytea");
        migration.AddUnvalidatedCheck(table, $"{column}_hash", $"({column}_hash IS NULL) = ({column} IS NULL)");
    }

    private static void AddUnvalidatedCheck(this MigrationBuilder migration, string table, string column, string condition) =>
        migration.Sql($"ALTER TABLE {table} ADD CONSTRAINT ck_{table.Split('.')[1]}_{column} CHECK ({condition}) NOT VALID");
}
