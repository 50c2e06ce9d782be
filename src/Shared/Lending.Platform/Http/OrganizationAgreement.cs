using System.ComponentModel.DataAnnotations;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Lending.Platform.Http;

/// <summary>How organisations are told apart by address; configuration section <c>Organizations</c>.</summary>
public sealed class OrganizationHosts
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Organizations";

    /// <summary>
    /// A domain, such as <c>lending.example.org</c>, below which each organisation has a host of its own: its id. Null: hosts say nothing.
    /// </summary>
    [RegularExpression("^[a-z0-9-]+(\\.[a-z0-9-]+)*$")]
    public string? BaseDomain { get; set; }
}

/// <summary>
/// A request names its organisation by its credential and by nothing else. Where it also names one by a header or its host, that has to be the same:
/// a client that believes it works for another organisation must not read or write in this one.
/// </summary>
internal sealed class OrganizationAgreement(RequestDelegate next, IOptions<OrganizationHosts> options)
{
    private const string Header = "X-Organization-Id";

    private readonly string? domain = options.Value.BaseDomain is { } baseDomain ? $".{baseDomain}" : null;

    public Task InvokeAsync(HttpContext context) =>
        context.User.Identity is not CallerIdentity caller || (HeaderAgrees(context, caller) && HostAgrees(context, caller))
            ? next(context)
            : Problem
                .Of(
                    StatusCodes.Status403Forbidden,
                    "organization-mismatch",
                    "The request names another organisation than the one that its credential belongs to."
                )
                .ExecuteAsync(context);

    private static bool HeaderAgrees(HttpContext context, CallerIdentity caller) =>
        !context.Request.Headers.TryGetValue(Header, out var named) || IsOf(caller, named);

    private bool HostAgrees(HttpContext context, CallerIdentity caller) =>
        domain is null
        || context.Request.Host.Host is not { } host
        || !host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        || IsOf(caller, host[..^domain.Length]);

    private static bool IsOf(CallerIdentity caller, string? named) =>
        Guid.TryParse(named, out var id) && (id == caller.OrganizationId || id == caller.OwnerId);
}
