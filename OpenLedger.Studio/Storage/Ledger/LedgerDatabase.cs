using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Storage.Ledger.Rows;

namespace OpenLedger.Studio.Storage.Ledger;

/// <summary>Chooses SQLite or PostgreSQL, makes the tables, and refuses a database made with others. Knows no row.</summary>
public static class LedgerDatabase
{
    public static void UseSqliteFile(this DbContextOptionsBuilder options, string file) =>
        options.UseSqlite(new SqliteConnectionStringBuilder { DataSource = file }.ToString()).AddInterceptors(new LedgerPragmas());

    public static void UsePostgres(this DbContextOptionsBuilder options, string connection) => options.UseNpgsql(connection);

    /// <summary>Makes the tables in an empty database, or checks that they are this program's.</summary>
    /// <exception cref="LedgerSchemaException">They are another version's.</exception>
    public static void Prepare(LedgerContext ledger)
    {
        string fingerprint = Sha256Hash.Of(Encoding.UTF8.GetBytes(ledger.Database.GenerateCreateScript())).Hex;
        if (ledger.Database.EnsureCreated())
        {
            ledger.Schema.Add(new SchemaRow { Fingerprint = fingerprint });
            ledger.SaveChanges();
        }
        else if (ledger.Schema.Single().Fingerprint is string other && other != fingerprint)
        {
            throw new LedgerSchemaException(other, fingerprint);
        }
    }
}

/// <summary>The ledger database was made by another version of the Studio.</summary>
public sealed class LedgerSchemaException(string found, string wanted)
    : Exception($"The ledger was made by another version of the Studio (tables {found[..8]}, this one writes {wanted[..8]}). Start that version, or give this one a new data folder with --Studio:Data=PATH.");
