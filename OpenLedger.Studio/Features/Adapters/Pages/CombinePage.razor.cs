using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Adapters.Merging;
using OpenLedger.Studio.Features.Adapters.Combining;
using OpenLedger.Studio.Jobs;
using OpenLedger.Studio.Security;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Adapters.Pages;

/// <summary>Where several adapters become one: which, how, under what name. Combines nothing itself.</summary>
public sealed partial class CombinePage
{
    private List<Choice>? _choices;
    private MergeMethod _method = MergeMethod.Concatenate;
    private double _density = 0.5;
    private long _seed = 42;
    private string _name = "";
    private string? _refused, _job, _made;
    private bool _busy, _ended;
    private Person _person = Person.Visitor;

    [Inject] private CombineAdapters Combine { get; set; } = null!;

    [Inject] private ReadCombining Combinings { get; set; } = null!;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _person = await Current.GetAsync();
        _choices = [.. Combine.Choices(_person).Select(model => new Choice(model))];
    }

    private async Task StartAsync()
    {
        _busy = true;
        CombinePart[] parts = [.. _choices!.Where(choice => choice.Taken).Select(choice => new CombinePart(choice.Model.Id, choice.Weight))];
        Outcome<StartedJob> started = await Combine.StartAsync(_person, new CombineInput(_name, parts, _method, _density, _seed, 0), CancellationToken.None);
        (_job, _refused, _busy, _ended) = (started.Value?.JobId, started.Refusal?.What, false, false);
    }

    private async Task LookAsync() => (_made, _ended) = (await Combinings.MadeAsync(_person, _job!, CancellationToken.None), true);

    private void ChooseAgain() => (_job, _ended) = (null, false);

    private sealed class Choice(ModelDocument model)
    {
        public ModelDocument Model { get; } = model;

        public bool Taken { get; set; }

        public double Weight { get; set; } = 1;
    }
}
