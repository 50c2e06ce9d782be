using System.Diagnostics.CodeAnalysis;
using Lending.Platform.Security;

namespace Lending.Identity.Users;

/// <summary>A user whose invitation is on its way by mail.</summary>
internal sealed record InvitedUserResponse : UserMembers
{
    [SetsRequiredMembers]
    public InvitedUserResponse(UserResponse user, MailedSecret invitation)
        : base(user) => (Token, ExpiresAt) = (invitation.Token, invitation.ExpiresAt);

    /// <summary>The secret of the invitation: only in Development, where `Invitations__AnswerWithToken` allows it; else null.</summary>
    /// <example>q7Zr0bq3m0Yk1v9n8s2dE4fG6hJ8kL0pQ2rT4uW6yA1</example>
    public string? Token { get; }

    /// <summary>When the invitation stops working.</summary>
    /// <example>2026-12-05T09:30:00Z</example>
    public DateTimeOffset ExpiresAt { get; }
}
