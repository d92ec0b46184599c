using System.Security.Cryptography;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Rpc;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;
using OpenLedger.Studio.Storage.Files;
using OpenLedger.Studio.Storage.Ledger;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Checks a version again from what lies here: its rows, its record, the log, the chain. Believes nothing that it can compute.</summary>
public sealed class VerifyVersion(Catalogue catalogue, DatanetRows rows, StudioFolders folders, LedgerReader ledger, ReadRecordLog log, IChain chain)
{
    public async Task<Outcome<IReadOnlyList<CheckLine>>> CheckAsync(Person person, string datanetId, int number, CancellationToken cancel)
    {
        if (catalogue.Read(c => DatanetRules.Find(c, datanetId, person)) is null) return DatanetRefusals.NotFound;
        if (catalogue.Read(c => c.Versions.Get(DatanetVersionDocument.IdOf(datanetId, number))) is not DatanetVersionDocument version) return DatanetRefusals.NotFound;
        DatasetVersion? record = await ledger.ReadAsync(db => Task.FromResult(VersionRecords.Find(db, datanetId, number)));
        CheckLine[] here = await Task.Run(() => new[] { FileLine(version), RootLine(version, record) }, cancel);
        LoggedRecord? logged = record is null ? null : await log.ProveAsync(record.Id, cancel);
        return new([.. here, .. LogLines(logged), await ChainLineAsync(version, cancel), new CheckLine("Source pages unchanged", "needs the internet", VerifyOutcome.NotChecked)], null);
    }

    private CheckLine FileLine(DatanetVersionDocument version)
    {
        using FileStream stream = File.OpenRead(folders.DatanetRows(version.DatanetId, version.Number));
        Sha256Hash now = Sha256Hash.FromDigest(SHA256.HashData(stream));
        return Line("The file of rows is unchanged", $"SHA-256 {now.Hex[..12]}…", now == version.FileHash);
    }

    private CheckLine RootLine(DatanetVersionDocument version, DatasetVersion? record)
    {
        Sha256Hash[] leaves = [.. rows.OfVersion(version.DatanetId, version.Number).Select(row => row.Leaf)];
        Sha256Hash root = MerkleTree.Root(leaves);
        bool same = root == version.Root && root == record?.Root;
        return Line("Root rebuilt from the rows", $"{leaves.Length:N0} leaves, {(same ? "the same root as in the record" : "another root than in the record")}", same);
    }

    private static IEnumerable<CheckLine> LogLines(LoggedRecord? logged)
    {
        if (logged is null) return [Line("The record stands in the log", "it is not there", false)];
        return
        [
            Line("The record is signed by this node", $"key {logged.Signature.KeyId.Hex[..12]}…", logged.HashFits && logged.SignatureFits),
            Line("The record stands in the log", $"entry {logged.Row.Sequence + 1:N0} of {logged.Inclusion.Size:N0}", logged.IsIncluded),
        ];
    }

    private async Task<CheckLine> ChainLineAsync(DatanetVersionDocument version, CancellationToken cancel)
    {
        const string claim = "The root stands on the chain";
        try
        {
            RegisteredVersion? registered = await chain.DatanetVersionAsync(VersionOnChain.NameOf(version.DatanetId), version.Number, cancel);
            if (registered is null) return new(claim, "it has not been registered yet", VerifyOutcome.NotChecked);
            return Line(claim, $"version {version.Number}, {registered.Rows:N0} rows", registered.Root == VersionOnChain.RootOf(version.Root) && registered.Rows == version.Rows);
        }
        catch (RpcTransportException)
        {
            return new(claim, "the chain does not answer", VerifyOutcome.NotChecked);
        }
    }

    private static CheckLine Line(string claim, string detail, bool passed) => new(claim, detail, passed ? VerifyOutcome.Pass : VerifyOutcome.Fail);
}

/// <summary>One thing that was checked, and what came of it.</summary>
public sealed record CheckLine(string Claim, string Detail, VerifyOutcome Outcome);
