using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Datanets;
using OpenLedger.Engine.Records;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets;

/// <summary>Publishes the Datanet that the Studio ships with, once, at its first start. A start that was cut off is made good by the next.</summary>
public sealed class SeedSampleDatanet(Catalogue catalogue, DatanetRows rows, PublishVersion publish, DatanetLocks locks, PracticePeople people, SampleFolder folder, TimeProvider time) : IHostedService
{
    private const string Owner = "OpenLedger sample";

    public Task StartAsync(CancellationToken cancellationToken) => folder.IsThere ? SeedAsync(cancellationToken) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing where it is published already.</summary>
    public async Task SeedAsync(CancellationToken cancel)
    {
        SampleDatanet sample = CanonicalJson.Read<SampleDatanet>(await File.ReadAllTextAsync(folder.About, cancel));
        await locks.AloneAsync(sample.Id, async () =>
        {
            if (catalogue.Read(c => c.Datanets.Get(sample.Id)) is { LatestVersion: > 0 }) return false;
            Introduce(sample);
            rows.KeepWaiting(sample.Id, RowsOf());
            await publish.PublishAsync(sample.Id, cancel);
            return true;
        }, cancel);
    }

    private void Introduce(SampleDatanet sample)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        catalogue.Write(c =>
        {
            c.People.TryAdd(PersonOf(Owner, Owner, null, now));
            foreach (SampleSource source in sample.Contributors) c.People.TryAdd(PersonOf(source.Source, source.Name, source.Url, now));
            c.Datanets.TryAdd(new DatanetDocument
            {
                Id = sample.Id,
                Name = sample.Name,
                Summary = sample.Summary,
                Description = $"{sample.Description}\n### Made by\n\n{sample.Attribution}\n",
                Tags = sample.Tags,
                Licence = sample.Licence,
                Owner = people.AddressOf(Owner),
                State = DatanetState.WaitingForReview,
                Created = now,
                Updated = now,
            });
        });
    }

    private PersonDocument PersonOf(string key, string name, string? url, long now)
    {
        Address address = people.AddressOf(key);
        return new() { Id = PersonDocument.IdOf(address), Address = address, Role = PersonRole.Member, DisplayName = name, Url = url, FirstSeen = now, LastSeen = now };
    }

    private DatanetRow[] RowsOf()
    {
        SampleRow[] lines = [.. File.ReadLines(folder.Rows).Select(CanonicalJson.Read<SampleRow>)];
        Dictionary<string, string> contributors = lines.Select(line => line.Source).Distinct().ToDictionary(source => source, source => people.AddressOf(source).Key);
        return [.. lines.Select(line => new DatanetRow(line.Id, [new(ChatTurn.User, line.Question), new(ChatTurn.Assistant, line.Answer)], null, contributors[line.Source], line.Source, line.Url))];
    }
}

/// <summary>Where the sample's files lie.</summary>
public sealed record SampleFolder(string Path)
{
    public string About => System.IO.Path.Combine(Path, "datanet.json");

    public string Rows => System.IO.Path.Combine(Path, "rows.jsonl");

    /// <summary>A Studio without its starter files starts empty.</summary>
    public bool IsThere => File.Exists(About) && File.Exists(Rows);
}
