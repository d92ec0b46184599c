using System.Numerics;

namespace OpenLedger.Contracts.Values;

/// <summary>An amount of money would fall below zero: a broken promise of the caller, never an expected answer.</summary>
public sealed class NegativeAmountException(BigInteger amount) : ArithmeticException($"an amount cannot be {amount} wei");
