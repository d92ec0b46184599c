using OpenLedger.Engine.Hub;
using OpenLedger.Engine.Models;
using OpenLedger.Studio.Storage.Catalogue;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Models;

/// <summary>Holds the list of small models against this machine: which of them fit, which are here. Asks nobody outside.</summary>
public sealed class SuitModels(Catalogue catalogue, ModelArrivals arrivals, HubOptions options)
{
    /// <summary>What this machine has.</summary>
    public MachineView Machine => new(ModelMemory.OfMachine, Environment.ProcessorCount, Math.Max(0, arrivals.Free - options.ReserveBytes));

    public IReadOnlyList<SuitedModel> All()
    {
        MachineView machine = Machine;
        string[] here = [.. catalogue.Read(c => c.Models.Find(model => model.Kind, ModelKind.Base)).Select(model => model.Origin?.From).OfType<string>()];
        return [.. CuratedModel.All.Select(model => new SuitedModel(model, here.FirstOrDefault(from => from.EndsWith("/" + model.Repository, StringComparison.OrdinalIgnoreCase)) is not null, WhyNot(model, machine)))];
    }

    private static string? WhyNot(CuratedModel model, MachineView machine) =>
        ModelMemory.ToAnswer(model.Parameters) > machine.Memory ? $"Needs {SizeText.Of(ModelMemory.ToAnswer(model.Parameters))} of memory; this machine has {SizeText.Of(machine.Memory)}."
        : model.Bytes > machine.Disk ? $"Needs {SizeText.Of(model.Bytes)} on the disk; {SizeText.Of(machine.Disk)} are free."
        : null;
}

/// <summary>What a machine has.</summary>
/// <param name="Memory">In bytes.</param>
/// <param name="Disk">Free beside the reserve, in bytes.</param>
public sealed record MachineView(long Memory, int Cores, long Disk);

/// <summary>A model of the list, as it stands to this machine.</summary>
/// <param name="WhyNot">Why it cannot be taken, or null.</param>
public sealed record SuitedModel(CuratedModel Model, bool IsHere, string? WhyNot)
{
    /// <summary>Memory to answer, and to train on it.</summary>
    public (long Answer, long Train) Memory => (ModelMemory.ToAnswer(Model.Parameters), ModelMemory.ToTrain(Model.Parameters));
}
