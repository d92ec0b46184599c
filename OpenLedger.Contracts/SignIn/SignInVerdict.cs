namespace OpenLedger.Contracts.SignIn;

/// <summary>Whether a sign-in is accepted, and if not, which expectation it missed first.</summary>
public enum SignInVerdict
{
    Accepted,
    OtherDomain,
    OtherSite,
    OtherChain,
    OtherNonce,
    NotYetValid,
    Expired,
    NotSignedByItsAddress,
}
