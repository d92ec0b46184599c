namespace OpenLedger.Studio.Security;

/// <summary>Names of the policies that an endpoint or page may ask for.</summary>
public static class Policies
{
    public const string Admin = "admin";
}
