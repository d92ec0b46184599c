namespace OpenLedger.Engine.Adapters;

/// <summary>The widths of a linear layer, in the [out, in] view whatever the checkpoint stores.</summary>
public readonly record struct LinearShape(long In, long Out);
