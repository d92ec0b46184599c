using System.Globalization;
using OpenLedger.Contracts.Values;
using OpenLedger.Engine.Templates;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Storage.Catalogue.Documents;

namespace OpenLedger.Studio.Features.Datanets.Pages;

/// <summary>How a Datanet's facts are said on its pages.</summary>
internal static class DatanetWords
{
    /// <summary>Who speaks in a row, in words: its files know "user" and "assistant".</summary>
    public static string SpeakerOf(string role) => role switch
    {
        ChatTurn.User => "Question",
        ChatTurn.Assistant => "Answer",
        ChatTurn.System => "Instruction",
        _ => role,
    };

    /// <summary>A chosen name; nothing where the address beside it would only be said twice.</summary>
    public static string Named(string name, Address address) => name == address.ToShortText() ? "" : name;

    public static Status StatusOf(DatanetState state) => state switch
    {
        DatanetState.Draft => Status.Draft,
        DatanetState.WaitingForReview => Status.WaitingForReview,
        DatanetState.Published => Status.Published,
        DatanetState.SentBack => Status.SentBack,
    };

    /// <summary>"1 row", "1,088 rows".</summary>
    public static string Count(int number, string noun, string? many = null) =>
        number == 1 ? $"1 {noun}" : $"{number.ToString("N0", CultureInfo.InvariantCulture)} {many ?? noun + "s"}";

    /// <summary>"1.8 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} bytes",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
    };

    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
