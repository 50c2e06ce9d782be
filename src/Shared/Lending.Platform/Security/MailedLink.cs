using Lending.Kernel;
using Lending.Platform.Privacy;

namespace Lending.Platform.Security;

/// <summary>A link that a customer without an account gets by mail, and the code beside it: a link can be forwarded.</summary>
public abstract class MailedLink : MailedCode
{
    /// <summary>How long a link works at most.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>Why a link does not work, whatever the cause.</summary>
    public static readonly Error Invalid = Error.NotFound("link-invalid", "This link does not work (any more). Ask for a new one.");

    /// <summary>Who acts with a link, as histories call them: nobody that has an account.</summary>
    public static UserReference Bearer { get; } = new(Guid.Empty, "link");

    /// <summary>What is stored of the link's secret.</summary>
    [Secret]
    public byte[] TokenHash { get; protected init; } = null!;

    /// <summary>When the link stops working.</summary>
    public DateTimeOffset ExpiresAt { get; protected init; }
}
