namespace Lending.Notifications.Contracts;

/// <summary>How customers want to be written to: the module that knows them answers.</summary>
public interface IMessageRecipients
{
    /// <summary>The language that a customer of the caller's organisation chose; null for none. Joins the caller's transaction.</summary>
    Task<string?> FindLanguageAsync(Guid customerId, CancellationToken ct);
}
