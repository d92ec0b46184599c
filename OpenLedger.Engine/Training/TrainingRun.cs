using System.Text.Json.Serialization;
using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Training;

/// <summary>The record that the second stage hands on: what was trained on what, and where each step's rows are committed to. It never changes once made.</summary>
/// <param name="Datasets">Merkle roots of the Datanet versions.</param>
/// <param name="Base">Hash of the base's weights.</param>
/// <param name="BaseName">The base by name.</param>
/// <param name="Recipe">Every decision.</param>
/// <param name="RecipeHash">Hash of the recipe's canonical JSON.</param>
/// <param name="LogHead">Head of the row log: it commits to the rows of every step.</param>
/// <param name="Steps">Optimiser steps done.</param>
/// <param name="TrainingRows">Rows learned from.</param>
/// <param name="HeldOutRows">Rows kept out.</param>
/// <param name="Weights">SHA-256 of the adapter's weights file.</param>
/// <param name="BaseLoss">Loss on the kept-out rows before the first step; null when none were kept out.</param>
/// <param name="TunedLoss">The same after the last step.</param>
/// <param name="FinalTrainingLoss">Mean over the last tenth of the steps.</param>
/// <param name="Time">UTC, in Unix milliseconds.</param>
/// <param name="Version">The layout of this record.</param>
/// <param name="KeptStep">The step whose adapter was kept; null for the last.</param>
/// <param name="Parent">What it went on from; null for a fresh adapter.</param>
public sealed record TrainingRun(
    IReadOnlyList<Sha256Hash> Datasets, Sha256Hash Base, string BaseName, TrainingRecipe Recipe, Sha256Hash RecipeHash, Sha256Hash LogHead,
    int Steps, int TrainingRows, int HeldOutRows, Sha256Hash Weights, double? BaseLoss, double? TunedLoss, double FinalTrainingLoss,
    long Time, int Version = 1, int? KeptStep = null, TrainingParent? Parent = null)
{
    /// <summary>The record's id: SHA-256 over its canonical JSON.</summary>
    [JsonIgnore]
    public Sha256Hash Id => CanonicalJson.HashOf(this);
}
