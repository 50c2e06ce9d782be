using Lending.Notifications.Contracts;
using Lending.Testing;

namespace Lending.Notifications.Tests.Delivery;

/// <summary>Messages of each kind.</summary>
internal static class MessageSamples
{
    public static readonly DateTimeOffset Soon = new(2099, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly PageLink Page = new(Unique.Id(), "the-token");

    public static Message DocumentRefused(MessageKind kind, string reason, string? comment) =>
        Message.DocumentRefused(kind, "a@example.org", Unique.Id(), "Greta Sommer", "payslip.pdf", reason, comment, page: null);
}
