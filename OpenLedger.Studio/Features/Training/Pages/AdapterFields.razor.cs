using Microsoft.AspNetCore.Components;
using OpenLedger.Engine.Adapters;
using OpenLedger.Engine.Training;

namespace OpenLedger.Studio.Features.Training.Pages;

/// <summary>Size and kind of the adapter, and folded away what few need: single layers and what else learns.</summary>
public sealed partial class AdapterFields
{
    private static readonly string[] More =
        [nameof(Recipe.TargetPattern), nameof(Recipe.LayersToTransform), nameof(Recipe.RankPattern), nameof(Recipe.AlphaPattern), nameof(Recipe.ModulesToSave), nameof(Recipe.Bias)];

    // Texts that could not be read, by field: they stay in view with what is wrong, and the recipe stays as it was.
    private readonly Dictionary<string, (string Text, string Wrong)> _unread = [];
    private TrainingRecipe? _shown;
    private bool _open;

    /// <summary>Whether the size is given by what the run goes on from.</summary>
    [Parameter] public bool Fixed { get; set; }

    private bool HasMore =>
        Recipe is not { TargetPattern: null, LayersToTransform: null, RankPattern: null, AlphaPattern: null, ModulesToSave: null, Bias: LoraBias.None } || More.Any(name => WrongIn(name) is not null);

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shown, Recipe)) _unread.Clear();
        _shown = Recipe;
        _open |= HasMore;   // and stays so: what is cleared again must not fold away under the cursor
    }

    private Task ChangeTargets(string text) => Change(Recipe with { TargetModules = Names(text) });

    private Task ChangePattern(string text) => Change(Recipe with { TargetPattern = string.IsNullOrWhiteSpace(text) ? null : text.Trim() });

    private Task ChangeWholes(string text) => Change(Recipe with { ModulesToSave = Names(text) is { Length: > 0 } names ? names : null });

    private Task ChangeLayers(string text) => Take(nameof(Recipe.LayersToTransform), text, AdapterText.Layers(text), layers => Recipe with { LayersToTransform = layers });

    private Task ChangeRanks(string text) => Take(nameof(Recipe.RankPattern), text, AdapterText.Numbers<int>(text), ranks => Recipe with { RankPattern = ranks });

    private Task ChangeAlphas(string text) => Take(nameof(Recipe.AlphaPattern), text, AdapterText.Numbers<double>(text), alphas => Recipe with { AlphaPattern = alphas });

    private Task Take<T>(string field, string text, Typed<T> typed, Func<T?, TrainingRecipe> changed) where T : class
    {
        _unread.Remove(field);
        if (typed.Wrong is null) return Change(changed(typed.Value));
        _unread.Add(field, (text, typed.Wrong));
        return Task.CompletedTask;
    }

    private string Shown(string field, string text) => _unread.TryGetValue(field, out (string Text, string Wrong) unread) ? unread.Text : text;

    private string? WrongIn(string field) => _unread.TryGetValue(field, out (string Text, string Wrong) unread) ? unread.Wrong : Wrong(field);

    private static string[] Names(string text) => text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
