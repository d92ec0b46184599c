namespace OpenLedger.Studio.Security;

/// <summary>The response headers: no script but ours, no style element but those whose hash is known, nothing from outside.</summary>
public static class HeaderPolicies
{
    /// <summary>For a dashboard of somebody else's that writes its own style elements (Hangfire, Scalar): <c>WithSecurityHeadersPolicy(HeaderPolicies.InlineStyles)</c>.</summary>
    public const string InlineStyles = "inline-styles";

    public static HeaderPolicyCollection Strict() => Common(csp =>
    {
        csp.AddScriptSrc().Self().WithNonce();
        var elements = csp.AddStyleSrcElem().Self();
        foreach (string hash in StyleHashes.Known) elements.WithHash256(hash);
        csp.AddStyleSrcAttr().UnsafeInline();   // Mud places its popovers by style attributes
    });

    public static HeaderPolicyCollection WithInlineStyles() => Common(csp =>
    {
        csp.AddScriptSrc().Self().WithNonce();
        csp.AddStyleSrc().Self().UnsafeInline();
    });

    private static HeaderPolicyCollection Common(Action<CspBuilder> own) => new HeaderPolicyCollection()
        .AddDefaultSecurityHeaders()
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            own(csp);
            csp.AddImgSrc().Self().Data();
            csp.AddFontSrc().Self();
            csp.AddConnectSrc().Self();
            csp.AddFormAction().Self();
            csp.AddBaseUri().Self();
            csp.AddFrameAncestors().None();
        });
}
