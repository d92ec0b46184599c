using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Chain;

namespace OpenLedger.Studio.Features.SignIn;

/// <summary>Who is an admin by configuration (<c>Studio:Admins</c>), and whether the chain is one for practice.</summary>
/// <param name="Admins">Wallets that are admins whatever else happens.</param>
/// <param name="ChainId">The chain wallets sign in on.</param>
/// <param name="IsDevelopmentChain">Practice wallets exist here, and the first wallet to come becomes admin when none is named.</param>
public sealed record SignInOptions(IReadOnlySet<Address> Admins, ChainId ChainId, bool IsDevelopmentChain)
{
    /// <exception cref="FormatException">An admin's address is mistyped.</exception>
    public static SignInOptions From(IConfiguration configuration, ChainOptions chain)
    {
        IConfigurationSection section = configuration.GetSection("Studio:Admins");
        IEnumerable<string> admins = section.Value?.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries) ?? section.GetChildren().Select(child => child.Value ?? "");
        return new(admins.Select(Address.Parse).ToHashSet(), new ChainId(chain.Id), chain.IsDevelopment);
    }
}
