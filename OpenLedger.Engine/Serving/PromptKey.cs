using OpenLedger.Engine.Records;

namespace OpenLedger.Engine.Serving;

/// <summary>
/// What keys and values of a prompt depend on besides its tokens. Base and adapter are different kinds of key, not different texts, so that no
/// name or hash that someone chooses can make one stand for the other.
/// </summary>
internal abstract record PromptKey(Sha256Hash Model)
{
    public static PromptKey Of(Sha256Hash model, ServedAdapter? adapter) => adapter is null ? new OfBase(model) : new OfAdapter(model, adapter.Hash);

    private sealed record OfBase(Sha256Hash Model) : PromptKey(Model);

    private sealed record OfAdapter(Sha256Hash Model, Sha256Hash Adapter) : PromptKey(Model);
}
