using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Tests.Storage.Ledger;

public sealed class PostgresLedgerTests(PostgresCluster cluster) : LedgerTests(new TestLedger(options => options.UsePostgres(cluster.NewDatabase()))), IClassFixture<PostgresCluster>;
