namespace OpenLedger.Studio.Security;

/// <summary>The names of what a wallet may be. A visitor has none.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Member = "member";
}
