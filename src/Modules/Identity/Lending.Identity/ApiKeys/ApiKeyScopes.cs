using Lending.Kernel;
using Lending.Platform.Security;

namespace Lending.Identity.ApiKeys;

/// <summary>Which permissions a key may have: those that a module grants to keys, and of these no more than its creator has.</summary>
internal sealed class ApiKeyScopes(IEnumerable<PermissionGrant> grants)
{
    private readonly ILookup<KeyGrant, string> scopes = grants.ToLookup(grant => grant.Keys, grant => grant.Permission);

    /// <summary>What is wrong with the scopes of a key of this mode that this caller creates or changes; null if nothing is.</summary>
    public Error? Check(IReadOnlyCollection<string> wanted, ApiKeyMode mode, Caller caller)
    {
        var possible = PossibleFor(mode).Where(caller.May).Order(StringComparer.Ordinal).ToList();
        return wanted.Except(possible, StringComparer.Ordinal).Any()
            ? Error.Validation("scope-not-allowed", $"This key may have these scopes: {string.Join(", ", possible)}.", "scopes")
            : null;
    }

    private IEnumerable<string> PossibleFor(ApiKeyMode mode) =>
        mode == ApiKeyMode.Sandbox ? scopes[KeyGrant.All].Concat(scopes[KeyGrant.Sandbox]) : scopes[KeyGrant.All];
}
